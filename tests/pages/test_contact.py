from django.core import mail

from pages.models import ContactMessage
from tests.tools import deliver_mails

TYPED = {
    "name": "Jeanne Petit",
    "email": "jeanne@test.example",
    "phone": "",
    "organisation": "CCAS",
    "subject": "facture",
    "body": "Nous payons sur facture.",
    "website": "",
}


def test_a_message_is_kept_mailed_and_receipted(client, db, settings):
    response = client.post("/contact/", TYPED)
    assert response.status_code == 302
    assert ContactMessage.objects.get().subject == "facture"
    deliver_mails()
    office, receipt = mail.outbox
    assert office.to == [settings.OFFICE_EMAIL]
    assert office.reply_to == ["jeanne@test.example"]
    assert receipt.to == ["jeanne@test.example"]
    assert "est envoyé" in client.get("/contact/").content.decode()


def test_mistakes_are_told_and_nothing_is_lost(client, db):
    body = client.post("/contact/", TYPED | {"email": "pas une adresse"}).content.decode()
    assert "Nous payons sur facture." in body
    assert "error-summary" in body
    assert not ContactMessage.objects.exists()


def test_a_robot_is_answered_and_forgotten(client, db):
    assert client.post("/contact/", TYPED | {"website": "http://spam.example"}).status_code == 302
    assert not ContactMessage.objects.exists()


def test_the_form_is_limited(client, db):
    codes = [client.post("/contact/", TYPED).status_code for _ in range(6)]
    assert codes[-1] == 429
    assert codes[0] == 302


def test_phones_and_address_are_shown_and_the_person_is_known(client, recruiter, login, settings):
    body = login(client, recruiter).get("/contact/?sujet=commande").content.decode()
    for phone in settings.OFFICE_PHONES:
        assert phone in body
    assert settings.OFFICE_EMAIL in body
    assert f'value="{recruiter.email}"' in body
    assert '<option value="commande" selected' in body


def test_one_address_gets_few_receipts_whoever_writes(client, db):
    for number in range(5):
        client.post("/contact/", TYPED, REMOTE_ADDR=f"192.0.2.{number}")
    deliver_mails()
    assert ContactMessage.objects.count() == 5
    assert len([message for message in mail.outbox if message.to == ["jeanne@test.example"]]) == 3


def test_the_name_carries_no_link_into_the_receipt(client, db):
    body = client.post("/contact/", TYPED | {"name": "https://piege.example"}).content.decode()
    assert "sans adresse ni lien" in body
    assert not ContactMessage.objects.exists()
