"""docs/headless.md says what the API answers: here it is held to its word."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import APIToken

from tests.factories import JobAdFactory

TEXT = (Path(settings.ROOT) / "docs/headless.md").read_text()
EXAMPLES = re.findall(r"```http\n(.*?)```", TEXT, re.S)


def matches(said, answered) -> bool:
    """Whether an answer has all that the document says of it."""
    if said == "…":
        return answered is not None
    if isinstance(said, dict):
        return isinstance(answered, dict) and all(
            k in answered and matches(v, answered[k]) for k, v in said.items()
        )
    if isinstance(said, list):
        return len(said) == len(answered) and all(map(matches, said, answered))
    return said == answered


def test_every_example(client, ormeaux, riviere, recruiter):
    ad = JobAdFactory(
        employer=ormeaux, live=True, title="Éducateur spécialisé F/H en IME", pay_min=2150, pay_max=2900
    )
    values = {
        "ad": ad.pk,
        "company": ormeaux.company_page.pk,
        "draft": JobAdFactory(employer=ormeaux).pk,
        "other": JobAdFactory(employer=riviere).pk,
        "token": APIToken.create_token(user=recruiter, name="essai")[1],
    }
    assert len(EXAMPLES) >= 10
    for example in EXAMPLES:
        for name, value in values.items():
            example = example.replace(f"{{{name}}}", str(value))
        sent = [line[2:] for line in example.splitlines() if line.startswith("> ")]
        status, *rest = [line for line in example.splitlines() if not line.startswith("> ")]
        method, path = sent[0].split(" ", 1)
        headers = dict(line.split(": ", 1) for line in sent[1:] if not line.startswith("{"))
        body = next((line for line in sent[1:] if line.startswith("{")), "")
        response = client.generic(method, path, body, content_type="application/json", headers=headers)
        assert response.status_code == int(status), f"{example}\n{response.content.decode()}"
        if rest:
            said = json.loads("\n".join(rest))
            assert matches(said, response.json()), (
                f"{example}\n{json.dumps(response.json(), ensure_ascii=False)}"
            )


@pytest.mark.parametrize("name", ["openapi.json", "docs/"])
def test_the_description_is_served(client, db, name):
    assert client.get(f"/api/v3/{name}").status_code == 200
