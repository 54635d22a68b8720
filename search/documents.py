"""What the indices hold: plain dicts built from the database. A document is there only if the public may find it now.

Every builder takes primary keys and re-reads the rows: a caller never passes an object, so a late task writes what
is true when it runs. `None` in the answer means: not public (any more).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from html import unescape
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.http import HttpRequest
from django.utils import timezone
from wagtail.coreutils import get_dummy_request

from billing import tiers
from billing.models import Entitlement
from billing.tiers import Part
from pages.cards import logo_renditions
from pages.magazine.models import PrintInsert
from pages.models import CompanyPage, JobAd, Placement
from recruiting.models import Candidate, Cv
from reference.dates import midnight_after, paris_day
from search import display
from search.engines.base import PRINTED
from search.vocabulary.french import fold

Document = dict[str, Any]

#: What a full-time year counts of each pay period (35 hours a week; the days of the usual working-day contract).
PERIODS_A_YEAR = {"an": 1, "mois": 12, "jour": 218, "heure": 1820}


def yearly(amount: Decimal | None, period: str) -> int | None:
    """Gross pay of a full-time year, to compare ads that state it by month, hour or day."""
    return None if amount is None else round(amount * PERIODS_A_YEAR.get(period, 12))


_BREAK = re.compile(r"</(?:p|h\d|li|hr)>|<(?:br|hr)\s*/?>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def _words(html: str) -> str:
    # What `wagtail.rich_text.get_text_for_indexing` gives for the markup that the editor stores, ten times as fast: its
    # parser was a third of the work of a rebuild.
    return unescape(_TAG.sub("", _BREAK.sub(" ", html))).strip()


def plain(*html: str) -> str:
    """The words of rich text fields, one paragraph each."""
    return "\n".join(text for text in (_words(part) for part in html if part) if text)


def _point(commune: Any) -> dict[str, float] | None:
    return {"lat": commune.latitude, "lon": commune.longitude} if commune else None


def _place(commune: Any) -> dict[str, Any]:
    """Department, region, point and the names by which people call the place."""
    if commune is None:
        return {"place_names": []}
    department = commune.department
    return {
        "place_names": [commune.name, department.name, department.region.name],
        "department": department.code,
        "region": department.region_id,
        "location": _point(commune),
    }


def trade_names(profession: Any) -> list[str]:
    """Every name of a trade: "Éducateur spécialisé", "Éducatrice spécialisée", "ES", "éduc spé"."""
    if profession is None:
        return []
    names = [part.strip() for part in profession.label.split(" / ")]
    return names + [part.strip() for part in profession.abbreviations.split(";") if part.strip()]


def _term_names(term: Any) -> list[str]:
    return (
        [] if term is None else list(dict.fromkeys(name for name in (term.label, term.short_label) if name))
    )


def _condition_names(ad: Any) -> list[str]:
    """Contract, working time, agreement and remote work in words: people type them beside the trade."""
    remote = [] if ad.remote == ad.Remote.NONE else ["télétravail"]
    return [
        *_term_names(ad.contract_type),
        ad.get_working_time_display(),
        *([ad.agreement.short_label] if ad.agreement and ad.agreement.short_label else []),
        *remote,
    ]


def _house(establishment: Any) -> list[str]:
    """The name by which people know the place: "IME Les Pins"."""
    return [establishment.name] if establishment else []


def paid_pages(employers: Collection[int], now: datetime) -> dict[int, tuple[int, datetime]]:
    """Tier and end of the paid company page of each of `employers` that has one today. One query."""
    running = Entitlement.objects.running(paris_day(now)).filter(
        employer__in=employers,
        kind=Entitlement.Kind.COMPANY_PAGE,
        tier__in=[row.code for row in tiers.TIERS if row.is_paid],
    )
    found: dict[int, tuple[int, datetime]] = {}
    for employer, tier, last_day in running.values_list("employer_id", "tier", "ends_on"):
        found[employer] = max(
            found.get(employer, (0, now)), (tiers.tier(tier).rank, midnight_after(last_day))
        )
    return found


def lifted_until(paid: tuple[int, datetime] | None) -> datetime | None:
    """Until when a paid page goes before its equals; None for a tier that gives no priority."""
    return paid[1] if paid and tiers.TIERS[paid[0]].gives(Part.PRIORITY) else None


def _without_nothing(doc: Document) -> Document:
    return {key: value for key, value in doc.items() if value not in (None, "", [])}


def ads(pks: Iterable[int], now: datetime | None = None) -> dict[int, Document | None]:
    """Documents of ads; None for those that `visible()` does not show. Eighteen queries, whatever their number.

    What many ads share (employer, trade, commune …) is read once for all of them: building it anew for each ad, as
    `select_related` does, was a third of the work of a rebuild.
    """
    now = now or timezone.now()
    found: dict[int, Document | None] = dict.fromkeys(pks)
    placements = Placement.objects.open_at(now).filter(ad=OuterRef("pk")).order_by("-ends_at")
    rows = (
        JobAd.objects.visible(now)
        .filter(pk__in=list(found))
        .prefetch_related(
            "employer__company_page",
            "profession",
            "structure_type",
            "contract_type",
            "agreement",
            "establishment",
            "commune__department__region",
            logo_renditions("employer__company_page__logo"),
        )
        .annotate(
            printed=Exists(
                PrintInsert.objects.filter(placement__ad=OuterRef("pk"), state=PrintInsert.State.PRINTED)
            ),
            placed_from=Subquery(placements.values("opened_at")[:1]),
            placed_until=Subquery(placements.values("ends_at")[:1]),
        )
        .order_by("pk")
    )
    rows = list(rows)
    paid = paid_pages({ad.employer_id for ad in rows}, now)
    publics, diplomas = _terms_of(rows, "publics"), _terms_of(rows, "diplomas")
    request = get_dummy_request()
    for ad in rows:
        found[ad.pk] = _ad(ad, paid.get(ad.employer_id), publics[ad.pk], diplomas[ad.pk], request)
    return found


def _terms_of(rows: Collection[JobAd], name: str) -> dict[int, list[Any]]:
    """The terms of each ad in their own order. Two queries.

    From the table between: what `ad.publics.all()` of a page builds costs more than the page itself.
    """
    field: Any = JobAd._meta.get_field(name)
    ad_column, term_column = field.m2m_column_name(), field.m2m_reverse_name()
    pairs = field.remote_field.through.objects.filter(
        **{f"{field.m2m_field_name()}__in": [ad.pk for ad in rows]}
    )
    chosen: dict[int, set[int]] = {ad.pk: set() for ad in rows}
    for ad, term in pairs.order_by().values_list(ad_column, term_column):
        chosen[ad].add(term)
    terms = field.related_model.objects.filter(pk__in=set().union(*chosen.values()))
    places = {term.pk: (place, term) for place, term in enumerate(terms)}
    return {ad: [term for _, term in sorted(places[key] for key in keys)] for ad, keys in chosen.items()}


def _working_times(ad: Any) -> list[str]:
    """Who may choose is found by either choice."""
    times = ad.WorkingTime
    return [times.FULL, times.PART] if ad.working_time == times.EITHER else [ad.working_time]


def _ad(
    ad: Any,
    paid: tuple[int, datetime] | None,
    publics: list[Any],
    diplomas: list[Any],
    request: HttpRequest,
) -> Document:
    """`request`: one for all pages of a batch, for it keeps where the site's pages begin."""
    company, sponsored_until = ad.employer.company_page, lifted_until(paid)
    return _without_nothing(
        {
            "id": ad.pk,
            "title": ad.title,
            "names": trade_names(ad.profession),
            "employer_name": company.title,
            "structure_names": _term_names(ad.structure_type) + _house(ad.establishment),
            "public_names": [public.label for public in publics],
            "diploma_names": [diploma.short for diploma in diplomas],
            "condition_names": _condition_names(ad),
            "body": plain(ad.lede, ad.missions, ad.profile, ad.benefits),
            "employer": ad.employer_id,
            "company": company.pk,
            "sponsored_until": sponsored_until,
            "profession": ad.profession and ad.profession.code,
            "family": ad.profession and ad.profession.family,
            "structure": ad.structure_type and ad.structure_type.code,
            "public": [public.code for public in publics],
            "contract": ad.contract_type and ad.contract_type.code,
            "working_time": _working_times(ad),
            "diploma": [diploma.code for diploma in diplomas],
            "agreement": ad.agreement and ad.agreement.code,
            "remote": None if ad.remote == ad.Remote.NONE else ad.remote,
            "print": PRINTED if ad.printed else None,
            "pay_min": yearly(ad.pay_min, ad.pay_period),
            "pay_max": yearly(ad.pay_max or ad.pay_min, ad.pay_period),
            "published_at": ad.placed_from,
            "ends_at": ad.placed_until,
            "card": display.ad(ad, sponsored_until, request),
            **_place(ad.commune),
        }
    )


def companies(pks: Iterable[int], now: datetime | None = None) -> dict[int, Document | None]:
    """Documents of company pages; None for those that are not live. Five queries."""
    now = now or timezone.now()
    found: dict[int, Document | None] = dict.fromkeys(pks)
    rows = list(
        CompanyPage.objects.live()
        .filter(pk__in=list(found))
        .select_related("employer", "structure_type", "commune__department__region")
        .prefetch_related(logo_renditions("logo"))
        .order_by("pk")
    )
    paid = paid_pages({page.employer_id for page in rows}, now)
    request = get_dummy_request()
    for page in rows:
        sponsored_until = lifted_until(paid.get(page.employer_id))
        found[page.pk] = _without_nothing(
            {
                "id": page.pk,
                "title": page.title,
                "sort_name": fold(page.title).strip(),
                "structure_names": _term_names(page.structure_type),
                "body": plain(page.presentation),
                "tier": paid.get(page.employer_id, (0, None))[0],
                "sponsored_until": sponsored_until,
                "structure": page.structure_type and page.structure_type.code,
                "field": page.structure_type and page.structure_type.field,
                "published_at": page.first_published_at or page.last_published_at or now,
                "card": display.company(page, sponsored_until, request),
                **_place(page.commune),
            }
        )
    return found


_CONTACT = re.compile(
    # a date looks like the half of a telephone number: kept
    r"(?P<kept>\b[0-9]{1,2}(?P<sign>[/.\-])[0-9]{1,2}(?P=sign)(?:19|20)[0-9]{2}\b)"
    r"|[^\s@]{1,64}@[^\s@]{1,190}\.[a-z]{2,24}"  # an e-mail address
    r"|(?:https?://|www\.)\S+"
    # a French telephone number: "06.12.34.56.78", "+33 (0)6 12 34 56 78", "06/12/34/56/78", "0 612 345 678"
    r"|(?:(?:\(?\+|\b00)33\)?[ .\-/]{0,2}(?:\(0\)|0)?|\b0)[ .\-/]{0,2}[1-9](?:[ .\-/\u00a0]{0,2}[0-9]){8}\b"
    # the street of an address: "12 bis, rue des Lilas"
    r"|\b[0-9]{1,4}(?:[ ]?(?:bis|ter|quater|[a-d])\b)?,?[^\S\n]{1,3}(?:rue|avenue|av|boulevard|bd|chemin|impasse"
    r"|allée|allee|quai|square|lotissement|faubourg|(?:place|route)(?=\s(?:(?:de la|du|des)\s|de l['’])))\b\.?"
    r"[^\S\n]{1,3}[^\n,;]{1,60}",
    re.IGNORECASE,
)


def anonymous(text: str, *names: str) -> str:
    """`text` without e-mail and web addresses, telephone numbers, streets and the names given.

    The library is searched by people who have not paid: nobody must be found by name, nor reached from a teaser.
    """
    text = _CONTACT.sub(lambda found: found["kept"] or " ", text)
    parts = [
        re.escape(part) for name in names for part in re.split(r"[\s\-]+", name.strip()) if len(part) > 1
    ]
    if parts:
        text = re.sub(rf"\b(?:{'|'.join(parts)})\b", " ", text, flags=re.IGNORECASE)
    return text


def cvs(pks: Iterable[int], now: datetime | None = None) -> dict[int, Document | None]:
    """Documents of candidates' profiles; None for those that the CV library does not show. Five queries."""
    found: dict[int, Document | None] = dict.fromkeys(pks)
    rows = (
        Candidate.objects.in_library(now)
        .filter(pk__in=list(found))
        .select_related("user", "profession", "commune__department__region")
        .prefetch_related("diplomas", "contract_types", Prefetch("cvs", Cv.objects.filter(is_current=True)))
        .order_by("pk")
    )
    for candidate in rows:
        found[candidate.pk] = _cv(candidate)
    return found


def _cv(candidate: Any) -> Document:
    names = (candidate.user.first_name, candidate.user.last_name)
    profession = candidate.profession
    diplomas = list(candidate.diplomas.all())
    return _without_nothing(
        {
            "id": candidate.pk,
            "title": anonymous(candidate.headline, *names).strip() or profession.label,
            "names": trade_names(profession),
            "diploma_names": [name for diploma in diplomas for name in _term_names(diploma)],
            "body": anonymous(candidate.presentation, *names),
            "cv_text": anonymous("\n".join(cv.text for cv in candidate.cvs.all()), *names),
            "profession": profession.code,
            "family": profession.family,
            "experience": candidate.experience,
            "contract": [contract.code for contract in candidate.contract_types.all()],
            "diploma": [diploma.code for diploma in diplomas],
            "updated_at": candidate.refreshed_at,
            "fresh_until": candidate.leaves_library_at,
            **_place(candidate.commune),
        }
    )
