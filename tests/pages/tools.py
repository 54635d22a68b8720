"""What the tests of the editor and of the guard share."""

from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from billing.models import CreditMovement
from pages.models import JobAd


def spendings() -> int:
    """How many credits were spent in all."""
    return CreditMovement.objects.filter(kind=CreditMovement.Kind.SPENDING).count()


def visible(ad: JobAd) -> bool:
    return JobAd.objects.visible().filter(pk=ad.pk).exists()


def edit_url(page) -> str:
    return f"/gestion/pages/{page.pk}/edit/"


def editor_data(ad: JobAd, questions: list[dict] | None = None, **changes) -> dict:
    """What the editor of an ad posts, with the ad's present values where `changes` says nothing; new `questions`."""
    latest = ad.get_latest_revision_as_object()
    names = [
        "title", "lede", "remote", "experience", "contract_length", "working_time", "hours", "pay_period",
        "apply_mode", "apply_url", "apply_email", "print_text", "languages", "grade",
    ]  # fmt: skip
    data = {name: getattr(latest, name) for name in names}
    for name in ("profession", "structure_type", "commune", "establishment", "contract_type", "agreement"):
        data[name] = getattr(latest, f"{name}_id") or ""
    for name in ("missions", "profile", "benefits"):
        data[name] = rich_text(getattr(latest, name) or "<p></p>", features=["bold", "italic", "ol", "ul"])
    data |= {
        "pay_min": latest.pay_min or "",
        "pay_max": latest.pay_max or "",
        "starts_on": "",
        "go_live_at": "",
        "print_issue": latest.print_issue_id or "",
        "notified": [user.pk for user in latest.notified.all()],
    }
    data |= nested_form_data({"questions": inline_formset(questions or [])})
    data |= {"comment_notifications": "", "slug": latest.slug, "seo_title": "", "search_description": ""}
    for name, value in changes.items():
        rich = name in ("missions", "profile", "benefits")
        data[name.replace("__", "-")] = (
            rich_text(value, features=["bold", "italic", "ol", "ul"]) if rich else value
        )
    return data


def publish_in_editor(client, ad: JobAd, **changes):
    """Press "Publier l’annonce"."""
    return client.post(edit_url(ad), editor_data(ad, **changes) | {"action-publish": "action-publish"})


def latest_title(ad: JobAd) -> str:
    return (
        Revision.page_revisions.filter(object_id=str(ad.pk))
        .order_by("-created_at", "-pk")
        .first()
        .content["title"]
    )
