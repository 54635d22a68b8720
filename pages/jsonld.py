"""An ad as schema.org's JobPosting, for search engines: only of ads that the public sees."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from accounts.models import Establishment
from reference.models import Commune

from .models import JobAd

PERIODS = {"mois": "MONTH", "an": "YEAR", "heure": "HOUR", "jour": "DAY"}
WORKING_TIME = {"plein": "FULL_TIME", "partiel": "PART_TIME"}
MONTHS = {"1-an": 12, "3-ans": 36, "5-ans": 60}
#: Where the list of trades is published.
ROME = "https://www.data.gouv.fr/fr/datasets/repertoire-operationnel-des-metiers-et-des-emplois-rome/"
CONTRACTS = frozenset({"CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"})
#: As Django's json_script does: nothing in a text can end the script element.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def script_text(ad: JobAd, url: str, begins: datetime, ends: datetime) -> SafeString:
    """The content of the `application/ld+json` script."""
    return mark_safe(json.dumps(posting(ad, url, begins, ends), ensure_ascii=False).translate(ESCAPES))  # noqa: S308


def posting(ad: JobAd, url: str, begins: datetime, ends: datetime) -> dict[str, Any]:
    """The JobPosting. `ends` is the first instant at which the ad is over."""
    company = ad.employer.company_page
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": ad.title,
        "description": "".join(
            expand_db_html(text) for text in (ad.missions, ad.profile, ad.benefits) if text
        ),
        "identifier": {"@type": "PropertyValue", "name": company.title, "value": str(ad.pk)},
        "datePosted": begins.isoformat(),
        "validThrough": ends.isoformat(),
        "hiringOrganization": _organisation(company, ad),
        "employmentType": _employment(ad),
        "url": url,
        "directApply": ad.takes_applications,
    }
    if ad.commune:
        data["jobLocation"] = _place(ad.commune, ad.establishment)
    if ad.remote == JobAd.Remote.FULL:
        data["jobLocationType"] = "TELECOMMUTE"
        data["applicantLocationRequirements"] = {"@type": "Country", "name": "France"}
    if ad.pay_min or ad.pay_max:
        data["baseSalary"] = _salary(ad)
    return data | _asked(ad)


def _asked(ad: JobAd) -> dict[str, Any]:
    """The trade by its ROME code, when the work begins, hours and what is asked of who applies; only what is known."""
    trade = ad.profession
    found: dict[str, Any] = {
        "occupationalCategory": {
            "@type": "CategoryCode",
            "inCodeSet": {"@type": "CategoryCodeSet", "name": "ROME 4.0", "url": ROME},
            "codeValue": trade.rome_code,
            "name": trade.label,
        }
        if trade and trade.rome_code
        else None,
        "jobStartDate": ad.starts_on and ad.starts_on.isoformat(),
        "workHours": ad.hours,
        "qualifications": ", ".join(diploma.label for diploma in ad.diplomas.all()),
        "skills": ad.languages,
    }
    if months := MONTHS.get(ad.experience):
        found["experienceRequirements"] = {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": months,
        }
    return {name: value for name, value in found.items() if value}


def _organisation(company, ad: JobAd) -> dict[str, Any]:
    data = {"@type": "Organization", "name": company.title}
    if company.website:
        data["sameAs"] = company.website
    return data


def _employment(ad: JobAd) -> list[str]:
    found = [WORKING_TIME[ad.working_time]] if ad.working_time in WORKING_TIME else ["FULL_TIME", "PART_TIME"]
    contract = ad.contract_type.schema_org if ad.contract_type else ""
    return list(
        dict.fromkeys(found + [kind for kind in contract.replace(",", " ").split() if kind in CONTRACTS])
    )


def _place(commune: Commune, house: Establishment | None) -> dict[str, Any]:
    street = {"streetAddress": house.address} if house and house.address else {}
    return {
        "@type": "Place",
        "address": street
        | {
            "@type": "PostalAddress",
            "addressLocality": commune.name,
            "postalCode": commune.postcodes.split()[0] if commune.postcodes else "",
            "addressRegion": commune.department.region.name,
            "addressCountry": "FR",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": commune.latitude, "longitude": commune.longitude},
    }


def _salary(ad: JobAd) -> dict[str, Any]:
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": PERIODS[ad.pay_period]}
    if ad.pay_min:
        value["minValue"] = float(ad.pay_min)
    if ad.pay_max:
        value["maxValue"] = float(ad.pay_max)
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": value}
