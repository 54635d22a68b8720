"""The words and codes by which platforms tell where an invoice stands (the reform’s statuses, AFNOR XP Z12-012)."""

from billing.models import Transmission

State = Transmission.State

_SENT = ("sent", "deposited", "200", "201")
_RECEIVED = ("received", "delivered", "accepted", "202", "203", "204", "205", "206", "209", "211", "212")
_REFUSED = ("refused", "210")
_FAILED = ("failed", "rejected", "213")
_STATES = {
    word: state
    for state, words in (
        (State.SENT, _SENT),
        (State.RECEIVED, _RECEIVED),
        (State.REFUSED, _REFUSED),
        (State.FAILED, _FAILED),
    )
    for word in words
}


def state_of(said: object) -> str | None:
    """Our state for a platform's word or code; None for one that changes nothing (a dispute, a suspension)."""
    return _STATES.get(str(said).strip().lower())
