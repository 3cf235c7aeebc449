"""Every rule of every table is fed a row that breaks it, and finds that row and not the good one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import polars as pl
import pytest

from schemas.context import with_context
from schemas.frames import ROW, to_frame
from schemas.rules import RULES, Rule, rule
from schemas.ruleset import MISSING, UNIQUE, all_rules, broken_rules, rules_of
from schemas.tables import TABLES, dtypes_of, key_of, references_of
from schemas.validate import examine, validate
from tests.warehousing import NOON, RULESET, RUN, make_rows, planned_alone

Row = dict[str, Any]
DAY = timedelta(days=1)
NOWHERE = "00000000-0000-8000-8000-000000000000"
HERE = "00000000-0000-8000-8000-00000000000a"
DOCUMENT = planned_alone().document_id


def aware(year: int) -> datetime:
    """Return noon of the first of January."""
    return datetime(year, 1, 1, 12, tzinfo=UTC)


def clock(year: int, hour: int = 12) -> datetime:
    """Return a time of the first of January as a clock shows it."""
    return datetime(year, 1, 1, hour)  # noqa: DTZ001 - a wall clock


PUBLISHED = {"published_precision": "minute", "published_written": "then", "published_source": "dateline"}
UPDATED = {"updated_precision": "minute", "updated_written": "later", "updated_source": "dateline"}

BROKEN: Mapping[str, tuple[str, Row]] = {
    "run_times_in_order": ("runs", {"started_at": aware(2026), "ended_at": aware(2025)}),
    "document_has_a_place": ("documents", {"path": None, "url": None, "canonical_url": None}),
    "capture_times_in_order": ("captures", {"captured_at": NOON, "last_seen_at": NOON - DAY}),
    "capture_gives_its_reason": ("captures", {"status": "held", "reason": None}),
    "version_times_in_order": ("versions", {"valid_from": NOON, "valid_to": NOON - DAY, "is_current": False}),
    "current_version_is_open": ("versions", {"valid_to": NOON + DAY, "is_current": True}),
    "edits_replay": ("derivations", {"base_text": "another text"}),
    "published_before_updated": (
        "derivations",
        {"published_local": clock(2026), **PUBLISHED, "updated_local": clock(2026, 11), **UPDATED},
    ),
    "published_at_has_a_zone": ("derivations", {"published_at": NOON, "published_zone": None}),
    "updated_at_has_a_zone": ("derivations", {"updated_at": NOON, "updated_zone": "+01:00", "updated_local": None}),
    "published_is_whole": ("derivations", {"published_local": None}),
    "updated_is_whole": ("derivations", {"updated_local": clock(2027), "updated_written": None}),
    "flags_are_known": ("derivations", {"flags": ["truncated", "dull"]}),
    "block_raw_span": ("blocks", {"raw_start": 7, "raw_end": 6}),
    "field_raw_span": ("fields", {"raw_end": 10_000}),
    "exact_field_is_exact": ("fields", {"is_exact": True, "text": "No such text"}),
    "paragraph_is_text": ("paragraphs", {"text": "No such text"}),
    "paragraph_raw_span": ("paragraphs", {"raw_end": 10_000}),
    "removed_is_text": ("edits", {"removed": "No such text"}),
    "view_span_in_order": ("edits", {"view_start": 9, "view_end": 8}),
    "evidence_span_in_order": ("edits", {"evidence_start": 9, "evidence_end": None}),
    "depends_on_earlier": ("edits", {"seq": 1, "depends_on": [0, 1]}),
    "iso_code_is_known": ("entities", {"iso_alpha3": "XYZ"}),
    "entity_has_a_name": ("entities", {"name": " "}),
    "evidence_is_text": ("mentions", {"start_offset": 1}),
    "sentence_is_text": ("mentions", {"sentence_start": 3}),
    "fact_raw_span": ("mentions", {"raw_start": 20, "raw_end": 10}),
    "exact_is_exact": ("mentions", {"is_exact": True, "raw_start": 0, "raw_end": 6}),
    "surface_is_evidence": ("mentions", {"surface": "Sweden"}),
    "date_value_is_timex": ("dates", {"value": "next week"}),
    "date_value_is_real": ("dates", {"value": "2026-02-30"}),
    "days_in_order": ("dates", {"start_date": date(2026, 3, 1), "end_date": date(2026, 2, 1)}),
    "type_fits_value": ("dates", {"type": "DURATION", "value": "2026"}),
    "bounds_hold_value": ("quantities", {"value": 12.0, "value_min": 13.0}),
    "figure_has_a_value": ("quantities", {"value": None, "value_min": None, "value_max": None}),
    "figure_is_finite": ("quantities", {"value": float("inf")}),
    "figure_in_no_date": ("quantities", {"evidence": "26", "_words": "26 February 2026"}),
    "figure_in_no_name": ("quantities", {"evidence": "7", "_words": "G7"}),
    "period_is_timex": ("quantities", {"period": "last year"}),
    "baseline_is_timex": ("quantities", {"baseline": "2018-13"}),
    "office_country_is_known": ("officeholders", {"country": "UK"}),
    "as_of_is_timex": ("officeholders", {"as_of": "2026-02-31"}),
    "cameo_and_plover_agree": ("events", {"plover": "CONSULT", "cameo": "190"}),
    "trigger_is_text": ("events", {"trigger": "fought"}),
    "event_date_is_timex": ("events", {"date_value": "yesterday"}),
    "event_days_in_order": ("events", {"start_date": date(2026, 2, 2), "end_date": date(2026, 2, 1)}),
    "past_event_before_publication": ("events", {"start_date": date(2026, 3, 2), "end_date": date(2026, 3, 2)}),
    "participant_is_text": ("event_participants", {"evidence": "Sweden"}),
    "participant_country_is_known": ("event_participants", {"country": "UK"}),
    "relation_has_two_ends": ("relations", {"object_id": "country:NOR"}),
    "since_is_timex": ("relations", {"since": "long ago"}),
    "until_is_timex": ("relations", {"until": "some day"}),
    "content_is_text": ("quotes", {"content": "We agreed on nothing,"}),
    "speaker_is_text": ("quotes", {"speaker": "minister", "speaker_end": None}),
    "cue_is_text": ("quotes", {"cue": "shouted"}),
    "review_has_an_anchor": ("reviews", {"exact": "", "prefix": "", "suffix": ""}),
    "left_out_span": ("left_out_blocks", {"source_start": 9, "source_end": 8}),
    "fetched_bytes_have_a_time": ("fetches", {"fetched_at": None}),
    "only_copies_have_an_origin": ("story_members", {"copy_of": None}),
}
"""Rule -> table, and what to change in a good row of it. ``_words`` moves the row to words of the body."""

OTHER_ROWS: Mapping[str, Row] = {
    "runs": {
        "run_id": RUN,
        "started_at": NOON,
        "ended_at": NOON + DAY,
        "status": "completed",
        "orchestrator": "direct",
        "flow_run_id": None,
        "ruleset": RULESET,
        "counts": "{}",
        "failures": "[]",
        "process": None,
    },
    "fetches": {
        "url": "https://isle.example/a",
        "source": "isle",
        "status": 200,
        "reason": None,
        "final_url": "https://isle.example/a",
        "etag": None,
        "last_modified": None,
        "sha256": "0" * 64,
        "size_bytes": 12,
        "media_type": "text/html",
        "fetched_at": NOON,
        "checked_at": NOON,
        "gone_at": None,
    },
    "quarantine": {
        "quarantine_id": HERE,
        "table_name": "dates",
        "row_key": "1",
        "rule": "days_in_order",
        "message": "The first day is after the last day.",
        "columns": ["start_date"],
        "is_stopped": False,
        "row_json": "{}",
        "blocked_by": None,
        "document_id": None,
        "derivation_id": None,
        "ruleset": RULESET,
        "status": "waiting",
        "note": None,
        "run_id": RUN,
    },
    "reviews": {
        "review_id": HERE,
        "document_id": DOCUMENT,
        "kind": "undo",
        "edit_kind": "spacing",
        "rule_id": "spaces.double",
        "exact": "  ",
        "prefix": "Norway",
        "suffix": "and",
        "start_offset": 6,
        "replacement": " ",
        "decided_at": NOON,
        "decided_by": None,
        "note": None,
        "status": "active",
        "outcome": None,
    },
}


@cache
def good_columns() -> Mapping[str, Mapping[str, list[Any]]]:
    """Return a batch that holds all rules, with at least a row of every table."""
    tables = {name: dict(columns) for name, columns in make_rows(planned_alone()).tables.items()}
    for table, row in OTHER_ROWS.items():
        tables[table] = {name: [value] for name, value in row.items()}
    member = {"document_id": DOCUMENT, "story_id": DOCUMENT, "role": "copy", "copy_of": DOCUMENT, "similarity": 1.0}
    member |= {"share": 1.0, "share_of_other": 1.0, "is_same_text": True, "shared_paragraphs": [0]}
    showing = {"showing_id": HERE, "document_id": DOCUMENT, "number": 0, "shown_at": NOON, "run_id": RUN}
    showing |= {name: tables["derivations"][name][0] for name in ("version_id", "derivation_id")}
    tables["showings"] = {name: [showing[name]] for name in dtypes_of("showings")}
    block = {
        "left_out_id": HERE,
        "document_id": DOCUMENT,
        "ordinal": 0,
        "kind": "paragraph",
        "text": "Menu",
        "run_id": RUN,
    }
    block |= {"reason": "menu", "score": 0.1, "raw_start": 0, "source_start": 4, "source_end": 8}
    block["derivation_id"] = tables["derivations"]["derivation_id"][0]
    text = {"document_id": DOCUMENT, "derivation_id": block["derivation_id"], "position": "2026", "text_keys": [1]}
    tables["story_texts"] = {name: [text[name]] for name in dtypes_of("story_texts")}
    tables["left_out_blocks"] = {name: [block[name]] for name in dtypes_of("left_out_blocks")}
    tables["story_members"] = {name: [member[name]] for name in dtypes_of("story_members")}
    return tables


@cache
def good_frames() -> Mapping[str, pl.DataFrame]:
    """Return the same batch as frames with our row numbers."""
    return {table: to_frame(table, good_columns()[table])[0] for table in TABLES}


def breaking(table: str, broken: Rule, check: str, row: Row) -> Row:
    """Return what to change in a good row so that it breaks a rule of a column, a reference or a named one."""
    (column, *_) = broken.blames
    if broken.name in BROKEN:
        changes = dict(BROKEN[broken.name][1])
        return changes | (moved(row, changes.pop("_words")) if "_words" in changes else {})
    if column in references_of(table) and broken.needs:
        return {column: NOWHERE}
    wrong: Mapping[str, Any] = {
        MISSING: None,
        UNIQUE: row[column],
        "isin": "nonsense",
        "str_length": "x" * 4_001,
        "str_matches": "?!",
        "greater_than_or_equal_to": -1,
        "less_than_or_equal_to": 1_000,
    }
    return {column: wrong[check]}


def moved(row: Row, words: str) -> Row:
    """Return the offsets that put a fact of the body at some of its words: those of its evidence within them."""
    fields = good_frames()["fields"]
    body = fields.filter(pl.col("field") == "body")["text"][0]
    start = body.index(words)
    evidence = {"26 February 2026": (0, 2), "G7": (1, 2)}[words]
    assert row["field"] == "body"
    return {"start_offset": start + evidence[0], "end_offset": start + evidence[1]}


@pytest.mark.parametrize("table", TABLES)
def test_every_rule_finds_the_row_that_breaks_it(table: str) -> None:
    """One row a rule is broken; each rule finds its own, and none finds the row that was left alone."""
    frames = good_frames()
    good = frames[table].drop(ROW).row(0, named=True)
    if table == "event_participants":
        assert good["evidence"] is not None
    checks = {rule.name: check for (_, check), rule in rules_of(table).items()}
    rules = all_rules(table)
    rows = [good]
    for number, broken in enumerate(rules):
        fresh = good | {key_of(table): f"{NOWHERE[:-4]}{number:04}"}
        if broken.name == f"{key_of(table)}_is_unique":
            fresh = good
        rows.append(fresh | breaking(table, broken, checks.get(broken.name, ""), good))
    frame, misfits = to_frame(table, {name: [row[name] for row in rows] for name in good})
    assert not misfits
    others = dict(frames) if table != "derivations" else dict(frames) | {"fields": doubled_bodies(frame)}
    found = {rule.name: hit for rule, hit in examine(table, frame, others, frames, {})}
    missed = [rule.name for number, rule in enumerate(rules, 1) if number not in found.get(rule.name, ())]
    assert missed == []
    assert [name for name, hit in found.items() if 0 in hit] == []


def doubled_bodies(derivations: pl.DataFrame) -> pl.DataFrame:
    """Return the fields with a body for each of the derivations, so that all of them are replayed."""
    fields = good_frames()["fields"]
    body = fields.filter(pl.col("field") == "body").row(0, named=True)
    added = [body | {"derivation_id": derivation} for derivation in derivations["derivation_id"]]
    return pl.DataFrame(added, schema=fields.schema)


def test_named_rules_are_all_in_the_list() -> None:
    """A new rule comes with a row that breaks it."""
    assert set(BROKEN) == set(RULES)


def test_rules_that_facts_share_hold_in_every_table_of_facts() -> None:
    """The promise about the words is one of every kind of fact."""
    tables = [table for table in TABLES if "fact_key" in dtypes_of(table)]
    assert len(tables) == 8
    for table in tables:
        names = {rule.name for rule in all_rules(table)}
        assert {"evidence_is_text", "sentence_is_text", "fact_raw_span", "exact_is_exact"} <= names


def test_a_good_batch_goes_through_whole() -> None:
    """Nothing is quarantined of rows that keep the rules, and nothing is changed."""
    checked = validate(good_columns(), ruleset=RULESET, run_id=RUN)
    assert checked.quarantined.height == 0
    for table, frame in good_frames().items():
        assert checked.good[table].equals(frame.drop(ROW)), table


@pytest.mark.parametrize("table", TABLES)
def test_pandera_agrees_with_the_one_pass(table: str) -> None:
    """What the quick pass lets through, pandera lets through too."""
    from schemas.ruleset import checked_schema  # noqa: PLC0415 - the slow way, for this test alone

    frames = good_frames()
    full = with_context(table, frames[table], frames)
    helpers = [pl.lit(value=True).alias(f"_has_{column}") for column in references_of(table)]
    full = full.with_columns(helpers)
    assert broken_rules(table, full) == []
    checked_schema(table).validate(full, lazy=True)


def test_two_rules_of_one_name_are_refused() -> None:
    """A rule's name says which rule it is, in quarantine and in the dictionary."""
    with pytest.raises(ValueError, match="two rules named evidence_is_text"):

        @rule("Again.", blames=("evidence",))
        def evidence_is_text(_model: object) -> pl.Expr:
            return pl.lit(value=True)


def test_a_duration_may_stand_within_a_duration() -> None:
    """Ten years are a figure and a stretch of time; only figures of other kinds are in the way."""
    frames = dict(good_frames())
    row = frames["quantities"].row(0, named=True)
    date_row = frames["dates"].row(1, named=True)
    span = {"start_offset": row["start_offset"], "end_offset": row["end_offset"]}
    lasting = date_row | span | {"type": "DURATION", "value": "P12Y"}
    frames["dates"] = pl.DataFrame([lasting], schema=frames["dates"].schema)
    for kind, is_broken in (("duration", False), ("count", True)):
        frame = pl.DataFrame([row | {"kind": kind}], schema=frames["quantities"].schema)
        found = [rule.name for rule, _ in examine("quantities", frame, frames, frames, {})]
        assert ("figure_in_no_date" in found) == is_broken


def test_an_update_may_tell_of_later_things() -> None:
    """What happened between publication and update is no fault."""
    frames = dict(good_frames())
    later = {"updated_local": clock(2027), **UPDATED}
    derivation = frames["derivations"].row(0, named=True) | later
    frames["derivations"] = pl.DataFrame([derivation], schema=frames["derivations"].schema)
    event = frames["events"].row(0, named=True) | {"start_date": date(2026, 3, 2), "end_date": date(2026, 3, 2)}
    frame = pl.DataFrame([event], schema=frames["events"].schema)
    assert examine("events", frame, frames, frames, {}) == []


def test_days_are_compared_as_days() -> None:
    """Published on a day and updated that noon is in order, whichever hour the day is stored with."""
    row = good_frames()["derivations"].row(0, named=True)
    row |= {"published_local": clock(2026, 23), "published_precision": "day", "updated_local": clock(2026), **UPDATED}
    frame = pl.DataFrame([row], schema=good_frames()["derivations"].schema)
    assert examine("derivations", frame, good_frames(), good_frames(), {}) == []
