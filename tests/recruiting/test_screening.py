"""The employer's own questions, who is told of an application, and employers who take them by e-mail."""

import pytest

from pages.models import JobAd, ScreeningQuestion
from recruiting.models import Application
from tests.factories import CreditLotFactory, JobAdFactory
from tests.tools import deliver_mails, mails_to

from .build import typed


@pytest.fixture
def ad(ormeaux):
    ad = JobAdFactory(employer=ormeaux)
    ad.questions.add(
        ScreeningQuestion(text="Avez-vous le permis B ?", kind="oui-non"),
        ScreeningQuestion(text="Qu’avez-vous fait auprès d’adolescents ?", kind="texte"),
        ScreeningQuestion(text="Une disponibilité particulière ?", kind="texte", required=False),
    )
    return publish(ad)


def publish(ad):
    CreditLotFactory(employer=ad.employer)
    ad.save_revision(clean=False).publish()
    return JobAd.objects.get(pk=ad.pk)


def answers(ad, *given) -> dict:
    return {f"question_{q.pk}": answer for q, answer in zip(ad.questions.all(), given, strict=False)}


def test_the_questions_are_asked_in_their_order(client, ad):
    html = client.get(f"/postuler/{ad.pk}/").content.decode()
    places = [html.index(words) for words in ("permis B", "auprès d’adolescents", "Une disponibilité")]
    assert places == sorted(places)


def test_answers_are_read_in_the_application(client, login, ad, recruiter):
    data = typed() | answers(ad, "Oui", "Trois ans en MECS.\nUn an en IME.", "")
    assert client.post(f"/postuler/{ad.pk}/", data).status_code == 302
    application = Application.objects.get()
    assert application.answers == [
        {"question": "Avez-vous le permis B ?", "answer": "Oui"},
        {
            "question": "Qu’avez-vous fait auprès d’adolescents ?",
            "answer": "Trois ans en MECS.\nUn an en IME.",
        },
        {"question": "Une disponibilité particulière ?", "answer": ""},
    ]
    # The question as it was asked stays, whatever becomes of the ad.
    ad.questions.all().delete()
    html = (
        login(client, recruiter)
        .get(f"/espace-recruteur/candidatures/{application.public_id}/")
        .content.decode()
    )
    assert "Réponses à vos questions" in html
    assert "Trois ans en MECS.<br>" in html
    assert "Sans réponse" in html


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("", "Trois ans."), "Choisissez oui ou non."),
        (("Oui", ""), "Répondez en quelques mots."),
        (("Peut-être", "Trois ans."), "Avez-vous le permis B"),
        (("Oui", "x" * 1001), "1000"),
    ],
)
def test_an_answer_that_is_missing_or_wrong_is_said(client, ad, given, sentence):
    response = client.post(f"/postuler/{ad.pk}/", typed() | answers(ad, *given))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Application.objects.exists()


def test_nothing_typed_is_lost_when_an_answer_is_missing(client, ad):
    data = typed() | answers(ad, "Non", "")
    html = client.post(f"/postuler/{ad.pk}/", data).content.decode()
    assert 'value="Non"' in html and "checked" in html
    assert data["last_name"] in html


def test_the_candidate_reads_its_answers(client, ad):
    data = typed() | answers(ad, "Oui", "Trois ans.")
    client.post(f"/postuler/{ad.pk}/", data)
    html = client.get(f"/candidature/{Application.objects.get().token}/").content.decode()
    assert "Vos réponses" in html and "Trois ans." in html


@pytest.mark.parametrize("chosen", [True, False])
def test_the_application_mail_goes_to_whom_the_ad_names(client, ormeaux, recruiter, colleague, chosen):
    ad = JobAdFactory(employer=ormeaux)
    if chosen:
        ad.notified.set([colleague])
    ad = publish(ad)
    client.post(f"/postuler/{ad.pk}/", typed())
    deliver_mails()
    assert len(mails_to(colleague.email)) == 1
    assert len(mails_to(recruiter.email)) == (0 if chosen else 1)


def test_when_nobody_of_them_is_left_the_whole_team_is_told(client, ormeaux, recruiter, colleague):
    ad = JobAdFactory(employer=ormeaux)
    ad.notified.set([colleague])
    ad = publish(ad)
    colleague.memberships.all().delete()
    client.post(f"/postuler/{ad.pk}/", typed())
    deliver_mails()
    assert len(mails_to(recruiter.email)) == 1
    assert not mails_to(colleague.email)


def test_an_employer_may_take_applications_by_mail(client, ormeaux):
    ad = JobAdFactory(employer=ormeaux, apply_mode="mail", apply_email="rh@ormeaux.example")
    ad = publish(ad)
    public = client.get(ad.get_url()).content.decode()
    assert "Voir l’adresse où postuler" in public
    assert "rh@ormeaux.example" not in public
    page = client.get(f"/postuler/{ad.pk}/", headers={"user-agent": "Firefox"})
    assert "mailto:rh@ormeaux.example?subject=Candidature" in page.content.decode()
    assert "noindex" in page.content.decode()
    assert ad.days.get().apply_clicks == 1
    client.post(f"/postuler/{ad.pk}/", typed())
    assert not Application.objects.exists()


@pytest.mark.parametrize("mode", ["mail", "lien"])
def test_without_the_address_that_was_promised_one_applies_here(client, ormeaux, mode):
    """By the API a link or an address can be missing: candidates must not fall into a hole."""
    ad = JobAdFactory(employer=ormeaux, apply_mode=mode)
    ad = publish(ad)
    assert "Envoyer ma candidature" in client.get(ad.get_url()).content.decode()
    assert client.post(f"/postuler/{ad.pk}/", typed()).status_code == 302
    assert Application.objects.exists()
