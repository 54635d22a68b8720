"""What accounts tells upward."""

from django.dispatch import Signal

#: A person signed up. Sent inside the transaction that wrote the account, with `user` and `kind`, "recruiter" or
#: "candidate". Sent again when the person signs up again before confirming the address: receivers create what is
#: missing and change nothing else. Not sent for an account in use, since anybody can type its address.
signed_up = Signal()

#: A person may not (or no more) write for an employer: never could, left, was removed, or has a role that only reads.
#: Sent inside the transaction, with `employer` and `user`. Receivers end what is open in the person's name.
writing_ended = Signal()
