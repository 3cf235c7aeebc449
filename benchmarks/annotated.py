"""Score facts on sentences of the development texts that were annotated apart, before any rule was run on them.

    python -m benchmarks.annotated [--half development|unseen|both] [--only asserted] [--misses] [--bench FOLDER]

``annotations/*.jsonl`` hold no text, for the texts may not be published: each line gives the set and document of the
bench, the sentence's place in it (code points, half open), its SHA-1, and labels as places in the sentence. Facts are
extracted from whole documents; those count whose words stand in the sentence. ``development`` may be read when rules
are written, ``unseen`` only tells how they do. Without the bench it prints ``skipped, no data``.

- asserted: a deed that the text itself says has happened. ``may`` counts neither way: a deed that another word
  presupposes, a light verb beside its noun. Precision: asserted events whose trigger holds an asserted word.
- officeholders: person, title (a part of the title's words counts, as long as its head is among them) and status.
- metonyms: capitals and seats that mean the government; countries that are part of another name.
- figures: measure (words overlap), period and baseline (the value of a date that overlaps the annotated words).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from copydesk.article import FieldName
from copydesk.document import Span
from copydesk.extract import extractors
from copydesk.extract.found import Found
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.facts import EntityType, MentionKind, Modality

HERE = Path(__file__).parent / "annotations"
FILES = {"repair": ("repair/cases.jsonl", "clean"), "html": ("html/dev.jsonl.gz", "gold")}
PUBLISHED = datetime(2024, 3, 4, tzinfo=UTC)
"""When nothing else is known: periods are compared with dates of the same reading, so any day does."""

Row = Mapping[str, Any]


class Tally(NamedTuple):
    """What one sentence adds to a line of the table; ``misses`` are in words."""

    name: str
    shown: int
    right: int
    wanted: int
    found: int
    misses: Sequence[str] = ()


class Sentence(NamedTuple):
    """A sentence of a document with the facts of the document."""

    text: str
    start: int
    found: Found

    def words(self, span: Sequence[int] | None) -> str:
        """Return the words at a place of the sentence."""
        return self.text[slice(*span)] if span else ""

    def holds(self, span: Sequence[int]) -> bool:
        """Tell whether a place of the document is in the sentence."""
        return self.start <= span[0] and span[1] <= self.start + len(self.text)

    def inner(self, span: Sequence[int]) -> Span:
        """Return a place of the document as one of the sentence."""
        return Span(span[0] - self.start, span[1] - self.start)


def overlap(span: Span, places: Iterable[Sequence[int]]) -> bool:
    """Tell whether a span shares a character with one of some places."""
    return any(span.overlaps(Span(*place)) for place in places)


def score_asserted(row: Row, sentence: Sentence) -> Iterator[Tally]:
    """Count the asserted events of a sentence, and those that somebody reports."""
    events = [e for e in sentence.found.events if sentence.holds(e.trigger)]
    for label, modality in (("asserted", Modality.ASSERTED), ("reported", Modality.REPORTED)):
        shown = [sentence.inner(e.trigger) for e in events if e.modality is modality]
        shown = [s for s in shown if overlap(s, row[label]) or not overlap(s, row["may"])]
        right = [s for s in shown if overlap(s, row[label])]
        found = [w for w in row[label] if overlap(Span(*w), shown)]
        wrong = [f"wrong: {sentence.words(s)}" for s in shown if s not in right]
        missed = [f"missed: {sentence.words(w)}" for w in row[label] if w not in found]
        yield Tally(label, len(shown), len(right), len(row[label]), len(found), wrong + missed)


def score_officeholders(row: Row, sentence: Sentence) -> Iterator[Tally]:
    """Count the office-holders of a sentence."""
    names = {key: entity.name for key, entity in sentence.found.entities.items()}
    shown = [
        (names[h.person], h.title.lower(), h.status.value)
        for h in sentence.found.officeholders
        if sentence.holds(h.place[2:])
    ]

    def same(one: tuple[str, str, str], other: Row) -> bool:
        name, title, status = one
        known, office = sentence.words(other["person"]).split()[-1], sentence.words(other["office"]).lower()
        is_title = title in office or office in title
        return (
            known in name.split() and is_title and status in (other["status"], "current" if other in row["may"] else "")
        )

    forgiven = [s for s in shown if any(same(s, h) for h in row["may"])]
    shown = [s for s in shown if s not in forgiven]
    right = [s for s in shown if any(same(s, h) for h in row["holders"])]
    found = [h for h in row["holders"] if any(same(s, h) for s in shown)]
    wrong = [f"wrong: {s}" for s in shown if s not in right]
    missed = [
        f"missed: {sentence.words(h['person'])}, {sentence.words(h['office'])}, {h['status']}"
        for h in row["holders"]
        if h not in found
    ]
    yield Tally("officeholders", len(shown), len(right), len(row["holders"]), len(found), wrong + missed)


def score_metonyms(row: Row, sentence: Sentence) -> Iterator[Tally]:
    """Count the capitals and seats that are shown for a government, and countries that are none."""
    mentions = [m for m in sentence.found.mentions if sentence.holds(m.place[2:])]
    here = [m for m in mentions if overlap(sentence.inner(m.place[2:]), [row["mention"]]) and not m.is_nested]
    word, wanted = sentence.words(row["mention"]), row["reading"] == "government"
    if (
        any(m.type is EntityType.COUNTRY and m.kind is not MentionKind.METONYM for m in here)
        or row["reading"] == "other"
    ):
        shown, wanted = any(m.type is EntityType.COUNTRY for m in here), row["reading"] != "other"
        name = "countries"
    else:
        shown, name = any(m.kind is MentionKind.METONYM for m in here), "metonyms"
    miss = [] if shown == wanted else [f"{'wrong' if shown else 'missed'}: {word}, {row['reading']}"]
    yield Tally(name, shown, shown and wanted, wanted, shown and wanted, miss)


def score_figures(row: Row, sentence: Sentence) -> Iterator[Tally]:
    """Count measure, period and baseline of one figure of a sentence."""
    figure = [q for q in sentence.found.quantities if overlap(sentence.inner(q.place[2:4]), [row["figure"]])]
    dates = [d for d in sentence.found.dates if sentence.holds(d.place[2:4])]
    quantity = figure[0] if figure else None

    def values(span: Sequence[int] | None) -> set[str]:
        return {d.value for d in dates if span and overlap(sentence.inner(d.place[2:4]), [span])}

    name = sentence.words(row["figure"])
    measure = quantity.measure if quantity else None
    wanted = sentence.words(row["measure"])
    right = bool(measure and wanted and (set(measure.lower().split()) & set(wanted.lower().split())))
    miss = [] if right or not (measure or wanted) else [f"measure of {name}: {measure}; wanted: {wanted or None}"]
    yield Tally("measure", bool(measure), right, bool(wanted), right, miss)
    for label in ("period", "baseline"):
        shown: str | None = getattr(quantity, label) if quantity else None
        known = values(row[label])
        if row[label] and not known:
            continue  # a baseline that is a figure has no date
        right = shown is not None and known.issuperset(shown.split("/"))
        miss = [] if right or not (shown or known) else [f"{label} of {name}: {shown}; wanted: {sorted(known) or None}"]
        yield Tally(label, bool(shown), right, bool(known), right, miss)


SCORERS: Mapping[str, Callable[[Row, Sentence], Iterable[Tally]]] = {
    "asserted": score_asserted,
    "officeholders": score_officeholders,
    "metonyms": score_metonyms,
    "figures": score_figures,
}


def read_texts(bench: Path, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return the texts of the documents that are wanted, by set and id."""
    texts: dict[tuple[str, str], str] = {}
    for name in {name for name, _ in wanted}:
        path, field = FILES.get(name, (f"{name}/dev.jsonl", "text"))
        whole = (bench / path).read_bytes()
        for line in (gzip.decompress(whole) if path.endswith(".gz") else whole).splitlines():
            row = json.loads(line)
            if (name, row["id"]) in wanted:
                texts[name, row["id"]] = row[field]
    return texts


def read_facts(text: str) -> Found:
    """Return the facts of a text as it is, without repairs."""
    reading, found = Reading([ReadingPassage(FieldName.BODY, 0, text)], PUBLISHED, "en"), Found()
    for find in extractors():
        found.add(list(find(reading, found)))
    return found


def percent(part: int, whole: int) -> str:
    """Return a share in percent."""
    return f"{100 * part / whole:.1f}" if whole else "-"


def score(kinds: Sequence[str], half: str, bench: Path) -> dict[str, Tally]:
    """Return what the rows of some kinds of a half add up to, by label; ``half`` may be ``both``."""
    rows = [
        (kind, row)
        for kind in kinds
        for row in map(json.loads, (HERE / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines())
        if half in ("both", row["half"])
    ]
    texts = read_texts(bench, {(row["set"], row["id"]) for _, row in rows})
    facts = {key: read_facts(text) for key, text in texts.items()}
    sums: dict[str, Tally] = {}
    for kind, row in rows:
        key = (row["set"], row["id"])
        text = texts[key][row["start"] : row["end"]]
        if hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest() != row["sha1"]:
            sys.exit(f"{row['set']} {row['id']}: the sentence at {row['start']} is another; is it another bench?")
        for one in SCORERS[kind](row, Sentence(text, row["start"], facts[key])):
            misses = [f"{row['id']}: {' '.join(text.split())}", *(f"    {miss}" for miss in one.misses)]
            so_far = sums.get(one.name, Tally(one.name, 0, 0, 0, 0))
            sums[one.name] = Tally(
                one.name,
                so_far.shown + one.shown,
                so_far.right + one.right,
                so_far.wanted + one.wanted,
                so_far.found + one.found,
                [*so_far.misses, *(misses if one.misses else ())],
            )
    return sums


def print_table(sums: Mapping[str, Tally], *, misses: bool) -> None:
    """Print a line for each label, after what went wrong."""
    for one in sums.values() if misses else ():
        print(f"{one.name}:", *one.misses, sep="\n  ")
    print(f"{'label':<15}{'shown':>7}{'right':>7}{'wanted':>8}{'found':>7}{'precision':>11}{'recall':>8}")
    for one in sums.values():
        share = f"{percent(one.right, one.shown):>11}{percent(one.found, one.wanted):>8}"
        print(f"{one.name:<15}{one.shown:>7}{one.right:>7}{one.wanted:>8}{one.found:>7}{share}")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("COPYDESK_BENCH") or Path(__file__).resolve().parents[2] / "shared" / "bench"
    parser.add_argument("--bench", type=Path, default=Path(default), help="the bench's folder")
    parser.add_argument("--half", choices=("development", "unseen", "both"), default="development")
    parser.add_argument("--only", choices=tuple(SCORERS), help="one kind of labels")
    parser.add_argument("--misses", action="store_true", help="print what went wrong (of the development half only)")
    args = parser.parse_args()
    if not args.bench.exists():
        print("skipped, no data")
        return
    if args.misses and args.half != "development":
        parser.error("the unseen half is to stay unseen: --misses goes with --half development")
    print_table(score([args.only] if args.only else list(SCORERS), args.half, args.bench), misses=args.misses)


if __name__ == "__main__":
    main()
