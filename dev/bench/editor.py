"""Opening an ad in the editor, beside a bare Wagtail page of the same fields and panels.

The whole answer of the edit screen through the site's middleware, median of 40 in turns.
"""

from _common import bare_client_of, bench, client_of, in_turns, must, report

ROUNDS, BAR = 40, 1.2


def main() -> None:
    with bench("editor"):
        import _people

        recruiter, ads = _people.ours(1)
        editor, drafts = _people.bare(ads)
        ours, bare = client_of(recruiter), bare_client_of(editor)

        def opened(client, page):
            response = client.get(f"/gestion/pages/{page.pk}/edit/")
            must(response.status_code == 200, response.status_code)

        medians = in_turns(lambda _: opened(ours, ads[0]), lambda _: opened(bare, drafts[0]), ROUNDS)
        print(f"our editor {medians[0] * 1000:.0f} ms, the bare one {medians[1] * 1000:.0f} ms")
        report("editor-open", medians[0] / medians[1], BAR)


if __name__ == "__main__":
    main()
