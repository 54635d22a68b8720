"""`manage.py demo_logins`: who can log in to the demonstration, and with which password."""

from django.core.management.base import BaseCommand

from accounts.models import User
from dev.demo.content.accounts import LOGINS, PASSWORD


class Command(BaseCommand):
    """Prints the logins of the demonstration; nothing else happens."""

    help = "Prints the logins of the demonstration."

    def handle(self, *args, **options) -> None:
        emails = set(
            User.objects.filter(email__in=[login.email for login in LOGINS]).values_list("email", flat=True)
        )
        if not emails:
            self.stdout.write("There is no demonstration data here. Type: make demo")
            return
        width = max(len(login.email) for login in LOGINS)
        self.stdout.write(f"Mot de passe de tous les comptes\u00a0: {PASSWORD}")
        for login in LOGINS:
            if login.email in emails:
                self.stdout.write(
                    f"  {login.email:<{width}}  {login.first_name} {login.last_name} — {login.role}"
                )
