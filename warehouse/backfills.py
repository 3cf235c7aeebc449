"""Deriving anew what other rules made: which versions, and what becomes different.

A derivation is compared with the one that was shown before, within the transaction that puts it in: what a dry run
tells is what a real one would do.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb

from copydesk.changes import Change, FactChange, FactState, compare_facts
from warehouse.records import Capture, Planned, Review
from warehouse.reviews import read_reviews
from warehouse.rows import decisions_hash


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which versions are to be derived anew; None asks nothing.

    Attributes:
        since: received then or later.
        source: of this source.
        rule: with an edit or a fact of this rule, or of a rule whose name begins so (``captions`` for
            ``captions.credit``), in what is shown now.

    """

    since: datetime | None = None
    source: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Stale:
    """A version whose current derivation other rules, or decisions, made; ``rank`` counts back from the latest."""

    version_id: str
    derivation_id: str
    rank: int


_STALE = """
WITH ranked AS (
    SELECT document_id, version_id, row_number() OVER (PARTITION BY document_id ORDER BY valid_from DESC) AS rank
    FROM versions
)
SELECT r.version_id::VARCHAR, d.derivation_id::VARCHAR, r.rank, r.document_id::VARCHAR, d.decisions,
       d.ruleset = $ruleset
FROM ranked r
JOIN derivations d ON d.version_id = r.version_id AND d.is_current
JOIN captures c ON c.capture_id = d.capture_id
JOIN documents o ON o.document_id = r.document_id
JOIN sources s ON s.source_id = o.source_id
WHERE ($since IS NULL OR c.captured_at >= $since::TIMESTAMPTZ) AND ($source IS NULL OR s.name = $source)
AND (d.ruleset <> $ruleset OR r.document_id IN (SELECT document_id FROM reviews))
AND ($rule IS NULL OR d.derivation_id IN (
    SELECT derivation_id FROM edits WHERE rule_id = $rule OR starts_with(rule_id, $rule || '.')
    UNION SELECT derivation_id FROM every_fact WHERE rule_id = $rule OR starts_with(rule_id, $rule || '.')
))
ORDER BY r.rank, r.version_id
"""


def find_stale(connection: duckdb.DuckDBPyConnection, wanted: Wanted, *, ruleset: str) -> list[Stale]:
    """Return the versions that are to be derived anew, the latest of each document first."""
    asked = {"since": wanted.since, "source": wanted.source, "rule": wanted.rule, "ruleset": ruleset}
    rows = connection.execute(_STALE, asked).fetchall()
    decided = read_reviews(connection, sorted({row[3] for row in rows if row[5]}))
    return [
        Stale(version, derivation, rank)
        for version, derivation, rank, document, decisions, is_ours in rows
        if not is_ours or decisions_hash(decided.get(document, ())) != decisions
    ]


def in_batches(stale: Sequence[Stale], size: int) -> Iterator[Sequence[Stale]]:
    """Yield batches in which no document comes twice: those of one rank."""
    batch: list[Stale] = []
    for one in stale:
        if batch and (len(batch) == size or one.rank != batch[0].rank):
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


_PLANNED = """
SELECT d.version_id::VARCHAR, d.document_id::VARCHAR, d.capture_id::VARCHAR, c.previous_id::VARCHAR, s.name, o.path,
       o.url, o.canonical_url, c.sha256, c.size_bytes, c.media_type, c.captured_at, c.http::VARCHAR, c.stated::VARCHAR
FROM derivations d
JOIN captures c ON c.capture_id = d.capture_id
JOIN documents o ON o.document_id = d.document_id
JOIN sources s ON s.source_id = o.source_id
WHERE d.derivation_id IN (SELECT unnest(?::UUID[])) ORDER BY d.version_id
"""


def plan_stale(connection: duckdb.DuckDBPyConnection, stale: Sequence[Stale]) -> tuple[Planned, ...]:
    """Return what is to be processed for some versions: the captures that they were read from."""
    rows = connection.execute(_PLANNED, [[one.derivation_id for one in stale]]).fetchall()
    decided = read_reviews(connection, [row[1] for row in rows])
    return tuple(_planned(row, decided.get(row[1], ())) for row in rows)


def _planned(row: Sequence[Any], reviews: tuple[Review, ...]) -> Planned:
    version, document, capture, previous, source, path, url, canonical, sha256, size, media, at, http, stated = row
    received = Capture(
        source=source,
        path=path,
        url=url,
        canonical_url=canonical,
        sha256=sha256,
        size=size,
        media_type=media,
        captured_at=at,
        http=json.loads(http or "null"),
        stated=tuple(tuple(said) for said in json.loads(stated or "[]")),
    )
    return Planned(received, document, capture, previous, None, version, reviews=reviews)


# What becomes different ---------------------------------------------------------------------------------------------

EXAMPLES = 10
"""Changed facts that a report shows in full."""


@dataclass(slots=True)
class Differences:
    """What other rules made different.

    Attributes:
        versions: derived anew; ``texts`` and ``heads``: those with another clean text, another title, author or time.
        edits_gained, edits_lost: by rule.
        facts_gained, facts_lost, facts_changed: by kind.
        quarantined: new entries that wait, by rule.
        examples: some of the changed facts, each with its document.

    """

    versions: int = 0
    texts: int = 0
    heads: int = 0
    edits_gained: Counter[str] = field(default_factory=Counter)
    edits_lost: Counter[str] = field(default_factory=Counter)
    facts_gained: Counter[str] = field(default_factory=Counter)
    facts_lost: Counter[str] = field(default_factory=Counter)
    facts_changed: Counter[str] = field(default_factory=Counter)
    quarantined: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, FactChange]] = field(default_factory=list)

    def inspect(self, connection: duckdb.DuckDBPyConnection, before: Mapping[str, str], new: Sequence[str]) -> None:
        """Add what differs between derivations that were put in and those that were shown before.

        Args:
            connection: within the transaction.
            before: version -> the derivation that was shown.
            new: the derivations (ids) that were put in.

        """
        pairs = [
            (before[version], derivation)
            for derivation, version in connection.execute(_VERSIONS, [list(new)]).fetchall()
            if version in before
        ]
        if not pairs:
            return
        asked = [[old for old, _ in pairs], [made for _, made in pairs]]
        texts, heads = connection.execute(_HEADS, asked).fetchone() or (0, 0)
        self.versions, self.texts, self.heads = self.versions + len(pairs), self.texts + texts, self.heads + heads
        for rule, more in connection.execute(_EDITS, asked).fetchall():
            (self.edits_gained if more > 0 else self.edits_lost)[rule] += abs(more)
        self._facts(connection, asked)
        for rule, count in connection.execute(_QUARANTINED, [asked[1]]).fetchall():
            self.quarantined[rule] += count

    def _facts(self, connection: duckdb.DuckDBPyConnection, asked: Sequence[Sequence[str]]) -> None:
        """Compare the facts whose keys are in one of two derivations only."""
        sides: dict[str, tuple[list[FactState], list[FactState]]] = defaultdict(lambda: ([], []))
        for document, is_new, *columns in connection.execute(_FACTS, asked).fetchall():
            sides[document][is_new].append(FactState(*columns))
        for document, (old, made) in sides.items():
            for change in compare_facts(old, made):
                kind = (change.after or change.before or old[0]).kind
                counter = {Change.NEW: self.facts_gained, Change.GONE: self.facts_lost}
                counter.get(change.change, self.facts_changed)[kind] += 1
                if change.change is Change.CHANGED and len(self.examples) < EXAMPLES:
                    self.examples.append((document, change))

    def counts(self) -> dict[str, int]:
        """Return the totals by name."""
        named = ("edits_gained", "edits_lost", "facts_gained", "facts_lost", "facts_changed", "quarantined")
        totals = {name: sum(getattr(self, name).values()) for name in named}
        return {"versions": self.versions, "texts": self.texts, "heads": self.heads, **totals}


_PAIRS = "WITH pairs AS (SELECT unnest(?::UUID[]) AS old, unnest(?::UUID[]) AS new)"
_VERSIONS = """
SELECT derivation_id::VARCHAR, version_id::VARCHAR FROM derivations WHERE derivation_id IN (SELECT unnest(?::UUID[]))
"""
_HEAD = "title authors published_local published_zone updated_local updated_zone site language flags".split()
_HEADS = f"""
{_PAIRS}
SELECT count(*) FILTER (WHERE o.clean_sha256 <> n.clean_sha256),
       count(*) FILTER (WHERE ({", ".join(f"o.{name}" for name in _HEAD)})
                        IS DISTINCT FROM ({", ".join(f"n.{name}" for name in _HEAD)}))
FROM pairs JOIN derivations o ON o.derivation_id = pairs.old JOIN derivations n ON n.derivation_id = pairs.new
"""  # noqa: S608 - our own words
_EDITS = f"""
{_PAIRS}, counted AS (
    SELECT rule_id, new, removed, replacement, status, sum(way) AS more FROM (
        SELECT rule_id, new, removed, replacement, status, -1 AS way FROM pairs JOIN edits ON derivation_id = old
        UNION ALL
        SELECT rule_id, new, removed, replacement, status, 1 AS way FROM pairs JOIN edits ON derivation_id = new
    ) GROUP BY ALL
)
SELECT rule_id, sum(more)::BIGINT FROM counted WHERE more <> 0 GROUP BY rule_id, more > 0
"""  # noqa: S608 - as above
_STATE = ", ".join(f"f.{name}" for name in FactState._fields).replace("f.fact_key", "f.fact_key::VARCHAR")
_FACTS = f"""
{_PAIRS}, one AS (
    SELECT pairs.new AS pair, false AS is_new, f.* FROM pairs JOIN every_fact f ON f.derivation_id = pairs.old
    UNION ALL
    SELECT pairs.new AS pair, true AS is_new, f.* FROM pairs JOIN every_fact f ON f.derivation_id = pairs.new
)
SELECT f.document_id::VARCHAR, f.is_new, {_STATE} FROM one f
WHERE NOT EXISTS (FROM one g WHERE g.pair = f.pair AND g.is_new <> f.is_new AND g.fact_key = f.fact_key)
ORDER BY f.document_id, f.raw_start, f.fact_id
"""  # noqa: S608 - as above
_QUARANTINED = """
SELECT rule, count(*) FROM quarantine
WHERE status = 'waiting' AND derivation_id IN (SELECT unnest(?::UUID[])) GROUP BY 1
"""
