"""A platform that takes invoices by HTTP, with a bearer token.

POST {url}/invoices        multipart: file (PDF), number, external_id; header Idempotency-Key
    2xx {"id": …, "status": …, "message": …}    409 with an id: it has this key already
GET  {url}/invoices/{id}   the same answer
"""

import json
from typing import Any
from urllib.parse import quote

import requests

from .base import Answer, NotAccepted, Parcel, PlatformError, State
from .statuses import state_of

#: To connect, to answer; in seconds.
TIMEOUT = (5, 30)
#: No answer of a platform is longer.
MOST_BYTES = 64 * 1024
#: Refusals that say nothing of the file: the token, the pace, the hour.
_LATER = {401, 403, 404, 405, 408, 425, 429}
_ALREADY = 409


class HttpPlatform:
    """Talks to one platform. Follows no redirection: the token goes nowhere else."""

    name = "plateforme"
    answers = True

    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        self.token = token

    def send(self, parcel: Parcel) -> Answer:
        """Post a file. Raises PlatformError when it may work later, NotAccepted when the file is at fault."""
        code, said = self._ask(
            "POST",
            "/invoices",
            headers={"Idempotency-Key": str(parcel.key)},
            data={"number": parcel.number, "external_id": str(parcel.key)},
            files={"file": (f"{parcel.number}.pdf", parcel.pdf, "application/pdf")},
        )
        if code >= 400 and code != _ALREADY:
            raise self._refusal(code, said, final=code < 500 and code not in _LATER)
        remote_id = _text(said.get("id"), 120)
        if not remote_id or not (200 <= code < 300 or code == _ALREADY):
            raise PlatformError(f"La plateforme a répondu sans identifiant ({code}).")
        return Answer(remote_id, state_of(said.get("status")) or State.SENT, _text(said.get("message")))

    def status(self, remote_id: str) -> Answer | None:
        """Ask what became of a file. Raises PlatformError."""
        code, said = self._ask("GET", f"/invoices/{quote(remote_id, safe='')}")
        if code != 200:
            raise self._refusal(code, said, final=False)
        state = state_of(said.get("status"))
        return Answer(remote_id, state, _text(said.get("message"))) if state else None

    def _ask(self, method: str, path: str, headers: dict | None = None, **more: Any) -> tuple[int, dict]:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"} | (headers or {})
        try:
            with requests.request(
                method,
                self.url + path,
                headers=headers,
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
                **more,
            ) as answer:
                return answer.status_code, _read(answer)
        except requests.RequestException as error:
            raise PlatformError(f"La plateforme ne répond pas ({type(error).__name__}).") from error

    def _refusal(self, code: int, said: dict, final: bool) -> PlatformError:
        why = _text(said.get("message") or said.get("detail") or said.get("error"), 300)
        sentence = f"La plateforme a refusé ({code})" + (f"\u202f: {why}" if why else ".")
        return (NotAccepted if final else PlatformError)(sentence)


def _read(answer: requests.Response) -> dict:
    body = b""
    for part in answer.iter_content(8192):
        body += part
        if len(body) > MOST_BYTES:
            return {}
    try:
        said = json.loads(body or b"{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _text(value: object, most: int = 500) -> str:
    return str(value)[:most] if isinstance(value, str | int) else ""
