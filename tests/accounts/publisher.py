"""The publisher's OpenID Connect server: allauth's own, on the same database, behind an address of its own.

A request of the site to that address is answered by Django's test client: only the wire between the two is missing.
"""

from urllib.parse import urlsplit

import requests
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client as OIDCClient
from django.test import Client
from django.urls import include, path, reverse
from requests.adapters import BaseAdapter

from ashjob import urls as site_urls

HOST = "comptes.editeur.example"
SERVER = f"https://{HOST}"
CLIENT_ID, SECRET = "ash-job", "un-secret-de-test"

urlpatterns = [path("", include("allauth.idp.urls")), *site_urls.urlpatterns]


class PublisherAdapter(DefaultOIDCAdapter):
    """Says of the person what the test says."""

    claims: dict = {}

    def get_claims(self, purpose, user, client, scopes, email=None, **kwargs) -> dict:
        return dict(self.claims)


class Wire(BaseAdapter):
    """Carries the site's requests to the publisher's host."""

    def send(self, request, **kwargs):
        client = Client(SERVER_NAME=HOST)
        url = urlsplit(request.url)
        got = client.generic(
            request.method,
            f"{url.path}?{url.query}" if url.query else url.path,
            request.body or b"",
            content_type=request.headers.get("Content-Type", ""),
            secure=True,
            headers={k: v for k, v in request.headers.items() if k.lower() in ("authorization", "accept")},
        )
        answer = requests.Response()
        answer.status_code = got.status_code
        answer._content = got.content
        answer.headers.update(got.headers)
        answer.url = request.url
        answer.request = request
        return answer

    def close(self):
        pass


class Silence(BaseAdapter):
    """A server that does not answer."""

    def send(self, request, **kwargs):
        raise requests.ConnectionError("no answer")

    def close(self):
        pass


class Publisher:
    """The server as a test sees it: who is logged in there, and what it says of that person."""

    def __init__(self, user):
        self.browser = Client(SERVER_NAME=HOST)
        self.browser.force_login(user)
        client = OIDCClient(id=CLIENT_ID, name="ASH Job", skip_consent=True)
        client.set_secret(SECRET)
        client.set_scopes(["openid", "profile", "email"])
        client.set_redirect_uris([f"http://testserver{reverse('openid_connect_callback', args=['editeur'])}"])
        client.save()

    def says(self, **claims) -> None:
        PublisherAdapter.claims = claims

    def approve(self, url: str) -> str:
        """Follows the person to the server; the way back that it sends."""
        assert url.startswith(f"{SERVER}/identity/o/authorize"), url
        parts = urlsplit(url)
        answer = self.browser.get(f"{parts.path}?{parts.query}", secure=True)
        assert answer.status_code == 302, answer.content[:500]
        return answer["Location"].removeprefix("http://testserver")


def private_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
