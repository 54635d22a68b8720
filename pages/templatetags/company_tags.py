"""Employers that a tier puts before the readers."""

from __future__ import annotations

from typing import Any

from django import template

from billing.tiers import Part
from pages import cards

register = template.Library()


@register.simple_tag(takes_context=True)
def featured_companies(context: Any, part: str, count: int) -> list[dict[str, Any]]:
    """Cards of today's few companies whose tier gives this part: "priority", "home" or "articles"."""
    return cards.featured_companies(Part(part), count, request=context.get("request"))
