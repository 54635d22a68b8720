"""What axe finds on the page that is open: nothing. Nor does any page scroll sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import DESK, PHONE

# Without a second reading of the style sheets, which none of the rules in force asks for.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
both_widths = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])


def check(page, address: str = "", status: int = 200) -> None:
    """Open a page (or look at the one that is open): no violation, no scrolling sideways."""
    if address:
        response = page.goto(address)
        assert response.status == status, address
    found = [
        f"{violation['id']}: {node['target']} {node['html'][:120]}"
        for violation in Axe().run(page, options=OPTIONS).response["violations"]
        for node in violation["nodes"]
    ]
    assert not found, f"{page.url}\n" + "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        f"{page.url} is too wide"
    )
