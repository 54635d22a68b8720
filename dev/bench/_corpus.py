"""A hundred thousand ads and CVs for the measurements of the search: rows of the database, and ready documents.

    load_ads(100_000)                           # employers, company pages, ads, placements, rights: all of it public
    load_cvs(100_000)                           # accounts, candidates, CVs
    for document in ad_documents(100_000): …    # what `search.documents` makes of the same ads, without reading a row
    fill("ads", documents, refresh=True)        # an index of these, which readers use at once

Django is set up and the reference lists are loaded (`_common.start_django`, `tests.base_data.load_base_data`). The
n-th ad is always the same but for the hour, which is the last full one: an ad's age stays within its placement.
Nothing goes through `save()`: no signal, no version, no outbox.
"""

from __future__ import annotations

import uuid
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Any

import _corpus_text as texts
import _many
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.coreutils import get_dummy_request
from wagtail.models import Locale, Page

from accounts.models import Employer, User
from billing import tiers
from billing.models import Entitlement, Offer, PrintFormat
from pages.models import CompanyIndexPage, CompanyPage, JobAd, Placement
from recruiting.models import Candidate, Cv
from reference.dates import midnight_after, paris_day
from reference.models import (
    CollectiveAgreement,
    Commune,
    ContractType,
    Diploma,
    Profession,
    Public,
    StructureType,
)
from search import documents, index, mappings
from search.client import patient_client

Document = dict[str, Any]
BATCH = 1000
#: How much longer a paid company page runs.
PAID_FOR = timedelta(days=300)


class Lists:
    """The reference lists by code, and the communes by population."""

    def __init__(self) -> None:
        self.professions = {row.code: row for row in Profession.objects.all()}
        self.structures = {row.code: row for row in StructureType.objects.all()}
        self.contracts = {row.code: row for row in ContractType.objects.all()}
        self.agreements = {row.code: row for row in CollectiveAgreement.objects.all()}
        self.publics = {row.code: row for row in Public.objects.all()}
        self.diplomas = {row.code: row for row in Diploma.objects.all()}
        self.communes = list(Commune.objects.select_related("department__region").order_by("insee"))
        self._weights = list(accumulate(commune.population + 1 for commune in self.communes))
        self.locale = Locale.objects.get(language_code="fr")

    def commune(self, place: float) -> Commune:
        """The commune at `place`, in [0, 1), when they stand in a row as wide as their people."""
        return self.communes[bisect(self._weights, place * self._weights[-1])]


@lru_cache(maxsize=1)
def lists() -> Lists:
    return Lists()


def _of(terms: dict[str, Any], codes: tuple[str, ...]) -> list[Any]:
    """The terms of these codes, in the order of the list."""
    return [term for code, term in terms.items() if code in codes]


def now() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)


# --- Ads -----------------------------------------------------------------------------------------------------------


class Houses:
    """Employers with their company pages, in memory; `save()` writes them."""

    def __init__(self, seed: int) -> None:
        self.texts = [texts.employer(number, seed) for number in range(texts.EMPLOYERS)]
        self.parent = CompanyIndexPage.objects.get()
        self.ads: Counter[int] = Counter()
        made = [self._employer(number) for number in range(texts.EMPLOYERS)]
        self.employers = made
        for number, employer in enumerate(made):
            page = self._page(number, employer)
            page.pk = number + 1
            employer.pk = number + 1

    def _employer(self, number: int) -> Employer:
        return Employer(legal_name=self.texts[number].name, legal_form="association")

    def _page(self, number: int, employer: Employer) -> CompanyPage:
        text = self.texts[number]
        page = CompanyPage(
            employer=employer,
            structure_type=lists().structures.get(text.structure),
            commune=lists().commune(text.place),
            presentation=text.presentation,
            **_page_fields(self.parent, self.parent.numchild + number + 1, text.name, "entreprise"),
        )
        # The other side of the one-to-one: `employer.company_page` asks no database.
        employer._state.fields_cache["company_page"] = page
        return page

    def save(self) -> None:
        """Groups, collections, employers, pages and the rights of who paid."""
        count = len(self.employers)
        groups = Group.objects.bulk_create(
            [Group(name=f"Employeur {uuid.uuid4()}") for _ in range(count)], BATCH
        )
        collections = _many._collections(count)
        for employer, group, collection in zip(self.employers, groups, collections, strict=True):
            employer.pk, employer.group, employer.collection = None, group, collection
        Employer.objects.bulk_create(self.employers, BATCH)
        pages = [employer.company_page for employer in self.employers]
        for page in pages:
            page.employer = page.employer  # its key is known now
        _save_pages(CompanyPage, pages)
        Page.objects.filter(pk=self.parent.pk).update(numchild=self.parent.numchild + count)
        today = paris_day()
        Entitlement.objects.bulk_create(
            [
                Entitlement(
                    employer=employer, kind=Entitlement.Kind.COMPANY_PAGE, tier=text.tier,
                    starts_on=today - timedelta(days=10), ends_on=today + PAID_FOR,
                    reference=f"bench:{uuid.uuid4()}",
                )
                for employer, text in zip(self.employers, self.texts, strict=True)
                if text.tier
            ],
            BATCH,
        )  # fmt: skip

    def paid(self, number: int) -> tuple[int, datetime] | None:
        """What `documents.paid_pages` says of this employer."""
        tier = self.texts[number].tier
        return (tiers.tier(tier).rank, midnight_after(paris_day() + PAID_FOR)) if tier else None


def _page_fields(parent: Page, position: int, title: str, slug: str) -> dict[str, Any]:
    stamp = now()
    slug = f"{slug}-{parent.pk or 0}-{position}"
    return {
        "title": title, "draft_title": title, "slug": slug, "live": True, "numchild": 0, "depth": parent.depth + 1,
        "path": Page._get_path(parent.path, parent.depth + 1, position), "url_path": f"{parent.url_path}{slug}/",
        "locale": lists().locale, "first_published_at": stamp, "last_published_at": stamp,
        "latest_revision_created_at": stamp,
    }  # fmt: skip


def _ad(text: texts.AdText, houses: Houses) -> JobAd:
    """The ad in memory, with all that it refers to; its placement's dates are attributes, as a builder reads them."""
    known = lists()
    employer = houses.employers[text.employer]
    houses.ads[text.employer] += 1
    ad = JobAd(
        employer=employer,
        profession=known.professions.get(text.profession.code),
        structure_type=known.structures.get(text.structure),
        commune=known.commune(text.place),
        contract_type=known.contracts[text.contract],
        agreement=known.agreements.get(text.agreement),
        lede=text.lede,
        missions=text.missions,
        profile=text.profile,
        benefits=text.benefits,
        working_time=text.working_time,
        remote=text.remote,
        pay_min=text.pay[0],
        pay_max=text.pay[1],
        pay_period=text.pay_period,
        offer_kind=Offer.Kind.WEB_PRINT if text.in_print else Offer.Kind.WEB,
        print_format=PrintFormat.values[0] if text.in_print else "",
        **_page_fields(employer.company_page, houses.ads[text.employer], text.title, "annonce"),
    )
    ad._cluster_related_objects = {
        "publics": _of(known.publics, text.publics),
        "diplomas": _of(known.diplomas, text.diplomas),
    }
    ad.printed = text.in_print
    ad.placed_from = now() - timedelta(days=text.age_days)
    ad.placed_until = ad.placed_from + timedelta(days=60)
    return ad


def ad_documents(count: int, *, start: int = 0, seed: int = texts.SEED) -> Iterator[Document]:
    """Ready documents of ads, keys from `start` + 1. Reads the reference lists and the tree's root, no row of an ad."""
    houses, request = Houses(seed), get_dummy_request()
    for number in range(start, start + count):
        text = texts.ad(number, seed)
        ad = _ad(text, houses)
        ad.pk = ad.id = number + 1
        terms = ad._cluster_related_objects
        document = documents._ad(ad, houses.paid(text.employer), terms["publics"], terms["diplomas"], request)
        yield {**document, "rev": 1}


def load_ads(count: int, *, seed: int = texts.SEED) -> None:
    """Write so many public ads, with employers, company pages, rights and placements, into an empty tree."""
    houses = Houses(seed)
    houses.save()
    for first in range(0, count, BATCH):
        ads = [_ad(texts.ad(number, seed), houses) for number in range(first, min(first + BATCH, count))]
        _save_pages(JobAd, ads)
        for name in ("publics", "diplomas"):
            through: Any = getattr(JobAd, name).through
            column = f"{getattr(JobAd, name).rel.model._meta.model_name}_id"
            through.objects.bulk_create(
                [
                    through(jobad_id=ad.pk, **{column: row.pk})
                    for ad in ads
                    for row in ad._cluster_related_objects[name]
                ],
                BATCH,
            )
        Placement.objects.bulk_create(
            [
                Placement(
                    ad_id=ad.pk, ad_title=ad.title, employer=ad.employer, kind=ad.offer_kind,
                    print_format=ad.print_format, opened_at=ad.placed_from, ends_at=ad.placed_until,
                )
                for ad in ads
            ],
            BATCH,
        )  # fmt: skip
    children = {houses.employers[number].company_page.pk: ads for number, ads in houses.ads.items()}
    pages = list(Page.objects.filter(pk__in=children))
    for page in pages:
        page.numchild = children[page.pk]
    Page.objects.bulk_update(pages, ["numchild"], 500)
    analyze()


def _save_pages(model: Any, pages: list[Any]) -> None:
    """Insert pages with their own table's rows: `bulk_create` refuses models of two tables."""
    kind = ContentType.objects.get_for_model(model)
    names = [f.attname for f in Page._meta.concrete_fields if not f.primary_key and f.name != "content_type"]
    bases = [Page(content_type=kind, **{name: getattr(page, name) for name in names}) for page in pages]
    for page, base in zip(pages, Page.objects.bulk_create(bases, BATCH), strict=True):
        page.pk = page.id = page.page_ptr_id = base.pk
    fields = model._meta.local_concrete_fields
    for first in range(0, len(pages), 500):
        model._base_manager.all()._insert(pages[first : first + 500], fields=fields, using=connection.alias)


# --- CVs -----------------------------------------------------------------------------------------------------------


def _candidate(number: int, seed: int) -> Candidate:
    text, known = texts.cv(number, seed), lists()
    refreshed = now() - timedelta(days=text.age_days)
    person = User(
        email=f"{number}.{seed}@bench.example", first_name=text.first_name, last_name=text.last_name
    )
    person.set_unusable_password()
    candidate = Candidate(
        user=person,
        profession=known.professions.get(text.profession.code),
        commune=known.commune(text.place),
        experience=text.experience,
        headline=text.headline[:120],
        presentation=text.presentation,
        library_consent_at=refreshed,
        library_consent_wording="1",
        refreshed_at=refreshed,
    )
    cv = Cv(candidate=candidate, file="cvs/bench.pdf", file_name="cv.pdf", size=1000, text=text.text)
    candidate._prefetched_objects_cache = {
        "diplomas": _of(known.diplomas, text.diplomas),
        "contract_types": _of(known.contracts, text.contracts),
        "cvs": [cv],
    }
    return candidate


def cv_documents(count: int, *, start: int = 0, seed: int = texts.SEED) -> Iterator[Document]:
    """Ready documents of CVs, keys from `start` + 1."""
    for number in range(start, start + count):
        candidate = _candidate(number, seed)
        candidate.pk = number + 1
        yield {**documents._cv(candidate), "rev": 1}


def load_cvs(count: int, *, seed: int = texts.SEED) -> None:
    """Write so many profiles of the CV library, each with an account and a CV (whose file is not there)."""
    for first in range(0, count, BATCH):
        made = [_candidate(number, seed) for number in range(first, min(first + BATCH, count))]
        User.objects.bulk_create([candidate.user for candidate in made], BATCH)
        for candidate in made:
            candidate.user = candidate.user  # its key is known now
        Candidate.objects.bulk_create(made, BATCH)
        cvs = [candidate._prefetched_objects_cache["cvs"][0] for candidate in made]
        for cv, candidate in zip(cvs, made, strict=True):
            cv.candidate = candidate
        Cv.objects.bulk_create(cvs, BATCH)
        for name, column in (("diplomas", "diploma_id"), ("contract_types", "contracttype_id")):
            through: Any = getattr(Candidate, name).through
            rows = [
                through(candidate_id=candidate.pk, **{column: row.pk})
                for candidate in made
                for row in candidate._prefetched_objects_cache[name]
            ]
            through.objects.bulk_create(rows, BATCH)
    analyze()


# --- Elasticsearch -------------------------------------------------------------------------------------------------


def actions(name: str, ready: Iterable[Document]) -> Iterator[dict[str, Any]]:
    """What `streaming_bulk` takes, at the documents' own revisions."""
    for document in ready:
        yield {
            "_index": name, "_id": str(document["id"]), "version": document["rev"], "version_type": "external_gte",
            "_source": document,
        }  # fmt: skip


def fill(kind: str, ready: Iterable[Document]) -> str:
    """A new index of these documents under the alias that readers use; its name. `index.drop(kind)` ends it."""
    from elasticsearch import helpers

    name = f"{index.alias(kind)}-bench"
    server = patient_client()
    aliases: dict[str, Any] = {index.alias(kind): {}, index.write_alias(name): {}}
    server.indices.create(index=name, aliases=aliases, **mappings.body(kind))
    server.indices.put_settings(index=name, settings={"refresh_interval": "-1"})
    for _ in helpers.streaming_bulk(server, actions(name, ready), chunk_size=1000):
        pass
    server.indices.put_settings(index=name, settings={"refresh_interval": "1s"})
    server.options(request_timeout=300).indices.forcemerge(index=name, max_num_segments=5)
    server.indices.refresh(index=name)
    return name


def analyze() -> None:
    """Fresh figures for the planner, of either database."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")
