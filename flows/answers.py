"""What a server answered: bytes, "not changed", "gone", or an error that says whether another try is worth it.

InputError
├── Gone             404 or 410: there is nothing at this address (any more)
├── Refused          the server, its robots.txt or our own limits say no; another try changes nothing
└── PrivateAddress   (flows.addresses)
TransientError
└── ServerAway       it does not answer, is busy, breaks off: another try may succeed
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from copydesk.errors import InputError, TransientError

NOT_MODIFIED = 304
REDIRECTS = frozenset((301, 302, 303, 307, 308))
_GOOD = frozenset((200, 203, NOT_MODIFIED))
_NOTHING = frozenset((404, 410))
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Statuses after which another try may succeed."""
_FORBIDDEN = frozenset((401, 402, 403, 407, 451))
KEPT_HEADERS = ("etag", "last-modified", "date", "content-type", "content-language", "x-robots-tag")
"""Headers that are kept with a capture."""
_DECODINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""Content codings that we ask for, with zlib's number for their frame."""


class Gone(InputError):
    """There is nothing at this address, says its server."""

    status: int = 404


class Refused(InputError):
    """It is not given to us, or it is not what we can take."""

    status: int | None = None


class ServerAway(TransientError):
    """The server does not answer as it should, for now.

    Attributes:
        status: of its answer; None when there was none.
        wait: seconds that it asks us to wait; None when it does not say.

    """

    status: int | None = None
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came from an address.

    Attributes:
        url: the address that was asked for; ``final_url`` the one that answered.
        status: 200, 203 or 304.
        redirects: each with its status and the address that it led away from.
        headers: those of ``KEPT_HEADERS`` that came.
        content: the bytes, content coding undone; empty for 304.

    """

    url: str
    final_url: str
    status: int
    redirects: tuple[tuple[int, str], ...]
    headers: dict[str, str]
    content: bytes

    @property
    def is_unchanged(self) -> bool:
        """Whether the bytes are those that we have."""
        return self.status == NOT_MODIFIED

    def facts(self) -> dict[str, object]:
        """Return what is kept of it with a capture."""
        found: dict[str, object] = {"status": self.status, "final_url": self.final_url, **self.headers}
        if self.redirects:
            found["redirects"] = [list(redirect) for redirect in self.redirects]
        return found


def refuse_status(response: httpx.Response, source: str, now: datetime) -> None:
    """Raise what a status means that brings no bytes.

    Raises:
        Gone: 404 or 410.
        ServerAway: a status after which another try may succeed, with the wait that the server asks for.
        Refused: any other.

    """
    status = response.status_code
    if status in _GOOD:
        return
    if status in _NOTHING:
        gone = Gone(f"there is nothing at this address ({status}).", advice="", source=source)
        gone.status = status
        raise gone
    if status in _PASSING:
        wait = retry_after(response.headers.get("retry-after", ""), now)
        advice = f"It asks to wait {wait:.0f} s." if wait else "Run again later."
        away = ServerAway(f"the server is busy or broken ({status}).", advice=advice, source=source)
        away.status, away.wait = status, wait
        raise away
    reason = "the server does not give it to us" if status in _FORBIDDEN else "the server answers with an error"
    refused = Refused(f"{reason} ({status}).", advice="Look at the address in a browser.", source=source)
    refused.status = status
    raise refused


def retry_after(written: str, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for, written as a number or as a time (RFC 9110, 10.2.3).

    >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    >>> retry_after("120", noon), retry_after("Sun, 01 Mar 2026 12:01:00 GMT", noon), retry_after("soon", noon)
    (120.0, 60.0, None)
    """
    written = written.strip()
    if written.isascii() and written.isdigit():
        return float(written[:9])
    try:
        until = parsedate_to_datetime(written)
    except (TypeError, ValueError, IndexError):
        return None
    return max((until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds(), 0.0)


class Inflater:
    """Undoes a content coding, piece by piece, within a limit: a small answer can hold a huge page."""

    def __init__(self, coding: str, limit: int, source: str) -> None:
        """Take the coding's name, the most bytes that may come out, and the address for words about it.

        Raises:
            Refused: the coding is not one that we ask for.

        """
        self.limit, self.source = limit, source
        self.received = 0
        self._taken: list[bytes] = []
        self._room = limit + 1
        self._coding = coding.strip().lower()
        if self._coding not in ("", "identity", *_DECODINGS):
            raise Refused(f"it is packed in a way that was not asked for ({coding}).", source=source)
        bits = _DECODINGS.get(self._coding)
        self._unpack = zlib.decompressobj(bits) if bits else None

    def feed(self, piece: bytes) -> None:
        """Take the next bytes as received.

        Raises:
            Refused: more bytes come out than the limit allows, or the coding is broken.

        """
        if self._unpack is None:
            self._take(piece)
            return
        try:
            self._take(self._unpack.decompress(piece, self._room))
        except zlib.error as error:
            if self._coding != "deflate" or self.received:
                raise Refused(f"its compression is broken: {error}.", source=self.source) from error
            self._unpack = zlib.decompressobj(-15)  # "deflate" without its frame, as many servers send it
            self._coding = "raw deflate"
            self.feed(piece)

    def _take(self, data: bytes) -> None:
        self.received += len(data)
        self._room -= len(data)
        if self.received > self.limit:
            raise Refused(
                f"it is larger than {self.limit / 2**20:.0f} MB.",
                advice="Raise max_mb of this source if you want it.",
                source=self.source,
            )
        self._taken.append(data)

    def result(self) -> bytes:
        """Return all bytes.

        Raises:
            ServerAway: the compressed bytes end before their end.

        """
        if self._unpack is not None and not self._unpack.eof and self.received:
            raise ServerAway("the answer is cut off.", advice="Run again later.", source=self.source)
        return b"".join(self._taken)
