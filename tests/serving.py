"""A real HTTP server on loopback that does as a test tells it, also what no server should."""

from __future__ import annotations

import gzip
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What a server answers, by path, and what it was asked.

    Attributes:
        replies: path -> what to do; other paths are 404.
        asked: requests by path; ``headers`` those of the last request for each.

    """

    url: str = ""
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    headers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    closing: threading.Event = field(default_factory=threading.Event)

    def page(self, path: str, content: bytes | str, media_type: str = "text/html", **headers: str) -> None:
        """Serve a page."""
        data = content.encode() if isinstance(content, str) else content
        self.replies[path] = lambda request: send(request, 200, data, {"Content-Type": media_type, **headers})

    def marked(self, path: str, content: str, mark: str, media_type: str = "text/html") -> None:
        """Serve a page with an ETag, and 304 to those who have it."""

        def reply(request: BaseHTTPRequestHandler) -> None:
            if request.headers.get("If-None-Match") == mark:
                send(request, 304, b"", {"ETag": mark})
            else:
                send(request, 200, content.encode(), {"Content-Type": media_type, "ETag": mark})

        self.replies[path] = reply

    def status(self, path: str, status: int, **headers: str) -> None:
        """Serve a status with a page that says nothing."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies[path] = lambda request: send(request, status, b"<p>Sorry.</p>", named)

    def then(self, path: str, *sites: Callable[[], None]) -> None:
        """Serve one thing after the other, the last one for good; each is a call that sets the path's reply."""
        replies = []
        for site in sites:
            site()
            replies.append(self.replies[path])

        def reply(request: BaseHTTPRequestHandler) -> None:
            (replies.pop(0) if len(replies) > 1 else replies[0])(request)

        self.replies[path] = reply

    def cut_off(self, path: str, data: bytes, claimed: int) -> None:
        """Serve fewer bytes than the length says, and hang up."""

        def reply(request: BaseHTTPRequestHandler) -> None:
            send(request, 200, data, {"Content-Type": "text/html", "Content-Length": str(claimed)})
            request.close_connection = True

        self.replies[path] = reply

    def drip(self, path: str, pause: float) -> None:
        """Serve a byte at a time for ever, headers first, slow enough that none of the pauses is too long."""

        def reply(request: BaseHTTPRequestHandler) -> None:
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.closing.wait(pause):
                request.wfile.write(b"a")

        self.replies[path] = reply

    def hang(self, path: str) -> None:
        """Take the request and say nothing."""
        self.replies[path] = lambda _request: void(self.closing.wait(10))

    def bomb(self, path: str, megabytes: int) -> None:
        """Serve a page that unpacks to many megabytes of spaces."""
        packed = gzip.compress(b" " * (megabytes * 2**20), 9)
        self.page(path, packed, **{"Content-Encoding": "gzip"})


def nothing(request: BaseHTTPRequestHandler) -> None:
    """Say that there is nothing."""
    send(request, 404, b"", {})


def void(_value: object) -> None:
    """Return nothing."""


def send(request: BaseHTTPRequestHandler, status: int, data: bytes, headers: Mapping[str, str]) -> None:
    """Send an answer."""
    request.send_response(status)
    for name, value in {"Content-Length": str(len(data)), **headers}.items():
        request.send_header(name, value)
    request.end_headers()
    if status != 304:
        request.wfile.write(data)


@contextmanager
def serving() -> Iterator[Site]:
    """Serve on a free port of 127.0.0.1 for as long as the ``with`` block takes."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20

        def do_GET(self) -> None:
            site.asked[self.path] += 1
            site.headers[self.path] = dict(self.headers)
            try:
                site.replies.get(self.path, nothing)(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
