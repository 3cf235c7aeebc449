"""Office-holders: who holds which office, or works for whom in which role.

Read are a title right before a name ("French President Jane Doe", "Kenyan Minister of Water and Roads John Doe"), a
title right after it between commas ("Jane Doe, the former president"), what verbs say ("resigned as", "was named",
"replaced X as"), and the sentences of author notes ("Jane Doe is a senior editor at Acme"). The country is that of the
adjective or name beside the title; without one, it is what the same document says of the same person and office, and
for well-known leaders that of a table. Roles that say nothing without an organisation (spokesman, director, professor)
are given only with one.

``title_norm`` is the class in ``copydesk/data/titles.tsv``; a deputy has ``deputy_`` before it, one
of the opposition's is ``shadow_minister``. The president of a country is ``head_of_state``; of anything else,
``president``. Left alone are courtesies (Mr, Dr), ranks (General),
plurals ("Presidents X and Y") and titles that stand far from the name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from copydesk.document import Span
from copydesk.extract.found import Found
from copydesk.extract.leaders import country_of_leader
from copydesk.extract.mentions_index import MentionPage, by_passage, mention_pages
from copydesk.extract.people import MINISTRY_WORDS, titles
from copydesk.extract.reading import Reading
from copydesk.facts import Date, DateType, EntityType, HolderStatus, Mention, MentionKind, Officeholder

_STATUS: Mapping[str, HolderStatus] = {
    word: status
    for status, words in {
        HolderStatus.FORMER: "former ex ex- then then- late ousted deposed onetime one-time previous",
        HolderStatus.ACTING: "acting interim caretaker",
        HolderStatus.ELECT: "incoming designate elect",
        HolderStatus.CURRENT: "current sitting incumbent outgoing new newly-elected",
    }.items()
    for word in words.split()
}
_STATUS_WORDS = "|".join(sorted((re.escape(word) for word in _STATUS), key=len, reverse=True))
_LAST = re.compile(r"([\w.]+),? $")
_LAST_WORD = 24
_REACH = 160
"""How far a title may begin before a name, in characters."""

_OFFICE_BODIES = frozenset("igo government legislature court ministry agency military bank party police".split())


@dataclass(frozen=True)
class _Title:
    """A title as written, with what stands before it in the same phrase."""

    span: Span
    norm: str
    kind: str
    status: HolderStatus
    start: int
    """Where the whole phrase starts: the status, the country or the organisation before the title."""
    country: str | None = None
    organisation: str | None = None
    of_region: bool = False
    rule: str = ""


_OWNERS = (EntityType.COUNTRY, EntityType.REGION, EntityType.ORG)


def find_officeholders(reading: Reading, found: Found) -> Iterator[Officeholder]:
    """Yield the office-holders and affiliations of all passages.

    >>> from copydesk.article import FieldName
    >>> from copydesk.extract.mentions import find_mentions
    >>> from copydesk.extract.reading import ReadingPassage
    >>> reading = Reading([ReadingPassage(FieldName.BODY, 0, "He met former Kenyan president Daniel arap Moi.")])
    >>> found = Found()
    >>> found.add(find_mentions(reading, found))
    >>> [(o.person, o.title_norm, o.country, str(o.status)) for o in find_officeholders(reading, found)]
    [('person:daniel-arap-moi', 'head_of_state', 'KEN', 'former')]
    """
    holders = [holder for page in mention_pages(reading, found) for holder in _holders(page, found, reading)]
    owned: dict[tuple[str, str], Officeholder] = {}
    for holder in holders:
        if holder.country and not holder.organisation:
            owned.setdefault((holder.person, holder.title.lower()), holder)
    for holder in holders:
        same = None if holder.country or holder.organisation else owned.get((holder.person, holder.title.lower()))
        if same:
            status = same.status if holder.status is HolderStatus.CURRENT else holder.status
            yield replace(holder, country=same.country, title_norm=same.title_norm, status=status)
        elif country := _known_country(holder, found):
            yield replace(holder, country=country)
        elif holder.country or holder.organisation or not _needs_owner(holder):
            norm = holder.title_norm if holder.country else _OF_ORG.get(holder.title_norm, holder.title_norm)
            yield replace(holder, title_norm=norm)


def _known_country(holder: Officeholder, found: Found) -> str | None:
    """Return the country of a well-known leader who is named without it."""
    if holder.country or holder.organisation or holder.title_norm not in _LEADING:
        return None
    return country_of_leader(found.entities[holder.person].name, has_office=True)


_LEADING = frozenset(
    "head_of_state prime_minister chancellor foreign_minister defence_minister vice_president leader".split()
)
_NEEDS_OWNER = frozenset(["leader", "party_leader", "secretary", "minister"])
"""Classes that say too little when nobody knows of what."""


def _needs_owner(holder: Officeholder) -> bool:
    """Tell whether a title says too little alone: ``minister`` does, ``communications minister`` does not."""
    return holder.title_norm in _NEEDS_OWNER and holder.title.lower() in titles()


def _holders(page: MentionPage, found: Found, reading: Reading) -> Iterator[Officeholder]:
    key = (page.passage.field, page.passage.ordinal)
    dates = [d for d in by_passage(found.dates).get(key, ()) if d.type is DateType.DATE and d.start_date]
    starts = [d.place.start for d in dates]
    last: tuple[Mention, str] | None = None
    for person in page.of(EntityType.PERSON):
        for title, span in _titles_of(page, person):
            if last and _is_named_by(page, last[0], person, title):
                title = replace(title, country=last[1])  # noqa: PLW2901 - the same title, its country known
            if title.country and not title.of_region:
                last = person, title.country
            is_royal = title.norm == "head_of_state" and "president" not in page.text[slice(*title.span)].lower()
            if (title.kind == "office" and (title.country or not is_royal)) or title.organisation:
                low, high = bisect_left(starts, person.sentence.start), bisect_left(starts, person.sentence.end)
                as_of = _as_of(dates[low:high], person, reading)
                yield _holder(page, person, title, span, as_of)


_NAMED_BY = re.compile(
    r" (?:(?:has|had|also|then|later|abruptly|on \w+day) ){0,2}"
    r"(?:appointed|dismissed|fired|named|nominated|promoted|removed|replaced|sacked|suspended) "
    r"(?:(?:his|her|the) )?(?:(?:new|long-time|longtime) )?"
)


def _is_named_by(page: MentionPage, other: Mention, person: Mention, title: _Title) -> bool:
    """Tell whether a minister is named or dismissed by somebody whose country is known: it is his, too."""
    is_minister = title.kind == "office" and title.norm.endswith("minister")
    if not is_minister or title.country or title.organisation or other.sentence != person.sentence:
        return False
    named = _NAMED_BY.match(page.text, other.place.end)
    return named is not None and named.end() == title.start


def _titles_of(page: MentionPage, person: Mention) -> Iterator[tuple[_Title, Span]]:
    """Yield the titles of a person with the span of the whole phrase."""
    start, end = person.place.start, person.place.end
    if before := _title_before(page, start, end):
        yield before, Span(before.start, end)
    elif after := _title_after(page, end):
        yield _ended(page, after), Span(start, max(after.span.end, after.start))
    elif told := _title_in_note(page, person) or _title_by_verb(page, person):
        yield told, Span(start, told.start)


_ENDED = re.compile(
    r",? (?:(?:from|between) (?:\w+ )?\d{4} (?:to|until|till|through|and) (?:\w+ )?\d{4}\b|until (?:\w+ )?\d{4}\b"
    r"|\(?\d{4} ?[-–] ?\d{4}\b)"
)


def _ended(page: MentionPage, title: _Title) -> _Title:
    """Read the years behind a title: ``president of Estonia from 1999 to 2004``."""
    is_over = title.status is HolderStatus.CURRENT and _ENDED.match(page.text, max(title.span.end, title.start))
    return replace(title, status=HolderStatus.FORMER) if is_over else title


@cache
def _title_pattern() -> str:
    """Return the pattern of a title: an optional rank among deputies, a field, a known title."""
    known = sorted((re.escape(t) for t, (_, kind) in titles().items() if kind in ("office", "affiliation")), key=len)
    fields = "|".join(sorted(MINISTRY_WORDS))
    deputy = r"(?P<deputy>(?:deputy|shadow|vice|assistant|associate|first|senior|chief|principal|co-)[ -]?)?"
    field_ = rf"(?:(?:{fields})(?:,? and |, | ))*"
    of = rf"(?P<of> (?:of|for) (?:the )?(?:{fields})(?:(?:,? and|,)? (?:{fields}))*\b)?"
    return rf"{deputy}(?P<whole>{field_}(?P<known>{'|'.join(reversed(known))}))(?P<elect>-elect| elect|-designate)?{of}"


@cache
def _before_pattern() -> re.Pattern[str]:
    status = rf"(?:(?P<status>{_STATUS_WORDS})[ -])?"
    ranks = "|".join(re.escape(t) for t, (_, kind) in titles().items() if kind in ("rank", "courtesy"))
    rank = rf"(?:(?:{ranks}) )?"
    return re.compile(rf"(?<![\w-]){status}(?P<title>{_title_pattern()})(?P<comma>,)? {rank}$", re.IGNORECASE)


@cache
def _after_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?P<title>{_title_pattern()})(?![\w-])", re.IGNORECASE)


_LEAD_IN = re.compile(
    r",(?: (?:aged )?\d{1,2},)? (?:(?:who is|who was) )?(?:(?:now|currently) )?(?:(?:the|a|an|its|their) )?"
    rf"(?:(?P<status>{_STATUS_WORDS})[ -])?",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"(?:(?:Mr|Mrs|Ms)\.? )?[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}'s ")
"""Whose adviser or chief of staff somebody is."""

_STATUS_BEFORE = re.compile(rf"\b(?P<status>{_STATUS_WORDS})[ -]$", re.IGNORECASE)


@cache
def _last_words() -> frozenset[str]:
    """Return the words that a title in front of a name may end with."""
    known = [title for title, (_, kind) in titles().items() if kind in ("office", "affiliation")]
    words = [re.split(r"[^\w.]", title)[-1] for title in known]
    return frozenset([*words, *(word.lower() for word in MINISTRY_WORDS), "elect", "designate"])


def _may_end_title(before: str) -> bool:
    """Tell whether a text ends with a word that ends a title, or with a country that one may belong to."""
    if not before.endswith(" "):
        return False
    word = before[before.rfind(" ", 0, -1) + 1 : -1].removesuffix(",")
    if not word.isalpha():
        last = _LAST.search(before)
        word = last[1] if last else " "
    return word.lower() in _last_words() or word[0].isupper()


def _title_before(page: MentionPage, start: int, end: int) -> _Title | None:
    if not _may_end_title(page.text[max(0, start - _LAST_WORD) : start]):
        return None
    floor = max(page.passage.sentence_at(start).start, start - _REACH)
    if other := page.last_before(start, _REACH, EntityType.PERSON):
        floor = max(floor, other.place.end)
    found = _before_pattern().search(page.text, floor, start)
    if not found or found.end() != start:
        return _title_of_country(page, Span(start, end), floor)
    span = Span(found.start("title"), found.end("title"))
    title = _owned_before(page, _made(found, span, found.start(), found["status"]))
    if found["comma"]:
        return title if _is_apposition(page, title, end) else None
    return title if title.country or title.organisation else _with_country_after(page, title, end)


_OF_COUNTRY = re.compile(r" of (?:the )?")


def _with_country_after(page: MentionPage, title: _Title, end: int) -> _Title:
    """Add the country or region that stands after the name: ``President X of Kenya``, ``Governor X of Texas``."""
    of = _OF_COUNTRY.match(page.text, end)
    owner = page.starting_at(of.end(), EntityType.COUNTRY, EntityType.REGION) if of else None
    if owner is None or owner.kind is MentionKind.DEMONYM or _NAME_GOES_ON.match(page.text, owner.place.end):
        return title
    return _with_owner(page, title, owner)


def _is_apposition(page: MentionPage, title: _Title, end: int) -> bool:
    """Tell whether "the Kenyan president, X," is one person, and not two members of a list."""
    is_definite = (
        _DEFINITE.search(page.text, max(0, title.start - 8), title.start)
        or "'" in page.text[title.start : title.span.start]
    )
    return bool(is_definite) and page.text[end : end + 1] in tuple(",.;)—")


_DEFINITE = re.compile(r"\b(?:the|its|their|his|her) $", re.IGNORECASE)
_OF_BEFORE = re.compile(r" of (?:the )?$")


def _title_of_country(page: MentionPage, name: Span, floor: int) -> _Title | None:
    """Read "President of Kenya X", and "the president of Kenya, X,"."""
    start, end = name
    gap = 2 if page.text[start - 2 : start] == ", " else 1
    owner = page.ending_at(
        start - gap, *((EntityType.COUNTRY, EntityType.REGION) if gap > 1 else (EntityType.COUNTRY,))
    )
    link = _OF_BEFORE.search(page.text, max(floor, owner.place.start - 8), owner.place.start) if owner else None
    if owner is None or link is None or owner.kind is MentionKind.DEMONYM:
        return None
    found = _before_pattern().search(page.text[floor : link.start()] + " ")
    if not found or found.start("title") + floor + len(found["title"]) != link.start():
        return None
    span = Span(floor + found.start("title"), link.start())
    title = _with_owner(page, _made(found, span, floor + found.start(), found["status"]), owner)
    return title if gap == 1 or (title.kind == "office" and _is_apposition(page, title, end)) else None


def _made(found: re.Match[str], span: Span, start: int, status_word: str | None) -> _Title:
    norm, kind = _classified(found)
    status = _STATUS.get((status_word or "").lower(), HolderStatus.CURRENT)
    if found["elect"]:
        status = HolderStatus.ELECT
        if not found["of"]:
            span = Span(span.start, span.end - len(found["elect"]))
    if (found["deputy"] or "").strip().lower() == "first" and norm in _NUMBERED:
        span = Span(span.start + len(found["deputy"]), span.end)
    return _Title(span, norm, kind, status, start)


_NUMBERED = frozenset(["head_of_state", "prime_minister", "chancellor"])
"""Of these the first is one of several in time, and no rank: the first president."""


def _classified(found: re.Match[str]) -> tuple[str, str]:
    whole, known = " ".join(found["whole"].lower().split()), found["known"].lower()
    of = (found.groupdict().get("of") or "").lower()
    norm, kind = titles().get(whole + of) or titles().get(whole) or titles()[known]
    if of.startswith(" for ") and norm == "foreign_minister":
        norm = titles().get(whole + of, ("minister", kind))[0]
    if norm == "secretary" and (of or whole != known):
        norm = "minister"
    deputy = (found["deputy"] or "").strip(" -").lower()
    if known_whole := titles().get(f"{deputy} {whole}"):
        return known_whole
    if deputy == "shadow":
        return "shadow_minister", kind
    if deputy in ("deputy", "assistant", "vice"):
        norm = "deputy_minister" if norm.endswith("minister") else f"deputy_{norm}"
    return norm, kind


_WHERE = re.compile(r"\b(?:in|at|near|inside|across|outside) $")
_GAP_BEFORE = re.compile(r"(?:'s?)? $")


def _owned_before(page: MentionPage, title: _Title) -> _Title:
    """Add the country or the organisation that stands right before a title, and a status before that."""
    gap = _GAP_BEFORE.search(page.text, max(0, title.start - 3), title.start)
    owner = page.ending_at(gap.start(), *_OWNERS) if gap else None
    if owner is None or owner.sentence.start > owner.place.start:
        return title
    if owner.kind is not MentionKind.DEMONYM and _WHERE.search(
        page.text, max(0, owner.place.start - 12), owner.place.start
    ):
        return title  # an attack in Iraq Minister Jane Doe condemned
    title = _with_owner(page, title, owner)
    start = owner.place.start
    if status := _STATUS_BEFORE.search(page.text, max(0, start - 12), start):
        kept = _STATUS[status["status"].lower()]
        return replace(title, start=status.start(), status=kept)
    return replace(title, start=start)


def _with_owner(page: MentionPage, title: _Title, owner: Mention) -> _Title:
    entity = page.entities.get(owner.entity_id)
    if owner.type is EntityType.ORG:
        is_office = title.kind == "office" and entity is not None and entity.subtype in _OFFICE_BODIES
        return replace(
            title,
            organisation=owner.entity_id,
            kind="office" if is_office else "affiliation",
            norm=_OF_ORG.get(title.norm, title.norm),
            country=entity.iso_alpha3 if entity and is_office else None,
        )
    code = entity.iso_alpha3 if entity else None
    if owner.type is EntityType.REGION and title.norm == "head_of_state" and entity and entity.subtype in _TOWNS:
        return replace(title, norm="president")
    if owner.type is EntityType.REGION:
        return replace(title, country=code, norm=_OF_ORG.get(title.norm, title.norm), of_region=True)
    return replace(title, country=code)


_TOWNS = frozenset(["city", "capital"])
_OF_ORG = {"head_of_state": "president", "leader": "party_leader"}
"""What a title is when it is not a country's."""


_GAP_AFTER = re.compile(rf"(?:'s?)? (?:(?P<status>{_STATUS_WORDS})[ -])?", re.IGNORECASE)


def _title_after(page: MentionPage, end: int) -> _Title | None:
    lead = _LEAD_IN.match(page.text, end)
    if not lead:
        return None
    at, owner, status = lead.end(), page.starting_at(lead.end(), *_OWNERS), lead["status"]
    if lead.group().startswith(", who was "):
        status = status or "former"
    if owner:
        gap = _GAP_AFTER.match(page.text, owner.place.end)
        if not gap:
            return None
        at, status = gap.end(), status or gap["status"]
    whose = None if owner and owner.type is not EntityType.PERSON else _WHOSE.match(page.text, lead.end())
    found = _after_pattern().match(page.text, whose.end() if whose else at)
    if not found:
        return None
    title = _made(found, Span(*found.span("title")), found.end(), status)
    if whose:
        return title if title.norm in _OF_PERSONS else None
    if owner:
        return replace(_with_owner(page, title, owner), start=found.end())
    return _owned_after(page, title)


_OF_PERSONS = frozenset(
    f"{rank}{norm}" for norm in ("adviser", "chief_of_staff", "national_security_adviser") for rank in ("", "deputy_")
)
"""The classes of those who serve a person."""

_TIMES = r"(?:(?:abruptly|also|formerly|has|have|had|later|long|now|once|previously|recently|since|then|who) )"
_BY_VERB = re.compile(
    rf",? {_TIMES}{{0,4}}(?:"
    r"(?P<former>resigned|retired|quit|stepped down|served|(?:was|were|been) "
    r"(?:dismissed|fired|impeached|ousted|overthrown|removed|replaced|sacked|suspended|voted out)) as "
    r"|(?P<current>serves as |serving as |took over as |took office as |became |is now |remains |"
    r"(?:was|were|been) (?:appointed|chosen|elected|inaugurated|installed|named|re-?elected|sworn in)(?: as)? )"
    r"|(?P<elect>becomes |will become |is to become |will take over as |takes over as ))"
    rf"(?:(?:the|(?P<one>an?)|its|his|her|their) )?(?:(?P<status>{_STATUS_WORDS})[ -])?"
)
_IF = re.compile(r"\b(?:if|once|should|unless|until|were|whether) (?:(?:Mr|Mrs|Ms|Dr)\.? )?$", re.IGNORECASE)
"""Before somebody who may come to hold an office, or not."""

_STILL = re.compile(r",? (?:who )?(?:has|have) (?:long )?served ")
_SUCCEEDED = re.compile(rf",? {_TIMES}{{0,3}}(?:replaced|succeeded|replaces|succeeds) (?:(?:Mr|Mrs|Ms|Dr)\.? )?")
_IS_SUCCEEDED = re.compile(r"(?:replac|succeed)(?:ed|es|s|ing) (?:(?:Mr|Mrs|Ms|Dr)\.? )?$")
_AS = re.compile(rf" as (?:(?:the|its|his|her|their) )?(?:(?P<status>{_STATUS_WORDS})[ -])?")


def _title_by_verb(page: MentionPage, person: Mention) -> _Title | None:
    """Read what a verb says that somebody is or was: "resigned as X", "was named X", "replaced Y as X"."""
    end = person.place.end
    if _IF.search(page.text, max(0, person.place.start - _LAST_WORD), person.place.start):
        return None
    if found := _BY_VERB.match(page.text, end):
        status = HolderStatus.CURRENT
        if found["former"] and not _STILL.match(page.text, end):
            status = HolderStatus.FORMER
        elif found["elect"]:
            status = HolderStatus.ELECT
        told = _told_title(page, found.end(), _STATUS.get((found["status"] or "").lower(), status))
        is_of_some = told is not None and not told.country and not told.organisation and found["one"]
        return None if is_of_some else told  # a judge on the show
    if found := _SUCCEEDED.match(page.text, end):
        other = page.starting_at(found.end(), EntityType.PERSON)
        link = _AS.match(page.text, other.place.end) if other else None
        return _told_title(page, link.end(), HolderStatus.CURRENT) if link else None
    link = _AS.match(page.text, end)
    if link and _IS_SUCCEEDED.search(page.text, max(0, person.place.start - _LAST_WORD), person.place.start):
        return _told_title(page, link.end(), HolderStatus.FORMER)
    return None


def _told_title(page: MentionPage, at: int, status: HolderStatus) -> _Title | None:
    """Return the title that starts at a position, its owner before it or behind it."""
    owner = page.starting_at(at, *_OWNERS)
    gap = _GAP_AFTER.match(page.text, owner.place.end) if owner else None
    found = _after_pattern().match(page.text, gap.end() if gap else at)
    if not found:
        return None
    title = replace(_made(found, Span(*found.span("title")), found.end(), None), status=status, rule="verb")
    if owner:
        return replace(_with_owner(page, title, owner), start=found.end())
    of = _OF.match(page.text, title.span.end)
    owner = page.starting_at(of.end(), *_OWNERS) if of else None
    if owner is None or _NAME_GOES_ON.match(page.text, owner.place.end):
        return title
    return replace(_with_owner(page, title, owner), start=owner.place.end)


_NAME_GOES_ON = re.compile(r"-\w| [A-Z]|'s ")
_OF = re.compile(r" (?:of|for|at|with|in) (?:the )?")


def _owned_after(page: MentionPage, title: _Title) -> _Title | None:
    """Add what follows after "of"; a title that ends there without an owner must end at a comma or a stop."""
    of = _OF.match(page.text, title.span.end)
    owner = page.starting_at(of.end(), *_OWNERS) if of else None
    if owner and _NAME_GOES_ON.match(page.text, owner.place.end):
        return None
    if owner:
        return replace(_with_owner(page, title, owner), start=owner.place.end)
    return title if page.text[title.span.end : title.span.end + 1] in tuple(",.;)") else None


_IS = re.compile(r" (?P<verb>is|was) (?:an?|the) ")
_FOR = re.compile(r" (?:at|for|with|of) (?:the )?$")
_NOUN = re.compile(
    r" (?:research group|think[ -]tank|newspaper|news agency|magazine|website|company|group|party|foundation)\b"
)
_MAX_NOTE = 140


def _title_in_note(page: MentionPage, person: Mention) -> _Title | None:
    """Read "X is a senior editor and specialist on ... for the Y research group"."""
    verb = _IS.match(page.text, person.place.end)
    if not verb or person.place.start != person.sentence.start:
        return None
    for org in page.starting_in(verb.end(), person.sentence.end, EntityType.ORG):
        link = _FOR.search(page.text, verb.end(), org.place.start)
        if not link:
            continue
        words = page.text[verb.end() : link.start()]
        found = _after_pattern().search(words)
        if not found or found.start() > _MAX_TITLE_LEAD or len(words) > _MAX_NOTE or ";" in words:
            return None
        noun = _NOUN.match(page.text, org.place.end)
        status = HolderStatus.FORMER if verb["verb"] == "was" else HolderStatus.CURRENT
        norm, _ = _classified(found)
        span = Span(verb.end(), link.start())
        end = noun.end() if noun else org.place.end
        return _Title(span, _OF_ORG.get(norm, norm), "affiliation", status, end, None, org.entity_id)
    return None


_MAX_TITLE_LEAD = 40


def _holder(page: MentionPage, person: Mention, title: _Title, span: Span, as_of: str | None) -> Officeholder:
    is_note = title.kind == "affiliation" and title.span.start > person.place.end
    rule = title.rule or ("note" if is_note else "title")
    return Officeholder(
        place=page.passage.place(span.start, span.end),
        sentence=person.sentence,
        rule=f"officeholders.{rule}",
        confidence=0.9 if person.kind is MentionKind.NAME else 0.8,
        person=person.entity_id,
        title=page.passage.text[title.span.start : title.span.end],
        title_norm=title.norm,
        kind=title.kind,
        country=title.country,
        organisation=title.organisation,
        status=title.status,
        as_of=as_of,
    )


def _as_of(dates: Sequence[Date], person: Mention, reading: Reading) -> str | None:
    """Return the value of the nearest date of the sentence, else the day of publication."""
    nearest = min(dates, key=lambda d: abs(d.place.start - person.place.start), default=None)
    if nearest:
        return nearest.value
    return reading.published.date().isoformat() if reading.published else None
