"""Places: countries and their adjectives, regions, cities; and capitals, which may stand for a government.

A capital is a place after "in", "near", "downtown" and the like, before "-based", before "airport" or a country's
name. It is a metonym for its country where it acts or is dealt with ("Moscow said", "ties with Seoul", "Seoul's
policy", "Moscow and Seoul"). Where neither is to be seen, the other capitals of the same document decide, and else
it is the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from copydesk.extract.gazetteer import Hit, adjective_in, countries, place_entity
from copydesk.extract.mentions_base import Candidate, Draft
from copydesk.facts import Entity, EntityType, MentionKind

_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|near|outside|around|throughout|across|inside|downtown|central|greater|northern|southern|eastern|"
    r"western|"
    r"north|south|east|west|city of|streets of|town of|suburbs of|outskirts of|centre of|center of|capital of|"
    r"capital|capital,|"
    r"visit(?:s|ed|ing)?|visit to|trips? to|tours? of|travel(?:s|led|ed|ling|ing)? to|fl(?:y|ies|ew|ying|"
    r"ights?) (?:to|from)|flown to|"
    r"arriv(?:e|es|ed|ing|al) in|return(?:s|ed|ing)? (?:to|from)|back (?:to|in|from)|(?:move|moved|moving|drove|"
    r"drive|went|go|going|come|"
    r"came|headed|leaving|left) (?:to|for|from)|miles? (?:from|of)|km (?:from|of)|held in|born in|based in|via|"
    r"through|"
    r"University of|Bishop of|Archbishop of|Mayor of|mayor of|Battle of|Treaty of)) (?:the )?$"
)
_PLACE_AFTER = re.compile(
    r"-based| (?:airport|suburbs?|street|district|metro|subway|region|area|residents?|hotel|hospital|university|"
    r"university's|museum|"
    r"stadium|marathon|mayor|Mayor|Airport|University|Stadium|Hospital|Museum|Street|zoo|bureau|office|conference|"
    r"summit|attacks?|"
    r"time\b|police|court|embassy)|'s (?:\w+ )?(?:streets?|airport|suburbs?|mayor|residents|subway|metro|district|"
    r"old|central|main|university|"
    r"hotels?|hospitals?|museums?|square|Red Square)\b| \(\w+\) [-—]| [-—] "
)
_ACTS_BEFORE = re.compile(
    r"\b(?:with|against|between|towards?|urg(?:e|es|ed|ing)|pressur(?:e|es|ed|ing)|pressure on|sanctions on|ties to|"
    r"allies of|ally of|accus(?:e|es|ed|ing)|criticis(?:m of|ed)|warn(?:s|ed|ing)?|told|relations with|support from|"
    r"backed by|"
    r"by|for|policy of|interests of|government in|giv(?:e|es|en|ing)|gave|ask(?:s|ed|ing)?|help(?:s|ed|ing)?|let|lets|"
    r"offer(?:s|ed|ing)?|press(?:es|ed|ing)?|persuad(?:e|es|ed|ing))(?: both)? $"
)
_OF_A_TOWN = (
    r"(?:streets?|airport|suburbs?|mayor|residents?|subway|metro|district|quarter|centre|center|university|hotels?|"
    r"hospitals?|museums?|squares?|parks?|rivers?|bridges?|markets?|shops?|cafes?|restaurants?|skyline|traffic|"
    r"weather|population|buildings?|neighbou?rhoods?|churches|mosques?|theat(?:re|er)s?|stadiums?|clubs?|team)"
)
"""What belongs to a town: anything else that a capital is said to have is the government's."""
_ACTS_AFTER = re.compile(
    rf"'s (?!(?:[\w-]+ ){{0,2}}{_OF_A_TOWN}\b|[A-Z])"
    r"|'s (?:[A-Z][\w-]+ ){1,4}(?:Policy|Plan|Initiative|Strategy|Doctrine|Programme|Program|Vision|Agenda|Framework)\b"
    r"| (?:has |had |have |also |later |immediately |now |is expected to |did not |does not )*(?:said|says|announced|"
    r"den(?:ied|ies)|insist(?:s|ed)|reject(?:s|ed)|wants|wanted|hope[sd]|accuse[sd]|agree[sd]|warn(?:s|ed)|urge[sd]|"
    r"considers|considered|seeks|sought|support(?:s|ed)|oppose[sd]|claim(?:s|ed)|condemn(?:s|ed)|refuse[sd]|call(?:s|ed)|"
    r"believe[sd]|fear(?:s|ed)|view(?:s|ed)|sees|saw|impose[sd]|sign(?:s|ed)|plans|planned|needs|needed|intend(?:s|ed)|"
    r"must|should|would|could|may|might|will|respond(?:s|ed)|react(?:s|ed)|argue[sd]|takes|took|gives|gave|makes|made|"
    r"sends|sent|offer(?:s|ed)|accept(?:s|ed)|expect(?:s|ed)|promise[sd]|threaten(?:s|ed)|demand(?:s|ed)|ask(?:s|ed)|"
    r"decide[sd]|recogni[sz]e[sd]|vow(?:s|ed)|pledge[sd]|backs|backed|"
    r"is (?:ready|willing|unwilling|keen|eager|trying))\b"
    r"|-(?:backed|led|brokered|sponsored|aligned|friendly|controlled|imposed)\b"
)
_TRAFFIC = re.compile(
    r"\b(?:flights?|trains?|roads?|railway|route|distance|border|miles|km|travel\w*|line|ferry|bus)(?: \w+)? between $",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:, | and | or |, and |-|/)\Z")
_CARDINAL = re.compile(r"(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)(?:ern|[- ]?(?:[Ee]ast|[Ww]est)(?:ern)?)? $")
_EU_SEAT = "Brussels"


class _Capital(NamedTuple):
    hit: Hit
    score: int


def find_places(drafts: Sequence[Draft], context: Mapping[str, str]) -> Iterator[Sequence[Candidate]]:
    """Yield, for each passage, the places that the tables know, with capitals told from metonyms."""
    capitals = [_scored(draft) for draft in drafts]
    balance = sum((c.score > 0) - (c.score < 0) for found in capitals for c in found)
    for draft, found in zip(drafts, capitals, strict=True):
        scores = {c.hit.start: c.score or balance for c in found}
        yield [
            *(one for hit in draft.hits if (one := _place(hit, scores, context)) and not _is_money(draft, hit)),
            *(one for hit in draft.hits if (one := _inner(hit))),
            *_with_state(draft, context),
            *_directions(draft),
        ]


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


def _scored(draft: Draft) -> Sequence[_Capital]:
    """Score the capitals of a passage: above 0 a metonym, below a place; those in one list share their score."""
    found: list[_Capital] = []
    for group in _lists(draft):
        scores = [_score(draft, hit) for hit in group]
        total = sum(scores)
        if len({hit.entry.entity.iso_alpha3 for hit in group}) > 1 and not any(score < 0 for score in scores):
            total += 1
        found += [_Capital(hit, total) for hit in group]
    return found


def _lists(draft: Draft) -> Iterator[Sequence[Hit]]:
    """Yield the capitals that are joined by commas, "and" or a dash; most stand alone."""
    group: list[Hit] = []
    for hit in draft.hits:
        if hit.entry.table != "capital":
            continue
        if group and not _LINK.match(draft.text[group[-1].end : hit.start]):
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


def _score(draft: Draft, hit: Hit) -> int:
    before, after = draft.before(hit.start), draft.after(hit.end)
    if (
        _TRAFFIC.search(before)
        or _PLACE_BEFORE.search(before)
        or _PLACE_AFTER.match(after)
        or _is_qualified(draft, hit)
        or _CARDINAL.search(before)
    ):
        return -2
    score = 0
    if _ACTS_BEFORE.search(before):
        score += 1
    if _ACTS_AFTER.match(after):
        score += 2
    return score


def _is_qualified(draft: Draft, hit: Hit) -> bool:
    """Tell whether the name of the country follows after a comma: "Paris, France"."""
    after = draft.after(hit.end)
    country = countries().get(hit.entry.entity.iso_alpha3 or "")
    return after.startswith(", ") and country is not None and after[2:].startswith(tuple(country.names))


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
