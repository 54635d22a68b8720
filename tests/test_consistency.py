"""The code base against itself: what no single test would notice."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.loader import get_template
from django.urls import get_resolver

ROOT = Path(settings.ROOT)
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
OURS = ["accounts", "billing", "outbox", "pages", "recruiting", "reference", "search"]
#: Rendered by WeasyPrint, which has no policy.
PRINTED = {"insert.html"}
SOURCES = [
    path
    for folder in ["site", "pages", "billing", "recruiting", "search", "templates"]
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".html", ".txt"}
]


def names_of_urls() -> set[str]:
    names = set()

    def walk(resolver, prefix):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
            elif pattern.name:
                names.add(f"{prefix}{pattern.name}")

    walk(get_resolver(), "")
    return names


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_template_compiles(path):
    try:
        get_template(str(path.relative_to(ROOT / "templates")))
    except TemplateSyntaxError as error:
        pytest.fail(f"{path}: {error}")


@pytest.mark.parametrize(
    "path", [p for p in TEMPLATES if p.suffix == ".html"], ids=lambda p: str(p.relative_to(ROOT))
)
def test_no_inline_style_script_or_handler(path):
    """The content security policy would drop them, and mails have their own rules."""
    if {"email", "wagtailadmin", "pdf"} & set(path.parts) or path.name in PRINTED:
        return
    text = path.read_text()
    assert not re.search(r"\sstyle=[\"']", text), "inline style"
    assert not re.search(r"\son(click|change|submit|load|input)=", text), "inline handler"
    assert not re.search(r"<script(?![^>]*(src=|type=\"application/))", text), "inline script"


def test_urls_named_in_templates_exist():
    known = names_of_urls()
    unknown = {
        (str(path.relative_to(ROOT)), name)
        for path in TEMPLATES
        for name in re.findall(r"{%\s*url\s+[\"']([\w:-]+)[\"']", path.read_text())
        if name not in known
    }
    assert not unknown


def test_every_template_is_used():
    """By name in code or in another template; Django itself finds error pages and overrides."""
    found_by_others = {
        "account",
        "mfa",
        "usersessions",
        "wagtailadmin",
        "django",
        "modeladmin",
        "payments",
        "socialaccount",
    }
    text = "\n".join(path.read_text() for path in SOURCES)
    unused = []
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates")
        if name.parts[0] in found_by_others or len(name.parts) == 1:
            continue
        stem = str(name).split(".")[0]
        # Named whole, or by its last part where a folder's templates are chosen by name.
        if stem not in text and f'"{Path(stem).name}' not in text:
            unused.append(str(name))
    assert not unused


#: Written in capitals in French too.
ACRONYMS = {"CV", "PDF", "TVA"}


def test_every_model_has_french_names():
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            name = str(model._meta.verbose_name)
            words = [word for word in name.split() if word not in ACRONYMS]
            assert words == [word.lower() for word in words], model


def test_no_python_file_is_two_concepts():
    long = [
        (str(path.relative_to(ROOT)), lines)
        for path in ROOT.rglob("*.py")
        if not {".venv", "migrations", "var", "node_modules"} & set(path.parts)
        and (lines := len(path.read_text().splitlines())) > 400
    ]
    assert not long
