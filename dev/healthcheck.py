"""Whether the site in this container answers: asked by Docker, without curl and past the redirect to HTTPS."""

import http.client
import os
import sys

HTTP_ERROR = 500


def main() -> int:
    """Exit code 0 when the site says that it is well."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
    connection.request("GET", "/sante/", headers={"Host": host, "X-Forwarded-Proto": "https"})
    return int(connection.getresponse().status >= HTTP_ERROR)


if __name__ == "__main__":
    sys.exit(main())
