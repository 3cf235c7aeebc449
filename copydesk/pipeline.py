"""One article's way through the desk: read, clean, and what is understood of its fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from copydesk.article import Article, FieldName, Flag, Passage
from copydesk.config import Options
from copydesk.document import Document
from copydesk.edits import EditLog
from copydesk.repairs import PHASES
from copydesk.repairs.separators import with_separators
from copydesk.reviews import Review, apply_reviews
from copydesk.understand import find_authors, find_flags, find_moments
from copydesk.view import View

FLAGS: Mapping[str, Flag] = {"truncated": Flag.TRUNCATED, "paywall": Flag.PAYWALLED}
"""What an active edit of a kind tells about the article as a whole."""


def clean(document: Document, *, options: Options = Options(), reviews: Sequence[Review] = ()) -> Article:  # noqa: B008
    """Return the cleaned article of a document.

    Args:
        document: what a reader made.
        options: how; the same for every document of a run.
        reviews: what people decided about edits of this document before.

    """
    log = EditLog.of(document.text)
    is_pasted = document.format == "text"
    view = View(log.text, is_pasted, options, () if is_pasted else document.blocks)
    for phase in PHASES:
        if phase.is_for_pasted and not is_pasted:
            continue
        found = [proposal for repair in phase.repairs for proposal in repair(view)]
        if not found:
            continue
        log = log.stage(phase.name, with_separators(view, found), min_confidence=options.min_confidence)
        if log.text != view.text:  # what is known of an unchanged text holds for the next phase
            view = replace(view, text=log.text, blocks=())
    log, outcomes = apply_reviews(log, reviews)
    article = from_log(document, log)
    return replace(article, outcomes=tuple(outcomes)) if outcomes else article


def from_log(document: Document, log: EditLog) -> Article:
    """Return the article that a ledger makes of a document: after an edit was undone, for example."""
    fields = tuple(_fields(log)) if len(log) else ()
    published, updated = find_moments(document, fields)
    return Article(
        document=document,
        log=log,
        fields=fields,
        authors=find_authors(document, fields),
        published=published,
        updated=updated,
        site=next((c.value for c in document.candidates if c.name == "site"), None),
        language=next((c.value for c in document.candidates if c.name == "language"), None),
        flags=find_flags(document).union(flag for kind, flag in FLAGS.items() if len(log) and kind in log.kinds),
    )


def _fields(log: EditLog) -> Iterator[Passage]:
    """Yield the fields that active edits took out, in text order. An edit that is undone gives no field."""
    found = list(log.taken_fields())
    seen_by = {phase: log.before(phase) for phase in {phase for _, phase, _ in found}}
    counts = Counter[str]()
    for edit_id, phase, field in sorted(found, key=lambda item: (item[2].span, item[0])):
        view = seen_by[phase]
        span, _ = view.clean_span(field.span)
        text, offsets = view.text[slice(*span)], view.offsets.part(span)
        yield Passage(FieldName(field.name), counts[field.name], text, offsets, edit_id)
        counts[field.name] += 1
