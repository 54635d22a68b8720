"""What each tier of a company page gives, through the pages that readers open; and that it ends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from accounts.models import Membership
from billing import tiers
from billing.models import Entitlement, Offer
from billing.tiers import Part
from pages import cards, videos
from pages.models import EditorialPage, TierWarning
from pages.tier_warnings import warn_of_ends
from reference.dates import paris_day
from search.tasks import drain
from tests.factories import EmployerFactory, EstablishmentFactory, JobAdFactory, MembershipFactory
from tests.tools import mails_to

pytestmark = pytest.mark.django_db
Tier = Offer.Tier


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(timezone.now())
    return time_machine


def give(employer, tier=Tier.BRAND, *, ends_in=100, starts_in=-60):
    today = paris_day()
    return Entitlement.objects.create(
        employer=employer, kind=Entitlement.Kind.COMPANY_PAGE, tier=tier,
        starts_on=today + timedelta(days=starts_in), ends_on=today + timedelta(days=ends_in),
        reference=f"essai:{employer.pk}:{tier}:{starts_in}:{ends_in}",
    )  # fmt: skip


def image(employer, title="Cour"):
    return get_image_model().objects.create(
        title=title, file=get_test_image_file(size=(1200, 800)), collection=employer.collection
    )


def write_brand(page) -> None:
    photo = image(page.employer)
    page.brand = [
        ("figures", [{"figure": "94 %", "label": "des salariés en CDI"}]),
        ("testimonial", {"quote": "On me demande mon avis.", "name": "Samira", "photo": None}),
        ("gallery", {"title": "Nos murs", "photos": [{"image": photo, "alt": "La cour", "caption": "Le matin"}]}),
        (
            "video",
            {
                "address": "https://youtu.be/aqz-KE-bpKQ", "title": "Une journée", "poster": photo,
                "transcript": "On entend la cour.",
            },
        ),
        ("paragraph", "<p>Notre manière de travailler</p>"),
    ]  # fmt: skip
    page.save_revision().publish()


PAID = (
    "94 %",
    "On me demande mon avis",
    "Nos murs",
    "Lire la vidéo",
    "Notre manière",
    "Candidature spontanée",
)


def body(client, url) -> str:
    return client.get(url).content.decode()


# --- The table ----------------------------------------------------------------------------------------------


def test_each_tier_gives_all_that_the_one_below_gives():
    below: set = set()
    for rank, tier in enumerate(tiers.TIERS):
        assert tier.rank == rank
        assert below < set(tier.parts)
        below = set(tier.parts)
    assert below == set(Part)
    assert set(tiers.BY_CODE) == set(Tier.values)


# --- The public page ----------------------------------------------------------------------------------------


def test_a_paid_tier_shows_its_parts_falls_back_and_comes_again(ormeaux, client, clock):
    page = ormeaux.company_page
    write_brand(page)
    url = page.get_url()
    standard = body(client, url)
    assert not [part for part in PAID if part in standard]
    right = give(ormeaux)
    assert not [part for part in PAID if part not in body(client, url)]
    clock.shift(timedelta(days=(right.ends_on - paris_day()).days + 1))
    over = body(client, url)
    assert not [part for part in PAID if part in over]
    page.refresh_from_db()
    assert len(page.brand) == 5
    give(ormeaux, ends_in=30, starts_in=0)
    assert not [part for part in PAID if part not in body(client, url)]


def test_a_video_loads_nothing_of_its_provider_before_a_click(ormeaux, client):
    write_brand(ormeaux.company_page)
    give(ormeaux)
    response = client.get(ormeaux.company_page.get_url())
    html = response.content.decode()
    assert "<iframe" not in html
    assert 'src="https://' not in html
    assert 'data-video="https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ' in html
    assert 'href="https://www.youtube.com/watch?v=aqz-KE-bpKQ"' in html
    assert "https://www.youtube-nocookie.com" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "embed"),
    [
        (
            "https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=3",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
        ),
        ("https://www.youtube.com/shorts/aqz-KE-bpKQ", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789"),
        ("https://peertube.fr/w/8X1a2b3c4d5e", "https://peertube.fr/videos/embed/8X1a2b3c4d5e"),
        ("https://evil.example/w/8X1a2b3c4d5e", None),
        ("https://youtube.com.evil.example/watch?v=aqz-KE-bpKQ", None),
        ("javascript:alert(1)//youtube.com/watch?v=aqz-KE-bpKQ", None),
        ("https://www.youtube.com/@chaine", None),
        ("https://www.youtube.com/watch?v=abc", None),
        ("http://[", None),
    ],
)
def test_only_videos_of_allowed_providers(address, embed):
    found = videos.video(address)
    assert (found.embed_url.split("?")[0] if found else None) == embed


def test_other_employers_ads_stay_away_from_the_highest_tier_alone(ormeaux, riviere, client):
    rival = JobAdFactory(employer=riviere, live=True, title="Chef de service F/H")
    url = ormeaux.company_page.get_url()
    assert rival.title in body(client, url)
    give(ormeaux, Tier.BRAND)
    assert rival.title in body(client, url)
    give(ormeaux, Tier.BRAND_PLUS)
    assert rival.title not in body(client, url)


def test_a_page_full_of_pictures_costs_the_same(ormeaux, client, django_assert_max_num_queries):
    page = ormeaux.company_page
    give(ormeaux, Tier.BRAND_PLUS)
    photos = [{"image": image(ormeaux, f"Photo {n}"), "alt": f"Photo {n}", "caption": ""} for n in range(12)]
    page.brand = [("gallery", {"title": "", "photos": photos})]
    page.save_revision().publish()
    client.get(page.get_url())
    with django_assert_max_num_queries(22):
        html = body(client, page.get_url())
    assert html.count('type="image/webp"') == 12
    assert html.count('alt="Photo 3"') == 1


# --- Before the readers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/magazine/", "/entreprises/"])
def test_the_highest_tier_is_put_forward_and_labelled(path, ormeaux, riviere, client):
    # The base data of the tests may be older than the mark of an article.
    EditorialPage.objects.filter(slug="magazine").update(shows_employers=True)
    drain.func()
    give(riviere, Tier.BRAND)
    assert "featured-companies" not in body(client, path)
    give(ormeaux, Tier.BRAND_PLUS)
    html = body(client, path)
    strip = html[html.index("featured-companies") :].split("</ul></section>")[0]
    assert ormeaux.company_page.title in strip
    assert "Sponsorisé" in strip
    assert riviere.company_page.title not in strip.split("De A à Z")[0]


def test_legal_pages_put_nobody_forward(ormeaux, client):
    give(ormeaux, Tier.BRAND_PLUS)
    assert "featured-companies" not in body(client, "/mentions-legales/")


def test_the_head_of_the_list_is_bounded_and_each_has_its_turn(client, clock, django_assert_max_num_queries):
    names = [f"Maison {letter}" for letter in "ABCDE"]
    for name in names:
        give(EmployerFactory(legal_name=name, with_page=True), Tier.BRAND_PLUS, ends_in=40)
    seen: set = set()
    for _ in range(5):
        with django_assert_max_num_queries(4):
            shown = [card["name"] for card in cards.featured_companies(Part.PRIORITY, 3)]
        assert len(shown) == 3
        seen |= set(shown)
        clock.shift(timedelta(days=1))
    assert seen == set(names)


# --- Warnings -----------------------------------------------------------------------------------------------


def test_the_end_is_told_twice_to_those_who_buy(ormeaux, recruiter, clock):
    reader = MembershipFactory(employer=ormeaux, role=Membership.Role.READER).user
    billing = MembershipFactory(employer=ormeaux, role=Membership.Role.BILLING).user
    give(ormeaux, ends_in=31)
    assert warn_of_ends.func() == 0
    clock.shift(timedelta(days=1))
    assert warn_of_ends.func() == 1
    assert warn_of_ends.func() == 0
    clock.shift(timedelta(days=20))
    assert warn_of_ends.func() == 0
    clock.shift(timedelta(days=4))  # six days ahead: the seventh was missed
    assert warn_of_ends.func() == 1
    assert warn_of_ends.func() == 0
    for person in (recruiter, billing):
        mails = mails_to(person.email)
        assert len(mails) == 2
        assert "Marque employeur se termine le" in mails[0].subject
        assert "Candidatures spontanées" in mails[0].body
        assert "/espace-recruteur/page-entreprise/" in mails[0].body
    assert not mails_to(reader.email)
    assert set(TierWarning.objects.values_list("days_before", flat=True)) == {30, 7}


def test_two_offers_that_end_on_the_same_day_are_told_in_one_mail(
    ormeaux, recruiter, riviere, stranger, clock
):
    give(ormeaux, ends_in=30)
    give(ormeaux, Tier.BRAND_PLUS, ends_in=30)
    give(riviere, ends_in=30)
    assert warn_of_ends.func() == 2, "one for each employer"
    assert warn_of_ends.func() == 0
    clock.shift(timedelta(days=23))
    assert warn_of_ends.func() == 2
    for person, name in ((recruiter, "Marque employeur +"), (stranger, "Marque employeur")):
        mails = mails_to(person.email)
        assert [mail.subject.split(" se termine")[0] for mail in mails] == [f"Votre offre {name}"] * 2
    assert TierWarning.objects.count() == 6


def test_an_offer_that_ends_later_has_a_mail_of_its_own(ormeaux, recruiter):
    give(ormeaux, Tier.BRAND_PLUS, ends_in=5)
    give(ormeaux, ends_in=7)
    assert warn_of_ends.func() == 2
    assert len(mails_to(recruiter.email)) == 2


def test_an_offer_that_goes_on_warns_nobody(ormeaux, riviere):
    give(ormeaux, ends_in=5)
    give(ormeaux, ends_in=300, starts_in=6)
    give(riviere, ends_in=5)
    give(riviere, Tier.BRAND_PLUS, ends_in=300)
    assert warn_of_ends.func() == 0


def test_a_standard_page_warns_nobody(ormeaux):
    give(ormeaux, Tier.STANDARD, ends_in=5)
    assert warn_of_ends.func() == 0


# --- The space ----------------------------------------------------------------------------------------------


def test_the_space_compares_the_tiers_and_says_what_is_kept(ormeaux, recruiter, client, login):
    login(client, recruiter)
    write_brand(ormeaux.company_page)
    give(ormeaux, ends_in=-3)
    html = body(client, reverse("recruiting:company_page"))
    assert "Conservé, mais pas affiché" in html
    assert "Votre offre s’est terminée le" in html
    for part in Part:
        assert str(part.label).split(",")[0].split(" «")[0] in html


def test_a_photo_is_framed_where_it_matters(ormeaux, recruiter, client, login):
    login(client, recruiter)
    photo = image(ormeaux)
    page = ormeaux.company_page
    page.photos.create(image=photo, alt="La cour")
    page.save_revision().publish()
    url = reverse("recruiting:company_photo", args=[photo.pk])
    assert url in body(client, reverse("recruiting:company_page"))
    assert "L’essentiel de la photo est" in body(client, url)
    assert client.post(url, {"field": "2"}).url == url
    photo.refresh_from_db()
    assert (photo.focal_point_x, photo.focal_point_y) == (1000, 133)
    assert client.post(url, {"field": "99"}).status_code == 200
    client.post(url, {"field": "4"})
    photo.refresh_from_db()
    assert photo.focal_point_x is None


@pytest.mark.permissions
def test_anothers_photo_is_not_there(ormeaux, riviere, recruiter, client, login):
    login(client, recruiter)
    foreign = image(riviere)
    for pk in (foreign.pk, 999_999):
        url = reverse("recruiting:company_photo", args=[pk])
        assert client.get(url).status_code == 404
        assert client.post(url, {"field": "0"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.focal_point_x is None


def test_the_page_names_the_establishments_that_are_open(ormeaux, client):
    EstablishmentFactory(employer=ormeaux, name="IME Les Tilleuls")
    EstablishmentFactory(employer=ormeaux, name="Foyer fermé", archived_at=timezone.now())
    html = client.get(ormeaux.company_page.url).content.decode()
    assert "IME Les Tilleuls" in html
    assert "Foyer fermé" not in html
