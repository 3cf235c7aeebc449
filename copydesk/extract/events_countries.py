"""Which country somebody stands for: by office, by name, by the words beside the name, by a table of leaders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from copydesk.article import FieldName
from copydesk.extract.found import Found
from copydesk.extract.leaders import country_of_leader
from copydesk.extract.reading import ReadingPassage
from copydesk.facts import EntityType, Mention, MentionKind

_NAMED_AFTER = re.compile(r"(?:['’]s?)?(?: [a-z][\w-]*){1,5},? ")
"""What stands between a country and a person of it: ``Kenyan runner X``, ``Kenya’s best runner, X``."""

_TOLD_AFTER = re.compile(r", (?:an? |the )?")
"""What stands between a person and the country in an apposition: ``X, a Kenyan runner``."""

_OF_PLACE = re.compile(r" (?:of|in|from) ")
_NO_TIE = re.compile(r"\b(?:and|or|in|on|at|to|with|for|from|by|against|of|said|that|as|after)\b")


def countries_of(found: Found, passages: Sequence[ReadingPassage]) -> Mapping[str, str]:
    """Return the ISO 3166-1 alpha-3 code of each entity that is a country, belongs to one or stands for one.

    The surest comes first: an office, the entity's own name, the words beside the name, the table of leaders.
    """
    held = {holder.person: holder.country for holder in reversed(found.officeholders) if holder.country}
    held |= {e.entity_id: e.iso_alpha3 for e in found.entities.values() if e.iso_alpha3}
    by_words = dict(_by_words(found, passages))
    offices = {holder.person for holder in found.officeholders if holder.kind == "office"}
    by_name = {
        key: code
        for key, entity in found.entities.items()
        if entity.type is EntityType.PERSON
        and (code := country_of_leader(entity.name, has_office=key in offices)) is not None
    }
    return by_name | by_words | held


def _by_words(found: Found, passages: Sequence[ReadingPassage]) -> Iterator[tuple[str, str]]:
    texts = {(p.field, p.ordinal): p.text for p in passages}
    ordered = sorted(found.mentions, key=lambda m: (m.place.field, m.place.ordinal, m.place.start, -m.place.end))
    for one, other in pairwise(ordered):
        if one.place[:2] != other.place[:2] or one.sentence != other.sentence:
            continue
        gap = texts[one.place[:2]][one.place.end : other.place.start]
        first, second = found.entities[one.entity_id], found.entities[other.entity_id]
        if other.type is EntityType.PERSON and first.iso_alpha3 and _leads(one, gap):
            yield other.entity_id, first.iso_alpha3
        elif second.iso_alpha3 and (_describes(one, other, gap, texts) or _is_seated(one, gap)):
            yield one.entity_id, second.iso_alpha3


def _leads(one: Mention, gap: str) -> bool:
    """Tell whether a country, or a body of it, stands before a person as a description of them."""
    is_country = one.type is EntityType.COUNTRY and (one.kind is MentionKind.DEMONYM or gap[:1] in "'’")
    is_body = one.type is EntityType.ORG and gap == ", "
    return is_body or (is_country and bool(_NAMED_AFTER.fullmatch(gap)) and not _NO_TIE.search(gap))


def _is_seated(one: Mention, gap: str) -> bool:
    """Tell whether an organisation is one of the place after it: ``the Port Union of Chile``."""
    return one.type is EntityType.ORG and bool(_OF_PLACE.fullmatch(gap))


def _describes(one: Mention, other: Mention, gap: str, texts: Mapping[tuple[FieldName, int], str]) -> bool:
    """Tell whether a country opens the description after a person's name."""
    if one.type is not EntityType.PERSON or other.type is not EntityType.COUNTRY or not _TOLD_AFTER.fullmatch(gap):
        return False
    after = texts[other.place[:2]][other.place.end : other.place.end + 2]
    return other.kind is MentionKind.DEMONYM or after in ("'s", "’s")
