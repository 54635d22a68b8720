"""A transmission goes from state to state along Transmission.MOVES. The row is locked by whoever calls `move`."""

from accounts.models import User
from billing.models import Transmission, TransmissionMove

State = Transmission.State


def locked(pk: int) -> Transmission:
    """The row as it is now, locked until the caller's transaction ends."""
    return Transmission.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def move(transmission: Transmission, state: str, message: str = "", by: User | None = None) -> bool:
    """Go to a state if that is allowed from here, and log it. Says whether it went; the caller saves the row.

    The same state again, an earlier one, and anything after a final state change nothing: what a platform says comes
    late, twice and out of order.
    """
    if state not in Transmission.MOVES[State(transmission.state)]:
        return False
    TransmissionMove.objects.create(
        transmission=transmission,
        from_state=transmission.state,
        to_state=state,
        message=message[:500],
        by=by,
    )
    transmission.state = state
    transmission.message = message[:500]
    return True
