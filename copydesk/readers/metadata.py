"""What a page says about itself, each thing with the place that says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser

from copydesk.document import Candidate
from copydesk.readers.metadata_about import find_properties
from copydesk.readers.metadata_authors import find_authors
from copydesk.readers.metadata_dates import Stated, contradicting, find_dates
from copydesk.readers.metadata_page import gather
from copydesk.readers.metadata_site import find_site_names, site_keys
from copydesk.readers.metadata_title import find_titles

MAX_OTHERS = 3


def read_metadata(tree: LexborHTMLParser, html: str, url: str | None) -> Sequence[Candidate]:  # noqa: ARG001 - see html
    """Return what a page says about itself.

    Args:
        tree: the whole page.
        html: its source, decoded; all that is read today stands in the tree, too.
        url: where it was fetched; None when not known.

    Returns:
        Candidates, of each name the most believable first: ``title``, ``author`` (several of one source belong
        together), ``published``, ``updated``, ``site``, ``url``, ``language``, ``section``, ``tag``, ``description``,
        ``image``, ``licence``, ``paywalled`` (``true``), ``kind``; and ``note``: times of publication that contradict
        the first, and how its figures were read.

    """
    return tuple(_candidates(tree, url))


def _candidates(tree: LexborHTMLParser, url: str | None) -> Iterator[Candidate]:
    page = gather(tree, url)
    names = find_site_names(page)
    sites = site_keys(page, names)
    for title in find_titles(page, sites):
        yield Candidate("title", title.text, title.source)
    for author in find_authors(page, sites):
        yield Candidate("author", author.name, author.source)
    published, updated = find_dates(page)
    for name, stated in (("published", published), ("updated", updated)):
        for one in stated[: MAX_OTHERS + 1]:
            yield Candidate(name, one.value, one.source)
    if published:
        yield from _notes(published)
    for site in names[:MAX_OTHERS]:
        yield Candidate("site", site.text, site.source)
    for said in find_properties(page):
        yield Candidate(*said)


def _notes(published: Sequence[Stated]) -> Iterator[Candidate]:
    chosen = published[0]
    if chosen.written:
        words = f"{chosen.source} states {chosen.written}, which was read as {chosen.value}"
        yield Candidate("note", words, "dates")
    for other in contradicting(published)[:MAX_OTHERS]:
        words = (
            f"{other.source} states {other.value} as time of publication; {chosen.source} ({chosen.value}) was believed"
        )
        yield Candidate("note", words, "dates")
