"""The API, operation by operation (invariant 4)."""

import pytest
from django.test import Client
from django.urls import get_resolver
from wagtail.models import APIToken

from pages import own_objects

from .addresses import of_api

pytestmark = pytest.mark.permissions


def test_the_api_operation_by_operation(recruiter, stranger, administrator, things):
    def by_token(user) -> Client:
        return Client(
            headers={"authorization": f"Bearer {APIToken.create_token(user=user, name='essai')[1]}"}
        )

    clients = {"anonymous": Client(), "stranger": by_token(stranger), "recruiter": by_token(recruiter)}
    clients["office"] = by_token(administrator)
    wrong = []
    for address in of_api():
        values = things["admin"] | {
            "type": "x.Y",
            "type_name": "pages.JobAd",
            "pk": 1,
            "image_id": things["image"].pk,
        }
        path = address.path(values)
        operation = get_resolver().resolve(path).url_name
        if operation == "api-root":
            continue
        answers = {who: client.get(path) for who, client in clients.items()}
        codes = {who: response.status_code for who, response in answers.items()}
        if operation not in own_objects.API_PUBLIC and codes["anonymous"] != 401:
            wrong.append((address.name, "anonymous", codes["anonymous"]))
        for who in ("stranger", "recruiter"):
            if "page_id" in address.parameters and who == "stranger":
                right = codes[who] == 404
            elif operation in own_objects.API_ALLOWED:
                right = codes[who] in (200, 302, 404, 405)
            else:
                right = codes[who] == 403
            if not right:
                wrong.append((address.name, who, codes[who]))
        if codes["office"] >= 500:
            wrong.append((address.name, "office", codes["office"]))
    assert not wrong, "\n".join(map(str, wrong))
