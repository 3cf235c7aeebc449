"""The facts of an article: frozen values, each with its words and their place.

Spans are half open, in code points, into the text of the passage that the fact stands in (``Place``); the place in the
base text follows from the passage's offset map and is never stored twice.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from copydesk.article import FieldName
from copydesk.document import Span


class Place(NamedTuple):
    """Where a fact stands: ``passage.text[start:end]`` of the passage (field, ordinal)."""

    field: FieldName
    ordinal: int
    start: int
    end: int


class EntityType(StrEnum):
    """What an entity is."""

    COUNTRY = "COUNTRY"
    REGION = "REGION"
    """Any place that is no country: a continent, a province, a city, a sea."""
    ORG = "ORG"
    PERSON = "PERSON"
    POLICY = "POLICY"
    TREATY = "TREATY"
    EVENT = "EVENT"
    FACILITY = "FACILITY"
    DOCUMENT = "DOCUMENT"
    WEAPON_SYSTEM = "WEAPON_SYSTEM"


class MentionKind(StrEnum):
    """How words name an entity."""

    NAME = "name"
    ACRONYM = "acronym"
    DEMONYM = "demonym"
    METONYM = "metonym"
    """A seat or a capital for those who govern from it: Kremlin, Seoul."""
    SHORT_NAME = "short_name"
    TITLE = "title"


class DateType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class DateRole(StrEnum):
    """What a date does in its sentence."""

    PUBLISHED = "published"
    UPDATED = "updated"
    EVENT = "event_date"
    MEASURE_PERIOD = "measure_period"
    """The period that a figure is about."""
    BASELINE = "baseline_period"
    """The period that a figure is compared with."""
    PERIOD = "period"
    PRESENT = "present"
    VAGUE = "vague"


class QuantityKind(StrEnum):
    """What sort of figure it is."""

    PERCENT = "percent"
    PERCENT_CHANGE = "percent_change"
    PERCENTAGE_POINTS = "percentage_points"
    MONEY = "money"
    COUNT = "count"
    VAGUE_COUNT = "vague_count"
    """Dozens, hundreds: a lower bound and no value."""
    NUMBER = "number"
    ORDINAL = "ordinal"
    RATIO = "ratio"
    DIMENSION = "dimension"
    TEMPERATURE = "temperature"
    AGE = "age"
    DURATION = "duration"
    RATE = "rate"


class Direction(StrEnum):
    """Which way a figure moved."""

    INCREASE = "increase"
    DECREASE = "decrease"
    UNCHANGED = "unchanged"


class Modality(StrEnum):
    """How sure a text is of what it says. Only ``asserted`` is ever shown as having happened.

    ``reported`` is what somebody whom the text names says or thinks: the text itself does not vouch for it.
    """

    ASSERTED = "asserted"
    REPORTED = "reported"
    INTENDED = "intended"
    POSSIBLE = "possible"
    EXPECTED = "expected"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"


class Tense(StrEnum):
    """The tense of the words that trigger an event."""

    PAST = "past"
    PRESENT = "present"
    PRESENT_PERFECT = "present_perfect"
    FUTURE = "future"
    CONDITIONAL = "conditional"


class HolderStatus(StrEnum):
    """Whether a person holds the office at the time of writing."""

    CURRENT = "current"
    FORMER = "former"
    ACTING = "acting"
    ELECT = "elect"


class ParticipantRole(StrEnum):
    """The part that an entity has in an event."""

    ACTOR = "actor"
    TARGET = "target"


class QuoteKind(StrEnum):
    """How words are quoted."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    TERM = "term"
    """A term or a name in quotation marks: nobody speaks."""


class ClaimKind(StrEnum):
    """What sort of statement it is."""

    ATTRIBUTED = "attributed"
    FORECAST = "forecast"
    CAUSAL = "causal"
    ASSESSMENT = "assessment"
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that has a name; a pure function of its id.

    Attributes:
        entity_id: ``country:KOR``, ``person:jane-doe``, ``org:united-nations`` ...: the type and ISO code or slug.
        iso_alpha3: the ISO 3166-1 alpha-3 code of a country, or of the country that something belongs to.

    """

    entity_id: str
    type: EntityType
    name: str
    iso_alpha3: str | None = None
    subtype: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact has.

    Attributes:
        place: the words of the fact.
        sentence: the span of the sentence that they stand in, in the same passage.
        rule: the rule that found it, e.g. ``dates.month_year``.
        confidence: 0 to 1.

    """

    place: Place
    sentence: Span
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Fact):
    """A place where an entity is named.

    ``is_nested`` marks a name within a longer name.
    """

    entity_id: str
    type: EntityType
    kind: MentionKind
    is_nested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Fact):
    """A time expression, by TIMEX3 (ISO 24617-1).

    Attributes:
        value: the TIMEX3 value: ``2018-12``, ``P10Y``, ``2018-H1``, ``PAST_REF``, ``2019-06-14T18:37``.
        start_date, end_date: the first and last day that it covers; None where that is not known.
        precision: ``second``, ``minute``, ``hour``, ``day``, ``week``, ``month``, ``quarter``, ``season``, ``half``,
            ``year``, ``decade``, ``century`` or ``vague``.
        anchor: what a relative expression was counted from: ``published``, or the value of another date of the text.

    """

    type: DateType
    value: str
    start_date: date | None = None
    end_date: date | None = None
    precision: str = "vague"
    anchor: str | None = None
    role: DateRole = DateRole.EVENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Fact):
    """A figure.

    Attributes:
        value: as a number; None where only a bound is known.
        value_min, value_max: bounds of a range or of a vague count.
        unit: ``percent``, ``percentage_point``, an ISO 4217 code, ``count``, or a unit's English name in the singular.
        modifier: the words that blur it: ``nearly``.
        measure: the words of the text that say what is measured.
        period, baseline: TIMEX3 values of the period that it is about and of the one that it is compared with.

    """

    kind: QuantityKind
    value: float | None
    unit: str
    value_min: float | None = None
    value_max: float | None = None
    direction: Direction | None = None
    modifier: str | None = None
    measure: str | None = None
    period: str | None = None
    baseline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Officeholder(Fact):
    """Who holds what.

    Attributes:
        person: entity id.
        title: as written; ``title_norm`` its class: head_of_state, prime_minister, minister ...
        country: ISO 3166-1 alpha-3 code; ``organisation``: entity id.
        as_of: TIMEX3 value of the time that the text speaks of.
        kind: ``office`` (public) or ``affiliation``.

    """

    person: str
    title: str
    title_norm: str
    kind: str = "office"
    country: str | None = None
    organisation: str | None = None
    status: HolderStatus = HolderStatus.CURRENT
    as_of: str | None = None


class Participant(NamedTuple):
    """Someone in an event.

    Attributes:
        span: the words in the event's passage; None when it is known from another sentence.
        country: ISO 3166-1 alpha-3 code of the country that it is, belongs to or, by this text, speaks for.
    """

    role: ParticipantRole
    entity_id: str
    span: Span | None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Fact):
    """Who did what to whom.

    Attributes:
        plover: category of the 2021 PLOVER table; ``cameo``: code.
        trigger: span of the words that name the deed; ``place`` covers the whole clause or sentence.
        date: TIMEX3 value; ``location``: entity id.
        is_reciprocal: every actor is a target too.

    """

    plover: str
    cameo: str
    trigger: Span
    participants: tuple[Participant, ...]
    modality: Modality = Modality.ASSERTED
    tense: Tense = Tense.PAST
    date: str | None = None
    location: str | None = None
    is_reciprocal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Fact):
    """A lasting tie between two entities (ids).

    Attributes:
        since, until: TIMEX3 values of its beginning and its end; ``PAST_REF`` for an end of which no day is told.

    """

    subject: str
    predicate: str
    object: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Fact):
    """Words in somebody's mouth.

    Attributes:
        content: span of what is said.
        speaker: entity id, where known; ``speaker_span``: the words that name the speaker.
        cue: span of the word of saying.

    """

    kind: QuoteKind
    content: Span
    speaker: str | None = None
    speaker_span: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Fact):
    """A statement that somebody (``holder``; None is the author) makes, with how sure it is."""

    kind: ClaimKind
    content: Span
    modality: Modality = Modality.ASSERTED
    holder: str | None = None
    holder_span: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of an article, each kind in text order.

    Attributes:
        language: ISO 639-1 code of the language that they were read in; None where it could not be told, and the rules
            of English were used.
        not_supported: the kinds that are not read in that language, by their names here; for that they are empty.

    """

    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[Date, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    officeholders: tuple[Officeholder, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    quotes: tuple[Quote, ...] = ()
    claims: tuple[Claim, ...] = ()
    language: str | None = None
    not_supported: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return how many there are of each kind."""
        return {kind: len(getattr(self, kind)) for kind in FACT_KINDS}


FACT_KINDS = tuple(f.name for f in fields(Facts) if f.name not in ("language", "not_supported"))
"""The kinds, entities first, as ``Facts`` calls them."""
