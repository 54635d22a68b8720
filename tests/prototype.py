"""Make the prototype of the tests' databases beforehand, and print its name.

    DATABASE_URL=postgres://… python -m tests.prototype

For a server, where it can be made while a run on SQLite makes its own. `TEST_PROTOTYPE` names it to the run.
"""

import os
import sys
from contextlib import redirect_stdout

sys.path[:0] = ["site"]
os.environ["DJANGO_SETTINGS_MODULE"] = "ashjob.settings.test"


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    from tests.base_data import load_base_data

    with redirect_stdout(sys.stderr):
        name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        load_base_data()
    connection.close()
    print(name)  # noqa: T201 — it is what was asked for


if __name__ == "__main__":
    main()
