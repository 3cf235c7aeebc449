"""Fetching addresses as a good guest: only what has changed, slowly, within limits, and never where it is forbidden.

One ``Fetcher`` serves one source. What hosts asked of us is remembered in ``Hosts``, over all sources of a run.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Self

import httpx
from protego import Protego

from copydesk.errors import CopydeskError
from flows.addresses import CheckedTransport, Lookup, is_web, look_up
from flows.answers import (
    KEPT_HEADERS,
    NOT_MODIFIED,
    REDIRECTS,
    Answer,
    Gone,
    Inflater,
    Refused,
    ServerAway,
    refuse_status,
)

AGENT = "copydesk"
"""The name that robots.txt files know us by."""
MAX_REDIRECTS = 10
BACK_OFF = (2.0, 8.0)
"""Seconds before the second and the third try."""
LONGEST_WAIT = 60.0
"""Seconds: a server that asks for more is left alone until the next run."""
MAX_FAILURES = 9
"""Answers in a row that did not come, after which a host is left alone until the next run."""
ONE_HOUR = 3600.0
MAX_ROBOTS = 512 * 1024
"""Bytes of a robots.txt; RFC 9309 asks for 500 KiB at least."""
_ACCEPT = "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.8,*/*;q=0.5"
_PAGES = ("text/", "application/xhtml+xml", "message/rfc822", "multipart/related")
"""Media types that can be an article."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How a source is asked.

    Attributes:
        delay: seconds between two requests to one host; a longer ``Crawl-delay`` of its robots.txt counts.
        concurrency: requests at a time, to different hosts.
        timeout: seconds to wait for a connection, and for the next bytes.
        total: seconds that one answer may take.
        max_bytes: bytes that one answer may have, unpacked.
        robots: whether robots.txt is obeyed.
        allow_private: whether addresses that are not public may be asked.
        contact: an address of a person or a page, for the user agent.

    """

    delay: float = 1.0
    concurrency: int = 8
    timeout: float = 20.0
    total: float = 120.0
    max_bytes: int = 16 * 1024 * 1024
    robots: bool = True
    allow_private: bool = False
    contact: str = ""

    @property
    def user_agent(self) -> str:
        """Who we are, and how to reach the person who runs us."""
        return f"{AGENT}/{version('copydesk')}" + (f" (+{self.contact})" if self.contact else "")


@dataclass(frozen=True, slots=True)
class Request:
    """An address, and the marks of the bytes that we have of it.

    Attributes:
        has: the address that those bytes came from in the end; the marks are sent to no other.
        any_type: take whatever it is: a feed, a sitemap.

    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    has: str | None = None
    any_type: bool = False


@dataclass(slots=True)
class Host:
    """What we know of a host in this run: when it may be asked next (``clock`` seconds), its rules for robots.

    ``failures`` counts the answers that did not come since the last that did.
    """

    next_at: float = 0.0
    closed_until: float = 0.0
    failures: int = 0
    robots: Protego | None = None


Hosts = dict[str, Host]


@dataclass(slots=True)
class Fetcher:
    """Asks servers for the addresses of one source; ``async with`` it.

    Attributes:
        manners: how they are asked.
        hosts: what is known of them.
        clock, sleep, now, lookup: the world, for tests to replace.

    """

    manners: Manners
    hosts: Hosts = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    lookup: Lookup = look_up
    _client: httpx.AsyncClient = field(init=False)
    _all: asyncio.Semaphore = field(init=False)
    _gates: dict[str, asyncio.Semaphore] = field(default_factory=dict, init=False)

    async def __aenter__(self) -> Self:
        """Open the client."""
        transport = CheckedTransport(allow_private=self.manners.allow_private, lookup=self.lookup)
        headers = {"User-Agent": self.manners.user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"}
        self._client = httpx.AsyncClient(
            transport=transport, headers=headers, timeout=self.manners.timeout, follow_redirects=False, trust_env=False
        )
        self._all = asyncio.Semaphore(self.manners.concurrency)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the client."""
        await self._client.aclose()

    async def fetch_all(self, requests: Sequence[Request]) -> list[Answer | CopydeskError]:
        """Return the answers in the order of the requests; an error in place of one that brought nothing."""
        return list(await asyncio.gather(*map(self._fetch_safely, requests)))

    async def _fetch_safely(self, request: Request) -> Answer | CopydeskError:
        host = httpx.URL(request.url).netloc.decode("ascii")
        async with self._gate(f"pages of {host}"), self._all:  # who waits for his host takes no place from others
            try:
                return await self.fetch(request)
            except CopydeskError as error:
                error.source = request.url
                return error

    async def fetch(self, request: Request) -> Answer:
        """Return what an address answers, after as many tries as are worth it.

        Raises:
            Gone: there is nothing.
            Refused: it is not given to us, or is not what we can take.
            PrivateAddress: it leads to an address that is not public.
            ServerAway: all tries failed in ways that may pass.

        """
        for pause in BACK_OFF:
            try:
                return await self._follow(request)
            except ServerAway as error:
                if error.wait is None:
                    await self.sleep(pause)
                elif error.wait > LONGEST_WAIT:
                    raise  # what is shorter is waited for before the host is asked again
        return await self._follow(request)

    async def _follow(self, request: Request) -> Answer:
        """Ask, and go where redirects lead; every address on the way is checked."""
        url, redirects = httpx.URL(request.url), list[tuple[int, str]]()
        while True:
            if self.manners.robots:
                await self._obey_robots(url, request)
            marks = _marks(request) if str(url) == (request.has or request.url) else {}
            response, content = await self._exchange(url, marks, self.manners.max_bytes, any_type=request.any_type)
            if response.status_code == NOT_MODIFIED and not marks:
                raise Refused("the server says that nothing has changed, and was not asked so.", source=request.url)
            if response.status_code not in REDIRECTS:
                headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
                return Answer(request.url, str(url), response.status_code, tuple(redirects), headers, content)
            redirects.append((response.status_code, str(url)))
            url = _target(url, response, request.url)
            if len(redirects) > MAX_REDIRECTS or any(str(url) == before for _, before in redirects):
                raise Refused("its redirects lead round in a circle or too far.", source=request.url)

    async def _obey_robots(self, url: httpx.URL, request: Request) -> None:
        rules = await self._robots_of(url)
        if not rules.can_fetch(str(url), AGENT):
            raise Refused(
                "the site's robots.txt asks programs not to fetch it.",
                advice="If you have the publisher's consent, set robots = false for this source.",
                source=request.url,
            )

    async def _robots_of(self, url: httpx.URL) -> Protego:
        """Return the rules of a host (RFC 9309): none where there is no file, all forbidden while it is away."""
        host = self._host(url)
        async with self._gate(f"robots of {url.netloc.decode('ascii')}"):
            if host.robots is None:
                host.robots = Protego.parse(await self._read_robots(url))
        return host.robots

    async def _read_robots(self, url: httpx.URL) -> str:
        place = url.copy_with(raw_path=b"/robots.txt", fragment=None)
        for _ in range(5):
            try:
                response, content = await self._exchange(place, {}, MAX_ROBOTS, any_type=True)
            except (Gone, Refused) as error:
                if error.status is None:
                    raise
                return ""
            except ServerAway as error:
                error.reason = f"its robots.txt cannot be read: {error.reason}"
                raise
            if response.status_code not in REDIRECTS:
                return content.decode("utf-8", "replace")
            place = _target(place, response, str(place))
        return ""

    async def _exchange(
        self, url: httpx.URL, headers: Mapping[str, str], limit: int, *, any_type: bool
    ) -> tuple[httpx.Response, bytes]:
        """Send one request when its host may be asked, and return the answer: a good one, or a redirect."""
        host = self._host(url)
        async with self._gate(url.netloc.decode("ascii")):
            await self._wait_for_turn(host, str(url))
            try:
                async with asyncio.timeout(self.manners.total):
                    found = await self._ask(url, headers, limit, any_type=any_type)
            except TimeoutError as error:
                self._note_failure(host, None)
                raise _away(f"its answer took longer than {self.manners.total:g} s.") from error
            except ServerAway as error:
                self._note_failure(host, error.wait)
                raise
        host.failures = 0
        return found

    def _note_failure(self, host: Host, wait: float | None) -> None:
        """Leave a host alone for as long as it asks, or for the rest of the run when it never answers."""
        host.failures += 1
        if host.failures >= MAX_FAILURES:
            wait = ONE_HOUR
        if wait is not None:
            host.closed_until = self.clock() + wait

    async def _ask(
        self, url: httpx.URL, headers: Mapping[str, str], limit: int, *, any_type: bool
    ) -> tuple[httpx.Response, bytes]:
        try:
            async with self._client.stream("GET", url, headers=headers) as got:
                if got.status_code in REDIRECTS:
                    return got, b""
                refuse_status(got, str(url), self.now())
                return got, await _read(got, limit, any_type=any_type)
        except httpx.TimeoutException as error:
            raise _away(f"nothing came for {self.manners.timeout:g} s.") from error
        except httpx.ConnectError as error:
            raise _away(f"no connection: {str(error).rstrip('.')}.") from error
        except httpx.RequestError as error:
            raise _away(f"the answer is cut off or broken: {str(error).rstrip('.')}.") from error
        except httpx.InvalidURL as error:
            raise Refused(f"this is no address: {error}.", source=str(url)) from error

    async def _wait_for_turn(self, host: Host, url: str) -> None:
        now = self.clock()
        if host.closed_until - now > LONGEST_WAIT:
            left = host.closed_until - now
            closed = ServerAway(f"its server asks to be left alone for {left:.0f} s.", source=url)
            closed.wait = left
            raise closed
        turn = max(now, host.next_at, host.closed_until)
        delay = self.manners.delay
        if self.manners.robots and host.robots is not None:
            delay = max(delay, min(host.robots.crawl_delay(AGENT) or 0.0, LONGEST_WAIT))
        host.next_at = turn + delay
        if turn > now:
            await self.sleep(turn - now)

    def _host(self, url: httpx.URL) -> Host:
        return self.hosts.setdefault(f"{url.scheme}://{url.netloc.decode('ascii')}", Host())

    def _gate(self, name: str) -> asyncio.Semaphore:
        """Return what lets one request at a time through."""
        return self._gates.setdefault(name, asyncio.Semaphore(1))


def _away(reason: str) -> ServerAway:
    return ServerAway(reason, advice="Run again later.")


def _marks(request: Request) -> dict[str, str]:
    """Return the headers that ask for a page only if it has changed (RFC 9110, 13)."""
    marks = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in marks.items() if value}


def _target(url: httpx.URL, response: httpx.Response, source: str) -> httpx.URL:
    """Return where a redirect leads."""
    location = response.headers.get("location", "")
    try:
        target = url.join(location).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise Refused(f"its redirect leads to no address: {location[:200]!r}.", source=source) from error
    if not location or not is_web(target):
        raise Refused(f"its redirect leads to no web address: {location[:200]!r}.", source=source)
    return target


async def _read(response: httpx.Response, limit: int, *, any_type: bool) -> bytes:
    """Return the bytes of an answer, unpacked, as far as they are a page and within the limit."""
    url = str(response.request.url)
    if response.status_code == NOT_MODIFIED:
        return b""
    media_type = response.headers.get("content-type", "").strip().lower()
    if media_type and not any_type and not media_type.startswith(_PAGES):
        raise Refused(f"it is no page but {media_type[:100]}.", source=url)
    inflater = Inflater(response.headers.get("content-encoding", ""), limit, url)
    async for piece in response.aiter_raw(65536):
        inflater.feed(piece)
    return inflater.result()
