from django.core.management.base import BaseCommand

from billing import catalogue, vat


class Command(BaseCommand):
    help = "Loads the initial offers and VAT rules. Those that exist, edited or not, are left as they are."

    def handle(self, *args, **options):
        self.stdout.write(f"{catalogue.load()} offers added, {vat.load()} VAT rules.")
