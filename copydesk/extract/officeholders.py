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
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from copydesk.document import Span
from copydesk.extract.found import Found
from copydesk.extract.leaders import country_of_leader
from copydesk.extract.mentions_index import MentionPage, by_passage, mention_pages
from copydesk.extract.officeholders_titles import (
    GAP_AFTER,
    LAST_WORD,
    OF_ORG,
    OWNERS,
    STATUS,
    STATUS_WORDS,
    Title,
    after_pattern,
    classified,
    goes_on,
    made,
    owner_behind,
    title_pattern,
    with_owner,
)
from copydesk.extract.officeholders_verbs import title_by_verb
from copydesk.extract.people import MINISTRY_WORDS, titles
from copydesk.extract.reading import Reading
from copydesk.facts import Date, DateType, EntityType, HolderStatus, Mention, MentionKind, Officeholder

_LAST = re.compile(r"([\w.]+),? $")
_REACH = 160
"""How far a title may begin before a name, in characters."""


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
            norm = holder.title_norm if holder.country else OF_ORG.get(holder.title_norm, holder.title_norm)
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


def _is_named_by(page: MentionPage, other: Mention, person: Mention, title: Title) -> bool:
    """Tell whether a minister is named or dismissed by somebody whose country is known: it is his, too."""
    is_minister = title.kind == "office" and title.norm.endswith("minister")
    if not is_minister or title.country or title.organisation or other.sentence != person.sentence:
        return False
    named = _NAMED_BY.match(page.text, other.place.end)
    return named is not None and named.end() == title.start


def _titles_of(page: MentionPage, person: Mention) -> Iterator[tuple[Title, Span]]:
    """Yield the titles of a person with the span of the whole phrase."""
    start, end = person.place.start, person.place.end
    if before := _title_before(page, start, end):
        yield before, Span(before.start, end)
    elif after := _title_after(page, end):
        yield _ended(page, after), Span(start, max(after.span.end, after.start))
    elif told := _title_in_note(page, person) or title_by_verb(page, person):
        yield told, Span(start, told.start)


_ENDED = re.compile(
    r",? (?:(?:from|between) (?:\w+ )?\d{4} (?:to|until|till|through|and) (?:\w+ )?\d{4}\b|until (?:\w+ )?\d{4}\b"
    r"|\(?\d{4} ?[-–] ?\d{4}\b)"
)


def _ended(page: MentionPage, title: Title) -> Title:
    """Read the years behind a title: ``president of Estonia from 1999 to 2004``."""
    is_over = title.status is HolderStatus.CURRENT and _ENDED.match(page.text, max(title.span.end, title.start))
    return replace(title, status=HolderStatus.FORMER) if is_over else title


@cache
def _before_pattern() -> re.Pattern[str]:
    status = rf"(?:(?P<status>{STATUS_WORDS})[ -])?"
    ranks = "|".join(re.escape(t) for t, (_, kind) in titles().items() if kind in ("rank", "courtesy"))
    rank = rf"(?:(?:{ranks}) )?"
    return re.compile(rf"(?<![\w-]){status}(?P<title>{title_pattern()})(?P<comma>,)? {rank}$", re.IGNORECASE)


_LEAD_IN = re.compile(
    r",(?: (?:aged )?\d{1,2},)? (?:(?:who is|who was) )?(?:(?:now|currently) )?(?:(?:the|a|an|its|their) )?"
    rf"(?:(?P<status>{STATUS_WORDS})[ -])?",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"(?:(?:Mr|Mrs|Ms)\.? )?[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}'s ")
"""Whose adviser or chief of staff somebody is."""

_STATUS_BEFORE = re.compile(rf"\b(?P<status>{STATUS_WORDS})[ -]$", re.IGNORECASE)


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


def _title_before(page: MentionPage, start: int, end: int) -> Title | None:
    if not _may_end_title(page.text[max(0, start - LAST_WORD) : start]):
        return None
    floor = max(page.passage.sentence_at(start).start, start - _REACH)
    if other := page.last_before(start, _REACH, EntityType.PERSON):
        floor = max(floor, other.place.end)
    found = _before_pattern().search(page.text, floor, start)
    if not found or found.end() != start:
        return _title_of_country(page, Span(start, end), floor)
    span = Span(found.start("title"), found.end("title"))
    title = _owned_before(page, made(found, span, found.start(), found["status"]))
    if found["comma"]:
        return title if _is_apposition(page, title, end) else None
    return title if title.country or title.organisation else _with_country_after(page, title, end)


_OF_COUNTRY = re.compile(r" of (?:the )?")


def _with_country_after(page: MentionPage, title: Title, end: int) -> Title:
    """Add the country or region that stands after the name: ``President X of Kenya``, ``Governor X of Texas``."""
    of = _OF_COUNTRY.match(page.text, end)
    owner = page.starting_at(of.end(), EntityType.COUNTRY, EntityType.REGION) if of else None
    if owner is None or owner.kind is MentionKind.DEMONYM or goes_on(page, owner):
        return title
    return with_owner(page, title, owner)


def _is_apposition(page: MentionPage, title: Title, end: int) -> bool:
    """Tell whether "the Kenyan president, X," is one person, and not two members of a list."""
    is_definite = (
        _DEFINITE.search(page.text, max(0, title.start - 8), title.start)
        or "'" in page.text[title.start : title.span.start]
    )
    return bool(is_definite) and page.text[end : end + 1] in tuple(",.;)—")


_DEFINITE = re.compile(r"\b(?:the|its|their|his|her) $", re.IGNORECASE)
_OF_BEFORE = re.compile(r" of (?:the )?$")


def _title_of_country(page: MentionPage, name: Span, floor: int) -> Title | None:
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
    title = with_owner(page, made(found, span, floor + found.start(), found["status"]), owner)
    return title if gap == 1 or (title.kind == "office" and _is_apposition(page, title, end)) else None


_WHERE = re.compile(r"\b(?:in|at|near|inside|across|outside) $")
_GAP_BEFORE = re.compile(r"(?:'s?)? $")


def _owned_before(page: MentionPage, title: Title) -> Title:
    """Add the country or the organisation that stands right before a title, and a status before that."""
    gap = _GAP_BEFORE.search(page.text, max(0, title.start - 3), title.start)
    owner = page.ending_at(gap.start(), *OWNERS) if gap else None
    if owner is None or owner.sentence.start > owner.place.start:
        return title
    if owner.kind is not MentionKind.DEMONYM and _WHERE.search(
        page.text, max(0, owner.place.start - 12), owner.place.start
    ):
        return title  # an attack in Iraq Minister Jane Doe condemned
    title = with_owner(page, title, owner)
    start = owner.place.start
    if status := _STATUS_BEFORE.search(page.text, max(0, start - 12), start):
        kept = STATUS[status["status"].lower()]
        return replace(title, start=status.start(), status=kept)
    return replace(title, start=start)


def _title_after(page: MentionPage, end: int) -> Title | None:
    lead = _LEAD_IN.match(page.text, end)
    if not lead:
        return None
    at, owner, status = lead.end(), page.starting_at(lead.end(), *OWNERS), lead["status"]
    if lead.group().startswith(", who was "):
        status = status or "former"
    if owner:
        gap = GAP_AFTER.match(page.text, owner.place.end)
        if not gap:
            return None
        at, status = gap.end(), status or gap["status"]
    whose = None if owner and owner.type is not EntityType.PERSON else _WHOSE.match(page.text, lead.end())
    found = after_pattern().match(page.text, whose.end() if whose else at)
    if not found:
        return None
    title = made(found, Span(*found.span("title")), found.end(), status)
    if whose:
        return title if title.norm in _OF_PERSONS else None
    if owner:
        return replace(with_owner(page, title, owner), start=found.end())
    return _owned_after(page, title)


_OF_PERSONS = frozenset(
    f"{rank}{norm}" for norm in ("adviser", "chief_of_staff", "national_security_adviser") for rank in ("", "deputy_")
)
"""The classes of those who serve a person."""


def _owned_after(page: MentionPage, title: Title) -> Title | None:
    """Add what follows after "of"; a title that ends there without an owner must end at a comma or a stop."""
    found = owner_behind(page, title)
    if found and goes_on(page, found):
        return None
    if found:
        return replace(with_owner(page, title, found), start=found.place.end)
    return title if page.text[title.span.end : title.span.end + 1] in tuple(",.;)") else None


_IS = re.compile(r" (?P<verb>is|was) (?:an?|the) ")
_FOR = re.compile(r" (?:at|for|with|of) (?:the )?$")
_NOUN = re.compile(
    r" (?:research group|think[ -]tank|newspaper|news agency|magazine|website|company|group|party|foundation)\b"
)
_MAX_NOTE = 140


def _title_in_note(page: MentionPage, person: Mention) -> Title | None:
    """Read "X is a senior editor and specialist on ... for the Y research group"."""
    verb = _IS.match(page.text, person.place.end)
    if not verb or person.place.start != person.sentence.start:
        return None
    for org in page.starting_in(verb.end(), person.sentence.end, EntityType.ORG):
        link = _FOR.search(page.text, verb.end(), org.place.start)
        if not link:
            continue
        words = page.text[verb.end() : link.start()]
        found = after_pattern().search(words)
        if not found or found.start() > _MAX_TITLE_LEAD or len(words) > _MAX_NOTE or ";" in words:
            return None
        noun = _NOUN.match(page.text, org.place.end)
        status = HolderStatus.FORMER if verb["verb"] == "was" else HolderStatus.CURRENT
        norm, _ = classified(found)
        span = Span(verb.end(), link.start())
        end = noun.end() if noun else org.place.end
        return Title(span, OF_ORG.get(norm, norm), "affiliation", status, end, None, org.entity_id)
    return None


_MAX_TITLE_LEAD = 40


def _holder(page: MentionPage, person: Mention, title: Title, span: Span, as_of: str | None) -> Officeholder:
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
