"""The ad's editor: five steps, what is missing in each, wordings, establishment, who is told, the insert."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from pages import ads
from pages.magazine import pdf
from pages.models import AdRules, JobAd, MagazineIssue, PrintInsert
from tests.factories import CreditLotFactory, EstablishmentFactory, JobAdFactory, MembershipFactory

from .tools import edit_url, editor_data, publish_in_editor, spendings

PRINT = {"kind": "web_print", "print_format": "1-4"}


@pytest.fixture
def at_work(client, recruiter, login):
    return login(client, recruiter)


@pytest.fixture
def ad(ormeaux):
    CreditLotFactory(employer=ormeaux)
    return JobAdFactory(employer=ormeaux)


@pytest.fixture
def printed(ormeaux):
    CreditLotFactory(employer=ormeaux, **PRINT)
    return JobAdFactory(employer=ormeaux, **PRINT, print_text="Venez travailler avec nous.")


def save_draft(client, ad, **changes):
    return client.post(edit_url(ad), editor_data(ad, **changes))


def latest(ad):
    return JobAd.objects.get(pk=ad.pk).get_latest_revision_as_object()


def body(response) -> str:
    """The page, its spaces of French typography made plain ones."""
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def steps_of(html: str) -> dict[str, str]:
    """What the list above the tabs says of each step."""
    rows = re.findall(r'<li data-ad-step="\d">(.*?)</li>', html, re.DOTALL)
    words = [re.sub(r"<[^>]+>", "", row) for row in rows]
    return dict(row.split(" : ", 1) for row in words)


# --- Steps ----------------------------------------------------------------------------------------------------------


def test_a_new_draft_says_what_is_missing_in_each_step(at_work, ormeaux, recruiter):
    html = body(at_work.get(edit_url(ads.create_draft(ormeaux, recruiter, "web"))))
    said = steps_of(html)
    assert list(said) == ["1. Le poste", "2. Le profil", "3. Les conditions", "4. Les candidatures"]
    assert said["1. Le poste"].startswith("Intitulé du poste, Métier")
    assert said["2. Le profil"] == "Profil recherché"
    assert said["3. Les conditions"] == "Type de contrat"
    assert said["4. Les candidatures"] == "complet"
    assert "il reste à compléter" in html
    assert 'data-ad-field="profession"' in html


def test_a_complete_ad_is_said_to_be_ready(at_work, ad, printed):
    html = body(at_work.get(edit_url(ad)))
    assert set(steps_of(html).values()) == {"complet"}
    assert "L’annonce est prête à être publiée" in html
    assert steps_of(body(at_work.get(edit_url(printed))))["5. Le magazine"] == "complet"


def test_a_draft_is_saved_with_anything_missing(at_work, ormeaux, recruiter):
    draft = ads.create_draft(ormeaux, recruiter, "web")
    assert save_draft(at_work, draft, missions="", profession="", commune="").status_code == 302
    assert not latest(draft).live


def test_publishing_lists_what_is_missing_by_step_with_links(at_work, ad):
    response = publish_in_editor(at_work, ad, profession="", contract_type="", profile="")
    html = body(response)
    assert response.status_code == 200
    summary = html[html.index("data-ad-errors") :].split("</section>")[0]
    assert 'role="alert"' in html
    for step, field, sentence in (
        ("1. Le poste", "profession", "Choisissez le métier dans la liste."),
        ("2. Le profil", "profile", "Dites qui peut réussir à ce poste."),
        ("3. Les conditions", "contract_type", "Choisissez le type de contrat."),
    ):
        assert step in summary
        assert f'data-ad-field="{field}"' in summary
        assert sentence in summary
    assert "4. Les candidatures" not in summary
    assert spendings() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"apply_mode": "mail", "apply_email": ""}, "Donnez l’adresse où les candidats écrivent"),
        ({"apply_mode": "mail", "apply_email": "pas-une-adresse"}, "Adresse e-mail où postuler"),
        ({"missions": "<p></p>"}, "Décrivez les missions"),
    ],
)
def test_each_thing_that_is_missing_has_its_sentence(at_work, ad, changes, sentence):
    assert sentence in body(publish_in_editor(at_work, ad, **changes))
    assert not JobAd.objects.get(pk=ad.pk).live


def test_the_office_may_ask_for_a_pay_range(at_work, ad):
    site = Site.objects.get(is_default_site=True)
    assert "Une fourchette de salaire attire" in body(at_work.get(edit_url(ad)))
    AdRules.objects.create(site=site, pay_range="required")
    html = body(publish_in_editor(at_work, ad))
    assert "Donnez le bas de la fourchette" in html and "Donnez le haut de la fourchette" in html
    assert not JobAd.objects.get(pk=ad.pk).live
    assert publish_in_editor(at_work, ad, pay_min="2100", pay_max="2500").status_code == 302
    assert JobAd.objects.get(pk=ad.pk).live


def test_the_sales_team_sets_the_rule(client, login, sales):
    url = f"/gestion/settings/pages/adrules/{Site.objects.get(is_default_site=True).pk}/"
    login(client, sales)
    assert client.post(url, {"pay_range": "required"}).status_code == 302
    assert AdRules.objects.get().pay_range == "required"


def test_professions_come_by_family_with_their_rome_code(at_work, ad):
    html = body(at_work.get(edit_url(ad)))
    assert '<optgroup label="Éducatif">' in html
    assert "Éducateur spécialisé / Éducatrice spécialisée (K1207)" in html


# --- Wordings -------------------------------------------------------------------------------------------------------


def test_a_doubtful_wording_asks_once(at_work, ad):
    text = "<p>Célibataire de préférence.</p>"
    response = publish_in_editor(at_work, ad, profile=text)
    assert "Mentions à relire" in body(response)
    assert "la situation de famille" in body(response)
    assert "C. trav. L1142-1" in body(response)
    assert 'name="keep_wordings"' in body(response)
    assert not JobAd.objects.get(pk=ad.pk).live
    assert publish_in_editor(at_work, ad, profile=text, keep_wordings="1").status_code == 302
    ad.refresh_from_db()
    assert ad.live
    assert ad.confirmed_warnings == ["famille:celibataire"]
    # Not for the same words again, but for others.
    assert publish_in_editor(at_work, ad, profile=text).status_code == 302
    more = publish_in_editor(at_work, ad, profile=text, missions="<p>Bonne présentation exigée.</p>")
    assert "Bonne présentation" in body(more) and more.status_code == 200


def test_a_forbidden_wording_is_refused_whatever_is_ticked(at_work, ad):
    response = publish_in_editor(at_work, ad, profile="<p>Âge maximum : 45 ans.</p>", keep_wordings="1")
    assert response.status_code == 200
    assert "Interdit." in body(response)
    assert "L5331-2" in body(response)
    assert not JobAd.objects.get(pk=ad.pk).live


def test_a_draft_shows_its_wordings_and_is_saved_all_the_same(at_work, ad):
    assert save_draft(at_work, ad, profile="<p>Âge maximum : 45 ans. Non fumeur.</p>").status_code == 302
    html = body(at_work.get(edit_url(ad)))
    assert "Mentions à relire" in html
    assert "« Âge maximum »" in html and "« Non fumeur »" in html


def test_questions_are_read_too(at_work, ad):
    asked = [
        {"text": "Quelle est votre situation familiale ?", "kind": "texte", "required": "on", "ORDER": "1"}
    ]
    assert "« situation familiale »" in body(publish_in_editor(at_work, ad, questions=asked)).replace(
        "votre ", ""
    )
    assert not JobAd.objects.get(pk=ad.pk).live


# --- Establishment, team, questions -----------------------------------------------------------------------------------


def test_the_establishment_gives_place_and_kind(at_work, ad):
    place = EstablishmentFactory(employer=ad.employer)
    response = publish_in_editor(at_work, ad, establishment=place.pk, commune="", structure_type="")
    assert response.status_code == 302
    ad.refresh_from_db()
    assert (ad.establishment, ad.commune, ad.structure_type) == (place, place.commune, place.structure_type)
    assert place.name in body(at_work.get(ad.get_url()))


@pytest.mark.permissions
def test_anothers_establishment_is_as_one_that_is_not(at_work, ad, riviere):
    EstablishmentFactory(employer=ad.employer)
    foreign = EstablishmentFactory(employer=riviere)
    archived = EstablishmentFactory(employer=ad.employer, archived_at=timezone.now())
    for pk in (foreign.pk, archived.pk, 987_654):
        response = publish_in_editor(at_work, ad, establishment=pk)
        assert "Sélectionnez un choix valide" in body(response)
        assert foreign.name not in body(response)
    assert save_draft(at_work, ad, establishment=foreign.pk).status_code == 200
    assert latest(ad).establishment is None


def test_without_establishments_there_is_no_such_field(at_work, ad):
    assert 'name="establishment"' not in body(at_work.get(edit_url(ad)))


def test_who_is_told_is_chosen_in_the_team(at_work, ad, colleague, stranger):
    reader = MembershipFactory(employer=ad.employer, role="lecteur").user
    html = body(at_work.get(edit_url(ad)))
    assert colleague.email in html
    assert reader.email not in html
    assert publish_in_editor(at_work, ad, notified=[colleague.pk]).status_code == 302
    assert list(JobAd.objects.get(pk=ad.pk).notified.all()) == [colleague]
    for other in (stranger, reader):
        refused = publish_in_editor(at_work, ad, notified=[other.pk])
        assert refused.status_code == 200
        assert "Sélectionnez un choix valide" in body(refused)


def test_five_questions_at_most(at_work, ad):
    def asked(count):
        rows = [
            {"text": f"Question {n} ?", "kind": "texte", "required": "on", "ORDER": str(n)}
            for n in range(1, count + 1)
        ]
        return publish_in_editor(at_work, ad, questions=rows)

    assert asked(6).status_code == 200
    assert asked(5).status_code == 302
    assert JobAd.objects.get(pk=ad.pk).questions.count() == 5


# --- The magazine -----------------------------------------------------------------------------------------------------


def issue(number, days):
    closes = timezone.now() + timedelta(days=days)
    return MagazineIssue.objects.create(
        number=number, title=f"Mag {number}", closes_at=closes, published_on=closes.date()
    )


def test_the_insert_goes_into_the_chosen_issue(at_work, printed):
    closed, first, second = issue(900, -1), issue(901, 5), issue(902, 40)
    assert "Sélectionnez un choix valide" in body(publish_in_editor(at_work, printed, print_issue=closed.pk))
    assert publish_in_editor(at_work, printed, print_issue=second.pk).status_code == 302
    insert = PrintInsert.objects.get()
    assert insert.issue == second
    assert publish_in_editor(at_work, printed, print_issue=first.pk).status_code == 302
    insert.refresh_from_db()
    assert insert.issue == first


def test_without_a_choice_it_is_the_next_to_close(at_work, printed):
    issue(902, 40), issue(901, 5)
    publish_in_editor(at_work, printed)
    assert PrintInsert.objects.get().issue.number == 901


def test_the_text_is_measured_as_it_is_typed(at_work, printed):
    url = f"/gestion/annonces/{printed.pk}/encart/place/"
    assert at_work.post(url, {"print_text": "Venez."}).json() == {
        "fits": True,
        "sentence": "Le texte tient dans ce format.",
    }
    long = at_work.post(url, {"print_text": "mot " * 150, "title": "Très long titre " * 10}).json()
    assert not long["fits"]
    assert "tient" in long["sentence"] and "pas dans ce format" in long["sentence"]


def test_the_insert_is_looked_at_before_it_is_paid_for(at_work, printed):
    response = at_work.get(f"/gestion/annonces/{printed.pk}/encart/")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert not PrintInsert.objects.exists()


def test_the_logo_is_printed_when_it_is_wanted(at_work, printed):
    company = printed.employer.company_page
    company.logo = get_image_model().objects.create(title="Logo", file=get_test_image_file())
    company.save()
    publish_in_editor(at_work, printed, print_logo="on")
    insert = PrintInsert.objects.get()
    assert insert.with_logo
    with_logo = pdf.insert_pdf(insert)
    insert.with_logo = False
    assert b"/Image" in with_logo
    assert b"/Image" not in pdf.insert_pdf(insert)


@pytest.mark.permissions
def test_anothers_insert_answers_as_none(client, login, stranger, printed):
    login(client, stranger)
    assert client.get(f"/gestion/annonces/{printed.pk}/encart/").status_code == 404
    assert client.post(f"/gestion/annonces/{printed.pk}/encart/place/").status_code == 404
    assert client.get("/gestion/annonces/987654/encart/").status_code == 404


def test_an_ad_without_print_has_no_insert(at_work, ad):
    assert at_work.get(f"/gestion/annonces/{ad.pk}/encart/").url == edit_url(ad)
    assert at_work.post(f"/gestion/annonces/{ad.pk}/encart/place/").status_code == 404
    assert "print_text" not in body(at_work.get(edit_url(ad)))


# --- Speed ------------------------------------------------------------------------------------------------------------


def test_opening_the_editor_asks_as_much_whatever_there_is(
    at_work, ad, colleague, django_assert_max_num_queries, django_assert_num_queries
):
    EstablishmentFactory(employer=ad.employer)
    at_work.get(edit_url(ad))
    with django_assert_max_num_queries(MOST_QUERIES) as counted:
        at_work.get(edit_url(ad))
    for _ in range(10):
        EstablishmentFactory(employer=ad.employer)
        MembershipFactory(employer=ad.employer)
        JobAdFactory(employer=ad.employer)
    with django_assert_num_queries(len(counted)):
        at_work.get(edit_url(ad))


#: Seven of them are the lists of reference that the form shows.
MOST_QUERIES = 76


@pytest.mark.parametrize("text", ["{pas du JSON", "[]", '{"blocks": [7]}', '{"blocks": 3}', "[" * 100_000])
def test_a_text_that_no_editor_wrote_is_refused_in_french_and_nothing_is_saved(at_work, ad, text):
    versions = ad.revisions.count()
    at_work.raise_request_exception = False
    answer = at_work.post(edit_url(ad), editor_data(ad) | {"missions": text})
    assert (answer.status_code, ad.revisions.count()) == (400, versions)
    assert "Rien n’a été enregistré" in answer.content.decode()
