"""The wordings of one ad against the rules of `pages.lawful`: which texts are read, and what the guard does of it.

Editor and guard ask here. The editor shows everything and lets the author keep a warning; the guard, which stands on
every road to live, refuses what no ad may say and reports a warning that nobody confirmed on that road.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import unescape
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from wagtail.log_actions import log

from billing.models import Offer

from . import lawful
from .placements import PlacementRefused

if TYPE_CHECKING:
    from accounts.models import User

    from .models import JobAd

#: Fields whose words the law looks at.
TEXTS = (
    "title", "lede", "missions", "profile", "languages", "contract_length", "hours", "grade", "benefits",
    "print_text",
)  # fmt: skip
#: The code of a refusal because of what the ad says.
UNLAWFUL = "unlawful"
#: What stands in the history of an ad that was published with warnings nobody confirmed.
LOGGED = "pages.unconfirmed_wordings"


def find(
    names: Iterable[str], value_of: Callable[[str], Any], questions: Iterable[str]
) -> list[lawful.Finding]:
    """The findings in these fields, rich or not, and in the screening questions."""
    texts: dict[str, Iterable[str]] = {name: [plain(value_of(name))] for name in names}
    return lawful.check(texts | {lawful.QUESTIONS: list(questions)})


def of_ad(ad: JobAd) -> list[lawful.Finding]:
    """The findings in an ad as it stands in this instance. One query unless its questions are in memory."""
    names = [name for name in TEXTS if name != "print_text" or ad.offer_kind == Offer.Kind.WEB_PRINT]
    return find(names, lambda name: getattr(ad, name), [question.text for question in ad.questions.all()])


def unconfirmed(ad: JobAd) -> list[lawful.Finding]:
    """The warnings of this instance's texts that its author has not read and kept."""
    return lawful.unconfirmed(of_ad(ad), ad.confirmed_warnings)


def hold_to_the_law(ad: JobAd, *, by: User | None = None) -> None:
    """What the guard asks of texts about to be shown. Raises PlacementRefused for what no ad may say.

    A warning that nobody confirmed keeps nothing offline: it is written into the ad's history, and the ad's screen in
    the space shows it for as long as the text stands.
    """
    found = refuse(ad)
    if warnings := lawful.unconfirmed(found, ad.confirmed_warnings):
        log(ad, LOGGED, user=by, data={"words": [finding.words for finding in warnings]})


def refuse(ad: JobAd) -> list[lawful.Finding]:
    """Raise PlacementRefused, with the sentence of each, when the ad says what no ad may say; else all findings."""
    found = of_ad(ad)
    refused = [finding.sentence for finding in found if finding.rule.refused]
    if refused:
        raise PlacementRefused(
            "Cette annonce contient une mention interdite. " + " ".join(refused), UNLAWFUL, ad.pk
        )
    return found


def plain(value: Any) -> str:
    """The words of a text, rich or not, a line for each paragraph."""
    text = str(value or "")
    for end in ("</p>", "</li>", "<br/>", "<br>"):
        text = text.replace(end, f"{end}\n")
    return unescape(strip_tags(text)).strip()
