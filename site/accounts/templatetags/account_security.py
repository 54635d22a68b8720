"""What the log-in page and the security pages show."""

from django import template

from accounts.publisher_login import publisher_login as of_publisher

register = template.Library()

#: What a browser says of itself, in the order to look: many also name those they descend from.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
]


@register.simple_tag
def publisher_login() -> dict | None:
    """The button to the publisher's accounts: `name` and `url`; nothing when it is off."""
    return of_publisher()


@register.filter
def device(user_agent: str) -> str:
    """ "Firefox, Windows" from what the browser says of itself; its own words when none is known."""
    named = [next((name for mark, name in known if mark in user_agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, named)) or user_agent[:90] or "Appareil inconnu"
