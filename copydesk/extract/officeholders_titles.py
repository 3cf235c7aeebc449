"""Titles of office as they are written: their words, their class, and the country or the body that they belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from copydesk.document import Span
from copydesk.extract.mentions_index import MentionPage
from copydesk.extract.people import MINISTRY_WORDS, titles
from copydesk.facts import EntityType, HolderStatus, Mention

STATUS: Mapping[str, HolderStatus] = {
    word: status
    for status, words in {
        HolderStatus.FORMER: "former ex ex- then then- late ousted deposed onetime one-time previous",
        HolderStatus.ACTING: "acting interim caretaker",
        HolderStatus.ELECT: "incoming designate elect",
        HolderStatus.CURRENT: "current sitting incumbent outgoing new newly-elected",
    }.items()
    for word in words.split()
}
STATUS_WORDS = "|".join(sorted((re.escape(word) for word in STATUS), key=len, reverse=True))
COURTESY = r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?"
"""What may stand before a name, as a pattern."""

LAST_WORD = 24
"""How long the last word before a name may be, in characters."""

_OFFICE_BODIES = frozenset("igo government legislature court ministry agency military bank party police".split())


@dataclass(frozen=True)
class Title:
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


OWNERS = (EntityType.COUNTRY, EntityType.REGION, EntityType.ORG)


@cache
def title_pattern() -> str:
    """Return the pattern of a title: an optional rank among deputies, a field, a known title."""
    known = sorted((re.escape(t) for t, (_, kind) in titles().items() if kind in ("office", "affiliation")), key=len)
    fields = "|".join(sorted(MINISTRY_WORDS))
    deputy = r"(?P<deputy>(?:deputy|shadow|vice|assistant|associate|first|senior|chief|principal|co-)[ -]?)?"
    field_ = rf"(?:(?:{fields})(?:,? and |, | ))*"
    of = rf"(?P<of> (?:of|for) (?:the )?(?:{fields})(?:(?:,? and|,)? (?:{fields}))*\b)?"
    return rf"{deputy}(?P<whole>{field_}(?P<known>{'|'.join(reversed(known))}))(?P<elect>-elect| elect|-designate)?{of}"


@cache
def after_pattern() -> re.Pattern[str]:
    """Return the pattern of a title that is a whole word or more."""
    return re.compile(rf"(?P<title>{title_pattern()})(?![\w-])", re.IGNORECASE)


def made(found: re.Match[str], span: Span, start: int, status_word: str | None) -> Title:
    """Return the title that a pattern found; ``start`` is where its phrase starts, ``status_word`` stands before it."""
    norm, kind = classified(found)
    status = STATUS.get((status_word or "").lower(), HolderStatus.CURRENT)
    if found["elect"]:
        status = HolderStatus.ELECT
        if not found["of"]:
            span = Span(span.start, span.end - len(found["elect"]))
    if (found["deputy"] or "").strip().lower() == "first" and norm in _NUMBERED:
        span = Span(span.start + len(found["deputy"]), span.end)
    return Title(span, norm, kind, status, start)


_NUMBERED = frozenset(["head_of_state", "prime_minister", "chancellor"])
"""Of these the first is one of several in time, and no rank: the first president."""


def classified(found: re.Match[str]) -> tuple[str, str]:
    """Return the class of a title and its kind (office, affiliation), by the table of titles."""
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


def with_owner(page: MentionPage, title: Title, owner: Mention) -> Title:
    """Return a title with the country, the region or the organisation that it belongs to."""
    entity = page.entities.get(owner.entity_id)
    if owner.type is EntityType.ORG:
        is_office = title.kind == "office" and entity is not None and entity.subtype in _OFFICE_BODIES
        return replace(
            title,
            organisation=owner.entity_id,
            kind="office" if is_office else "affiliation",
            norm=OF_ORG.get(title.norm, title.norm),
            country=entity.iso_alpha3 if entity and is_office else None,
        )
    code = entity.iso_alpha3 if entity else None
    if owner.type is EntityType.REGION and title.norm == "head_of_state" and entity and entity.subtype in _TOWNS:
        return replace(title, norm="president")
    if owner.type is EntityType.REGION:
        return replace(title, country=code, norm=OF_ORG.get(title.norm, title.norm), of_region=True)
    return replace(title, country=code)


_TOWNS = frozenset(["city", "capital"])
OF_ORG = {"head_of_state": "president", "leader": "party_leader"}
"""What a title is when it is not a country's."""

GAP_AFTER = re.compile(rf"(?:'s?)? (?:(?P<status>{STATUS_WORDS})[ -])?", re.IGNORECASE)
_NAME_GOES_ON = re.compile(r"-\w| [A-Z]|'s ")
_OF = re.compile(r" (?:of|for|at|with|in) (?:the )?")


def owner_behind(page: MentionPage, title: Title) -> Mention | None:
    """Return the country or the organisation that follows a title after "of", "for", "at" ..."""
    of = _OF.match(page.text, title.span.end)
    return page.starting_at(of.end(), *OWNERS) if of else None


def goes_on(page: MentionPage, owner: Mention) -> bool:
    """Tell whether a name is a part of a longer one, or owns what follows."""
    return _NAME_GOES_ON.match(page.text, owner.place.end) is not None
