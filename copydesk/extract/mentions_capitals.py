"""Capitals: the town, or those who govern from it.

The words around a capital are evidence for one or the other. A town is where things are (in, at, near, from ...), what
people visit, leave or shell, what has streets, hospitals and residents, what stands in a dateline or before its
country's name. A government acts, speaks and thinks (subject of a verb, unless the verb is one of lying, growing or
undergoing), is told, urged or given something, has ties with others, and owns whatever is no part of a town
("Quito's offer"). Capitals that are linked ("Moscow and Seoul", "Moscow-Seoul") share their evidence, and a country in
the list makes a government likelier. Without evidence the other capitals of the document decide, and else it is the
town.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from copydesk.extract.gazetteer import Hit, countries
from copydesk.extract.mentions_base import Draft
from copydesk.extract.mentions_concepts import HEADS
from copydesk.extract.mentions_orgs import ORG_HEADS
from copydesk.extract.verbs import Form, inflect, load
from copydesk.facts import EntityType

_TOWN, _GOVERNMENT, _HINT = -2, 2, 1

_TOWN_NOUNS = """
    airfield airport alley apartment arena attack avenue bar beach bishop blast bomb bombing bridge building bureau bus
    cab cafe café campus carnival cathedral cemetery centre center church cinema clinic club college commuter concert
    court crowd derby district dock embassy festival fire flat gallery garden gunman hall harbour harbor headquarters
    highway hospital hotel household hub inhabitant jail kitchen landmark library marathon market mayor metro mosque
    motorway murder museum native neighbourhood neighborhood newspaper nightclub nightlife office opera outpost
    outskirts palace park parade passenger pedestrian police policeman policemen population port premises prison
    prosecutor pub quarter railway resident restaurant riot river riverside road rooftop runway school shooting shop
    shopper skyline slum souk square stadium station street studio subway suburb summit synagogue taxi teenager temple
    terminal theatre theater tourist tower town traffic tram tube tunnel underground university venue villa visitor
    waterfront weather zone zoo
    """
_TOWN_NOUN = "|".join(f"{noun[:-1]}(?:y|ies)" if noun.endswith("y") else noun for noun in _TOWN_NOUNS.split())
_IS_TOWN_NOUN = re.compile(rf"(?:{_TOWN_NOUN})(?:s|es)?\Z", re.IGNORECASE)
_TOWN_BEFORE = re.compile(
    r"(?:\b(?:in|at|near|outside|around|throughout|across|inside|beyond|into|via|through|from|downtown|central|greater|"
    r"inner|old|cit(?:y|ies) of|cit(?:y|ies) like|towns? of|streets? of|suburbs? of|outskirts of|cent(?:re|er) of|"
    r"heart of|capital of|capital|capital,|(?:miles?|km|kilomet(?:re|er)s) (?:from|of|to)|\w*(?:bishop|mayor|"
    r"universit\w+|"
    r"battle|siege|treaty|school|tower|bank) of)(?: the)?|\b(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?"
    r"(?: of)?) $",
    re.IGNORECASE,
)
_FROM_WORDS = re.compile(
    r"\b(?:support|help|aid|pressure|backing|approval|permission|orders?|funding|demands?|warnings?|threats?|criticism|"
    r"condemnation|praise|protests?|assurances?|guarantees?|concessions?|signals?|responses?|reactions?|instructions|"
    r"denials?|objections?|opposition|interference) from $",
    re.IGNORECASE,
)
"""What comes from people, not from places."""

_GOES = """
    go come travel fly drive walk march sail head move return rush trip tour visit flight journey road way ride route
    bring take send fly deport extradite evacuate transfer commute emigrate relocate train back home close next moved
    """
_REACHES = """
    visit leave reach enter tour flee attack bomb bombard shell storm besiege capture recapture surround encircle
    occupy evacuate rebuild destroy flood raid liberate seize
    """
_UNDERGOES = """
    lie stand sit fall host wake grow shrink sprawl stage see suffer experience boast burn sleep become get remain
    contain lack beat draw win lose play celebrate freeze bask swelter base hold bear locate situate list bind make
    raise close trade educate train breed double shake enjoy have
    """
"""What towns do without anybody deciding it, and what their clubs and markets do."""

_EITHER = "freeze train educate raise close hold"
"""What towns undergo and states do to others: then an object follows."""

_OWNS = re.compile(r" (?:an?|the|its|more|two|three|many) (?!right|duty|plan|policy|interest|say|deal|pact|treaty)")
"""What follows where a town has something: ``Quito has a new tram``."""

_DEALS = """
    give offer tell ask urge press pressure push force help allow enable persuade convince accuse blame criticise
    criticize warn remind assure condemn thank let support back want leave expect invite encourage advise inform order
    deny grant owe promise lend sell supply deprive isolate punish sanction provoke anger irritate annoy alarm worry
    reassure appease threaten please embarrass alienate engage confront challenge defy deter antagonise antagonize
    """
"""Verbs whose object is somebody: of giving, telling, urging, judging, and of moving somebody's feelings."""

_TIES = re.compile(r"\b(?:with|against|between|towards?|by|for|upon|ties to|on behalf of)(?: both)? $")
_TRAFFIC = re.compile(
    r"\b(?:flights?|trains?|roads?|railway|route|distance|border|miles|km|travel\w*|line|ferry|bus|race|motorway|"
    r"highway)(?: \w+)? (?:between|for|with) $",
    re.IGNORECASE,
)
_TRAFFIC_AFTER = re.compile(r" (?:\w+ )?(?:flights?|trains?|railway|route|line|express|motorway|highway|rally|race)\b")
_LINK = re.compile(r"(?:, | and | or |, and |-|/)\Z")
_NOT_SUBJECT = re.compile(r"\b(?:of|from|to|for|with|in|at|near|on|by|as|than|like|outside|around) (?:the )?$")
_DATELINE = re.compile(r"(?:, \w+\.? \d+)?(?: ?\([\w /.]+\))? ?(?:-{1,2}|—|:) | ?\([A-Z]\w+\)", re.ASCII)
_POSTCODE = re.compile(r",? [A-Z]{1,2}\d")
_AFFIXED = re.compile(r"-(?:based|born|bound|listed|trained|educated|wide|area|style|raised)\b")
_SIDED = re.compile(r"-(?:backed|led|brokered|sponsored|aligned|friendly|controlled|imposed|allied|supported|funded)\b")
_GOVERNS = re.compile(r" (?:government|authorities|regime|administration|officials|diplomats|leadership)\b")
_CAP_BEFORE = re.compile(r"(?P<word>[A-Z][\w'-]*) $")
_CAP_AFTER = re.compile(r" (?P<words>[A-Z][\w'-]*(?: [A-Z][\w'-]*)*)")
_DAYS = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")
_POSSESSED = re.compile(r"'s? (?P<words>(?:(?!(?:of|for|to|in|on|with|at|by|from|and|or|is|was|has)\b)[\w-]+ ?){1,3})")
_WORDS_AFTER = re.compile(r" ([a-z']+)")
_ADVERB = frozenset("also now later then still again already never often once soon even long not both all".split())
_AUXILIARY = frozenset("has have had will would could should may might must can cannot did does do won't".split())
_BE = frozenset("is are was were be been".split())
_OBJECT = re.compile(
    r" (?:the|an?|its|his|her|their|this|these|those|that|to|no|any|all|more|most|it|them|him|us|new|for|on|not|little|"
    r"every|each|some|what|how|whether|\w+ly|\d[\d,.]*|[A-Z]\w*|out|up|down|off|back)\b"
)
_MINDS = re.compile(
    r" (?:\w+ly )?(?:(?:un)?willing|(?:un)?able|ready|keen|eager|reluctant|determined|worried|concerned|confident|"
    r"aware|wary|angry|hopeful|careful|to|\w{3,}ing|\w+ed (?:to|by|at|over|that))\b"
)


@cache
def _forms(lemmas: str) -> frozenset[str]:
    """Return all forms of some verbs."""
    return frozenset(word for lemma in lemmas.split() for words in inflect(lemma).values() for word in words)


@cache
def _pasts() -> frozenset[str]:
    """Return the irregular past forms of verbs."""
    return frozenset(word for lemma in load("verbs_en.json")["irregular"] for word in inflect(lemma)[Form.PAST])


def score_capitals(draft: Draft) -> Mapping[int, int]:
    """Return a score by the start of each capital: above 0 a government, below a town, 0 for no evidence."""
    scores: dict[int, int] = {}
    for group in _lists(draft):
        own = [_score(draft, hit, group) for hit in group if hit.entry.table == "capital"]
        total = sum(own)
        if len({hit.entry.entity.iso_alpha3 for hit in group}) > 1 and min(own) >= 0:
            total += _HINT
        scores |= {hit.start: total for hit in group if hit.entry.table == "capital"}
    return scores


def _lists(draft: Draft) -> Iterator[Sequence[Hit]]:
    """Yield the capitals, with the capitals and countries that commas, "and" or a dash join to them."""
    group: list[Hit] = []
    for hit in draft.hits:
        if hit.entry.table not in ("capital", "country", "seat"):
            continue
        if group and not _LINK.match(draft.text[group[-1].end : hit.start]):
            yield from _with_capital(group)
            group = []
        group.append(hit)
    yield from _with_capital(group)


def _with_capital(group: list[Hit]) -> Iterator[Sequence[Hit]]:
    if any(hit.entry.table == "capital" for hit in group):
        yield group


def _score(draft: Draft, hit: Hit, group: Sequence[Hit]) -> int:
    before, after = draft.before(hit.start), draft.after(hit.end)
    if _is_town(draft, hit, before, after):
        return _TOWN
    is_dealt_with = _TIES.search(before) or _FROM_WORDS.search(before) or _last_word(before) in _forms(_DEALS)
    score = _HINT if is_dealt_with else 0
    owns = _possession(after)
    if owns:
        return score + owns
    if _SIDED.match(after) or _GOVERNS.match(after):
        return score + _GOVERNMENT
    is_last = hit is group[-1]
    if is_last and not _NOT_SUBJECT.search(draft.before(group[0].start)) and _acts(after):
        score += _GOVERNMENT
    return score


def _last_word(before: str) -> str:
    return before.rstrip().rpartition(" ")[2].lower() if before.endswith(" ") else ""


def _is_town(draft: Draft, hit: Hit, before: str, after: str) -> bool:
    if _TRAFFIC.search(before) or (_TOWN_BEFORE.search(before) and not _FROM_WORDS.search(before)):
        return True
    if _AFFIXED.match(after) or _POSTCODE.match(after) or _TRAFFIC_AFTER.match(after):
        return True
    if hit.start in draft.sentence_starts and _DATELINE.match(after):
        return True
    return _is_reached(before) or _is_qualified(draft, hit) or _is_compound(draft, hit, before, after)


def _is_reached(before: str) -> bool:
    words = before.lower().split()
    if not words or not before.endswith(" "):
        return False
    if words[-1] in _forms(_REACHES):
        return True
    return words[-1] in ("to", "for") and any(word in _forms(_GOES) for word in words[-4:-1])


def _is_qualified(draft: Draft, hit: Hit) -> bool:
    """Tell whether the name of the country follows after a comma: "Paris, France"."""
    after = draft.after(hit.end)
    country = countries().get(hit.entry.entity.iso_alpha3 or "")
    return after.startswith(", ") and country is not None and after[2:].startswith(tuple(country.names))


def _is_compound(draft: Draft, hit: Hit, before: str, after: str) -> bool:
    """Tell whether the capital is a part of a longer name, or stands before a noun that belongs to a town."""
    name = _CAP_BEFORE.search(before)
    if name and hit.start - len(name.group()) not in draft.sentence_starts and not _DAYS.match(name["word"]):
        return not before.endswith((". ", ", "))
    if _CAP_AFTER.match(after):
        return True
    word = _WORDS_AFTER.match(after)
    return bool(word and _IS_TOWN_NOUN.match(word.group(1)))


def _possession(after: str) -> int:
    """Return what the words after a possessive tell: parts of a town, or anything else."""
    found = _POSSESSED.match(after)
    if not found:
        return 0
    words = found["words"].split()
    if name := _CAP_AFTER.match(after[found.start("words") - 1 :]):
        head = name["words"].rsplit(maxsplit=1)[-1]
        kind = HEADS.get(head)
        if kind in (EntityType.FACILITY, EntityType.REGION) or head in ORG_HEADS:
            return _TOWN
        return _GOVERNMENT if kind in (EntityType.POLICY, EntityType.TREATY, EntityType.DOCUMENT) else 0
    return _TOWN if any(_IS_TOWN_NOUN.match(word) for word in words) else _GOVERNMENT


def _acts(after: str) -> bool:
    """Tell whether the words after a name are a verb that it is the subject of."""
    at = 0
    is_helped = False
    while word := _WORDS_AFTER.match(after, at):
        text, end = word.group(1), word.end()
        if text in _BE:
            return bool(_MINDS.match(after, end))
        if text in _ADVERB or (text.endswith("ly") and len(text) > 4):
            at = end
        elif text in ("has", "had") and _OWNS.match(after, end):
            return False
        elif text in _AUXILIARY:
            is_helped, at = True, end
        elif text in _forms(_UNDERGOES):
            return text in _forms(_EITHER) and bool(_OBJECT.match(after, end))
        else:
            return is_helped or _is_finite(text, after, end)
    return False


def _is_finite(word: str, after: str, end: int) -> bool:
    """Tell whether a word is a past form, or in the form of the third person with something like an object after it."""
    if word in _pasts() or (word.endswith("ed") and len(word) > 4):
        return True
    return word.endswith("s") and not word.endswith("ss") and bool(_OBJECT.match(after, end) or not after[end:].strip())
