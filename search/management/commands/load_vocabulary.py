from django.core.management.base import BaseCommand

from search.vocabulary.loading import ensure_rights, load_vocabulary


class Command(BaseCommand):
    help = "Brings new lines of the shipped synonyms to the office's vocabulary, and gives its groups their rights."

    def handle(self, *args, **options):
        ensure_rights()
        count = load_vocabulary()
        if options["verbosity"]:
            self.stdout.write(f"{count:6} new synonyms")
