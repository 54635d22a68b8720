from django.core.management.base import BaseCommand

from reference.loading import load_reference


class Command(BaseCommand):
    help = (
        "Loads regions, departments, communes, professions and the other reference lists. Safe to run again."
    )

    def handle(self, *args, **options):
        for name, count in load_reference().items():
            self.stdout.write(f"{count:6} {name}")
