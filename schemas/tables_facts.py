"""The facts: entities and where they are named, dates, figures, office-holders, events, ties, quotes, claims."""

from __future__ import annotations

import polars as pl

from copydesk.extract.plover import Plover, agree
from copydesk.facts import (
    ClaimKind,
    DateRole,
    DateType,
    Direction,
    EntityType,
    HolderStatus,
    MentionKind,
    Modality,
    ParticipantRole,
    QuantityKind,
    QuoteKind,
    Tense,
)
from schemas.base import Fact, Table
from schemas.columns import SHORT, key, number, offset, one_of, plain, ref, string, uuid
from schemas.iso import ALPHA3
from schemas.rules import each, in_order, rule, together
from schemas.timex import is_real, is_timex

_PRECISIONS = "second minute hour day weekend week month quarter season half year decade century vague".split()
_CAMEO = "^(0[1-9]|1[0-9]|20)[0-9]{0,2}$"
_NAME = "^[a-z_]+$"


def _timex(column: str) -> pl.Expr:
    return each(column, is_timex) & each(column, is_real)


def _agreements(pairs: pl.Series) -> pl.Series:
    return pl.Series([agree(p["plover"] or "", p["cameo"] or "") for p in pairs], dtype=pl.Boolean)


class Entities(Table):
    """Things that have names: one row each, a pure function of the id."""

    entity_id: str = key("type and ISO code or slug, e.g. country:KOR", sql="VARCHAR")
    type: str = one_of(EntityType, "what it is")
    name: str = string("its usual name in English", longest=SHORT)
    iso_alpha3: str = string("ISO 3166-1 alpha-3 code of the country that it is, or belongs to", nullable=True)
    subtype: str = string("a finer type", nullable=True, longest=SHORT)

    @rule("The country code is not one of ISO 3166-1 alpha-3, nor XKX.", blames=("iso_alpha3",))
    def iso_code_is_known(self) -> pl.Expr:
        """Codes are a fixed set."""
        return pl.col("iso_alpha3").is_in(sorted(ALPHA3))

    @rule("The name or the id of the entity is empty.", blames=("entity_id", "name"))
    def entity_has_a_name(self) -> pl.Expr:
        """An entity without a name is none."""
        return (pl.col("name").str.strip_chars() != "") & (pl.col("entity_id").str.strip_chars() != "")


class Mentions(Fact):
    """Where an entity is named."""

    entity_id: str = ref("entities", "the entity", sql="VARCHAR")
    type: str = one_of(EntityType, "what it is here")
    surface: str = string("the words that name it")
    kind: str = one_of(MentionKind, "how they name it")
    is_nested: bool = plain("a name within a longer name")

    @rule("The words of the mention are not its evidence.", blames=("surface",))
    def surface_is_evidence(self) -> pl.Expr:
        """A mention is its words."""
        return pl.col("surface") == pl.col("evidence")


class Dates(Fact):
    """Time expressions, by TIMEX3 (ISO 24617-1)."""

    type: str = one_of(DateType, "TIMEX3 type")
    value: str = string("TIMEX3 value, e.g. 2018-12, P10Y, PAST_REF", longest=SHORT)
    start_date: pl.Date = plain("the first day that it covers", nullable=True)
    end_date: pl.Date = plain("the last day that it covers", nullable=True)
    precision: str = one_of(_PRECISIONS, "how fine it is", nullable=True)
    anchor: str = string("what it was counted from: published, or another date's value", nullable=True, longest=SHORT)
    role: str = one_of(DateRole, "what it does in its sentence", nullable=True)

    @rule("The value is not written as TIMEX3 has it.", blames=("value",))
    def date_value_is_timex(self) -> pl.Expr:
        """The grammar of ISO 24617-1."""
        return each("value", is_timex)

    @rule("The day or week is not in the calendar.", blames=("value",))
    def date_value_is_real(self) -> pl.Expr:
        """There is no 30 February."""
        return each("value", is_real)

    @rule("The first day is after the last day.", blames=("start_date", "end_date"))
    def days_in_order(self) -> pl.Expr:
        """Periods have a length."""
        return in_order("start_date", "end_date")

    @rule("A period has a value of another sort than its type.", blames=("type", "value"))
    def type_fits_value(self) -> pl.Expr:
        """A duration's value begins with P, a date's does not."""
        period = pl.col("value").str.contains(r"^P[\dTX]")
        return (
            pl.when(pl.col("type") == DateType.DURATION)
            .then(period)
            .when(pl.col("type").is_in([DateType.DATE, DateType.TIME]))
            .then(~period)
        )


class Quantities(Fact):
    """Figures."""

    kind: str = one_of(QuantityKind, "what sort of figure it is")
    value: float = number("as a number; NULL where only a bound is known", nullable=True)
    value_min: float = number("lower bound of a range or a vague count", nullable=True)
    value_max: float = number("upper bound of a range", nullable=True)
    unit: str = string("percent, percentage_point, an ISO 4217 code, count, or a unit's English name", longest=100)
    direction: str = one_of(Direction, "which way it moved", nullable=True)
    modifier: str = string("the words that blur it", nullable=True, longest=SHORT)
    measure: str = string("the words that say what is measured", nullable=True)
    period: str = string("TIMEX3 value of the time that it is about", nullable=True, longest=SHORT)
    baseline: str = string("TIMEX3 value of the time that it is compared with", nullable=True, longest=SHORT)

    @rule("The bounds do not hold the value.", blames=("value_min", "value_max"))
    def bounds_hold_value(self) -> pl.Expr:
        """Lower bound, value and upper bound ascend."""
        return in_order("value_min", "value", "value_max")

    @rule("The figure has neither a value nor a bound.", blames=("value", "kind"))
    def figure_has_a_value(self) -> pl.Expr:
        """A figure without a number is none."""
        return pl.any_horizontal(pl.col("value", "value_min", "value_max").is_not_null())

    @rule("The value is not a finite number.", blames=("value", "kind"))
    def figure_is_finite(self) -> pl.Expr:
        """Infinity is not a figure."""
        return pl.col("value").is_finite()

    @rule("The figure stands within a date of another kind.", blames=("evidence",), needs=("_in_date",))
    def figure_in_no_date(self) -> pl.Expr:
        """The 14 of 14 June counts nothing; a duration within a duration is the same thing twice."""
        return ~pl.col("_in_date")

    @rule("The figure stands within a name.", blames=("evidence",), needs=("_in_name",))
    def figure_in_no_name(self) -> pl.Expr:
        """The 20 of G20 counts nothing."""
        return ~pl.col("_in_name")

    @rule("The period of the figure is no real TIMEX3 value.", blames=("period",))
    def period_is_timex(self) -> pl.Expr:
        """As for dates."""
        return _timex("period")

    @rule("The baseline of the figure is no real TIMEX3 value.", blames=("baseline",))
    def baseline_is_timex(self) -> pl.Expr:
        """As for dates."""
        return _timex("baseline")


class Officeholders(Fact):
    """Who holds what."""

    person_id: str = ref("entities", "the person", sql="VARCHAR")
    title: str = string("as written", longest=SHORT)
    title_norm: str = string("its class: head_of_state, prime_minister, minister ...", longest=100, pattern=_NAME)
    kind: str = one_of(("office", "affiliation"), "a public office, or a place at an organisation")
    country: str = string("ISO 3166-1 alpha-3 code", nullable=True)
    organisation_id: str = ref("entities", "the organisation", nullable=True, sql="VARCHAR")
    status: str = one_of(HolderStatus, "whether the person holds it at the time of writing")
    as_of: str = string("TIMEX3 value of the time that the text speaks of", nullable=True, longest=SHORT)

    @rule("The country of the office is not one of ISO 3166-1 alpha-3, nor XKX.", blames=("country",))
    def office_country_is_known(self) -> pl.Expr:
        """Codes are a fixed set."""
        return pl.col("country").is_in(sorted(ALPHA3))

    @rule("The time of the office is no real TIMEX3 value.", blames=("as_of",))
    def as_of_is_timex(self) -> pl.Expr:
        """As for dates."""
        return _timex("as_of")


class Events(Fact):
    """Who did what to whom, in PLOVER and CAMEO. Only asserted events count as facts: see the view asserted_events."""

    plover: str = one_of(Plover, "PLOVER category (2021)")
    cameo: str = string("CAMEO code", nullable=True, pattern=_CAMEO)
    modality: str = one_of(Modality, "how sure the text is")
    tense: str = one_of(Tense, "tense of the words that name the deed", nullable=True)
    trigger_start: int = offset("where those words begin in the text")
    trigger_end: int = offset("where they end (half open)")
    trigger: str = string("the words that name the deed")
    date_value: str = string("TIMEX3 value of when it happened", nullable=True, longest=SHORT)
    start_date: pl.Date = plain("the first day of that time", nullable=True)
    end_date: pl.Date = plain("the last day of that time", nullable=True)
    location_id: str = ref("entities", "where it happened", nullable=True, sql="VARCHAR")
    is_reciprocal: bool = plain("every actor is a target too")

    @rule("The CAMEO code does not belong to the PLOVER category.", blames=("cameo",))
    def cameo_and_plover_agree(self) -> pl.Expr:
        """Both name the same deed."""
        pair = pl.struct("plover", "cameo").map_batches(_agreements, return_dtype=pl.Boolean)
        return pl.col("cameo").is_null() | pair

    @rule("The words that name the deed are not those between the offsets.", blames=("trigger",), needs=("_trigger",))
    def trigger_is_text(self) -> pl.Expr:
        """A deed has its words."""
        return (pl.col("_trigger") == pl.col("trigger")).fill_null(value=False)

    @rule("The time of the event is no real TIMEX3 value.", blames=("date_value", "start_date", "end_date"))
    def event_date_is_timex(self) -> pl.Expr:
        """As for dates."""
        return _timex("date_value")

    @rule("The event ends before it begins.", blames=("start_date", "end_date"))
    def event_days_in_order(self) -> pl.Expr:
        """Periods have a length."""
        return in_order("start_date", "end_date")

    @rule(
        "The event is told as past, but begins after the article was published.",
        blames=("date_value", "start_date", "end_date"),
        needs=("_known_by",),
    )
    def past_event_before_publication(self) -> pl.Expr:
        """What has happened is asserted before it is printed; an update may tell of later things."""
        past = pl.col("tense").is_in([Tense.PAST, Tense.PRESENT_PERFECT])
        told = (pl.col("modality") == Modality.ASSERTED) & past
        return ~told | (pl.col("start_date") <= pl.col("_known_by"))


class EventParticipants(Table):
    """Who takes part in an event."""

    participant_id: str = key("follows from event, role, entity and number")
    fact_id: str = ref("events", "the event")
    document_id: str = ref("documents", "the document")
    derivation_id: str = ref("derivations", "what it was derived by")
    ordinal: int = offset("its number among the participants of the event")
    role: str = one_of(ParticipantRole, "the part that it has")
    entity_id: str = ref("entities", "the entity", sql="VARCHAR")
    country: str = string(
        "ISO 3166-1 alpha-3 code of the country that it is, belongs to or, by this text, speaks for", nullable=True
    )
    field_id: str = ref("fields", "the text that the event stands in")
    start_offset: int = offset("where its words begin; NULL when it is known from another sentence", nullable=True)
    end_offset: int = offset("where they end (half open)", nullable=True)
    evidence: str = string("its words", nullable=True)
    run_id: str = uuid("the run that wrote it")

    @rule(
        "The words of the participant are not those between the offsets.",
        blames=("start_offset", "end_offset", "evidence"),
        needs=("_words",),
    )
    def participant_is_text(self) -> pl.Expr:
        """A participant shows its words, where it has any."""
        return together("start_offset", "end_offset", "evidence") & (
            pl.col("evidence").is_null() | (pl.col("_words") == pl.col("evidence")).fill_null(value=False)
        )

    @rule("The country of the participant is not one of ISO 3166-1 alpha-3, nor XKX.", blames=("country",))
    def participant_country_is_known(self) -> pl.Expr:
        """Codes are a fixed set."""
        return pl.col("country").is_in(sorted(ALPHA3))


class Relations(Fact):
    """Lasting ties between two entities."""

    subject_id: str = ref("entities", "who has the tie", sql="VARCHAR")
    predicate: str = string("the tie, e.g. strategic_partner_of", longest=100, pattern=_NAME)
    object_id: str = ref("entities", "with whom", sql="VARCHAR")
    since: str = string("TIMEX3 value of its beginning", nullable=True, longest=SHORT)
    until: str = string("TIMEX3 value of its end; PAST_REF for an end of no known day", nullable=True, longest=SHORT)

    @rule("The tie is one of an entity with itself.", blames=("subject_id", "object_id"))
    def relation_has_two_ends(self) -> pl.Expr:
        """Nobody is a member of himself."""
        return pl.col("subject_id") != pl.col("object_id")

    @rule("The beginning of the tie is no real TIMEX3 value.", blames=("since",))
    def since_is_timex(self) -> pl.Expr:
        """As for dates."""
        return _timex("since")

    @rule("The end of the tie is no real TIMEX3 value.", blames=("until",))
    def until_is_timex(self) -> pl.Expr:
        """As for dates."""
        return _timex("until")


class Said(Fact):
    """What quotes and claims have in common."""

    content_start: int = offset("where what is said begins in the text")
    content_end: int = offset("where it ends (half open)")
    content: str = string("what is said")
    speaker_id: str = ref(
        "entities", "who says it; NULL for the author, or when not known", nullable=True, sql="VARCHAR"
    )
    speaker: str = string("the words that name the speaker", nullable=True)
    speaker_start: int = offset("where they begin in the text", nullable=True)
    speaker_end: int = offset("where they end (half open)", nullable=True)
    cue: str = string("the word of saying", nullable=True)
    cue_start: int = offset("where it begins in the text", nullable=True)
    cue_end: int = offset("where it ends (half open)", nullable=True)

    @rule("What is said is not what stands between its offsets.", blames=("content",), needs=("_content",))
    def content_is_text(self) -> pl.Expr:
        """Nobody is misquoted."""
        return (pl.col("_content") == pl.col("content")).fill_null(value=False)

    @rule(
        "The words that name the speaker are not those between the offsets.",
        blames=("speaker", "speaker_start", "speaker_end"),
        needs=("_speaker",),
    )
    def speaker_is_text(self) -> pl.Expr:
        """A speaker shows its words, where it has any."""
        return together("speaker", "speaker_start", "speaker_end") & (
            pl.col("speaker").is_null() | (pl.col("_speaker") == pl.col("speaker")).fill_null(value=False)
        )

    @rule(
        "The word of saying is not what stands between its offsets.",
        blames=("cue", "cue_start", "cue_end"),
        needs=("_cue",),
    )
    def cue_is_text(self) -> pl.Expr:
        """A cue shows its words."""
        return together("cue", "cue_start", "cue_end") & (
            pl.col("cue").is_null() | (pl.col("_cue") == pl.col("cue")).fill_null(value=False)
        )


class Quotes(Said):
    """Words in somebody's mouth."""

    kind: str = one_of(QuoteKind, "how they are quoted")


class Claims(Said):
    """Statements, with who makes them and how sure."""

    kind: str = one_of(ClaimKind, "what sort of statement it is")
    modality: str = one_of(Modality, "how sure it is")
