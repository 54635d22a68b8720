"""A platform of our own for the tests: a real server on this machine that keeps what it is sent."""

import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FakePlatform(ThreadingHTTPServer):
    """What it was asked lies in `asked`; `answers` are given in turn, each a status and a body, then the usual one."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict] = []
        self.answers: list[tuple[int, object]] = []
        self.ids: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api"

    def usual(self, asked: dict) -> tuple[int, object]:
        """As a platform does: the same key twice is one invoice."""
        if asked["method"] == "GET":
            return 200, {"id": asked["path"].rsplit("/", 1)[1], "status": "sent"}
        key = asked["headers"]["idempotency-key"]
        known = key in self.ids
        remote_id = self.ids.setdefault(key, f"PA-{len(self.ids) + 1}")
        return (409 if known else 201), {"id": remote_id, "status": "deposited"}


class _Handler(BaseHTTPRequestHandler):
    server: FakePlatform

    def do_POST(self) -> None:
        self._answer("POST")

    def do_GET(self) -> None:
        self._answer("GET")

    def _answer(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = {"method": method, "path": self.path, "headers": headers, "body": body}
        self.server.asked.append(asked)
        status, said = self.server.answers.pop(0) if self.server.answers else self.server.usual(asked)
        data = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        if status in (301, 302, 307):
            self.send_header("Location", f"{self.server.url}/elsewhere")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args) -> None:
        pass


def parts_of(asked: dict) -> dict[str, bytes]:
    """The parts of a multipart body by their names."""
    boundary = asked["headers"]["content-type"].split("boundary=")[1].encode()
    found = {}
    for part in asked["body"].split(b"--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        found[re.search(rb'name="(\w+)"', head)[1].decode()] = content.removesuffix(b"\r\n")
    return found


@contextmanager
def running():
    """A platform that answers until the block ends."""
    server = FakePlatform()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
