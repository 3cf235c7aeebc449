"""What other tables of a batch say about the rows of one: helper columns for the rules that need them.

Texts are sliced in Python, by offset: polars counts characters from the start of the text for each row, which is
quadratic in the number of facts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate
from typing import Any, TypeAlias

import polars as pl

from copydesk.facts import DateType, QuantityKind
from schemas.replay import replays

Batch: TypeAlias = Mapping[str, pl.DataFrame]
_Adder: TypeAlias = Callable[[pl.DataFrame, Batch], Iterable[pl.Series]]


def with_context(table: str, frame: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Return the frame of a table with the helper columns that its rules need.

    A table that the batch does not have counts as empty.
    """
    adders = _FACT + _ADDERS.get(table, ()) if "fact_key" in frame.columns else _ADDERS.get(table, ())
    return frame.with_columns([column for add in adders for column in add(frame, batch)])


def _lookup(batch: Batch, table: str, key: str, value: str) -> Mapping[str, Any]:
    frame = batch.get(table)
    return {} if frame is None else dict(zip(frame[key], frame[value], strict=True))


def _slices(
    name: str, texts: Iterable[str | None], starts: Iterable[int | None], ends: Iterable[int | None]
) -> pl.Series:
    """Return the piece of each text between its offsets; NULL where there is none."""
    pieces = [
        None if text is None or start is None or end is None or not 0 <= start <= end <= len(text) else text[start:end]
        for text, start, end in zip(texts, starts, ends, strict=True)
    ]
    return pl.Series(name, pieces, dtype=pl.String)


def _slicer(name: str, start: str, end: str) -> _Adder:
    """Return what adds the pieces of the fields' texts between two columns of offsets."""

    def add(frame: pl.DataFrame, batch: Batch) -> Iterable[pl.Series]:
        texts = _lookup(batch, "fields", "field_id", "text")
        yield _slices(name, map(texts.get, frame["field_id"]), frame[start], frame[end])

    return add


def _sentences(frame: pl.DataFrame, batch: Batch) -> Iterable[pl.Series]:
    texts = _lookup(batch, "fields", "field_id", "text")
    ends = [
        None if start is None or sentence is None else start + len(sentence)
        for start, sentence in zip(frame["sentence_start"], frame["sentence"], strict=True)
    ]
    yield _slices("_sentence", map(texts.get, frame["field_id"]), frame["sentence_start"], ends)


def _paragraphs(frame: pl.DataFrame, batch: Batch) -> Iterable[pl.Series]:
    fields = batch.get("fields")
    bodies: dict[str, str] = {}
    if fields is not None:
        body = fields.filter(pl.col("field") == "body")
        bodies = dict(zip(body["derivation_id"], body["text"], strict=True))
    yield _slices("_words", map(bodies.get, frame["derivation_id"]), frame["start_offset"], frame["end_offset"])


def _base(frame: pl.DataFrame, batch: Batch) -> Iterable[pl.Series]:
    bases = _lookup(batch, "derivations", "derivation_id", "base_text")
    texts = [bases.get(derivation) for derivation in frame["derivation_id"]]
    lengths = [None if text is None else len(text) for text in texts]
    yield pl.Series("_base_length", lengths, dtype=pl.Int64)
    yield _slices("_raw_words", texts, frame["raw_start"], frame["raw_end"])


def _known_by(frame: pl.DataFrame, batch: Batch) -> Iterable[pl.Series]:
    """Give the last day on which the article was worked on, by its own clock."""
    published = _lookup(batch, "derivations", "derivation_id", "published_local")
    updated = _lookup(batch, "derivations", "derivation_id", "updated_local")
    days = {}
    for derivation, moment in published.items():
        if moment is not None:
            days[derivation] = max(moment, updated.get(derivation) or moment).date()
    yield pl.Series("_known_by", [days.get(derivation) for derivation in frame["derivation_id"]], dtype=pl.Date)


class _Spans:
    """Spans of one text, to be asked whether one of them holds another span."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self.starts = [start for start, _ in ordered]
        self.furthest = list(accumulate((end for _, end in ordered), max))

    def hold(self, start: int, end: int) -> bool:
        at = bisect_right(self.starts, start)
        return at > 0 and self.furthest[at - 1] >= end


def _spans_by_field(frame: pl.DataFrame | None) -> Mapping[str, _Spans]:
    if frame is None:
        return {}
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    complete = frame.select("field_id", "start_offset", "end_offset").drop_nulls()
    for field, start, end in complete.iter_rows():
        found[field].append((start, end))
    return {field: _Spans(spans) for field, spans in found.items()}


RIVALS = ("dates", "mentions")
"""Tables whose rows can stand in a figure's way: only good ones may."""
_LASTS = (QuantityKind.DURATION, QuantityKind.AGE)


def _overlaps(frame: pl.DataFrame, batch: Batch) -> Iterable[pl.Series]:
    dates = batch.get("dates")
    lasting = pl.col("type").is_in([DateType.DURATION, DateType.SET])  # of "every two years", two years last
    durations = _spans_by_field(None if dates is None else dates.filter(lasting))
    others = _spans_by_field(None if dates is None else dates.filter(~lasting))
    names = _spans_by_field(batch.get("mentions"))
    in_date, in_name = [], []
    for field, kind, start, end in frame.select("field_id", "kind", "start_offset", "end_offset").iter_rows():
        rivals = (others,) if kind in _LASTS else (others, durations)
        in_date.append(any(_held(rival, field, start, end) for rival in rivals))
        in_name.append(_held(names, field, start, end))
    yield pl.Series("_in_date", in_date, dtype=pl.Boolean)
    yield pl.Series("_in_name", in_name, dtype=pl.Boolean)


def _held(spans: Mapping[str, _Spans], field: str, start: int | None, end: int | None) -> bool:
    return start is not None and end is not None and field in spans and spans[field].hold(start, end)


def _replays(frame: pl.DataFrame, batch: Batch) -> Iterable[pl.Series]:
    """Replay each derivation whose fields are in the batch."""
    fields, edits = batch.get("fields"), batch.get("edits")
    bodies: Mapping[str, str] = {}
    if fields is not None:
        body = fields.filter(pl.col("field") == "body")
        bodies = dict(zip(body["derivation_id"], body["text"], strict=True))
    of: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    if edits is not None:
        for row in edits.sort("seq").iter_rows(named=True):
            of[row["derivation_id"]].append(row)
    pairs = zip(frame["derivation_id"], frame["base_text"], strict=True)
    answers = [replays(base, of[d], bodies[d]) if d in bodies and base is not None else None for d, base in pairs]
    yield pl.Series("_replays", answers, dtype=pl.Boolean)


_WORDS = _slicer("_words", "start_offset", "end_offset")
_SAID = (
    _slicer("_content", "content_start", "content_end"),
    _slicer("_speaker", "speaker_start", "speaker_end"),
    _slicer("_cue", "cue_start", "cue_end"),
)
_FACT: tuple[_Adder, ...] = (_WORDS, _sentences, _base)
_ADDERS: Mapping[str, tuple[_Adder, ...]] = {
    "derivations": (_replays,),
    "blocks": (_base,),
    "fields": (_base,),
    "paragraphs": (_paragraphs, _base),
    "edits": (_base,),
    "quantities": (_overlaps,),
    "events": (_slicer("_trigger", "trigger_start", "trigger_end"), _known_by),
    "event_participants": (_WORDS,),
    "quotes": _SAID,
    "claims": _SAID,
}
