"""Small articles with hand-made facts, and the steps of a flow, for the tests of schemas and warehouse."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from copydesk.article import Article, FieldName, Moment, Passage, PersonName
from copydesk.document import Block, BlockKind, Decoding, Document, Span
from copydesk.edits import EditLog
from copydesk.facts import (
    Claim,
    ClaimKind,
    Date,
    DateRole,
    DateType,
    Direction,
    Entity,
    EntityType,
    Event,
    Facts,
    Mention,
    MentionKind,
    Officeholder,
    Participant,
    ParticipantRole,
    Place,
    Quantity,
    QuantityKind,
    Quote,
    QuoteKind,
    Relation,
)
from copydesk.proposals import FieldSpan, Proposal
from warehouse.check import check_documents
from warehouse.connect import open_warehouse
from warehouse.records import Capture, LoadResult, Plan, Planned
from warehouse.rows import DocumentRows, document_rows

RULESET = "ruleset-1"
RUN = "00000000-0000-4000-8000-000000000001"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

TEXT = """Ferry talks resume
Published 1 March 2026

Norway  and Denmark met in Oslo on 26 February 2026. “We agreed on much,” said minister Kari Holm.

Traffic rose by 12 per cent in 2025, and the G7 may help next year.
"""
"""An article with a title, a date line, a doubled space, and at least one fact of each kind."""


def make_article(text: str = TEXT) -> Article:
    """Return an article: the first two lines become fields, doubled spaces become one."""
    lines = text.split("\n", 2)
    title, dateline = Span(0, len(lines[0])), Span(len(lines[0]) + 1, len(lines[0]) + 1 + len(lines[1]))
    head = Proposal(
        *(0, dateline.end + 2, "", "title", "head.lines", "the head of the article"),
        fields=(FieldSpan("title", title), FieldSpan("dateline", dateline)),
    )
    log = EditLog.of(text).stage("fields", [head])
    doubled = [Proposal(m.start(), m.end(), " ", "spacing", "spaces.double") for m in re.finditer("  +", log.text)]
    log = log.stage("spacing", doubled)
    whole = EditLog.of(text).offsets
    fields = (
        Passage(FieldName.TITLE, 0, lines[0], whole.part(title), 0),
        Passage(FieldName.DATELINE, 0, lines[1], whole.part(dateline), 0),
    )
    return Article(
        document=Document(text, (Block(BlockKind.HEADING, title),), decoding=Decoding("utf-8", "valid UTF-8")),
        log=log,
        fields=fields,
        authors=(PersonName("Ann Berg", "Harbour Institute", "byline"),),
        published=Moment("1 March 2026", datetime(2026, 3, 1), "day", None, "dateline"),  # noqa: DTZ001 - a wall clock
        site="The Harbour",
        language="en",
    )


def place_of(article: Article, words: str, field: FieldName = FieldName.BODY) -> Place:
    """Return the first place where words stand in a text of an article."""
    passage = next(p for p in article.passages if p.field is field)
    start = passage.text.index(words)
    return Place(field, passage.ordinal, start, start + len(words))


def span_of(article: Article, words: str) -> Span:
    """Return the first span of words in the body."""
    return Span(*place_of(article, words)[2:])


def make_facts(article: Article) -> Facts:
    """Return one fact of each kind, made by hand for ``TEXT``."""
    entities = (
        Entity("country:DNK", EntityType.COUNTRY, "Denmark", "DNK"),
        Entity("country:NOR", EntityType.COUNTRY, "Norway", "NOR"),
        Entity("org:g7", EntityType.ORG, "G7"),
        Entity("person:kari-holm", EntityType.PERSON, "Kari Holm", "NOR"),
        Entity("region:oslo", EntityType.REGION, "Oslo", "NOR", "city"),
    )
    first = span_of(article, "Norway and Denmark met in Oslo on 26 February 2026.")
    second = span_of(article, "“We agreed on much,” said minister Kari Holm.")
    third = span_of(article, "Traffic rose by 12 per cent in 2025, and the G7 may help next year.")

    def at(words: str, sentence: Span) -> dict[str, Any]:
        return {"place": place_of(article, words), "sentence": sentence, "rule": "tests.by_hand"}

    names = [
        ("Norway", "country:NOR", EntityType.COUNTRY, first),
        ("Denmark", "country:DNK", EntityType.COUNTRY, first),
        ("Oslo", "region:oslo", EntityType.REGION, first),
        ("Kari Holm", "person:kari-holm", EntityType.PERSON, second),
        ("G7", "org:g7", EntityType.ORG, third),
    ]
    title = place_of(article, "1 March 2026", FieldName.DATELINE)
    said = at("We agreed on much,", second)
    speaker, cue = span_of(article, "Kari Holm"), span_of(article, "said")
    return Facts(
        entities=entities,
        mentions=tuple(
            Mention(**at(words, sentence), entity_id=entity, type=kind, kind=MentionKind.NAME)
            for words, entity, kind, sentence in names
        ),
        dates=(
            Date(
                **at("26 February 2026", first),
                type=DateType.DATE,
                value="2026-02-26",
                start_date=date(2026, 2, 26),
                end_date=date(2026, 2, 26),
                precision="day",
            ),
            Date(
                **at("2025", third),
                type=DateType.DATE,
                value="2025",
                start_date=date(2025, 1, 1),
                end_date=date(2025, 12, 31),
                precision="year",
                role=DateRole.MEASURE_PERIOD,
            ),
            Date(
                place=title,
                sentence=Span(0, title.end),
                rule="tests.by_hand",
                type=DateType.DATE,
                value="2026-03-01",
                start_date=date(2026, 3, 1),
                end_date=date(2026, 3, 1),
                precision="day",
                role=DateRole.PUBLISHED,
            ),
        ),
        quantities=(
            Quantity(
                **at("12 per cent", third),
                kind=QuantityKind.PERCENT_CHANGE,
                value=12,
                unit="percent",
                direction=Direction.INCREASE,
                measure="Traffic",
                period="2025",
            ),
        ),
        officeholders=(
            Officeholder(
                **at("minister Kari Holm", second),
                person="person:kari-holm",
                title="minister",
                title_norm="minister",
                country="NOR",
            ),
        ),
        events=(
            Event(
                **at("Norway and Denmark met in Oslo on 26 February 2026", first),
                plover="CONSULT",
                cameo="042",
                trigger=span_of(article, "met"),
                participants=(
                    Participant(ParticipantRole.ACTOR, "country:NOR", span_of(article, "Norway")),
                    Participant(ParticipantRole.TARGET, "country:DNK", None),
                ),
                date="2026-02-26",
                location="region:oslo",
                is_reciprocal=True,
            ),
        ),
        relations=(
            Relation(**at("Norway and Denmark", first), subject="country:NOR", predicate="meets", object="country:DNK"),
        ),
        quotes=(
            Quote(
                **said,
                kind=QuoteKind.DIRECT,
                content=Span(*said["place"][2:]),
                speaker="person:kari-holm",
                speaker_span=speaker,
                cue=cue,
            ),
        ),
        claims=(Claim(**at("the G7 may help next year", third), kind=ClaimKind.FORECAST, content=third),),
    )


def make_capture(text: str = TEXT, path: str = "ferries.txt", day: int = 0) -> Capture:
    """Return the capture of a text, ``day`` days after 1 March 2026."""
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    return Capture(
        source="raw",
        path=path,
        sha256=digest,
        size=len(data),
        media_type="text/plain",
        captured_at=NOON + timedelta(days=day),
    )


def make_rows(planned: Planned, text: str = TEXT, *, ruleset: str = RULESET, run_id: str = RUN) -> DocumentRows:
    """Return the rows of a planned capture of a text; facts by hand when the text is ``TEXT``."""
    article = make_article(text)
    facts = make_facts(article) if text == TEXT else Facts()
    return document_rows(planned, article, facts, ruleset=ruleset, run_id=run_id)


def planned_alone(text: str = TEXT, path: str = "ferries.txt") -> Planned:
    """Return a capture as planned for an empty warehouse."""
    from schemas.ids import capture_id, document_id  # noqa: PLC0415 - one use

    capture = make_capture(text, path)
    document = document_id(capture.source, capture.path, None)
    return Planned(capture, document, capture_id(document, capture.sha256, None))


def ingest(
    path: Path, texts: Mapping[str, str] | Sequence[tuple[str, str]], *, day: int = 0, ruleset: str = RULESET
) -> tuple[Plan, LoadResult]:
    """Take texts by name through plan, rows, check and load."""
    items = dict(texts)
    captures = [make_capture(text, name, day) for name, text in items.items()]
    with open_warehouse(path) as wh:
        plan = wh.plan(captures, ruleset=ruleset)
    rows = [make_rows(planned, items[planned.capture.path or ""], ruleset=ruleset) for planned in plan.work]
    checked = check_documents(rows, ruleset=ruleset, run_id=RUN)
    with open_warehouse(path) as wh:
        return plan, wh.load(checked, unchanged=plan.unchanged)


def contents(path: Path, leave_out: Iterable[str] = ("last_seen_at", "run_id", "shown_at")) -> dict[str, list[str]]:
    """Return all rows of all tables but ``runs`` and the index of search as sorted text, without the columns named."""
    found = {}
    with open_warehouse(path, read_only=True) as wh:
        for (table,) in wh.connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE table_name NOT IN ('runs', 'schema_migrations', 'touched') "
            "AND NOT starts_with(table_name, 'search_')"
        ).fetchall():
            rows = wh.rows(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
            kept = [{name: value for name, value in row.items() if name not in leave_out} for row in rows]
            found[table] = sorted(map(repr, kept))
    return found
