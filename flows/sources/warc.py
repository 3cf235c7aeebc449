"""WARC files: the pages of a crawl, each with the time when it was taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from copydesk.errors import CopydeskError, InputError, InputTooLarge
from flows.addresses import normalise
from flows.answers import Refused
from flows.sources.folder import Place
from flows.sources.found import Found, Landing
from warehouse.records import Capture

_KINDS = frozenset(("response", "resource"))
_PAGES = ("text/html", "text/plain", "application/xhtml+xml")


def open_archive(place: Place, landing: Landing) -> Iterator[Found]:
    """Yield the pages of an archive; pictures, scripts, redirects and error pages are passed over.

    The time of a page is that of its record: an old archive brings old versions, and they are put in where they belong.
    """
    number = 0
    with place.path.open("rb") as stream:
        try:
            for number, record in enumerate(ArchiveIterator(stream), 1):
                if found := _land(record, number, place, landing):
                    yield found
        except (ArchiveLoadFailed, EOFError, ValueError) as error:
            reason = f"the archive is broken or cut off behind record {number}: {str(error).rstrip('.')}."
            yield Found(
                error=InputError(reason, advice="Get it again; the pages before are in.", source=str(place.path))
            )


def _land(record: ArcWarcRecord, number: int, place: Place, landing: Landing) -> Found | None:
    """Return what a record holds; None when it is no page."""
    head, said = record.rec_headers, record.http_headers
    media_type = str((said.get_header("Content-Type") if said else None) or head.get_header("Content-Type") or "")
    status = said.get_statuscode() if said else "200"
    if record.rec_type not in _KINDS or status != "200" or not media_type.lower().startswith(_PAGES):
        return None
    name = f"{place.path}#{number}"
    try:
        url = normalise(head.get_header("WARC-Target-URI") or "")
        limit = landing.root.options.max_bytes
        data = record.content_stream().read(limit + 1)
        if len(data) <= limit and record.raw_stream.read(1) == b"" and record.raw_stream.limit > 0:
            raise InputError("the record is cut off.", advice="Get the archive again.", source=name)
        if len(data) > limit:
            raise InputTooLarge(f"it is larger than {limit / 2**20:.0f} MB.", source=name)
        digest = landing.keep(data, name)
    except Refused:  # what was crawled from no web address is none of ours: dns, urn
        return None
    except CopydeskError as error:
        return Found(error=error)
    return Found(
        Capture(
            source=place.source,
            path=None,
            url=url,
            sha256=digest,
            size=len(data),
            media_type=media_type[:300],
            captured_at=_moment(head.get_header("WARC-Date")) or landing.now(),
            http={"status": int(status), "final_url": url, "warc": f"{place.name}#{number}"},
        )
    )


def _moment(written: str | None) -> datetime | None:
    """Return the time of a record (ISO 8601, in UTC)."""
    try:
        found = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
