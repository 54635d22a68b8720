"""What accounts tells upward."""

from django.dispatch import Signal

#: A person signed up. Sent inside the transaction that wrote the account, with `user` and `kind`, "recruiter" or
#: "candidate". May be sent again for the same person (a second sign-up before the address is confirmed, or a
#: candidate's sign-up by someone who has an account already): receivers create what is missing and change nothing else.
signed_up = Signal()
