"""Places: countries and their adjectives, regions, cities; and capitals, which may stand for a government.

Which of the two a capital is, ``mentions_capitals`` tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from copydesk.extract.gazetteer import Hit, adjective_in, countries, place_entity
from copydesk.extract.mentions_base import Candidate, Draft
from copydesk.extract.mentions_capitals import score_capitals
from copydesk.facts import Entity, EntityType, MentionKind

_EU_SEAT = "Brussels"


def find_places(drafts: Sequence[Draft], context: Mapping[str, str]) -> Iterator[Sequence[Candidate]]:
    """Yield, for each passage, the places that the tables know, with capitals told from metonyms."""
    scored = [score_capitals(draft) for draft in drafts]
    minorities = [_minorities(draft) for draft in drafts]
    balance = sum((score > 0) - (score < 0) for found in scored for score in found.values())
    for draft, found, others in zip(drafts, scored, minorities, strict=True):
        scores = {start: score or balance for start, score in found.items()}
        hits = [hit for hit in draft.hits if hit.start not in others and not _is_money(draft, hit)]
        yield [
            *(one for hit in hits if (one := _place(hit, scores, context))),
            *(one for hit in draft.hits if (one := _inner(hit))),
            *_with_state(draft, context),
            *_directions(draft),
        ]


def _minorities(draft: Draft) -> frozenset[int]:
    """Return where words for a people stand that are no people of another country: ``Bosnian Serbs``, ``ethnic Turks``.

    Of two such words the first says the country, but for the Cypriots, whom the second names: ``Turkish Cypriots``.
    """
    found: set[int] = set()
    last: Hit | None = None
    for hit in draft.hits:
        if hit.entry.table != "demonym":
            continue
        if draft.before(hit.start, 7) == "ethnic ":
            found.add(hit.start)
        elif last is not None and hit.start == last.end + 1 and draft.text[last.end] == " ":
            found.add(last.start if hit.entry.words.startswith("Cypriot") else hit.start)
        last = hit
    return frozenset(found)


def _is_money(draft: Draft, hit: Hit) -> bool:
    """Tell whether a country's letters belong to a sum: "US$", "NZ $"."""
    return hit.entry.kind is MentionKind.ACRONYM and draft.after(hit.end, 2).lstrip().startswith("$")


_UNKNOWN_TOWN = re.compile(r"(?:\b(?:in|from|of|at|near|outside) |^)((?:[A-Z][\w'-]+ ){0,2}[A-Z][\w'-]+), $")
_ENDS = re.compile(r"(?=[,.;:)\n]|'s|$| (?!and [A-Z]))")
_TOWNS = frozenset(["city", "capital"])


def _with_state(draft: Draft, context: Mapping[str, str]) -> Iterator[Candidate]:
    """Yield "Austin, Texas" and "Berlin, Germany" as one place each; the state or country is a name within it."""
    for hit in draft.hits:
        entity = hit.entry.entity
        if context.get(hit.entry.words) == "subnational":
            entity = _resolved(hit.entry.words, "subnational")
        is_state = hit.entry.table == "region" and entity.subtype == "subnational"
        if not (is_state or hit.entry.table == "country") or not _ENDS.match(draft.text, hit.end):
            continue
        town = _town_before(draft, hit, entity.iso_alpha3)
        if town is not None:
            name = draft.text[town : hit.end]
            place = place_entity(name, "city", entity.iso_alpha3)
            yield Candidate(town, hit.end, place, MentionKind.NAME, "places.town", 0.9)


def _town_before(draft: Draft, hit: Hit, code: str | None) -> int | None:
    """Return where the name of a town starts that a comma joins to its state or country."""
    before = draft.before(hit.start, 60)
    if not before.endswith(", "):
        return None
    known = [h for h in draft.hits_in(hit.start - 40, hit.start) if h.end == hit.start - 2]
    if known:
        same = known[0].entry.entity.iso_alpha3 == code
        return known[0].start if same and known[0].entry.entity.subtype in _TOWNS else None
    found = _UNKNOWN_TOWN.search(before)
    if found and draft.after(hit.end, 2) == "'s":
        return None  # Ana Ruiz, Chile's envoy
    return hit.start - len(before) + found.start(1) if found and not _MONTH.search(found.group(1)) else None


_MONTH = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_DIRECTION = re.compile(
    r"\b(?:(?:north|south)-?(?:east|west)(?:ern)?|(?:north|south|east|west)ern|central) $", re.IGNORECASE
)


def _directions(draft: Draft) -> Iterator[Candidate]:
    """Yield "northern Kenya", a region of its country."""
    for hit in draft.hits:
        lead = (
            _DIRECTION.search(draft.before(hit.start, 16))
            if hit.entry.table in ("country", "region", "capital")
            else None
        )
        if lead:
            start = hit.start - len(lead.group())
            place = place_entity(draft.text[start : hit.end], "part", hit.entry.entity.iso_alpha3)
            yield Candidate(start, hit.end, place, MentionKind.NAME, "places.direction", 0.9)


def _inner(hit: Hit) -> Candidate | None:
    entry = adjective_in(hit)
    if not entry:
        return None
    end = hit.start + len(entry.words)
    return Candidate(hit.start, end, entry.entity, MentionKind.DEMONYM, "places.demonym", 0.9, is_inner=True)


def _place(hit: Hit, scores: Mapping[int, int], context: Mapping[str, str]) -> Candidate | None:
    entry = hit.entry
    entity, kind, sure = entry.entity, entry.kind, 1.0
    if entry.table == "capital":
        if scores.get(hit.start, 0) > 0:
            entity, kind, sure = _who_governs(hit), MentionKind.METONYM, 0.8
    elif entry.table in ("country", "demonym") and entry.words in context:
        entity, sure = _resolved(entry.words, context[entry.words]), 0.8
    elif entry.table == "city":
        if entry.words not in context:
            return None
        sure = 0.6
    elif entry.table not in ("country", "demonym", "region", "adjective", "seat"):
        return None
    return Candidate(hit.start, hit.end, entity, kind, f"places.{entry.table}", sure)


def _resolved(words: str, code: str) -> Entity:
    if code in countries():
        return countries()[code].entity
    name = "Korea" if words.startswith("Korea") else words
    return place_entity(name, code, "USA" if code == "subnational" else None)


def _who_governs(hit: Hit) -> Entity:
    if hit.entry.words == _EU_SEAT:
        return Entity("org:european-union", EntityType.ORG, "European Union", None, "igo")
    return countries()[hit.entry.entity.iso_alpha3 or ""].entity


def country_context(drafts: Sequence[Draft]) -> Mapping[str, str]:
    """Return what the ambiguous words of a document mean: a country's code, or the subtype of another place.

    A city (but for names of several words) must stand in a place's context once: after "in", "from", "near", before
    its state.

    "Korea" is the only Korea that the document names in full (South Korea when none, the region when both); "Georgia"
    is the
    American state where other American states and cities are around and nothing of the Caucasus is; "Congo" and
    "Congolese" are the Republic when only that one is named in full.
    """
    words = {hit.entry.words for draft in drafts for hit in draft.hits}
    codes = [
        hit.entry.entity.iso_alpha3
        for draft in drafts
        for hit in draft.hits
        if hit.entry.table in ("country", "demonym")
    ]
    context = dict.fromkeys(_cities_in_context(drafts), "city")
    koreas = {code for code in ("KOR", "PRK") if code in codes}
    for word in ("Korea", "Korean", "Koreans"):
        context[word] = "region" if len(koreas) > 1 else next(iter(koreas), "KOR")
    states = sum(
        h.entry.entity.subtype == "subnational" and h.entry.entity.iso_alpha3 == "USA" for d in drafts for h in d.hits
    )
    if "Georgia" in words and not words & _CAUCASUS and (states or words & {"Atlanta", "Savannah"}):
        context["Georgia"] = "subnational"
    for word in ("Congo", "Congolese"):
        context[word] = "COG" if words & {"Republic of Congo", "Congo-Brazzaville", "Brazzaville"} else "COD"
    return context


_CITY_BEFORE = re.compile(
    r"\b(?:in|from|near|outside|to|at|around|of|via|through|visited|left|reached|,) $|^$|\n$", re.IGNORECASE
)


def _cities_in_context(drafts: Sequence[Draft]) -> Iterator[str]:
    for draft in drafts:
        for hit in draft.hits:
            if hit.entry.table == "city" and (
                " " in hit.entry.words or _CITY_BEFORE.search(draft.before(hit.start, 12))
            ):
                yield hit.entry.words


_CAUCASUS = frozenset("Tbilisi Georgian Georgians Abkhazia Caucasus Russia Russian Armenia Azerbaijan".split()) | {
    "South Ossetia"
}
