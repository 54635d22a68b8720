from django.core.management.base import BaseCommand, CommandError

from accounts.factor_secrets import encrypt_all


class Command(BaseCommand):
    help = "Writes the secrets of second factors anew under ENCRYPTION_KEY; then the old key may go."

    def handle(self, *args, **options):
        written, unreadable = encrypt_all()
        self.stdout.write(f"{written} written under the first key.")
        if unreadable:
            raise CommandError(
                f"{len(unreadable)} unreadable (authenticators {', '.join(map(str, unreadable))}): "
                "the key they were written under is missing from ENCRYPTION_KEY_FALLBACKS."
            )
