"""Several people at the same moment, each on a connection of their own: for a database with real locks."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def at_once(*acts) -> list:
    """Run the acts, each in a thread, all started together. Returns results, or the exceptions raised."""
    start = threading.Barrier(len(acts))

    def one(act):
        try:
            start.wait(timeout=30)
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))
