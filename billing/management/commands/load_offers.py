from django.core.management.base import BaseCommand

from billing import catalogue


class Command(BaseCommand):
    help = "Loads the initial catalogue. Offers that exist, edited or not, are left as they are."

    def handle(self, *args, **options):
        self.stdout.write(f"{catalogue.load()} offers added.")
