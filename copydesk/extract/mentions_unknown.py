"""Names that no table and no head word tells: what their surroundings say, all over the document, decides.

Each occurrence of the same words gives its points: "in X", "the town of X" for a place; "X said", "striker X" for
a person; "X officials", "the company X" for an organisation. Words that the document also writes in lower case,
and words that only ever begin a sentence, are left alone, and so are names that get no points, but for two or
three words in the shape of a person's full name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from copydesk.document import Span
from copydesk.extract.gazetteer import place_entity
from copydesk.extract.mentions_base import Candidate, Draft, Word, name_runs
from copydesk.extract.mentions_orgs import is_acronym, org
from copydesk.extract.people import NOT_NAMES, is_title, last_title, person, speaks_like_a_person
from copydesk.facts import Entity, EntityType, MentionKind

_BEFORE = (
    (
        EntityType.REGION,
        3,
        r"\b(?:town|city|village|district|province|region|state|island|municipality|suburb|port|area) of $",
    ),
    (EntityType.REGION, 2, r"\b(?:in|near|outside|around|throughout|downtown|central|(?:north|south|east|west)ern) $"),
    (EntityType.REGION, 1, r"\b(?:from|to|toward|towards|into|across|at) $"),
    (
        EntityType.ORG,
        2,
        (
            r"\b(?:company|firm|group|party|newspaper|organi[sz]ation|agency|website|band|club|church|movement|"
            r"members? of|head of|director of|leader of|chief of|spokes\w+ for|joined|founded|works? for|worked for) "
            r"(?:the )?$"
        ),
    ),
    (EntityType.PERSON, 1, r"\b(?:by|for) $"),
)
_AFTER = (
    (
        EntityType.REGION,
        3,
        (
            r"(?:'s)? (?:province|district|region|city|town|village|county|governorate|airport|river|valley|residents|"
            r"neighbou?rhood|suburb|airfield|dam|peninsula|island)\b"
        ),
    ),
    (
        EntityType.ORG,
        3,
        (
            r"(?:'s)? (?:spokes\w+|officials?|executives?|shares|fighters|militants|terrorists|leadership|employees|"
            r"staff|members?|CEO|headquarters|forces|troops|operatives|commanders?|supporters|board|chairman|targets|"
            r"lawmakers?)\b"
        ),
    ),
    (
        EntityType.PERSON,
        1,
        r" (?:is|was|has|had|scored|won|played|replied|arrived|died|lives|lived|asked|resigned|returned|went)\b",
    ),
)
_CUES = tuple((kind, points, re.compile(cue)) for kind, points, cue in _BEFORE)
_CUES_AFTER = tuple((kind, points, re.compile(cue)) for kind, points, cue in _AFTER)
_OF_A_PERSON = re.compile(
    r"(?:'s)? (?:regime|administration)\b|'s (?:wife|husband|father|mother|son|daughter|lawyer|family|career)\b"
)
_THE = re.compile(r"\b[Tt]he $")
_NOT_A_NAME_END = re.compile(r"(?:tion|ment|ness|ship|ing|ity|ism|ology|ics|ance|ence|ous|ful|ives?|als?)\Z")
_MIN_WORD, _MAX_WORDS = 3, 3
_MIN_POINTS = 2


@dataclass
class _Case:
    """An unknown name all over a document: where it stands and what speaks for which type."""

    words: Sequence[Word]
    points: Counter[EntityType] = field(default_factory=Counter)
    is_inside: bool = False
    """Whether it stands in the middle of a sentence somewhere."""
    has_article: bool = False
    """Whether "the" stands before it somewhere: then it is no person."""


def find_unknown(drafts: Sequence[Draft], taken: Sequence[Sequence[Span]]) -> Iterator[Sequence[Candidate]]:
    """Yield, for each passage, the unknown names in the stretches that are not taken."""
    lower = lower_words(drafts)
    places: list[list[tuple[str, Word, Word]]] = []
    cases: dict[str, _Case] = {}
    for draft, spans in zip(drafts, taken, strict=True):
        here = []
        for run in name_runs(draft, spans):
            words = _name_of(draft, run, lower)
            if words:
                name = draft.text[words[0].start : words[-1].end]
                _weigh(draft, words, cases.setdefault(name, _Case(words)))
                here.append((name, words[0], words[-1]))
        places.append(here)
    entities = {name: found for name, case in cases.items() if (found := _decided(name, case, lower))}
    for here in places:
        yield [_candidate(*item, entities) for item in here if item[0] in entities]


def lower_words(drafts: Sequence[Draft]) -> frozenset[str]:
    """Return the words that a document writes in lower case."""
    return frozenset().union(*(draft.lower_words for draft in drafts))


def _name_of(draft: Draft, run: Sequence[Word], lower: frozenset[str]) -> Sequence[Word]:
    if len(run) == 1:
        is_name = run[0].text not in NOT_NAMES and not is_title(run[0].text)
        return run if is_name and not _may_be_a_noun(draft, run[0], lower) else ()
    words = list(run[last_title(run) + 1 :])
    while words and words[0].text in NOT_NAMES:
        words.pop(0)
    while words and words[-1].text in NOT_NAMES:
        words.pop()
    if len(words) == 1 and _may_be_a_noun(draft, words[0], lower):
        return []
    return words if len(words) <= _MAX_WORDS and NOT_NAMES.isdisjoint([word.text for word in words]) else []


def _may_be_a_noun(draft: Draft, word: Word, lower: frozenset[str]) -> bool:
    """Tell whether a word may have its capital from the start of a sentence only."""
    return word.start in draft.sentence_starts and word.text.lower() in lower


def _weigh(draft: Draft, words: Sequence[Word], case: _Case) -> None:
    start, end = words[0].start, words[-1].end
    before, after = draft.before(start), draft.after(end, 80)
    case.is_inside |= start not in draft.sentence_starts
    for kind, points, cue in _CUES if _may_be_cue(before) else ():
        if cue.search(before):
            case.points[kind] += points
            break
    for kind, points, cue in _CUES_AFTER:
        if cue.match(after):
            case.points[kind] += points
            break
    if speaks_like_a_person(after) or _OF_A_PERSON.match(after):
        case.points[EntityType.PERSON] += 2
    if before.endswith("he ") and _THE.search(before):
        case.has_article = True
        case.points[EntityType.REGION] -= 1
        if len(words) == 1 and is_acronym(words[0].text):
            case.points[EntityType.ORG] += 2


_CUE_ENDS = frozenset(
    """
    of in near outside around throughout downtown central northern southern eastern western from to toward towards into
    across at company firm group party newspaper organization organisation agency website band club church movement for
    joined founded the by
    """.split()
)
"""The last words of the cues that stand before a name."""


def _may_be_cue(before: str) -> bool:
    """Tell whether a text may end with one of the cues, by its last word."""
    last = before[before.rfind(" ", 0, -1) + 1 : -1]
    return last in _CUE_ENDS or not last.isalpha()


def _decided(name: str, case: _Case, lower: frozenset[str]) -> Entity | None:
    words = [word.text for word in case.words]
    is_short = len(words) == 1 and is_acronym(words[0])
    if not case.is_inside or (not is_short and all(word.lower() in lower for word in words)):
        return None
    kind, points = max(case.points.items(), key=lambda item: item[1], default=(None, 0))
    if is_short:
        return org(name) if kind is EntityType.ORG and points >= _MIN_POINTS else None
    is_strong = points >= _MIN_POINTS and kind is not EntityType.PERSON
    if len(words) > 1 and not is_strong and not case.has_article and _is_name_shape(words, lower):
        return person(name)
    if (
        points < _MIN_POINTS
        or (kind is EntityType.PERSON and case.has_article)
        or any(_NOT_A_NAME_END.search(word) for word in words)
    ):
        return None
    makers = {EntityType.PERSON: person, EntityType.ORG: org}
    return makers[kind](name) if kind in makers else place_entity(name, "place", None)


def _is_name_shape(words: Sequence[str], lower: frozenset[str]) -> bool:
    """Tell whether two or three words may be a full name: plain words that are no common nouns by form or use."""
    return all(
        len(word) >= _MIN_WORD
        and word.replace("-", "").isalpha()
        and not word.isupper()
        and word.lower() not in lower
        and not _NOT_A_NAME_END.search(word)
        for word in words
    )


def _candidate(name: str, first: Word, last: Word, entities: Mapping[str, Entity]) -> Candidate:
    entity = entities[name]
    kind = MentionKind.ACRONYM if is_acronym(name) else MentionKind.NAME
    return Candidate(first.start, last.end, entity, kind, f"unknown.{entity.type.lower()}", 0.4)
