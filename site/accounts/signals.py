"""What accounts tells upward."""

from django.dispatch import Signal

#: A person signed up. Sent inside the transaction that wrote the account, with `user` and `kind`, "recruiter" or
#: "candidate". Sent again when the person signs up again before confirming the address: receivers create what is
#: missing and change nothing else. Not sent for an account in use, since anybody can type its address.
signed_up = Signal()

#: A person may not (or no more) write for an employer: never could, left, was removed, or has a role that only reads.
#: Sent inside the transaction, with `employer` and `user`. Receivers end what is open in the person's name.
writing_ended = Signal()

#: A person asked for a copy of its data: `user`, `archive` (an `accounts.exports.Archive`). Receivers add what they
#: keep about the person. Sent by a task.
data_exported = Signal()

#: A person wants to close its account: `employers` would have no administrator left. Receivers answer with sentences
#: that say what hinders it, an empty list for nothing. They change nothing.
closing_asked = Signal()

#: An account is being erased: `user`, still with its name and address, and `left_alone`, the employers that nobody
#: acts for any more. Sent inside the transaction. Receivers erase what they keep about the person and may erase.
account_erased = Signal()
