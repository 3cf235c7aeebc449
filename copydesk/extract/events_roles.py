"""Who takes part in an event: mentions in the places where a clause puts its actor and its target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from copydesk.document import Span
from copydesk.extract.attributions import span_of
from copydesk.extract.clauses import BREAKS, DETERMINERS, PREPOSITIONS, RELATIVES, SAYING
from copydesk.extract.events_actors import is_body, is_people, stands_for
from copydesk.extract.events_scene import Scene
from copydesk.extract.named import Named
from copydesk.extract.words import Word
from copydesk.facts import EntityType, Mention, Participant, ParticipantRole

ACTING = frozenset((EntityType.COUNTRY, EntityType.PERSON, EntityType.ORG, EntityType.REGION))
"""The types of entities that act. Regions do only where nothing else stands (``rebels in the north``)."""

_STATES = frozenset((EntityType.COUNTRY, EntityType.PERSON, EntityType.ORG))
PLACES = frozenset((EntityType.REGION, EntityType.COUNTRY, EntityType.FACILITY))
"""The types of entities where something may happen."""

_JOINTS = frozenset(("and", ",", "&", "–", "-", "—", "the", "or", "both", "of", "’s", "as", "well"))
_AFTER_PLACE = frozenset("and or on in at by to for from with after before over during as while because who of".split())
_PLACE_WORDS = frozenset(("in", "at", "near", "outside", "across", "inside", "throughout"))
_MAX_TAIL = 16
_PLACE_WINDOW = 10
_PLACE_END = (PREPOSITIONS - {"of"}) | frozenset((",", ";", ".", "that", "who", "which", "and"))
_ELSEWHERE = (PREPOSITIONS - {"of", "from", "by", "between"}) | RELATIVES | {"how", "why", "what", "where"}
_END = frozenset(("while", "because", "after", "before", "as", "when", "that", "who", "which", "but", "although", "if"))


def actors_in(
    named: Named, words: Sequence[Word], piece: tuple[int, int] | None, *, as_target: bool = False
) -> list[Mention]:
    """Return who acts, of the mentions in a noun phrase: persons, else organisations, else countries, else places.

    With ``as_target`` it is to whom something is done: whom the phrase is about (``a camp for Kenyan refugees``).
    """
    if piece is None or piece[0] >= piece[1]:
        return []
    mentions = [m for m in named.within(span_of(words, piece)) if m.type in ACTING and not m.is_nested]
    return _leading([m for m in mentions if stands_for(words, m, piece, as_target=as_target)])


def _leading(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of the heads: a person's country or office is not beside the person.

    >>> _leading([])
    []
    """
    found: list[Mention] = []
    for mention in mentions:
        before = found[-1] if found else None
        if before is not None and mention.type is EntityType.PERSON and before.type is not EntityType.PERSON:
            found[-1] = mention  # French President Emmanuel Macron
        elif before is not None and before.type is EntityType.PERSON and mention.type is not EntityType.PERSON:
            continue  # the mayor, Jane Doe of Acme
        elif mention.type is not EntityType.REGION or not found:
            found.append(mention)
    return _unique(found)


def _unique(mentions: Iterable[Mention]) -> list[Mention]:
    return list({m.entity_id: m for m in reversed(list(mentions))}.values())[::-1]


def targets_after(
    scene: Scene,
    start: int,
    preps: frozenset[str],
    taken: Iterable[Mention],
    *,
    has_object: bool = True,
    is_near: bool = False,
) -> list[Mention]:
    """Return whom a deed is done to: the first mentions after one of ``preps``, else the first after the verb.

    ``is_near`` keeps to the object itself: what stands after another preposition is not looked at.
    """
    named, words = scene.named, scene.words
    if start < len(words) and words[start].lower == "that":
        preps = frozenset()  # demanded that X: whom it is asked of comes first
    end = min(_clause_end(words, start, preps), _attribution_start(words))
    used = {m.entity_id for m in taken}
    after = [i + 1 for i in range(start, end) if words[i].lower in preps]
    for at in (*after, *([start] if has_object else [])):
        found = _first_group(named, words, at, _object_end(words, at, end) if is_near else end)
        found = [m for m in found if m.entity_id not in used]
        if found:
            return found
    return []


def _object_end(words: Sequence[Word], start: int, end: int) -> int:
    """Return the end of a noun phrase: a comma, a clause or a preposition that brings something else."""
    for index in range(start, end):
        if words[index].text == "," or words[index].lower in _ELSEWHERE:
            return index
    return end


def _clause_end(words: Sequence[Word], start: int, preps: frozenset[str]) -> int:
    for index in range(start + 1, len(words)):
        if words[index].text in BREAKS - {"(", ")", "–"} or (words[index].lower in _END and index > start + 1):
            return index
        if words[index].lower == "to" and "to" not in preps and _is_infinitive(words, index):
            return index
    return len(words)


def _attribution_start(words: Sequence[Word]) -> int:
    """Return where an attribution after the clause starts: ``, a spokesman in Lima said on Friday``."""
    for at in range(len(words) - 1, max(0, len(words) - _MAX_TAIL), -1):
        if words[at].lower in SAYING or words[at].lower == "according":
            commas = (i for i in range(at, max(0, at - _MAX_TAIL), -1) if words[i].text == ",")
            return next(commas, len(words))
    return len(words)


def _is_infinitive(words: Sequence[Word], at: int) -> bool:
    after = words[at + 1] if at + 1 < len(words) else None
    return after is not None and not after.is_name and after.lower not in DETERMINERS and after.lower.isalpha()


def _first_group(named: Named, words: Sequence[Word], start: int, end: int) -> list[Mention]:
    """Return the first mention in a piece and those joined to it: ``Lima, Quito and La Paz``."""
    if start >= end:
        return []
    mentions = [m for m in named.within(span_of(words, (start, end))) if m.type in ACTING and not m.is_nested]
    group: list[Mention] = []
    for mention in mentions:
        if group and not _joined(words, group[-1], mention):
            break
        if not group and mention.type is EntityType.REGION and _is_aside(words, mention, start):
            continue
        if stands_for(words, mention, (start, end), as_target=True):
            group.append(mention)
    return _leading(group)


def _joined(words: Sequence[Word], one: Mention, other: Mention) -> bool:
    between = [w for w in words if one.place.end <= w.start and w.end <= other.place.start]
    titles = all(w.is_name or w.text == "." or w.lower in ("of", "’s") for w in between)
    if titles and other.type is EntityType.PERSON:
        return True
    return all(w.text.lower() in _JOINTS | DETERMINERS for w in between)


def _is_aside(words: Sequence[Word], mention: Mention, start: int) -> bool:
    """Tell whether a place is where it happened (``in Rome``) or describes a noun (``the Rome talks``)."""
    after = next((w for w in words if w.start >= mention.place.end), None)
    describes = after is not None and after.lower.isalpha() and not after.is_name and after.lower not in _AFTER_PLACE
    if describes and after is not None and (is_people(after) or is_body(after)):
        return False  # Darfur rebels
    return describes or (words[start - 1].lower != "in" and _is_place(words, mention))


def _is_place(words: Sequence[Word], mention: Mention) -> bool:
    before = [w for w in words if w.end <= mention.place.start]
    return bool(before) and before[-1].lower in _PLACE_WORDS


def location_of(named: Named, words: Sequence[Word], trigger: Span, taken: Iterable[Participant]) -> str | None:
    """Return the place of a deed, where it has no part in it as a state."""
    used = {p.span for p in taken if p.entity_id.startswith("country:")}
    found = (m for m in places_after(named, words, trigger.start) if Span(m.place.start, m.place.end) not in used)
    return next((m.entity_id for m in found), None)


def places_after(named: Named, words: Sequence[Word], start: int) -> Iterator[Mention]:
    """Yield the places after ``in``, ``at`` or ``near``, past a character."""
    for index, word in enumerate(words[:-1]):
        if word.start < start or word.lower not in _PLACE_WORDS:
            continue
        last = index + 1
        while last < min(index + _PLACE_WINDOW, len(words) - 1) and words[last + 1].lower not in _PLACE_END:
            last += 1
        after = Span(words[index + 1].start, words[last].end)
        yield from (m for m in named.within(after)[:1] if m.type in PLACES)


def participants(actors: Sequence[Mention], targets: Sequence[Mention], sentence: Span) -> tuple[Participant, ...]:
    """Return actors and targets as participants; those of another sentence have no span."""
    return (
        *(_participant(ParticipantRole.ACTOR, m, sentence) for m in actors),
        *(_participant(ParticipantRole.TARGET, m, sentence) for m in targets),
    )


def _participant(role: ParticipantRole, mention: Mention, sentence: Span) -> Participant:
    span = Span(mention.place.start, mention.place.end)
    return Participant(role, mention.entity_id, span if sentence.contains(span) else None)


def pair_in(named: Named, span: Span, *, first: bool = False) -> list[Mention]:
    """Return the two states, persons or organisations of a sentence when it names exactly two.

    With ``first`` more may be named after them.

    Countries count first: ``Moscow and Seoul`` beside a third party's plan is still a pair of countries.
    """
    mentions = [m for m in named.within(span) if m.type in _STATES and not m.is_nested]
    for types in ({EntityType.COUNTRY}, {EntityType.PERSON}, _STATES):
        found = _unique(m for m in mentions if m.type in types)
        if len(found) == 2 or (first and len(found) > 2):
            return found[:2]
    return []


def with_countries(people: Sequence[Participant], countries: Mapping[str, str]) -> tuple[Participant, ...]:
    """Return participants with their countries: as a code, and each country as a participant of its own behind them.

    ``countries`` gives the code of an entity by its id. A country that has the same part already is not repeated, and
    the one on the other side of the deed is not brought in by a place.
    """
    coded = [p._replace(country=countries.get(p.entity_id)) for p in people]
    seen = {(p.role, p.entity_id) for p in coded}
    found: list[Participant] = []
    for one in coded:
        found.append(one)
        country = f"country:{one.country}"
        if one.country and (one.role, country) not in seen:
            seen.add((one.role, country))
            found.append(Participant(one.role, country, one.span, one.country))
    return tuple(found)
