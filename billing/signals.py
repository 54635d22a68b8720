"""What billing tells the layers above. Sent inside the transaction of the change."""

from django.dispatch import Signal

#: `order`: it was paid, or delivered on invoice; credits and entitlements are there.
order_delivered = Signal()
#: `order`, `from_state`: it moved from one state to another.
order_moved = Signal()
#: `order`: it was paid.
order_paid = Signal()
#: `order`, `references`: a credit note took it back; placements with these references are to be closed.
order_refunded = Signal()
#: `reference`: the credit spent under it went back to its lot; the placement of this name is to be closed.
credit_given_back = Signal()
