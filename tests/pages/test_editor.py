"""The Wagtail editor as recruiters have it (G7–G10, G19–G23)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from billing.models import Entitlement
from pages import ads, companies
from pages.models import CompanyPage, JobAd
from reference.dates import paris_day
from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory, MembershipFactory

from .tools import edit_url, publish_in_editor


@pytest.fixture
def at_work(client, recruiter, login):
    return login(client, recruiter)


def image(employer):
    return get_image_model().objects.create(
        title="Façade", file=get_test_image_file(), collection=employer.collection
    )


def company_data(page, photos=(), **changes) -> dict:
    return nested_form_data(
        {
            "title": page.title,
            "structure_type": page.structure_type_id or "",
            "commune": page.commune_id or "",
            "headcount": "",
            "website": "",
            "presentation": rich_text("<p>Nous accompagnons.</p>", features=["bold"]),
            "logo": "",
            "photos": inline_formset(list(photos)),
            **changes,
        }
    )


def test_the_admin_leads_recruiters_back_to_their_space(at_work, ormeaux):
    assert at_work.get("/gestion/").url == "/espace-recruteur/"
    assert at_work.get(f"/gestion/pages/{ormeaux.company_page.pk}/").url == "/espace-recruteur/annonces/"
    assert at_work.get("/gestion/account/").url == "/mon-compte/"


def test_the_five_steps_and_nothing_of_the_office(at_work, ormeaux, recruiter):
    web = at_work.get(edit_url(ads.create_draft(ormeaux, recruiter, "web"))).content.decode()
    for step in ("1. Le poste", "2. Le profil", "3. Les conditions", "4. Les candidatures"):
        assert step in web
    assert "5. Le magazine" not in web
    assert 'name="slug"' not in web
    assert "Publier l’annonce" in web
    assert "/gestion/pages/search/" not in web
    printed = ads.create_draft(ormeaux, recruiter, "web_print", "1-4")
    assert "5. Le magazine" in at_work.get(edit_url(printed)).content.decode()


def test_the_office_has_the_address_too(administrator, client, login, ormeaux):
    body = login(client, administrator).get(edit_url(JobAdFactory(employer=ormeaux))).content.decode()
    assert 'name="slug"' in body


def test_publishing_says_until_when_and_leads_to_the_ads(at_work, ormeaux, recruiter):
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    response = publish_in_editor(at_work, ad, title="Chef de service")
    assert response.url == "/espace-recruteur/annonces/"
    ad.refresh_from_db()
    assert ad.title == "Chef de service F/H"
    assert ad.slug == "chef-de-service-fh"
    body = at_work.get(response.url).content.decode()
    assert "est en ligne jusqu’au" in body


def test_the_address_stays_once_it_was_public(at_work, ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True)
    slug = ad.slug
    publish_in_editor(at_work, ad, title="Tout autre titre F/H")
    ad.refresh_from_db()
    assert ad.title == "Tout autre titre F/H"
    assert ad.slug == slug


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pay_min": "3000", "pay_max": "2000"}, "inférieur au minimum"),
        ({"apply_mode": "lien", "apply_url": ""}, "Donnez le lien"),
        ({"title": "Nouvelle annonce"}, "l’intitulé du poste"),
        ({"profession": ""}, "il reste à compléter"),
    ],
)
def test_what_is_wrong_is_said_before_a_credit_is_spent(at_work, ormeaux, changes, sentence):
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    response = publish_in_editor(at_work, ad, **changes)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not JobAd.objects.get(pk=ad.pk).live


def test_communes_are_searched(at_work):
    def found(q):
        return at_work.get("/gestion/communes/results/", {"q": q}).content.decode()

    assert "Villeurbanne" in found("villeurb")
    assert "Villeurbanne" in found("69100")
    assert "Saint-Étienne" in found("St Etienne")
    assert "Villeurbanne" not in found("zzz")
    assert at_work.get("/gestion/communes/").status_code == 200
    assert at_work.get("/gestion/communes/chosen/69266/").json()["step"] == "chosen"


def test_a_company_page_is_written_and_published(db, client, login):
    employer = EmployerFactory(legal_name="Maison des Tilleuls")
    user = employer.memberships.get().user
    page = companies.create_page(employer, user)
    login(client, user)
    body = client.get(edit_url(page)).content.decode()
    assert "Publier la page" in body
    assert "Avec l’offre marque employeur, votre page gagne" in body
    assert 'name="brand-count"' not in body
    data = company_data(page, structure_type="1", commune="69266", logo=image(employer).pk)
    data |= nested_form_data(
        {"photos": inline_formset([{"image": image(employer).pk, "alt": "La façade", "ORDER": "1"}])}
    )
    data["structure_type"] = str(JobAd._meta.get_field("structure_type").related_model.objects.first().pk)
    response = client.post(edit_url(page), data | {"action-publish": "action-publish"})
    assert response.status_code == 302, response.content.decode()[:3000]
    assert response.url == "/espace-recruteur/"
    page = CompanyPage.objects.get(pk=page.pk)
    assert page.live
    assert page.photos.count() == 1
    assert client.get(page.get_url()).status_code == 200


@pytest.mark.permissions
@pytest.mark.parametrize("field", ["logo", "photos"])
def test_anothers_picture_is_refused_as_one_that_is_not(field, at_work, ormeaux, riviere):
    page = ormeaux.company_page

    def refused(pk) -> bool:
        photos = [{"image": pk, "alt": "Façade", "ORDER": "1"}] if field == "photos" else []
        data = company_data(page, photos, logo=pk if field == "logo" else "")
        response = at_work.post(edit_url(page), data | {"action-publish": "action-publish"})
        return response.status_code == 200 and "Sélectionnez un choix valide" in response.content.decode()

    assert refused(image(riviere).pk)
    assert refused(999_999)
    assert not refused(image(ormeaux).pk)


@pytest.mark.permissions
def test_the_image_chooser_shows_and_takes_only_ones_own(at_work, ormeaux, riviere):
    own, foreign = image(ormeaux), image(riviere)
    body = at_work.get("/gestion/images/chooser/").content.decode()
    assert f"/chosen/{own.pk}/" in body
    assert f"/chosen/{foreign.pk}/" not in body
    assert at_work.get(f"/gestion/images/chooser/chosen/{own.pk}/").status_code == 200
    assert at_work.get(f"/gestion/images/chooser/chosen/{foreign.pk}/").status_code == 404
    out = io.BytesIO()
    Picture.new("RGB", (20, 20)).save(out, "PNG")

    def upload(collection):
        return at_work.post(
            "/gestion/images/chooser/create/",
            {
                "image-chooser-upload-title": "Cour",
                "image-chooser-upload-file": SimpleUploadedFile("cour.png", out.getvalue(), "image/png"),
                "image-chooser-upload-collection": collection,
            },
        )

    upload(riviere.collection.pk)
    uploaded = get_image_model().objects.filter(title="Cour")
    assert not uploaded.exclude(collection=ormeaux.collection).exists()
    upload(ormeaux.collection.pk)
    assert uploaded.filter(collection=ormeaux.collection).exists()


def test_brand_parts_are_edited_only_while_they_are_paid_for(at_work, ormeaux):
    page = ormeaux.company_page
    assert at_work.post(edit_url(page), company_data(page)).status_code == 302
    Entitlement.objects.create(
        employer=ormeaux,
        kind="company_page",
        tier="marque_plus",
        starts_on=paris_day(),
        ends_on=paris_day(),
        reference="essai",
    )
    assert "3. Marque employeur" in at_work.get(edit_url(page)).content.decode()
    data = company_data(page, brand=streamfield([("paragraph", rich_text("<p>Notre manière</p>"))]))
    assert at_work.post(edit_url(page), data).status_code == 302
    assert "Notre manière" in str(CompanyPage.objects.get(pk=page.pk).get_latest_revision_as_object().brand)


@pytest.mark.permissions
@pytest.mark.parametrize("role", ["lecteur", "facturation"])
def test_who_only_reads_or_pays_does_not_edit(role, ormeaux, client, login):
    member = MembershipFactory(employer=ormeaux, role=role).user
    ad = JobAdFactory(employer=ormeaux)
    login(client, member)
    assert client.get(edit_url(ad)).status_code == 404
    assert not ad.permissions_for_user(member).can_publish()


@pytest.mark.permissions
def test_a_paid_ad_is_kept_and_a_draft_may_go(at_work, ormeaux, recruiter):
    draft, paid = JobAdFactory(employer=ormeaux), JobAdFactory(employer=ormeaux, live=True)
    ads.unpublish(paid, recruiter)
    assert at_work.post(f"/gestion/pages/{draft.pk}/delete/").url == "/espace-recruteur/annonces/"
    at_work.post(f"/gestion/pages/{paid.pk}/delete/")
    assert list(JobAd.objects.all()) == [paid]


@pytest.mark.permissions
def test_testers_deny_what_is_the_offices(ormeaux, recruiter, administrator):
    ad = JobAdFactory(employer=ormeaux, live=True)
    company = ormeaux.company_page
    for page in (ad, company):
        may = page.permissions_for_user(recruiter)
        assert may.can_edit() and may.can_publish() and may.can_unpublish()
        denied = (
            may.can_copy, may.can_move, may.can_reorder_children, may.can_set_view_restrictions, may.can_lock,
            may.can_unlock, may.can_submit_for_moderation, may.can_delete,
        )  # fmt: skip
        assert not any(question() for question in denied)
        assert not may.can_copy_to(company)
    assert ad.permissions_for_user(administrator).can_copy()


def test_unpublishing_in_the_editor_leads_back(at_work, ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True)
    assert at_work.get(f"/gestion/pages/{ad.pk}/unpublish/").status_code == 200
    assert at_work.post(f"/gestion/pages/{ad.pk}/unpublish/").url == "/espace-recruteur/annonces/"
    ad.refresh_from_db()
    assert not ad.live


def test_a_preview_of_a_draft_counts_nothing_and_takes_no_application(at_work, ormeaux):
    ad = JobAdFactory(employer=ormeaux)
    body = at_work.get(
        f"/gestion/pages/{ad.pk}/view_draft/", headers={"user-agent": "Firefox"}
    ).content.decode()
    assert ad.title in body
    assert "/postuler/" not in body
    assert not ad.days.exists()
