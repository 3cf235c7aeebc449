"""Fetching from a real server on loopback that misbehaves in every way that servers do."""

from __future__ import annotations

import asyncio
import socket
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest

from copydesk.errors import CopydeskError
from flows.addresses import PrivateAddress, is_public, look_up, normalise
from flows.answers import Answer, Gone, Refused, ServerAway
from flows.fetch import LONGEST_WAIT, Fetcher, Hosts, Manners, Request
from tests.serving import Site, send, serving

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = "<!doctype html><p>The ferry was late.</p>"
MANNERS = Manners(delay=0.0, timeout=10.0, total=20.0, max_bytes=2**20, robots=False, allow_private=True)


@dataclass
class Clock:
    """A clock that moves when somebody sleeps."""

    time: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        """Return the time."""
        return self.time

    async def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)


@dataclass
class Guest:
    """Fetches with a clock of its own; what hosts said is remembered from one call to the next."""

    manners: Manners = MANNERS
    clock: Clock = field(default_factory=Clock)
    hosts: Hosts = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)

    def fetch(self, *requests: Request | str) -> list[Answer | CopydeskError]:
        """Fetch some addresses."""

        async def lookup(host: str, port: int) -> Sequence[str]:
            return self.names[host] if host in self.names else await look_up(host, port)

        async def run() -> list[Answer | CopydeskError]:
            world = {"clock": self.clock, "sleep": self.clock.sleep, "now": lambda: NOON, "lookup": lookup}
            async with Fetcher(self.manners, self.hosts, **world) as fetcher:  # type: ignore[arg-type]
                return await fetcher.fetch_all([Request(r) if isinstance(r, str) else r for r in requests])

        return asyncio.run(run())

    def error(self, url: str | Request) -> CopydeskError:
        """Return the error of an address that brings nothing."""
        (found,) = self.fetch(url)
        assert isinstance(found, CopydeskError), found
        return found

    def answer(self, url: str | Request) -> Answer:
        """Return the answer of an address."""
        (found,) = self.fetch(url)
        assert isinstance(found, Answer), found
        return found


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve a site that is empty at first."""
    with serving() as found:
        yield found


@pytest.fixture
def guest() -> Guest:
    """Make somebody who fetches."""
    return Guest()


def test_a_page_comes_with_what_the_server_says_of_it(site: Site, guest: Guest) -> None:
    """Bytes, type, marks; and the server is told who asks."""
    site.page("/a", PAGE, "text/html; charset=utf-8", ETag='"1"', **{"Last-Modified": "Sun, 01 Mar 2026 12:00:00 GMT"})
    guest.manners = replace(MANNERS, contact="mailto:desk@isle.example")
    answer = guest.answer(f"{site.url}/a")
    assert (answer.content, answer.status, answer.redirects) == (PAGE.encode(), 200, ())
    assert answer.facts().items() >= {"etag": '"1"', "content-type": "text/html; charset=utf-8"}.items()
    agent = site.headers["/a"]["User-Agent"]
    assert agent.startswith("copydesk/")
    assert "mailto:desk@isle.example" in agent


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site, guest: Guest) -> None:
    """The marks go to the address that they came from, and the answer is that nothing changed."""
    site.marked("/a", PAGE, '"1"')
    answer = guest.answer(Request(f"{site.url}/a", etag='"1"', has=f"{site.url}/a"))
    assert (answer.is_unchanged, answer.content) == (True, b"")
    site.status("/b", 302, Location="/a")
    assert not guest.answer(Request(f"{site.url}/b", etag='"1"', has=f"{site.url}/elsewhere")).is_unchanged
    assert guest.answer(Request(f"{site.url}/b", etag='"1"', has=f"{site.url}/a")).is_unchanged


def test_not_changed_is_no_answer_to_who_has_nothing(site: Site, guest: Guest) -> None:
    """A broken server that says so all the same is refused."""
    site.status("/a", 304)
    assert isinstance(guest.error(f"{site.url}/a"), Refused)


def test_redirects_are_followed_and_recorded(site: Site, guest: Guest) -> None:
    """Each step with its status; a relative address too."""
    site.status("/old", 301, Location="/newer")
    site.status("/newer", 307, Location=f"{site.url}/new#part")
    site.page("/new", PAGE)
    answer = guest.answer(f"{site.url}/old")
    assert answer.final_url == f"{site.url}/new"
    assert answer.redirects == ((301, f"{site.url}/old"), (307, f"{site.url}/newer"))
    assert answer.facts()["redirects"] == [[301, f"{site.url}/old"], [307, f"{site.url}/newer"]]


@pytest.mark.parametrize("location", ["/loop", "file:///etc/passwd", "", "http://[", "ftp://isle.example/a"])
def test_redirects_that_lead_nowhere_are_refused(site: Site, guest: Guest, location: str) -> None:
    """Round in a circle, to a file, to nothing: said once, and not tried again."""
    site.status("/loop", 302, Location=location)
    error = guest.error(f"{site.url}/loop")
    assert isinstance(error, Refused)
    assert (site.asked["/loop"], error.source) == (1, f"{site.url}/loop")


def test_a_chain_of_redirects_has_an_end(site: Site, guest: Guest) -> None:
    """Ten are enough for anybody."""
    for n in range(30):
        site.status(f"/{n}", 302, Location=f"/{n + 1}")
    assert "circle or too far" in guest.error(f"{site.url}/0").reason
    assert sum(site.asked.values()) == 11


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_told_apart(site: Site, guest: Guest, status: int) -> None:
    """No second try."""
    site.status("/a", status)
    error = guest.error(f"{site.url}/a")
    assert isinstance(error, Gone)
    assert (error.status, site.asked["/a"]) == (status, 1)


@pytest.mark.parametrize("status", [401, 403, 451, 400, 418])
def test_what_is_refused_is_not_asked_for_again(site: Site, guest: Guest, status: int) -> None:
    """Another try would change nothing."""
    site.status("/a", status)
    error = guest.error(f"{site.url}/a")
    assert (type(error), site.asked["/a"], error.is_transient) == (Refused, 1, False)


def test_a_broken_server_is_tried_three_times(site: Site, guest: Guest) -> None:
    """With growing pauses; it may have come back meanwhile."""
    site.status("/a", 500)
    error = guest.error(f"{site.url}/a")
    assert (error.is_transient, site.asked["/a"], guest.clock.slept) == (True, 3, [2.0, 8.0])
    site.then("/b", lambda: site.status("/b", 503), lambda: site.page("/b", PAGE))
    assert guest.answer(f"{site.url}/b").content == PAGE.encode()


def test_retry_after_is_waited_for(site: Site, guest: Guest) -> None:
    """As seconds or as a time; nobody else asks that host meanwhile."""
    site.then("/a", lambda: site.status("/a", 429, Retry_After="30"), lambda: site.page("/a", PAGE))
    assert guest.answer(f"{site.url}/a").status == 200
    assert guest.clock.slept == [30.0]
    site.then(
        "/b", lambda: site.status("/b", 503, Retry_After="Sun, 01 Mar 2026 12:00:40 GMT"), lambda: site.page("/b", PAGE)
    )
    assert guest.answer(f"{site.url}/b").status == 200
    assert guest.clock.slept == [30.0, 40.0]


def test_a_long_retry_after_closes_the_host_for_this_run(site: Site, guest: Guest) -> None:
    """One request, no waiting, and its other pages are not asked for either."""
    site.status("/a", 429, Retry_After="3600")
    site.page("/b", PAGE)
    first, second = guest.error(f"{site.url}/a"), guest.error(f"{site.url}/b")
    assert (site.asked["/a"], site.asked["/b"], guest.clock.slept) == (1, 0, [])
    assert "3600 s" in str(first)
    assert "left alone for 3600 s" in second.reason
    guest.clock.time += 3600
    assert guest.answer(f"{site.url}/b").status == 200


def test_an_answer_that_is_cut_off_is_no_page(site: Site, guest: Guest) -> None:
    """Fewer bytes than were promised; a compressed page without its end."""
    site.cut_off("/a", PAGE.encode(), claimed=9000)
    error = guest.error(f"{site.url}/a")
    assert (type(error), site.asked["/a"]) == (ServerAway, 3)
    assert "cut off" in error.reason
    packed = zlib.compress(PAGE.encode() * 99)[:-9]
    site.page("/b", packed, **{"Content-Encoding": "deflate"})
    assert "cut off" in guest.error(f"{site.url}/b").reason


def test_slow_servers_are_left(site: Site, guest: Guest) -> None:
    """One that says nothing, and one that sends a byte now and then for ever."""
    began = time.monotonic()
    site.hang("/a")
    site.drip("/b", 0.05)
    guest.manners = replace(MANNERS, timeout=0.1, total=0.3)
    assert "nothing came for 0.1 s" in guest.error(f"{site.url}/a").reason
    assert "longer than 0.3 s" in guest.error(f"{site.url}/b").reason
    assert time.monotonic() - began < 10


def test_nobody_there(guest: Guest) -> None:
    """A port without a server, and a name without an address."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    error = guest.error(f"http://127.0.0.1:{port}/")
    assert (type(error), "no connection" in error.reason) == (ServerAway, True)
    guest.names["isle.example"] = []
    assert "has no address" in guest.error("http://isle.example/").reason


def test_a_host_that_never_answers_is_left_alone(site: Site, guest: Guest) -> None:
    """After nine answers that did not come, its other pages are not asked for in this run."""
    site.replies |= dict.fromkeys(
        ["/1", "/2", "/3", "/4"], lambda request: request.connection.shutdown(socket.SHUT_RDWR)
    )
    errors = [guest.error(f"{site.url}/{n}") for n in (1, 2, 3, 4)]
    assert all(error.is_transient for error in errors)
    assert (sum(site.asked.values()), site.asked["/4"]) == (9, 0)
    assert "left alone" in errors[3].reason


def test_what_is_no_page_is_not_read(site: Site, guest: Guest) -> None:
    """A picture is told by its type; a feed is asked for as such."""
    site.page("/a.png", b"\x89PNG", "image/png")
    assert "no page but image/png" in guest.error(f"{site.url}/a.png").reason
    site.page("/feed", "<rss/>", "application/rss+xml")
    assert guest.answer(Request(f"{site.url}/feed", any_type=True)).content == b"<rss/>"
    site.page("/a", PAGE, "")
    assert guest.answer(f"{site.url}/a").content == PAGE.encode()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw", "br"])
def test_compressed_answers(site: Site, guest: Guest, coding: str) -> None:
    """Those that were asked for, in the forms that servers send; no others."""
    packer = zlib.compressobj(9, zlib.DEFLATED, {"gzip": 31, "raw": -15}.get(coding, 15))
    site.page(
        "/a", packer.compress(PAGE.encode()) + packer.flush(), **{"Content-Encoding": coding.replace("raw", "deflate")}
    )
    if coding == "br":
        assert "packed in a way that was not asked for" in guest.error(f"{site.url}/a").reason
    else:
        assert guest.answer(f"{site.url}/a").content == PAGE.encode()


def test_a_bomb_is_refused_before_it_goes_off(site: Site, guest: Guest) -> None:
    """64 KB that unpack to 64 MB; a page that is larger than allowed without compression; broken compression."""
    site.bomb("/a", 64)
    assert "larger than 1 MB" in guest.error(f"{site.url}/a").reason
    site.page("/b", b" " * (2**20 + 1))
    assert "larger than 1 MB" in guest.error(f"{site.url}/b").reason
    site.page("/c", b" " * 2**20)
    assert len(guest.answer(f"{site.url}/c").content) == 2**20
    site.page("/d", b"not gzip at all", **{"Content-Encoding": "gzip"})
    assert "compression is broken" in guest.error(f"{site.url}/d").reason


def test_robots_are_obeyed(site: Site, guest: Guest) -> None:
    """Read once a host; its rules for us come before those for all; its delay is kept."""
    guest.manners = replace(MANNERS, robots=True)
    site.page(
        "/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: copydesk\nCrawl-delay: 7\nDisallow: /private*.html$\n"
    )
    for path in ("/a", "/b", "/private-1.html"):
        site.page(path, PAGE)
    one, two, three = guest.fetch(*(f"{site.url}{path}" for path in ("/a", "/b", "/private-1.html")))
    assert isinstance(one, Answer)
    assert isinstance(two, Answer)
    assert isinstance(three, Refused)
    assert "robots.txt" in three.reason
    assert (site.asked["/robots.txt"], site.asked["/private-1.html"]) == (1, 0)
    assert 7.0 in guest.clock.slept


def test_a_redirect_does_not_lead_around_robots(site: Site, guest: Guest) -> None:
    """The rules hold for every address on the way."""
    guest.manners = replace(MANNERS, robots=True)
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\n")
    site.status("/a", 302, Location="/private")
    site.page("/private", PAGE)
    assert "robots.txt" in guest.error(f"{site.url}/a").reason
    assert site.asked["/private"] == 0


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_robots_that_cannot_be_read(site: Site, guest: Guest, status: int, *, allowed: bool) -> None:
    """No file: no rules. A server that is broken: wait, as RFC 9309 says."""
    guest.manners = replace(MANNERS, robots=True)
    site.status("/robots.txt", status)
    site.page("/a", PAGE)
    (found,) = guest.fetch(f"{site.url}/a")
    assert isinstance(found, Answer) is allowed
    assert isinstance(found, Answer) or found.is_transient


def test_one_host_is_asked_slowly(site: Site, guest: Guest) -> None:
    """Requests to it begin a delay apart, one at a time."""
    guest.manners = replace(MANNERS, delay=2.0)
    starts: list[float] = []

    def reply(request: BaseHTTPRequestHandler) -> None:
        starts.append(guest.clock.time)
        send(request, 200, PAGE.encode(), {})

    site.replies |= {f"/{n}": reply for n in range(4)}
    guest.fetch(*(f"{site.url}/{n}" for n in range(4)))
    assert [after - before for before, after in pairwise(starts)] == [2.0, 2.0, 2.0]


def test_private_addresses_are_refused(site: Site, guest: Guest) -> None:
    """Named by number or by name, first or behind a redirect; nothing is sent there."""
    guest.manners = replace(MANNERS, allow_private=False)
    site.page("/a", PAGE)
    port = site.url.rpartition(":")[2]
    guest.names |= {"inside.example": ["127.0.0.1"], "both.example": ["10.1.2.3", "fe80::1"]}
    for host in ("127.0.0.1", "inside.example", "localhost", "both.example", "[::ffff:127.0.0.1]", "2130706433"):
        error = guest.error(f"http://{host}:{port}/a")
        assert isinstance(error, PrivateAddress), host
        assert "--allow-private" in error.advice
    assert sum(site.asked.values()) == 0


def test_a_redirect_does_not_lead_to_a_private_address(
    site: Site, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public server that leads inside is not followed; what is public is staged here."""
    port = site.url.rpartition(":")[2]
    guest.manners = replace(MANNERS, allow_private=False)
    monkeypatch.setattr("flows.addresses.is_public", lambda address: address == "127.0.0.1")
    guest.names |= {"public.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"]}
    site.page("/secret", PAGE)
    site.status("/a", 302, Location=f"http://inside.example:{port}/secret")
    assert isinstance(guest.error(f"http://public.example:{port}/a"), PrivateAddress)
    assert (site.asked["/a"], site.asked["/secret"]) == (1, 0)
    assert site.headers["/a"]["Host"] == f"public.example:{port}"


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site, guest: Guest) -> None:
    """A name is resolved once; who answers differently the second time gains nothing."""
    port = site.url.rpartition(":")[2]
    site.page("/a", PAGE)
    answers = [["127.0.0.1"], ["192.0.2.1"]]
    calls: list[str] = []

    class Names(dict[str, list[str]]):
        def __contains__(self, host: object) -> bool:
            return host == "flip.example"

        def __getitem__(self, host: str) -> list[str]:
            calls.append(host)
            return answers[min(len(calls), 2) - 1]

    guest.names = Names()
    assert guest.answer(f"http://flip.example:{port}/a").content == PAGE.encode()
    assert calls == ["flip.example"]


def test_the_next_address_of_a_name_is_tried(site: Site, guest: Guest) -> None:
    """One that nobody answers at is passed over."""
    port = site.url.rpartition(":")[2]
    site.page("/a", PAGE)
    guest.names["isle.example"] = ["::1", "127.0.0.1"]
    assert guest.answer(f"http://isle.example:{port}/a").status == 200


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "100.64.0.1", "169.254.169.254", "192.168.1.1", "224.0.0.1"),  # noqa: S104 - an address, no bind
        *("::", "fe80::1%eth0", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::1", "::7f00:1", "2001:db8::1"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    """Also those that hide an IPv4 address in an IPv6 one."""
    assert not is_public(address)
    assert is_public("2606:4700:4700::1111")


@pytest.mark.parametrize(
    "url", ["", "isle.example/a", "file:///etc/passwd", "https://", "http://[", "mailto:a@b.example"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """In one line that says so."""
    with pytest.raises(Refused, match="address"):
        normalise(url)


def test_passwords_in_addresses_are_not_kept() -> None:
    """They would be written into the warehouse."""
    assert normalise("https://ida:secret@isle.example/a") == "https://isle.example/a"
    assert LONGEST_WAIT >= 60
