"""Videos of company pages: the providers that we let in, and how a reader opens one.

Nothing of a provider is loaded before the reader asks for it: the page has a link to the provider's own page, which a
script turns into a frame at a click. The content security policy names the same hosts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

REFUSED = (
    "Cette adresse n’est pas celle d’une vidéo que nous savons montrer. Copiez l’adresse de la vidéo sur YouTube, "
    "Vimeo ou PeerTube (instances acceptées\u00a0: %(hosts)s)."
)
_YOUTUBE = re.compile(r"^/(?:watch|embed/|shorts/|live/)?([\w-]{11})?/?$")
_VIMEO = re.compile(r"^/(?:video/)?(\d{6,12})(?:/[0-9a-f]{6,16})?/?$")
_PEERTUBE = re.compile(r"^/(?:w|videos/watch|videos/embed)/([\w-]{10,40})/?$")


@dataclass(frozen=True)
class Video:
    """A video of an allowed provider."""

    provider: str
    watch_url: str
    embed_url: str


def video(address: str) -> Video | None:
    """The video at an address that somebody pasted; None when no allowed provider has such addresses."""
    try:
        parts = urlsplit(address.strip())
        host, path = (parts.hostname or "").removeprefix("www.").removeprefix("m."), parts.path
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    if host in ("youtube.com", "youtube-nocookie.com", "youtu.be"):
        return _youtube(path, parts.query)
    if host in ("vimeo.com", "player.vimeo.com"):
        return _vimeo(path)
    if host in settings.VIDEO_PEERTUBE_HOSTS:
        return _peertube(host, path)
    return None


def validate_address(address: str) -> None:
    """Raise ValidationError unless the address is a video's of an allowed provider."""
    if video(address) is None:
        raise ValidationError(REFUSED, params={"hosts": ", ".join(settings.VIDEO_PEERTUBE_HOSTS)})


def _youtube(path: str, query: str) -> Video | None:
    match = _YOUTUBE.match(path)
    in_query = re.search(r"(?:^|&)v=([\w-]{11})(?:&|$)", query) if path.rstrip("/") == "/watch" else None
    key = in_query.group(1) if in_query else match.group(1) if match else None
    if not key:
        return None
    return Video(
        "YouTube",
        f"https://www.youtube.com/watch?v={key}",
        f"https://www.youtube-nocookie.com/embed/{key}?autoplay=1&rel=0",
    )


def _vimeo(path: str) -> Video | None:
    match = _VIMEO.match(path)
    if not match:
        return None
    key = match.group(1)
    return Video(
        "Vimeo", f"https://vimeo.com/{key}", f"https://player.vimeo.com/video/{key}?dnt=1&autoplay=1"
    )


def _peertube(host: str, path: str) -> Video | None:
    match = _PEERTUBE.match(path)
    if not match:
        return None
    key = match.group(1)
    return Video("PeerTube", f"https://{host}/w/{key}", f"https://{host}/videos/embed/{key}?autoplay=1")
