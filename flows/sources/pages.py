"""Pages of the web: asked for in small batches, each with what is known of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from copydesk.config import MEBIBYTE
from copydesk.errors import CopydeskError, InputError
from flows.addresses import normalise
from flows.answers import Answer, Gone, Refused
from flows.fetch import Fetcher, Manners, Request
from flows.landing import load_bytes, store_path
from flows.sources.found import PAUSE, Found, Landing
from flows.sources.settings import Source
from warehouse.records import Capture, Fetch

CHUNK = 50
"""Addresses asked for together: what has come is loaded before the next are asked for."""
UNKNOWN = "application/octet-stream"
"""The type of bytes whose server names none (RFC 9110, 8.3)."""
Ask = Callable[[Sequence[Request]], list[Answer | CopydeskError]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to be asked for, and what the source states of the article: name, value, where."""

    url: str
    stated: tuple[tuple[str, str, str], ...] = ()


def manners_of(source: Source, landing: Landing) -> Manners:
    """Return how the servers of a source are asked."""
    usual = Manners()
    return Manners(
        delay=usual.delay if source.delay is None else source.delay,
        timeout=usual.timeout if source.timeout is None else source.timeout,
        total=usual.total if source.seconds is None else source.seconds,
        max_bytes=landing.root.options.max_bytes if source.max_mb is None else int(source.max_mb * MEBIBYTE),
        robots=source.robots,
        allow_private=source.allow_private,
        contact=landing.contact,
    )


@contextmanager
def asking(source: Source, landing: Landing) -> Iterator[Ask]:
    """Yield a function that asks servers, for as long as the ``with`` block takes."""
    fetcher = Fetcher(manners_of(source, landing), landing.hosts, now=landing.now)
    with asyncio.Runner() as runner:
        runner.run(fetcher.__aenter__())
        try:
            yield lambda requests: runner.run(fetcher.fetch_all(requests))
        finally:
            runner.run(fetcher.__aexit__())


def fetch_pages(wanted: Iterable[Wanted], source: Source, landing: Landing, ask: Ask) -> Iterator[Found]:
    """Yield what servers say of pages, each asked for once a run."""
    pages = islice(_not_asked(wanted, landing), source.limit)
    while chunk := list(islice(pages, CHUNK)):
        landing.expected += len(chunk)
        known = landing.known([page.url for page in chunk])
        answers = ask([_request(page.url, known.get(page.url), landing) for page in chunk])
        for page, answer in zip(chunk, answers, strict=True):
            yield found_page(page, answer, known.get(page.url), source, landing)
        yield PAUSE


def _not_asked(wanted: Iterable[Wanted], landing: Landing) -> Iterator[Wanted]:
    for page in wanted:
        if page.url not in landing.asked:
            landing.asked.add(page.url)
            yield page


def _request(url: str, known: Fetch | None, landing: Landing, *, any_type: bool = False) -> Request:
    """Return a request that asks for what has changed, as far as the bytes that we have are still there."""
    if known is None or known.sha256 is None or not store_path(known.sha256, landing.root).exists():
        return Request(url, any_type=any_type)
    return Request(url, known.etag, known.last_modified, known.final_url, any_type)


def found_page(
    page: Wanted, answer: Answer | CopydeskError, known: Fetch | None, source: Source, landing: Landing
) -> Found:
    """Return what the answer about a page means: a capture, also of bytes that we had; gone; or an error."""
    fetch = known or Fetch(url=page.url, source=source.name, checked_at=landing.now())
    fetch = replace(fetch, source=source.name, checked_at=landing.now())
    if isinstance(answer, CopydeskError):
        return _found_nothing(answer, fetch)
    try:
        fetch = _noted(answer, fetch, landing)
    except CopydeskError as error:
        return Found(error=error)
    capture = Capture(
        source=source.name,
        url=page.url,
        sha256=fetch.sha256 or "",
        size=fetch.size or 0,
        media_type=fetch.media_type or UNKNOWN,
        captured_at=landing.now(),
        http=answer.facts(),
        stated=page.stated,
    )
    return Found(capture, fetch=fetch)


def _noted(answer: Answer, fetch: Fetch, landing: Landing) -> Fetch:
    """Keep the bytes of an answer; return what is to be known of its address from now on."""
    fetch = replace(fetch, status=answer.status, reason=None, gone_at=None)
    if answer.is_unchanged:
        return fetch
    return replace(
        fetch,
        final_url=answer.final_url,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        sha256=landing.keep(answer.content, answer.url),
        size=len(answer.content),
        media_type=(answer.headers.get("content-type") or UNKNOWN)[:300],
        fetched_at=fetch.checked_at,
    )


def _found_nothing(error: CopydeskError, fetch: Fetch) -> Found:
    """Return a failure; or, when its server says that there is nothing, a notice the first time that it says so."""
    fetch = replace(fetch, reason=error.reason, status=getattr(error, "status", None))
    if not isinstance(error, Gone):
        return Found(error=error, fetch=fetch)
    if fetch.gone_at is not None:
        return Found(fetch=fetch)
    kept = "; what it was is kept" if fetch.sha256 else ""
    return Found(fetch=replace(fetch, gone_at=fetch.checked_at), notice=f"{fetch.url}: {error.reason[:-1]}{kept}.")


def fetch_document(url: str, source: Source, landing: Landing, ask: Ask) -> tuple[bytes | None, Found]:
    """Return the bytes of a feed or a sitemap, those that we have when it has not changed, and what its server said.

    The bytes are kept as those of pages are; None with the error when there are none.
    """
    try:
        url = normalise(url)
    except Refused as error:
        return None, Found(error=error)
    known = landing.known([url]).get(url)
    (answer,) = ask([_request(url, known, landing, any_type=True)])
    fetch = replace(known or Fetch(url=url, source=source.name, checked_at=landing.now()), checked_at=landing.now())
    if isinstance(answer, CopydeskError):
        return None, Found(error=answer, fetch=_found_nothing(answer, fetch).fetch)
    try:
        fetch = _noted(answer, fetch, landing)
        data = load_bytes(fetch.sha256 or "", landing.root) if answer.is_unchanged else answer.content
    except CopydeskError as error:
        return None, Found(error=error)
    return data, Found(fetch=fetch)


def unreadable(url: str, what: str, why: object) -> Found:
    """Return the failure of a document that came, and is not what it should be."""
    reason = f"this is no {what} that can be read: {str(why).rstrip('.')}."
    return Found(error=InputError(reason, advice="Look at the address in a browser.", source=url))


def is_older(changed_at: datetime | None, known: Fetch | None) -> bool:
    """Tell whether a page has not changed since its server was last asked, as its source says."""
    if changed_at is None or known is None or (known.reason and known.gone_at is None):
        return False
    return changed_at < known.checked_at
