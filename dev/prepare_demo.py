"""Brings the demonstration up to date in one process: tables, data when there is none yet, and the list of logins.

One process because each start of Django costs seconds, and a second `make demo` is to be quick.
"""

import sys
from pathlib import Path

import django
from django.core.management import call_command

STATE = Path("var/demo")


def main() -> None:
    """Run by dev/demo.sh, which sets the environment; writes `.loaded` only once the data stands complete."""
    django.setup()
    loaded = STATE / ".loaded"
    if not loaded.exists():
        say("Making the database …")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if not loaded.exists():
        say("Loading the demonstration data …")
        call_command("load_demo")
        loaded.touch()
    with (STATE / "logins.txt").open("w", encoding="utf-8") as file:
        call_command("demo_logins", stdout=file)


def say(sentence: str) -> None:
    """Flushed, so that it stands before what the next step prints."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
