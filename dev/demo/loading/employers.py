"""Employers with their people and company pages."""

from __future__ import annotations

import io
import json

from django.core.files.images import ImageFile
from django.utils.text import slugify
from stdnum.fr import siren
from wagtail.images import get_image_model

from accounts import onboarding
from accounts.models import Employer, Membership
from dev.demo import identifiers, pictures
from dev.demo.content import EMPLOYERS, accounts, shapes
from dev.demo.content.brand import FIGURES, GALLERY, TESTIMONIALS, VIDEO
from dev.demo.content.candidates import FEMALE_NAMES, LAST_NAMES
from pages import companies
from pages.models import CompanyPage, CompanyPhoto
from reference.models import Commune, StructureType

from .backdate import backdate, backdate_page
from .people import make_user
from .scene import Customer, Scene, html

Form = Employer.LegalForm
LEGAL_FORMS = {
    "associatif": Form.ASSOCIATION,
    "fondation": Form.FOUNDATION,
    "mutualiste": Form.MUTUAL,
    "public hospitalier": Form.HOSPITAL,
    "public territorial": Form.LOCAL,
    "privé": Form.COMPANY,
    "coopérative": Form.COOPERATIVE,
}


def make_employers(scene: Scene) -> None:
    """Each employer with its administrator, in the order of the texts; Les Ormeaux has a colleague too."""
    for index, content in enumerate(EMPLOYERS[: scene.scale.employers]):
        scene.customers[content.key] = _make(scene, index, content)
    ormeaux = scene.customers["les-ormeaux"]
    login = accounts.COLLEAGUE
    colleague = make_user(scene, login.email, login.first_name, login.last_name, login.civility)
    onboarding.add_member(ormeaux.row, colleague, Membership.Role.RECRUITER)


def _make(scene: Scene, index: int, content: shapes.Employer) -> Customer:
    commune = Commune.objects.select_related("department").get(insee=content.insee)
    user = _recruiter(scene, index, content)
    siret = identifiers.siret(index)
    private = content.sector in ("privé", "mutualiste", "coopérative")
    row = onboarding.create_employer(
        user,
        content.name,
        legal_form=LEGAL_FORMS[content.sector],
        siret=siret,
        vat_number=f"FR{siren.to_tva(siret[:9])}" if private else "",
        address=content.street,
        postcode=commune.postcodes.split()[0],
        city=commune.name[:80],
        commune=commune,
        phone=identifiers.phone(commune.department_id, index),
        billing_email=f"comptabilite@{content.domain}",
        pays_on_invoice=content.on_invoice,
    )
    backdate(row, created_at=scene.ago(200 + 3 * index))
    _establishments(scene, row, content)
    return Customer(content, index, row, user)


def _establishments(scene: Scene, row: Employer, content: shapes.Employer) -> None:
    """Its houses, each in its commune, as the team would have entered them."""
    for house in content.houses:
        commune = Commune.objects.get(insee=house.insee) if house.insee else row.commune
        row.establishments.create(
            name=house.name[:1].upper() + house.name[1:],
            structure_type=scene.term(StructureType, house.structure),
            commune=commune,
            postcode=commune.postcodes.split()[0],
        )


def _recruiter(scene: Scene, index: int, content: shapes.Employer):
    if content.key == "les-ormeaux":
        login = accounts.RECRUITER
        return make_user(scene, login.email, login.first_name, login.last_name, login.civility)
    first = FEMALE_NAMES[(index * 7) % len(FEMALE_NAMES)]
    last = LAST_NAMES[(index * 11 + 5) % len(LAST_NAMES)]
    return make_user(scene, f"{slugify(first)}.{slugify(last)}@{content.domain}", first, last, "mme")


def make_pages(scene: Scene) -> None:
    """A published company page for each employer; the paid tiers have photographs, figures and a testimonial."""
    for customer in scene.customers.values():
        page = companies.create_page(customer.row, customer.recruiter)
        _fill(scene, customer, page)
        page.save_revision(user=customer.recruiter).publish(user=customer.recruiter)
        backdate_page(page, scene.ago(180 + customer.index))
        # The row remembers its page as the draft it was.
        customer.row.refresh_from_db()


def _fill(scene: Scene, customer: Customer, page: CompanyPage) -> None:
    content = customer.content
    structures = [house.structure for house in content.houses]
    page.structure_type = scene.term(StructureType, "siege" if "siege" in structures else structures[0])
    page.commune = customer.row.commune
    page.presentation = html(f"<b>{content.tagline}</b>", *content.body)
    page.headcount = content.staff
    page.website = f"https://www.{content.domain}/"
    page.logo = _image(
        customer, f"Logo {content.name}", "logo.png", pictures.logo(content.name, customer.index)
    )
    count = {"marque-plus": 4, "marque": 2}.get(content.tier, customer.index % 2)
    for number, (kind, alt) in enumerate(pictures.SCENES[:count]):
        image = _image(customer, alt, f"{kind}.jpg", pictures.scene(kind, customer.index))
        page.photos.add(CompanyPhoto(image=image, alt=alt, sort_order=number))
    if content.tier != "standard":
        page.brand = json.dumps(_brand(customer))


def _brand(customer: Customer) -> list[dict]:
    content = customer.content
    figures = [{"figure": str(content.founded), "label": "année de création"}]
    figures += [{"figure": str(content.staff), "label": "professionnels"}]
    figures += [
        {"figure": figure, "label": label} for figure, label in FIGURES[customer.index % len(FIGURES)]
    ]
    quotes = TESTIMONIALS if content.tier == "marque-plus" else TESTIMONIALS[:3]
    quote, name = quotes[customer.index % len(quotes)]
    blocks = [
        {"type": "figures", "value": figures},
        {"type": "testimonial", "value": {"quote": quote, "name": name, "photo": None}},
    ]
    return blocks + _film_and_gallery(customer) if content.tier == "marque-plus" else blocks


def _film_and_gallery(customer: Customer) -> list[dict]:
    drawn = [
        (
            _image(customer, alt, f"{kind}-galerie.jpg", pictures.scene(kind, customer.index + 40)),
            alt,
            caption,
        )
        for (kind, alt), caption in zip(pictures.SCENES, GALLERY, strict=True)
    ]
    photos = [{"image": image.pk, "alt": alt, "caption": caption} for image, alt, caption in drawn]
    film = VIDEO | {"poster": drawn[1][0].pk}
    return [
        {"type": "video", "value": film},
        {"type": "gallery", "value": {"title": "Nos lieux de travail", "photos": photos}},
    ]


def _image(customer: Customer, title: str, name: str, data: bytes):
    return get_image_model().objects.create(
        title=title[:255],
        file=ImageFile(io.BytesIO(data), name=f"{customer.content.key}-{name}"),
        collection=customer.row.collection,
        uploaded_by_user=customer.recruiter,
    )
