"""Why a fact says what it says: its rule, the words that matched, and how each value follows from words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from copydesk.article import Article, Passage
from copydesk.document import Span
from copydesk.fact_rules import FactRule, rule_of
from copydesk.facts import (
    Claim,
    Date,
    DateType,
    Event,
    Fact,
    Facts,
    Mention,
    Officeholder,
    ParticipantRole,
    Quantity,
    Quote,
    Relation,
)


class Step(NamedTuple):
    """How one value of a fact came about.

    Attributes:
        name: the value's name in the fact: ``period``.
        value: as the fact has it, in words.
        words: the words of the text that it follows from; empty where it follows from something else.
        span: their place in the passage of the fact; None where there are no words.
        how: what was done with them.

    """

    name: str
    value: str
    words: str
    span: Span | None
    how: str


class Why(NamedTuple):
    """The account of a fact."""

    rule: FactRule
    words: str
    sentence: str
    raw: Span
    is_exact: bool
    """Whether the same characters stand in what was received."""
    received: str
    steps: tuple[Step, ...]


class Explainer:
    """Tells why the facts of an article say what they say.

    >>> import copydesk
    >>> article = copydesk.clean(copydesk.read("The lake froze in 2018, a year after it had dried up."))
    >>> facts = copydesk.extract(article)
    >>> why = Explainer(article, facts).explain(facts.dates[0])
    >>> why.rule.name, why.words, [(step.name, step.how) for step in why.steps]
    ('dates.year', '2018', [('value', 'as written'), ('days', 'what the value covers')])
    """

    def __init__(self, article: Article, facts: Facts) -> None:
        """Take an article with its facts."""
        self.article = article
        self._passages = {(p.field, p.ordinal): p for p in article.passages}
        self._names = {entity.entity_id: entity.name for entity in facts.entities}
        self._dates = _by_sentence(facts.dates)
        self._mentions = _by_sentence(facts.mentions)

    def explain(self, fact: Fact) -> Why:
        """Return the account of one of the facts."""
        passage = self._passages[fact.place.field, fact.place.ordinal]
        span = Span(fact.place.start, fact.place.end)
        key = _key(fact)
        near = _Near(passage, self.article, self._names, self._dates.get(key, ()), self._mentions.get(key, ()))
        raw, is_exact = passage.offsets.raw_span(span)
        return Why(
            rule=rule_of(fact.rule),
            words=passage.text[slice(*span)],
            sentence=passage.text[slice(*fact.sentence)],
            raw=raw,
            is_exact=is_exact,
            received=self.article.document.text[slice(*raw)],
            steps=tuple(_STEPS[type(fact)](near, fact)),
        )


_Key = tuple[str, int, Span]
_F = TypeVar("_F", bound=Fact)


def _key(fact: Fact) -> _Key:
    return fact.place.field, fact.place.ordinal, fact.sentence


def _by_sentence(facts: Iterable[_F]) -> Mapping[_Key, Sequence[_F]]:
    groups: dict[_Key, list[_F]] = {}
    for fact in facts:
        groups.setdefault(_key(fact), []).append(fact)
    return groups


@dataclass(frozen=True)
class _Near:
    """What the steps of a fact are told from: its passage, and the dates and mentions of its sentence."""

    passage: Passage
    article: Article
    names: Mapping[str, str]
    dates: Sequence[Date]
    mentions: Sequence[Mention]

    def step(self, name: str, value: object, span: Span | None, how: str) -> Step:
        """Return a step with the words of a span."""
        words = self.passage.text[slice(*span)] if span else ""
        return Step(name, str(value), words, span, how)

    def own(self, fact: Fact) -> Span:
        """Return the place of a fact."""
        return Span(fact.place.start, fact.place.end)

    def date(self, fact: Fact, value: str) -> Date | None:
        """Return the date of the fact's sentence that gave a value, the nearest one."""
        near = (d for d in self.dates if _is_of(d.value, value))
        return min(near, key=lambda d: abs(d.place.start - fact.place.start), default=None)

    def mention(self, entity_id: str, within: Span | None) -> Mention | None:
        """Return the mention of an entity in a stretch of the fact's sentence (None: in all of it)."""
        for mention in self.mentions:
            inside = within is None or (within.start <= mention.place.start and mention.place.end <= within.end)
            if inside and mention.entity_id == entity_id:
                return mention
        return None

    def entity(self, name: str, entity_id: str, within: Span | None) -> Step:
        """Return the step from words to an entity."""
        mention = self.mention(entity_id, within)
        if mention is None:
            return self.step(name, entity_id, within, "the one spoken of before")
        return self.step(name, entity_id, self.own(mention), f"{mention.kind.value} ({mention.rule})")

    def dated(self, fact: Fact, name: str, value: str) -> Step:
        """Return the step from a date of the sentence to a value."""
        date = self.date(fact, value)
        if date is None:
            return self.step(name, value, None, "from the words of the rule")
        how = f"{date.rule}" + ("" if date.value == value else f" ({date.value})")
        return self.step(name, value, self.own(date), how)


def _is_of(date: str, value: str) -> bool:
    """Tell whether a date's value is a value, or one end of it."""
    return date == value or date.partition("T")[0] in value.split("/") or value.startswith(f"{date}-")


def _of_mention(text: _Near, fact: Fact) -> Iterator[Step]:
    assert isinstance(fact, Mention)  # noqa: S101 - by the table below
    name = text.names.get(fact.entity_id)
    named = f"{fact.kind.value} of {name}" if name else fact.kind.value
    yield text.step("entity_id", fact.entity_id, text.own(fact), named)
    yield text.step("type", fact.type.value, None, "of the entity")


def _of_date(text: _Near, fact: Fact) -> Iterator[Step]:
    assert isinstance(fact, Date)  # noqa: S101
    published = text.article.published
    how = "as written"
    if fact.anchor == "published" and published:
        how = f"counted from publication, {published.local.date().isoformat()}"
    elif fact.anchor:
        how = f"counted from {fact.anchor}, which the text speaks of before"
    elif fact.value.endswith("_REF"):
        how = "no day can be told"
    elif fact.type in (DateType.DURATION, DateType.SET):
        how = "a length of time, as written"
    yield text.step("value", fact.value, text.own(fact), how)
    if fact.start_date or fact.end_date:
        yield text.step("days", f"{fact.start_date} to {fact.end_date}", None, "what the value covers")


def _of_quantity(text: _Near, fact: Fact) -> Iterator[Step]:
    assert isinstance(fact, Quantity)  # noqa: S101
    own = text.own(fact)
    if fact.value is not None:
        yield text.step("value", f"{fact.value:g} {fact.unit}", own, "number and unit")
    else:
        most = "" if fact.value_max is None else f" to {fact.value_max:g}"
        yield text.step("bounds", f"{fact.value_min:g}{most} {fact.unit}", own, "number and unit")
    if fact.modifier:
        yield text.step("modifier", fact.modifier, _find(text, fact, fact.modifier), "words before the number")
    if fact.direction:
        yield text.step("direction", fact.direction.value, None, "a word of rising or falling beside it")
    if fact.measure:
        yield text.step("measure", fact.measure, _find(text, fact, fact.measure), "what is counted or measured")
    for name, value in (("period", fact.period), ("baseline", fact.baseline)):
        if value:
            yield text.dated(fact, name, value)


def _find(text: _Near, fact: Fact, words: str) -> Span | None:
    start = text.passage.text.find(words, fact.sentence.start, fact.sentence.end)
    return Span(start, start + len(words)) if start >= 0 else None


def _of_officeholder(text: _Near, fact: Fact) -> Iterator[Step]:
    assert isinstance(fact, Officeholder)  # noqa: S101
    yield text.entity("person", fact.person, text.own(fact))
    yield text.step("title_norm", fact.title_norm, _find(text, fact, fact.title), "class of the title")
    yield text.step("status", fact.status.value, None, "words beside the title")
    if fact.country:
        yield text.step("country", fact.country, None, "of the title, or of whom it belongs to")
    if fact.organisation:
        yield text.entity("organisation", fact.organisation, None)
    if fact.as_of:
        yield text.dated(fact, "as_of", fact.as_of)


def _of_event(text: _Near, fact: Fact) -> Iterator[Step]:
    assert isinstance(fact, Event)  # noqa: S101
    yield text.step("plover", f"{fact.plover} ({fact.cameo})", fact.trigger, "the deed, in the table of events")
    yield text.step("modality", fact.modality.value, None, f"words around the deed; tense {fact.tense.value}")
    for participant in fact.participants:
        name = "actor" if participant.role is ParticipantRole.ACTOR else "target"
        if participant.span is None:
            yield text.step(name, participant.entity_id, None, "known from another sentence")
        else:
            yield text.entity(name, participant.entity_id, participant.span)
    if fact.date:
        yield text.dated(fact, "date", fact.date)
    if fact.location:
        yield text.entity("location", fact.location, None)


def _of_relation(text: _Near, fact: Fact) -> Iterator[Step]:
    assert isinstance(fact, Relation)  # noqa: S101
    yield text.entity("subject", fact.subject, text.own(fact))
    yield text.step("predicate", fact.predicate, text.own(fact), "the words between and around the two")
    yield text.entity("object", fact.object, text.own(fact))
    for name, value in (("since", fact.since), ("until", fact.until)):
        if value:
            yield text.dated(fact, name, value)


def _of_said(text: _Near, fact: Fact) -> Iterator[Step]:
    assert isinstance(fact, Quote | Claim)  # noqa: S101
    speaker, span = (fact.speaker, fact.speaker_span) if isinstance(fact, Quote) else (fact.holder, fact.holder_span)
    name = "speaker" if isinstance(fact, Quote) else "holder"
    yield text.step("kind", fact.kind.value, None, "of speech or of claim, by the marks and the words around")
    yield text.step("content", text.passage.text[slice(*fact.content)], fact.content, "what is said or held")
    if fact.cue:
        yield text.step("cue", text.passage.text[slice(*fact.cue)], fact.cue, "the word that brings it")
    if speaker:
        yield text.entity(name, speaker, span)
    elif span:
        yield text.step(name, "not known", span, "words that name nobody known")
    if isinstance(fact, Claim):
        yield text.step("modality", fact.modality.value, None, "the cue and its auxiliaries")


_STEPS: Mapping[type[Fact], Callable[[_Near, Fact], Iterator[Step]]] = {
    Mention: _of_mention,
    Date: _of_date,
    Quantity: _of_quantity,
    Officeholder: _of_officeholder,
    Event: _of_event,
    Relation: _of_relation,
    Quote: _of_said,
    Claim: _of_said,
}


def why_to_json(why: Why) -> dict[str, object]:
    """Return an account as plain values; the places of the steps' words are in the field of the fact."""
    return {
        "rule": why.rule.name,
        "version": why.rule.version,
        "about": why.rule.about,
        "received": why.received,
        "steps": [
            {
                "name": step.name,
                "value": step.value,
                "words": step.words,
                "start": step.span.start if step.span else None,
                "end": step.span.end if step.span else None,
                "how": step.how,
            }
            for step in why.steps
        ],
    }
