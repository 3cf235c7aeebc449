"""Addresses of pages, in the one form in which two of the same page are equal."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from copydesk.readers.metadata import read_metadata

HEAD = 256 * 1024
"""Bytes in which the head of a page ends."""
_END_OF_HEAD = re.compile(rb"</head\s*>|<body[\s>]", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|ref_src)(?:=[^&]*)?", re.IGNORECASE
)
"""Parameters that tell where a reader came from: of Google, Meta, Microsoft, Mailchimp, Yandex, Twitter."""
_PORTS = {"http": ":80", "https": ":443"}


def plain_address(url: str) -> str:
    """Return an address without what does not change the page: fragment, tracking, the usual port, case of the host.

    >>> plain_address("HTTPS://News.Example:443/a?utm_source=x&id=3#top")
    'https://news.example/a?id=3'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if not parts.netloc:
        return url
    host = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, ":"))
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.fullmatch(part))
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def find_canonical(page: bytes, url: str) -> str | None:
    """Return the address that a page fetched at ``url`` gives for itself; None where it gives none that is believed.

    It is believed on the same site, and not if it is a home page or a page of lists.
    """
    end = _END_OF_HEAD.search(page, 0, HEAD)
    head = page[: end.start() if end else HEAD].decode("utf-8", "replace")
    said = read_metadata(LexborHTMLParser(head), head, url)
    found = next((candidate.value for candidate in said if candidate.name == "url"), None)
    return plain_address(found) if found else None
