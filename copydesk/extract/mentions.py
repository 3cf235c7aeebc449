"""Mentions: every place where a text names a country, a place, an organisation, a person, a policy, a treaty ...

Ids are ``<type>:<key>``, a pure function of the name that the entity goes by:

- ``country:KOR``: ISO 3166-1 alpha-3 (``XKX`` for Kosovo, a code that the standard leaves to users)
- ``region:russian-far-east``, ``region:moscow``: any other place, by the slug of its English name, capitals too
- ``org:united-nations``; a government is ``org:government-of-russia``, with the country's code in ``iso_alpha3``
- ``person:emmanuel-macron``: the fullest name that the document gives. The same name in two documents is the same id;
  whether it is the same person is for a later step to decide
- ``policy:...``, ``treaty:...``, ``event:...``, ``document:...``, ``facility:...``, ``weapon:...``

A key that is a Wikidata id (``person:Q12345``) is left room for: slugs are lower case and never of that form.

A name within a longer name ("Russian" in "Russian government") is given too, with ``is_nested``. Names within a mere
description ("Moscow–Seoul partnership") are not nested. Left alone are pronouns, common nouns ("the country"), names in
scripts and languages that the tables do not know, and titles without a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from copydesk.article import FieldName
from copydesk.document import Span
from copydesk.extract.found import Found
from copydesk.extract.gazetteer import Hit
from copydesk.extract.mentions_base import Candidate, Draft, keep
from copydesk.extract.mentions_concepts import concept, find_concepts, find_crisis, is_weapon
from copydesk.extract.mentions_orgs import (
    expansions,
    find_acronyms,
    find_common_heads,
    find_orgs,
    find_person_bodies,
    org,
)
from copydesk.extract.mentions_places import country_context, find_places
from copydesk.extract.mentions_unknown import find_unknown
from copydesk.extract.people import find_people, is_given
from copydesk.extract.reading import Reading
from copydesk.facts import Entity, EntityType, Mention, MentionKind

SKIPPED_FIELDS = frozenset([FieldName.DATELINE])
"""The line with the dates of publication names nobody."""


def find_mentions(reading: Reading, found: Found) -> Iterator[Entity | Mention]:
    """Yield the mentions of all passages and the entities that they name.

    >>> from copydesk.extract.reading import ReadingPassage
    >>> text = "French President Emmanuel Macron flew to Moscow. The Kremlin thanked Macron."
    >>> facts = find_mentions(Reading([ReadingPassage(FieldName.BODY, 0, text)]), Found())
    >>> [(text[m.place.start : m.place.end], m.entity_id) for m in facts if isinstance(m, Mention)]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('French', 'country:FRA'), ('Emmanuel Macron', 'person:emmanuel-macron'), ('Moscow', 'region:moscow'),
     ('Kremlin', 'org:government-of-russia'), ('Macron', 'person:emmanuel-macron')]
    """
    del found  # nothing that came before is of use here
    drafts = [Draft.of(p) for p in reading.passages if p.field not in SKIPPED_FIELDS]
    for draft, candidates in zip(drafts, find_candidates(drafts), strict=True):
        for one, is_nested in keep(candidates):
            yield one.entity
            yield Mention(
                place=draft.passage.place(one.start, one.end),
                sentence=draft.passage.sentence_at(one.start),
                rule=one.rule,
                confidence=one.confidence,
                entity_id=one.entity.entity_id,
                type=one.entity.type,
                kind=one.kind,
                is_nested=is_nested,
            )


def find_candidates(drafts: Sequence[Draft]) -> Iterator[Sequence[Candidate]]:
    """Yield the candidates of each passage, before it is decided which of them stay."""
    places = list(find_places(drafts, country_context(drafts)))
    named = [[*_known_orgs(d), *find_orgs(d), *find_concepts(d)] for d in drafts]
    strong = [_spans([*p, *n], d) for p, n, d in zip(places, named, drafts, strict=True)]
    people = list(find_people(drafts, strong))
    acronyms, long_names = _expanded(drafts, named)
    named = [[*n, *more] for n, more in zip(named, long_names, strict=True)]
    drawn: list[list[Candidate]] = []
    for draft, place, name, person in zip(drafts, places, named, people, strict=True):
        taken = sorted(Span(c.start, c.end) for c in (*place, *name, *person))
        bodies = [*find_person_bodies(draft, person), *find_common_heads(draft, taken)]
        taken = sorted({*taken, *(Span(c.start, c.end) for c in bodies)})
        drawn.append([*_outside(place, person), *name, *person, *bodies, *find_acronyms(draft, taken, acronyms)])
    taken_by_all = [sorted(Span(c.start, c.end) for c in candidates) for candidates in drawn]
    for candidates, unknown in zip(drawn, find_unknown(drafts, taken_by_all), strict=True):
        yield [*candidates, *unknown]


def _known_orgs(draft: Draft) -> Iterator[Candidate]:
    for hit in draft.hits:
        if hit.entry.table == "organisations":
            yield Candidate(hit.start, hit.end, hit.entry.entity, hit.entry.kind, "orgs.known", 0.9)


def _spans(candidates: Sequence[Candidate], draft: Draft) -> Sequence[Span]:
    """Return the spans that no person's name may touch."""
    weak = {hit.start for hit in draft.hits if _may_be_given_name(draft, hit)}
    return sorted(Span(c.start, c.end) for c in candidates if not (c.start in weak and c.rule.startswith("places.")))


_NAME_FOLLOWS = re.compile(r" (?:[A-Z]\.? )?[A-Z][a-z]")
_NAME_BEFORE = re.compile(r"(\w+) (?:[A-Z]\. )?$")


def _may_be_given_name(draft: Draft, hit: Hit) -> bool:
    """Tell whether a place may be a part of a person's name: "Jordan Smith", "Michael Jordan"."""
    if hit.entry.table not in ("city", "capital", "country", "region") or " " in hit.entry.words:
        return False
    before = _NAME_BEFORE.search(draft.before(hit.start))
    if before and is_given(before.group(1), strict=hit.start - len(before.group()) in draft.sentence_starts):
        return True
    return is_given(hit.entry.words) and bool(_NAME_FOLLOWS.match(draft.text, hit.end))


def _outside(places: Sequence[Candidate], people: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the places that are no part of a person's name."""
    ordered = sorted((p.start, p.end) for p in people)
    for place in places:
        index = bisect_right(ordered, (place.start, place.end)) - 1
        if index < 0 or ordered[index][1] < place.end:
            yield place


def _expanded(
    drafts: Sequence[Draft], named: Sequence[Sequence[Candidate]]
) -> tuple[Mapping[str, Entity], Sequence[Sequence[Candidate]]]:
    """Return what the acronyms stand for that the document expands, "Long Name (LN)", and the long names."""
    known: dict[str, Entity] = {}
    long_names: list[list[Candidate]] = []
    for draft, candidates in zip(drafts, named, strict=True):
        spans = {(c.start, c.end): c.entity for c in candidates}
        here = []
        for long, short in expansions(draft):
            entity = spans.get((long.start, long.end)) or _meant(draft, long, short)
            known.setdefault(draft.text[short.start : short.end], entity)
            if (long.start, long.end) not in spans:
                here.append(Candidate(long.start, long.end, entity, MentionKind.NAME, "acronyms.expansion", 0.9))
                here.extend(find_crisis(draft, long) if entity.type is EntityType.WEAPON_SYSTEM else ())
        long_names.append(here)
    return known, long_names


def _meant(draft: Draft, long: Span, short: Span) -> Entity:
    name = draft.text[long.start : long.end]
    return concept(EntityType.WEAPON_SYSTEM, name) if is_weapon(draft, long, short.end) else org(name)
