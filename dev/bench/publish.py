"""Publishing an ad, beside a bare Wagtail page of the same fields and panels.

The editor's form sent with "Publier l'annonce", to the answer: ours checks the form, spends the credit and opens the
placement. Median of 30, each a draft that was never public, in turns. The second figure leaves the form and the
request away: the revision published by code, which is nearly all database; it has no bar.
"""

from _common import bare_client_of, bench, client_of, in_turns, must, report, without_our_hooks
from _forms import form_of

ROUNDS, WARM_UP, BAR = 30, 3, 1.3


def main() -> None:
    with bench("publish"):
        import _people

        each = ROUNDS + WARM_UP
        recruiter, ads = _people.ours(2 * each)
        editor, drafts = _people.bare(ads)
        by_form(client_of(recruiter), ads[:each], bare_client_of(editor), drafts[:each])
        by_code(ads[each:], drafts[each:])


def by_form(ours, ads, bare, drafts) -> None:
    # What a browser would send back, made beforehand: it is no part of publishing.
    sent = {page.pk: saved(ours, page) for page in ads}
    with without_our_hooks():
        sent |= {page.pk: saved(bare, page) for page in drafts}

    def published(client, page):
        data = sent[page.pk] | {"action-publish": "action-publish"}
        response = client.post(f"/gestion/pages/{page.pk}/edit/", data)
        page.refresh_from_db()
        must(response.status_code == 302 and page.live, "nothing was published")

    medians = in_turns(
        lambda n: published(ours, ads[n]), lambda n: published(bare, drafts[n]), ROUNDS, WARM_UP
    )
    print(f"our publication {medians[0] * 1000:.0f} ms, the bare one {medians[1] * 1000:.0f} ms")
    report("publish", medians[0] / medians[1], BAR)


def saved(client, page) -> dict:
    """The draft saved once, as it saves itself while it is written, and its form afterwards."""
    response = client.post(f"/gestion/pages/{page.pk}/edit/", form_of(client, page))
    must(response.status_code == 302, "no draft was saved")
    return form_of(client, page)


def by_code(ads, drafts) -> None:
    def published(page):
        page.get_latest_revision().publish()

    medians = in_turns(lambda n: published(ads[n]), lambda n: published(drafts[n]), ROUNDS, WARM_UP)
    print(
        f"the revision alone: ours {medians[0] * 1000:.1f} ms, bare {medians[1] * 1000:.1f} ms, "
        f"{medians[0] / medians[1]:.2f} times (no bar)"
    )


if __name__ == "__main__":
    main()
