"""People and times as understood from the fields of an article and from what its source says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from copydesk.article import FieldName, Flag, Moment, Passage, PersonName
from copydesk.document import SITE_RULES, Document
from copydesk.moments import parse_stamp, parse_stamps
from copydesk.repairs.datelines import label_pattern
from copydesk.repairs.head_lines import read_head_line
from copydesk.repairs.name_shapes import is_agency, is_medium
from copydesk.repairs.presentations import NAME

_PRESENTED = re.compile(rf"(?P<name>{NAME})\s+(?:is|was)\s")
_CAPITAL = r"[^\W\d_a-z](?:[\w&’'-]|\.(?=\w)|(?<=\b[A-Z])\.|(?<=\bSt)\.)*"
"""A word of a name; a full stop belongs to it within, or behind an initial, but does not where a sentence ends."""
_PLACE = re.compile(
    rf"\b(?:at|for|with|of)\s+(?:the\s+)?(?P<org>{_CAPITAL}(?:\s+(?:(?:of|for|and|the|on)\s+){{0,2}}{_CAPITAL})*"
    r"(?:\s+(?:research\s+)?(?:group|institute|university|centre|center|network|foundation|school|team))?)",
)


def find_moments(document: Document, fields: Sequence[Passage]) -> tuple[Moment | None, Moment | None]:
    """Return when the article was published and when it was updated.

    What a site's rules find comes before what the article itself says in a date line, and that before what its source
    says. A time without a label counts as that of publication.
    """
    found: dict[str, Moment] = {}
    said = list(_from_candidates(document))
    ruled = [one for one in said if one[1].source == SITE_RULES]
    for name, moment in (*ruled, *_from_datelines(fields), *said):
        found.setdefault(name, moment)
    return found.get("published"), found.get("updated")


def _from_datelines(fields: Sequence[Passage]) -> Iterator[tuple[str, Moment]]:
    for field in fields:
        if field.field is not FieldName.DATELINE:
            continue
        end = 0
        for stamp in parse_stamps(field.text):
            labels = [match.lastgroup for match in label_pattern().finditer(field.text, end, stamp.start)]
            name = (labels[-1] if labels else None) or "published"
            written = field.text[stamp.start : stamp.end]
            yield name, Moment(written, stamp.local, stamp.precision, stamp.zone, FieldName.DATELINE)
            end = stamp.end


def _from_candidates(document: Document) -> Iterator[tuple[str, Moment]]:
    wanted = {"published", "updated"}  # the first of each that can be read
    for candidate in document.candidates:
        if candidate.name in wanted:
            stamp = parse_stamp(candidate.value)
            if stamp is not None:
                moment = Moment(candidate.value, stamp.local, stamp.precision, stamp.zone, candidate.source)
                yield candidate.name, moment
                wanted.discard(candidate.name)


_SAID: Mapping[tuple[str, str], Flag] = {
    ("paywalled", "true"): Flag.PAYWALLED,
    ("truncated", "true"): Flag.TRUNCATED,
    ("kind", "live_blog"): Flag.LIVE_BLOG,
    ("kind", "index"): Flag.NOT_AN_ARTICLE,
    ("kind", "not_an_article"): Flag.NOT_AN_ARTICLE,
}
"""What a source says of the article as a whole, as a candidate's name and value."""


def find_flags(document: Document) -> frozenset[Flag]:
    """Return what the source says of the article as a whole; of several kinds of page the first counts."""
    if not document.candidates:
        return frozenset()
    said = {(candidate.name, candidate.value) for candidate in document.candidates if candidate.name != "kind"}
    kinds = [candidate.value for candidate in document.candidates if candidate.name == "kind"]
    return frozenset(flag for key, flag in _SAID.items() if key in {*said, *(("kind", kind) for kind in kinds[:1])})


def find_authors(document: Document, fields: Sequence[Passage]) -> tuple[PersonName, ...]:
    """Return the people who wrote the article: from bylines, then its source, then author bios, each person once.

    Where a site's rules name them, there are no others.
    """
    found: dict[str, PersonName] = {}
    said = list(_from_source(document))
    ruled = [person for person in said if person.source == SITE_RULES]
    for person in (*ruled, *_from_bylines(fields), *said, *_from_bios(fields)):
        key = " ".join(person.name.casefold().split())
        known = found.get(key)
        if known is None and ruled and person.source != SITE_RULES:
            continue
        if known is None or (known.affiliation is None and person.affiliation):
            source = known.source if known else person.source
            found[key] = PersonName(known.name if known else person.name, person.affiliation, source)
    return tuple(found.values())


def _from_bylines(fields: Sequence[Passage]) -> Iterator[PersonName]:
    for field in fields:
        if field.field is FieldName.BYLINE:
            head = read_head_line(field.text)
            houses = [field.text[slice(*span)] for span in head.houses] if head else []
            place = next((house for house in houses if is_agency(house) or is_medium(house)), None)
            for span in head.names if head else ():
                yield PersonName(field.text[slice(*span)].strip(" .,"), place, FieldName.BYLINE)


def _from_source(document: Document) -> Iterator[PersonName]:
    """Yield the authors that the most believable place of the source names: the first candidate and those beside it."""
    candidates = [candidate for candidate in document.candidates if candidate.name == "author"]
    for candidate in takewhile(lambda other: other.source == candidates[0].source, candidates):
        yield PersonName(candidate.value.strip(), None, candidate.source)


def _from_bios(fields: Sequence[Passage]) -> Iterator[PersonName]:
    for field in fields:
        presented = _PRESENTED.match(field.text) if field.field is FieldName.BIO else None
        if presented:
            places = [match["org"] for match in _PLACE.finditer(field.text, presented.end())]
            yield PersonName(presented["name"].strip(), places[-1].strip() if places else None, FieldName.BIO)
