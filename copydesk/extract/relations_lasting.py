"""Ties that begin and end: partnership, membership, sanctions, diplomatic relations, ownership.

- ``strategic_partner_of``, ``ally_of``: "Chile and Peru have been strategic partners since 2008"
- ``diplomatic_relations_with``: "Chile and Peru established diplomatic relations in 1950", "severed ties in 2011"
- ``member_of``: "Ghana joined the Commonwealth in 1957", "a former member of NATO", "left the bloc in 2016"
- ``sanctions``: "sanctions against Iran", "the United States imposed sanctions on Iran in 2010"
- ``owns``: "Acme Corp. owns Borealis Inc.", "Borealis, a subsidiary of Acme", "bought", "sold"

Left alone: what is hoped for, planned, denied or asked for ("hopes to join", "could impose", "has not joined").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from copydesk.document import Span
from copydesk.extract.mentions_index import MentionPage, hull
from copydesk.extract.relations_ties import Tie
from copydesk.facts import EntityType, Mention, MentionKind


class Phase(StrEnum):
    """What the words say of a tie: that it holds, that it began, or that it is over."""

    HOLDS = "holds"
    BEGAN = "began"
    ENDED = "ended"


_STATES = (EntityType.COUNTRY, EntityType.ORG)
_SIDE = (EntityType.COUNTRY,)
_AND = re.compile(r" and (?:the )?")
_AUX = r"(?:(?:have|has|had) (?:long )?(?:been|become)|are|were|is|was|became|become|remain(?:ed|s)?)"
_PARTNERS = re.compile(
    rf"(?: also)? {_AUX} (?:(?!former)\w+ )?(?P<former>former )?(?P<what>strategic partners|allies)\b"
)
_PARTNER_OF = re.compile(
    rf"(?:,| also)?(?: {_AUX}| which is|,)? (?:(?:a|an|one of) )?(?:(?!former)\w+ )?(?P<former>former )?"
    r"(?P<what>strategic partners?|ally|allies) of (?:the )?"
)
_TO_PARTNERSHIP = re.compile(
    r"(?: have| had)? (?:(?:established|formed|signed|agreed(?: on)?|entered into|concluded) an?"
    r"|(?:upgraded|elevated|raised) (?:their )?(?:ties|relations) to (?:a|the level of(?: a)?)?)"
    r" (?:\w+ )?strategic partnership\b"
)
_TIES = re.compile(
    r"(?: have| had)? (?P<verb>established|opened|restored|resumed|severed|broke off|broken off|cut|suspended) "
    r"(?:full )?(?:their )?diplomatic (?:relations|ties)\b"
)
_OVER = frozenset({"severed", "broke off", "broken off", "cut", "suspended", "left", "quit", "withdrew from", "sold"})
_JOINED = re.compile(
    r"(?:,? which)?(?: has| had)?(?: formally| officially)? "
    r"(?P<verb>joined|acceded to|left|quit|withdrew from|was admitted to) (?:the )?"
)
_MEMBER = re.compile(
    rf"(?:,? which)?(?:,| {_AUX})(?: also)? (?:an? )?(?P<former>former )?(?:\w+ )?(?:member(?: state)?) of (?:the )?"
)
_SANCTIONED = re.compile(
    r"(?: has| have| had)?(?: also)? (?P<verb>imposed|tightened|extended|renewed|lifted|ended|suspended) "
    r"(?:(?:new|further|fresh|economic|trade|financial|its|their|the|tough|harsh|unilateral|sweeping|all) )*sanctions "
    r"(?:against|on) (?:the )?"
)
_SANCTIONS = re.compile(
    r"(?: |’s |'s )(?:(?:economic|trade|financial|new|unilateral) )*sanctions (?:against|on) (?:the )?"
)
_OWNS = re.compile(
    r"(?:,? which)?(?: has| had)?(?: also)? (?P<verb>owns|controls|owned|bought|acquired|took over|sold|has owned) "
    r"(?:(?:the|its|all of|control of|a majority of|rival|carmaker|newspaper|broadcaster|airline) )*"
)
_OWNED = re.compile(
    r",?(?: which)?(?: is| was|, )?(?: (?:wholly|majority|partly|jointly))?[ -]?"
    r"(?P<verb>owned by|controlled by|bought by|acquired by|taken over by|"
    r"an? (?:\w+ )?(?:subsidiary|unit|division|arm) of) (?:the )?"
)
_NOT_SAID = re.compile(
    r"\b(?:not|never|no|if|unless|would|could|may|might|should|will|hopes?|hoped|wants?|plans?|to|denied|whether)\s*$",
    re.IGNORECASE,
)
_BEGAN = frozenset(
    """joined established opened restored resumed imposed bought acquired became admitted formed signed entered
    concluded upgraded elevated raised took taken agreed acceded""".split()
)


def find_partners(page: MentionPage) -> Iterator[Tie]:
    """Yield partners, allies, and states with diplomatic relations."""
    for one, other in _pairs(page):
        end = other.place.end
        if found := _PARTNERS.match(page.text, end):
            name = "ally_of" if found["what"] == "allies" else "strategic_partner_of"
            phase = Phase.ENDED if found["former"] else _phase(found.group())
            yield _tie(one, name, other, Span(one.place.start, found.end()), phase)
        elif found := _TO_PARTNERSHIP.match(page.text, end):
            yield _tie(one, "strategic_partner_of", other, Span(one.place.start, found.end()), Phase.BEGAN)
        elif found := _TIES.match(page.text, end):
            phase = Phase.ENDED if found["verb"] in _OVER else Phase.BEGAN
            yield _tie(one, "diplomatic_relations_with", other, Span(one.place.start, found.end()), phase)
    for one, found, other in _linked(page, _SIDE, _PARTNER_OF, _SIDE):
        name = "strategic_partner_of" if found["what"].startswith("strategic") else "ally_of"
        phase = Phase.ENDED if found["former"] else _phase(found.group())
        yield _tie(one, name, other, hull(one, other), phase)


def find_members(page: MentionPage) -> Iterator[Tie]:
    """Yield members of international organisations, as they come, stay and go."""
    for one, found, body in _linked(page, _SIDE, _JOINED, (EntityType.ORG,)):
        if page.entities[body.entity_id].subtype == "igo":
            phase = Phase.ENDED if found["verb"] in _OVER else Phase.BEGAN
            yield _tie(one, "member_of", body, hull(one, body), phase)
    for one, found, body in _linked(page, _SIDE, _MEMBER, (EntityType.ORG,)):
        if page.entities[body.entity_id].subtype == "igo":
            phase = Phase.ENDED if found["former"] else _phase(found.group())
            yield _tie(one, "member_of", body, hull(one, body), phase)


def find_sanctions(page: MentionPage) -> Iterator[Tie]:
    """Yield who has sanctions in force against whom."""
    for one, found, other in _linked(page, _STATES, _SANCTIONED, _SIDE):
        phase = Phase.ENDED if found["verb"] in ("lifted", "ended", "suspended") else Phase.BEGAN
        phase = Phase.HOLDS if found["verb"] in ("tightened", "extended", "renewed") else phase
        yield _tie(one, "sanctions", other, hull(one, other), phase)
    for one, _, other in _linked(page, _STATES, _SANCTIONS, _SIDE, with_demonyms=True):
        yield _tie(one, "sanctions", other, hull(one, other), Phase.HOLDS)


def find_owners(page: MentionPage) -> Iterator[Tie]:
    """Yield companies with what they own."""
    orgs = (EntityType.ORG,)
    for one, found, other in _linked(page, orgs, _OWNS, orgs):
        verb = found["verb"]
        phase = Phase.ENDED if verb in ("sold", "owned") else Phase.HOLDS if verb.startswith("c") else _phase(verb)
        yield _tie(one, "owns", other, hull(one, other), phase)
    for one, found, other in _linked(page, orgs, _OWNED, orgs):
        yield _tie(other, "owns", one, hull(one, other), _phase(found["verb"]))


def _tie(one: Mention, predicate: str, other: Mention, span: Span, phase: Phase) -> Tie:
    return Tie(one.entity_id, predicate, other.entity_id, span, 0.85, phase.value)


def _phase(words: str) -> Phase:
    return Phase.BEGAN if any(word in _BEGAN for word in words.split()) else Phase.HOLDS


def _pairs(page: MentionPage) -> Iterator[tuple[Mention, Mention]]:
    """Yield the countries that "and" joins."""
    for one in page.of(*_SIDE):
        link = _AND.match(page.text, one.place.end)
        other = page.starting_at(link.end(), *_SIDE) if link else None
        if other and MentionKind.DEMONYM not in (one.kind, other.kind) and one.entity_id != other.entity_id:
            yield one, other


def _linked(
    page: MentionPage,
    left: tuple[EntityType, ...],
    link: re.Pattern[str],
    right: tuple[EntityType, ...],
    *,
    with_demonyms: bool = False,
) -> Iterator[tuple[Mention, re.Match[str], Mention]]:
    """Yield two mentions with the words that link them, where nothing before the words takes them back."""
    for one in page.of(*left):
        if one.kind is MentionKind.DEMONYM and not with_demonyms:
            continue
        found = link.match(page.text, one.place.end)
        if found is None or _NOT_SAID.search(page.text, one.sentence.start, one.place.start):
            continue
        other = page.starting_at(found.end(), *right)
        if other and other.entity_id != one.entity_id and other.kind is not MentionKind.DEMONYM:
            yield one, found, other
