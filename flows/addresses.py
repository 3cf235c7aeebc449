"""Which addresses may be connected to: a name is resolved once, its address is checked, and that one is connected to.

A server could else send us, by a redirect or by its name service, to what only this machine and its neighbours see.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence

import httpx

from copydesk.errors import InputError
from flows.answers import Refused

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a host's name and a port to its IP addresses, in the order in which they are to be tried."""

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 within IPv6 as translators write it (RFC 6052)."""
_UNICAST = ipaddress.ip_network("2000::/3")
"""What of IPv6 is public at all (IANA, Internet Protocol Version 6 Address Space)."""


class PrivateAddress(InputError):
    """A name that leads to this machine, its network, or another place that is not public."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public Internet, also where it is wrapped in an IPv6 address.

    >>> [is_public(a) for a in ("93.184.215.14", "127.0.0.1", "10.0.0.9", "169.254.1.1", "::1", "::ffff:127.0.0.1")]
    [True, False, False, False, False, False]
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in _TRANSLATED:
            inner = ipaddress.IPv4Address(found.packed[-4:])
        if inner is not None:
            found = inner
        elif found not in _UNICAST:
            return False
    return found.is_global and not found.is_multicast


async def look_up(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a host, as the system resolves its name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


class CheckedTransport(httpx.AsyncBaseTransport):
    """Connects to public addresses only, unless ``allow_private``; each host has connections of its own."""

    def __init__(self, *, allow_private: bool = False, lookup: Lookup = look_up) -> None:
        """Take what is allowed, and how names are resolved."""
        self.allow_private, self.lookup = allow_private, lookup
        self._tls: ssl.SSLContext | None = None
        self._transports: dict[tuple[str, str, int], httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the first of the host's allowed addresses that answers.

        Raises:
            PrivateAddress: none of them is allowed.
            httpx.ConnectError: the name is not known, or nobody answers.

        """
        url = request.url
        addresses = await self._allowed(url, request)
        transport = self._transport_of(url)
        extensions = {**request.extensions, "sni_hostname": url.host}  # TLS asks for the name, not for the address
        for number, address in enumerate(addresses, 1):
            place = url.copy_with(host=address)
            pinned = httpx.Request(
                request.method, place, headers=request.headers, stream=request.stream, extensions=extensions
            )
            try:
                return await transport.handle_async_request(pinned)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise httpx.ConnectError("The name has no address.", request=request)

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._transports.values():
            await transport.aclose()

    async def _allowed(self, url: httpx.URL, request: httpx.Request) -> Sequence[str]:
        try:
            found = await self.lookup(url.host, url.port or (443 if url.scheme == "https" else 80))
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"The name {url.host} cannot be resolved.", request=request) from error
        allowed = [address for address in found if self.allow_private or is_public(address)]
        if found and not allowed:
            what = url.host if url.host == found[0] else f"{url.host} leads to {found[0]}, which"
            advice = "If you mean it, add it as a source that may: copydesk add --allow-private."
            raise PrivateAddress(f"{what} is not a public address.", advice=advice, source=str(url))
        return allowed

    def _transport_of(self, url: httpx.URL) -> httpx.AsyncHTTPTransport:
        """Return the transport of a host: one that is shared would take a connection of another name at its address."""
        key = url.scheme, url.host, url.port or 0
        if key not in self._transports:
            if self._tls is None:
                self._tls = ssl.create_default_context()
            limits = httpx.Limits(max_keepalive_connections=1, keepalive_expiry=30.0)
            self._transports[key] = httpx.AsyncHTTPTransport(verify=self._tls, limits=limits)
        return self._transports[key]


def is_web(url: httpx.URL) -> bool:
    """Tell whether an address is one of the web, with a host that can have a name."""
    return url.scheme in ("http", "https") and bool(url.host) and "%" not in url.host


def normalise(url: str) -> str:
    """Return an address as it is asked for and known by: without its fragment, its host in lower case.

    >>> normalise(" HTTPS://Harbour.example/a b#top ")
    'https://harbour.example/a%20b'

    Raises:
        Refused: it is no web address.

    """
    try:
        found = httpx.URL(url.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise Refused(f"this is no address: {error}.", source=url) from error
    if not is_web(found):
        raise Refused("this is no web address.", advice="Give one that begins with https://.", source=url)
    return str(found.copy_with(username="", password="") if found.userinfo else found)
