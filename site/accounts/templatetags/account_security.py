"""What the log-in page and the security pages show."""

from django import template

from accounts.publisher_login import publisher_login as of_publisher

register = template.Library()


@register.simple_tag
def publisher_login() -> dict | None:
    """The button to the publisher's accounts: `name` and `url`; nothing when it is off."""
    return of_publisher()
