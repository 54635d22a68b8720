"""The office's screens of commerce, in the Wagtail admin: lists, sheets and actions.

A list reads; what changes something is an action of its own (`billing.office.views`) that asks for a permission.
"""

from .groups import ACCOUNTING, ensure_groups

__all__ = ["ACCOUNTING", "ensure_groups"]
