"""Relations: lasting ties between two entities that the text states outright.

Each tie is given once, where it is first said. Partners, members, sanctions and owners are in ``relations_lasting``.

- ``policy_of``: a policy and whose it is, a country or a person ("the X Policy, a Kenyan plan"; "Doe's X Plan";
"Kenya's strategy ... rests on 'x'")
- ``between``: a partnership or an alliance and each side
- ``part_of``: a concept and its policy ("a pillar of the X Policy is 'y'"; "'y', a pillar of the X Policy")
- ``located_in``: a place whose name says the country ("Russian Far East", "northern Kenya", "City, Country")
- ``document_of``: a document and the country in its name
- ``concerns``: an affair and what it bears the name of
- ``affiliated_with``: a person and an organisation, from an author note or a role
- ``member_of``: "NATO member Turkey"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from copydesk.document import Span
from copydesk.extract.found import Found
from copydesk.extract.mentions_index import MentionPage, by_passage, hull, mention_pages
from copydesk.extract.reading import Reading
from copydesk.extract.relations_lasting import find_members, find_owners, find_partners, find_sanctions
from copydesk.extract.relations_ties import Tie, since_until
from copydesk.facts import Date, EntityType, HolderStatus, Mention, MentionKind, Relation

_POLICIES = (EntityType.POLICY, EntityType.TREATY)
_OWNERS = (EntityType.COUNTRY, EntityType.PERSON)


def find_relations(reading: Reading, found: Found) -> Iterator[Relation]:
    """Yield the relations of all passages.

    >>> from copydesk.article import FieldName
    >>> from copydesk.extract.mentions import find_mentions
    >>> from copydesk.extract.reading import ReadingPassage
    >>> text = "The Green Harvest Policy, a Kenyan plan for maize, is new."
    >>> reading, found = Reading([ReadingPassage(FieldName.BODY, 0, text)]), Found()
    >>> found.add(find_mentions(reading, found))
    >>> [(r.subject, r.predicate, r.object) for r in find_relations(reading, found)]
    [('policy:green-harvest-policy', 'policy_of', 'country:KEN')]
    """
    seen: set[tuple[str, str, str]] = set()
    dated = by_passage(found.dates)
    for page in mention_pages(reading, found):
        dates = dated.get((page.passage.field, page.passage.ordinal), [])
        for find in _FINDERS:
            for tie in find(page):
                key = (tie.subject, tie.predicate, tie.object)
                if key not in seen and tie.subject != tie.object:
                    seen.add(key)
                    yield _relation(page, tie, dates)
    for holder in found.officeholders:
        if holder.organisation and (holder.person, "affiliated_with", holder.organisation) not in seen:
            seen.add((holder.person, "affiliated_with", holder.organisation))
            yield Relation(
                place=holder.place,
                sentence=holder.sentence,
                rule="relations.affiliated_with",
                confidence=holder.confidence,
                subject=holder.person,
                predicate="affiliated_with",
                object=holder.organisation,
                until="PAST_REF" if holder.status is HolderStatus.FORMER else None,
            )


def _relation(page: MentionPage, tie: Tie, dates: Sequence[Date]) -> Relation:
    sentence = page.passage.sentence_at(tie.span.start)
    near = [d for d in dates if sentence.start <= d.place.start < sentence.end]
    since, until = since_until(tie, page.text, sentence, near)
    return Relation(
        place=page.passage.place(tie.span.start, tie.span.end),
        sentence=sentence,
        rule=f"relations.{tie.predicate}",
        confidence=tie.confidence,
        subject=tie.subject,
        predicate=tie.predicate,
        object=tie.object,
        since=since,
        until=until,
    )


_PLAN = (
    r"(?:plan|policy|initiative|programme|program|strategy|project|scheme|proposal|doctrine|vision|framework|treaty)"
)
_APPOSED = re.compile(r", (?:an?|the|its|part of) (?:\w+ )?$")
_PLAN_AFTER = re.compile(rf" (?:[\w'-]+ ){{0,2}}{_PLAN}\b")
_OWNS = re.compile(r"'s? (?:[‘“\"'])?(?:[a-z]+ ){0,2}(?:[‘“\"'])?$")


def _policy_of(page: MentionPage) -> Iterator[Tie]:
    """Yield "the P, a Kenyan plan" and "Doe's P"."""
    for policy in page.of(EntityType.POLICY):
        apposed = page.first_in(policy.place.end, policy.place.end + 24, EntityType.COUNTRY)
        if apposed and apposed.kind is MentionKind.DEMONYM and _is_plan(page, policy, apposed):
            tail = _PLAN_AFTER.match(page.text, apposed.place.end)
            span = Span(policy.place.start, tail.end() if tail else apposed.place.end)
            yield Tie(policy.entity_id, "policy_of", apposed.entity_id, span)
        owner = _possessor(page, policy)
        if owner and policy.entity_id != owner.entity_id:
            span = Span(owner.place.start, policy.place.end)
            yield Tie(policy.entity_id, "policy_of", owner.entity_id, span, 0.85)


def _is_plan(page: MentionPage, policy: Mention, apposed: Mention) -> bool:
    between = page.text[policy.place.end : apposed.place.start]
    return bool(_APPOSED.fullmatch(between) and _PLAN_AFTER.match(page.text, apposed.place.end))


def _possessor(page: MentionPage, named: Mention) -> Mention | None:
    """Return the country or person whose possessive stands right before a name."""
    one = page.last_before(named.place.start, 40, *_OWNERS)
    if one and one.kind is not MentionKind.DEMONYM and _OWNS.fullmatch(page.text, one.place.end, named.place.start):
        return one
    return None


_VISION = re.compile(
    r"'s? (?:[\w-]+ ){0,2}(?:vision|policy|strategy|plan|approach|doctrine|diplomacy|programme|program)\b"
)
_RESTS_ON = re.compile(
    r"\b(?:based|built|founded|centred|centered|modelled|modeled|rests?|rested|resting|hinges?|turns?|revolves?|relies|"
    r"draws?) (?:up)?(?:on|around) (?:the |an? |what (?:it|he|she|they) calls? )?(?:[\w-]+ ){0,2}(?:of )?[‘“\"']$"
    r"|\b(?:called|known as|dubbed|named|termed|labelled|labeled|branded|titled|entitled) [‘“\"']$"
)
"""What says that a term is the gist or the name of what was spoken of before."""


def _concept_of(page: MentionPage) -> Iterator[Tie]:
    """Yield "Kenya's strategy for ... rests on 'x'" and "Kenya's policy, known as 'x'"."""
    for policy in page.of(EntityType.POLICY):
        start = policy.sentence.start
        if not _RESTS_ON.search(page.text, start, policy.place.start):
            continue
        for owner in page.starting_in(start, policy.place.start, EntityType.COUNTRY):
            if _VISION.match(page.text, owner.place.end):
                span = Span(owner.place.start, policy.place.end)
                yield Tie(policy.entity_id, "policy_of", owner.entity_id, span, 0.8)
                break


_PART = (
    r"(?:basis|core|part|pillar|element|centrepiece|centerpiece|heart|foundation|component|cornerstone|backbone|plank|"
    r"aim|goal|piece)s?"
)
_CORE = re.compile(rf"\b{_PART}\b[^.;]{{0,80}}?\b(?:of|under|in|within) ")
_DEFINES = re.compile(
    r"\b(?:is|are|was|were|called|known as|named|dubbed|termed) (?:the |an? )?(?:[\w-]+ ){0,2}(?:of )?[‘“\"']$"
)
_FORMS = re.compile(rf"[’”\"'],? (?:is|are|was|were|forms?|formed|as)? ?(?:the |an? )?(?:[a-z-]+ )?{_PART} (?:of|in) ")


def _part_of(page: MentionPage) -> Iterator[Tie]:
    """Yield "a pillar of P (or: of the policy) is 'x'" and "'x', a pillar of P"."""
    for term in page.of(EntityType.POLICY):
        start, end = term.place.start, term.place.end
        core = _CORE.search(page.text, term.sentence.start, start)
        forms = _FORMS.match(page.text, end)
        whole: Mention | None = None
        if core and _DEFINES.search(page.text, term.sentence.start, start):
            whole = _named_whole(page, core, term)
            span = Span(term.sentence.start, end)
        elif forms:
            whole = page.first_in(forms.end(), forms.end() + 8, *_POLICIES)
            span = Span(start, whole.place.end) if whole else Span(start, end)
        if whole:
            yield Tie(term.entity_id, "part_of", whole.entity_id, span, 0.8)


def _named_whole(page: MentionPage, core: re.Match[str], term: Mention) -> Mention | None:
    """Return the policy named after the core word, or the one that "the policy" takes up."""
    inside = page.first_in(core.start(), term.place.start, *_POLICIES)
    if inside or not _THE_POLICY.search(page.text, core.start(), term.place.start):
        return inside
    return page.last_before(term.sentence.start, _NEAR, *_POLICIES)


_THE_POLICY = re.compile(r"\bthe (?:policy|initiative|plan|programme|program|strategy|agreement)\b")
_NEAR = 600
"""How far back, in characters, "the policy" may point."""


def _between(page: MentionPage) -> Iterator[Tie]:
    """Yield the sides of "X–Y strategic partnership", and of "P between X and Y"."""
    for tie in page.of(EntityType.POLICY, EntityType.TREATY):
        span = Span(tie.place.start, tie.place.end)
        if tie.entity_id.rsplit("-", 1)[-1] in _PACTS:
            for side in page.within(tie):
                if side.type is EntityType.COUNTRY:
                    yield Tie(tie.entity_id, "between", side.entity_id, span)
        yield from _between_after(page, tie)


_PACTS = ("partnership", "alliance", "agreement", "treaty", "pact", "accord", "union")
_BETWEEN = re.compile(r" between (?:the )?")
_AND = re.compile(r" and (?:the )?")


def _between_after(page: MentionPage, tie: Mention) -> Iterator[Tie]:
    lead = _BETWEEN.match(page.text, tie.place.end)
    one = page.starting_at(lead.end(), EntityType.COUNTRY) if lead else None
    link = _AND.match(page.text, one.place.end) if one else None
    other = page.starting_at(link.end(), EntityType.COUNTRY) if link else None
    if one and other:
        span = Span(tie.place.start, other.place.end)
        yield Tie(tie.entity_id, "between", one.entity_id, span)
        yield Tie(tie.entity_id, "between", other.entity_id, span)


def _of_its_country(page: MentionPage) -> Iterator[Tie]:
    """Yield regions and documents whose names hold their country: its adjective in front, or "City, Country"."""
    for named in page.of(EntityType.REGION, EntityType.DOCUMENT):
        span = Span(named.place.start, named.place.end)
        predicate = "located_in" if named.type is EntityType.REGION else "document_of"
        for inner in page.within(named):
            is_edge = inner.place.start == named.place.start or inner.place.end == named.place.end
            if inner.type is EntityType.COUNTRY and is_edge:
                yield Tie(named.entity_id, predicate, inner.entity_id, span)


def _concerns(page: MentionPage) -> Iterator[Tie]:
    """Yield what an affair bears the name of."""
    for affair in page.of(EntityType.EVENT):
        for inner in page.within(affair):
            if inner.type not in (EntityType.COUNTRY, EntityType.EVENT):
                yield Tie(affair.entity_id, "concerns", inner.entity_id, Span(affair.place.start, affair.place.end))


_MEMBER_COUNTRY = re.compile(r" member(?: state)?s?,? (?:the )?$")


def _member_of(page: MentionPage) -> Iterator[Tie]:
    """Yield "NATO member Turkey"."""
    for body in page.of(EntityType.ORG):
        if page.entities[body.entity_id].subtype != "igo":
            continue
        end = body.place.end
        after = page.first_in(end, end + 30, EntityType.COUNTRY)
        is_name = after and after.kind is not MentionKind.DEMONYM
        if after and is_name and _MEMBER_COUNTRY.fullmatch(page.text, end, after.place.start):
            yield Tie(after.entity_id, "member_of", body.entity_id, hull(body, after), 0.85)


_FINDERS: Sequence[Callable[[MentionPage], Iterator[Tie]]] = (
    _policy_of,
    _concept_of,
    _part_of,
    _between,
    _of_its_country,
    _concerns,
    _member_of,
    find_partners,
    find_members,
    find_sanctions,
    find_owners,
)
