"""What recruiting does when accounts tells something."""

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import signed_up

from .access import candidate_of


@receiver(signed_up, dispatch_uid="recruiting.candidate_signed_up")
def make_candidate(user: User, kind: str, **kwargs) -> None:
    """A candidate's account comes with its profile, in the same transaction."""
    if kind == "candidate":
        candidate_of(user)
