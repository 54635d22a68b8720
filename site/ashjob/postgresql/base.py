"""Django's PostgreSQL backend, which looks at a connection in use before it asks over it.

Django asks the server `SELECT 1` at the first query of each request, to find out whether the connection that it kept
is still good: for a page of search results, whose one query takes as long, half of what the database costs. A server
that has stopped, or has ended the connection, has said so already: its farewell waits in our socket.
"""

import select
from time import monotonic

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

#: Seconds since it was last looked at for which a silent connection is taken for a good one. A server that comes back
#: under the same address after a fall has forgotten its connections and says so only when it is asked.
TRUSTED = 5.0


class DatabaseWrapper(base.DatabaseWrapper):
    """`is_usable` asks the server only over a connection that has rested, failed, or has something to say."""

    _looked_at = float("-inf")

    def is_usable(self) -> bool:
        """Whether the kept connection is good; without a query for one that is idle, silent and in steady use."""
        now = monotonic()
        lately, self._looked_at = now - self._looked_at < TRUSTED, now
        return (lately and not self.errors_occurred and self._is_silent()) or super().is_usable()

    def _is_silent(self) -> bool:
        connection = self.connection
        if connection is None or connection.info.transaction_status != TransactionStatus.IDLE:
            return False
        waiting = select.poll()
        waiting.register(connection.fileno(), select.POLLIN)
        return not waiting.poll(0)
