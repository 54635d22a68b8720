from django.core.management.base import BaseCommand

from pages.setup import setup_site


class Command(BaseCommand):
    help = "Makes the site's page tree, its editorial pages and the office's groups; what exists is left as it is."

    def handle(self, *args, **options):
        setup_site()
        if options["verbosity"]:
            self.stdout.write("Le site est prêt.")
