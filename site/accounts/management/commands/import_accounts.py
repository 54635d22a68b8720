from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.account_import import FileRefused, bring_in, read


class Command(BaseCommand):
    help = (
        "Brings the publisher's accounts in from a CSV file with a head: email; civilite; nom; prenom; mot_de_passe "
        "(a hash). Says what became of each line; safe to run twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be done.")
        parser.add_argument("--encoding", default="utf-8-sig", help="For example cp1252, as Excel writes it.")

    def handle(self, *args, file: Path, dry_run: bool, encoding: str, **options) -> None:
        counts: Counter[str] = Counter()
        refused = 0
        try:
            with file.open(encoding=encoding, newline="") as opened:
                for line in bring_in(read(opened), dry_run):
                    self.stdout.write(f"{line.number}\t{line.email or '-'}\t{line.outcome}")
                    refused += line.refused
                    counts["refused" if line.refused else line.outcome] += 1
        except (OSError, LookupError, UnicodeDecodeError, FileRefused) as error:
            raise CommandError(f"{file}: {error}") from error
        for outcome, count in sorted(counts.items()):
            self.stdout.write(f"{count}\t{outcome}")
        if dry_run:
            self.stdout.write("Nothing was changed (--dry-run).")
        if refused:
            raise CommandError(f"{refused} line(s) refused, see above; the others are done.")
