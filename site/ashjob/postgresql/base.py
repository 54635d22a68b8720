"""Django's PostgreSQL backend, which looks at a connection before it asks over it.

Django asks the server `SELECT 1` at the first query of each request, to find out whether the connection that it kept
is still good: for a page of search results, whose one query takes as long, half of what the database costs. A server
that has stopped, or has ended the connection, has said so already: its farewell waits in our socket.
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """`is_usable` asks the server only where something has come that nobody asked for."""

    def is_usable(self) -> bool:
        """Whether the kept connection is good. A query only when its socket has something to say, as it has at its end.

        A server that vanished without a word is not noticed here, nor would it be by asking: both wait for TCP.
        """
        connection = self.connection
        if connection is None or connection.closed:
            return False
        waiting = select.poll()
        waiting.register(connection.fileno(), select.POLLIN)
        return not waiting.poll(0) or super().is_usable()
