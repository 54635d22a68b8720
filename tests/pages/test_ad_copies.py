"""Ads begun from another: duplicated, or from a model of the employer's."""

import pytest
from django.utils import timezone

from pages import ad_copies, ads
from pages.models import AdModel, JobAd, ScreeningQuestion
from reference.models import Diploma, Public
from tests.factories import CreditLotFactory, EstablishmentFactory, JobAdFactory, MembershipFactory

from .tools import spendings


@pytest.fixture
def at_work(client, recruiter, login):
    return login(client, recruiter)


@pytest.fixture
def rich(ormeaux, recruiter):
    """A live ad with everything that a copy takes over, and things that it must not."""
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(
        employer=ormeaux, live=True, title="Chef de service F/H", pay_min=2500, pay_max=3000, languages="LSF",
        grade="Cadre, classe 2", keeps_seniority=True, filled_at=timezone.now(), starts_on="2027-01-04",
        confirmed_warnings=["famille:celibataire"], establishment=EstablishmentFactory(employer=ormeaux),
    )  # fmt: skip
    ad.publics.set(Public.objects.all()[:2])
    ad.diplomas.set(Diploma.objects.all()[:1])
    ad.notified.set([recruiter])
    ad.questions.add(ScreeningQuestion(text="Avez-vous le permis\u202f?", kind="oui-non"))
    ad.save_revision(clean=False)
    return ad


def copies(ad):
    return JobAd.objects.exclude(pk=ad.pk)


def is_a_copy(copy, ad) -> None:
    """A draft with the ad's text, and with nothing of its life."""
    assert not copy.live
    assert not copy.placements.exists()
    assert not copy.days.exists()
    assert not copy.applications.exists()
    assert copy.filled_at is None and copy.starts_on is None and copy.first_published_at is None
    assert copy.go_live_at is None and copy.confirmed_warnings == []
    assert copy.slug != ad.slug
    assert copy.employer_id == ad.employer_id
    for name in ("title", "missions", "pay_min", "languages", "grade", "keeps_seniority", "establishment_id"):
        assert getattr(copy, name) == getattr(ad, name), name
    assert set(copy.publics.all()) == set(ad.publics.all()) != set()
    assert set(copy.diplomas.all()) == set(ad.diplomas.all()) != set()
    assert list(copy.notified.all()) == list(ad.notified.all()) != []
    assert [q.text for q in copy.questions.all()] == ["Avez-vous le permis\u202f?"]
    assert ad.questions.count() == 1


def test_an_ad_is_duplicated_as_a_draft(at_work, rich, recruiter):
    before = spendings()
    response = at_work.post(f"/espace-recruteur/annonces/{rich.pk}/dupliquer/")
    copy = copies(rich).get()
    assert response.url == f"/gestion/pages/{copy.pk}/edit/"
    is_a_copy(copy, rich)
    assert copy.owner == recruiter
    assert spendings() == before
    rich.refresh_from_db()
    assert rich.live
    assert "Chef de service F/H" in at_work.get(response.url).content.decode()


def test_a_double_click_duplicates_once(at_work, rich):
    for _ in range(2):
        at_work.post(f"/espace-recruteur/annonces/{rich.pk}/dupliquer/")
    assert copies(rich).count() == 1


def test_the_latest_draft_is_what_is_copied(at_work, rich):
    rich.title = "Titre en cours F/H"
    rich.save_revision(clean=False)
    at_work.post(f"/espace-recruteur/annonces/{rich.pk}/dupliquer/")
    assert copies(rich).get().title == "Titre en cours F/H"


def test_a_model_is_kept_renamed_used_and_deleted(at_work, rich):
    response = at_work.post(f"/espace-recruteur/annonces/{rich.pk}/enregistrer-comme-modele/", follow=True)
    model = AdModel.objects.get()
    assert "Chef de service F/H" in response.content.decode()
    page = f"/espace-recruteur/modeles/{model.public_id}/"
    assert at_work.post(page, {"name": ""}).status_code == 422
    body = at_work.post(page, {"name": "Chef de service, MECS"}, follow=True).content.decode()
    assert "Chef de service, MECS" in body
    response = at_work.post(f"{page}utiliser/")
    copy = copies(rich).get()
    assert response.url == f"/gestion/pages/{copy.pk}/edit/"
    is_a_copy(copy, rich)
    body = at_work.post(f"{page}supprimer/", follow=True).content.decode()
    assert "Aucun modèle pour l’instant" in body
    assert JobAd.objects.filter(pk=copy.pk).exists()


def test_models_of_one_title_have_names_of_their_own(rich, recruiter):
    names = [ad_copies.save_as_model(rich, recruiter).name for _ in range(3)]
    assert names == ["Chef de service F/H", "Chef de service F/H (2)", "Chef de service F/H (3)"]


def test_a_model_outlives_what_it_names(at_work, rich, recruiter):
    """The establishment and a colleague are gone since: the draft begins without them."""
    gone = MembershipFactory(employer=rich.employer).user
    rich.notified.add(gone)
    rich.save_revision(clean=False)
    model = ad_copies.save_as_model(rich, recruiter)
    JobAd.objects.filter(pk=rich.pk).update(establishment=None)
    rich.establishment.delete()
    gone.delete()
    copy = ad_copies.begin_from(model, recruiter)
    assert copy.establishment is None
    assert list(copy.notified.all()) == [recruiter]
    rich.refresh_from_db()
    archived = EstablishmentFactory(employer=rich.employer, archived_at=timezone.now())
    rich.establishment = archived
    rich.save_revision(clean=False)
    assert ad_copies.duplicate(rich, recruiter).establishment is None


def test_the_offer_is_the_copied_ones_or_one_at_hand(ormeaux, recruiter):
    CreditLotFactory(employer=ormeaux)
    printed = ads.create_draft(ormeaux, recruiter, "web_print", "1-4")
    assert ad_copies.duplicate(printed, recruiter).offer_kind == "web"
    CreditLotFactory(employer=ormeaux, kind="web_print", print_format="1-4")
    assert ad_copies.duplicate(printed, recruiter).print_format == "1-4"


def test_there_is_an_end_to_models(at_work, rich, recruiter, monkeypatch):
    monkeypatch.setattr(ad_copies, "MOST", 1)
    ad_copies.save_as_model(rich, recruiter)
    body = at_work.post(
        f"/espace-recruteur/annonces/{rich.pk}/enregistrer-comme-modele/", follow=True
    ).content.decode()
    assert "supprimez-en un" in body
    assert AdModel.objects.count() == 1


@pytest.mark.permissions
def test_anothers_ad_and_model_are_as_none(client, login, stranger, rich, recruiter):
    login(client, stranger)
    model = ad_copies.save_as_model(rich, recruiter)
    for path in (f"annonces/{rich.pk}/dupliquer/", f"annonces/{rich.pk}/enregistrer-comme-modele/"):
        assert client.post(f"/espace-recruteur/{path}").status_code == 404
    for path in ("", "utiliser/", "supprimer/"):
        assert client.post(f"/espace-recruteur/modeles/{model.public_id}/{path}").status_code == 404
    assert not copies(rich).exists()
    assert AdModel.objects.count() == 1
    assert "Chef de service" not in client.get("/espace-recruteur/modeles/").content.decode()


def test_the_list_asks_as_much_for_one_as_for_many(
    at_work, rich, recruiter, django_assert_max_num_queries, django_assert_num_queries
):
    ad_copies.save_as_model(rich, recruiter)
    at_work.get("/espace-recruteur/modeles/")
    with django_assert_max_num_queries(20) as counted:
        at_work.get("/espace-recruteur/modeles/")
    for _ in range(8):
        ad_copies.save_as_model(rich, recruiter)
    with django_assert_num_queries(len(counted)):
        at_work.get("/espace-recruteur/modeles/?tri=recents")
