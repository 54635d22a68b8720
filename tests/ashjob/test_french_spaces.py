"""The spaces of French in our templates: none at which a line may break before `: ; ! ?` or inside « »."""

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.ROOT) / "templates"
#: What is no text: comments, the words of a tag outside its quotes, scripts and styles.
NO_TEXT = re.compile(
    r"\{#.*?#\}|\{% comment.*?endcomment %\}|<(?P<tag>script|style).*?</(?P=tag)>|\{\{.*?\}\}", re.DOTALL
)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
BREAKS = re.compile(r"\S [:;!?»](?=[\s<{\"]|$)|« ")


def words_of(source: str) -> str:
    """A template without what is no text; of its tags what stands in quotes."""
    return TAG.sub(lambda tag: " ".join(re.findall(r'"([^"]*)"', tag[0])), NO_TEXT.sub("…", source))


def test_no_line_begins_with_a_colon():
    found = [
        f"{path.relative_to(TEMPLATES)}: {line.strip()}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for line in words_of(path.read_text()).splitlines()
        if BREAKS.search(line)
    ]
    assert not found, "\n".join(found)


def test_the_rule_sees_what_it_forbids():
    forbidden = ["Prêt ?", "Offre : web", "<b>x</b> : y", "« Voir »", '{% x title="Prêt ?" %}', "{{ n }} !"]
    assert [bool(BREAKS.search(words_of(line))) for line in forbidden] == [True] * 6
    allowed = ["Prêt\u202f?", "{# a : b #}", "{% if a != b %}", "<i>9:00</i>", "«\u00a0Voir\u00a0»"]
    assert [bool(BREAKS.search(words_of(line))) for line in allowed] == [False] * 5
