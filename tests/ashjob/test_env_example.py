"""`.env.example` and the settings tell the same story."""

import re

from django.conf import settings

READ = re.compile(r"""\benv(?:\.\w+)?\(\s*["']([A-Z0-9_]+)["']""")
NAMED = re.compile(r"^#?([A-Z0-9_]+)=", re.MULTILINE)
# Read by compose.yaml itself.
COMPOSE_ONLY = {"POSTGRES_PASSWORD", "SITE_ADDRESS", "PROXY_PORT"}


def read_by_the_settings() -> set[str]:
    folder = settings.ROOT / "site" / "ashjob" / "settings"
    return {name for file in folder.glob("*.py") for name in READ.findall(file.read_text(encoding="utf-8"))}


def named_in_the_example() -> set[str]:
    return set(NAMED.findall((settings.ROOT / ".env.example").read_text(encoding="utf-8")))


def test_every_variable_of_the_settings_is_explained_and_no_other():
    assert named_in_the_example() - COMPOSE_ONLY == read_by_the_settings()


def test_compose_reads_what_the_example_says_is_its_own():
    text = (settings.ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{(\w+)", text)) >= COMPOSE_ONLY
