"""Who may take part in an event: political actors, and the heads of noun phrases.

A political actor is a country, its bodies, an international organisation, an armed group, a party, or a person who
holds an office. A country or a demonym within a longer noun phrase takes part only where the phrase's head stands
for it: ``Kenyan troops`` and ``the government of Kenya`` do, ``the Kenyan almanac`` and ``a trader from Kenya`` do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from copydesk.extract.clauses import DETERMINERS, PREPOSITIONS, RELATIVES, SUBORDINATORS, is_adverb
from copydesk.extract.found import Found
from copydesk.extract.leaders import country_of_leader
from copydesk.extract.reading import ReadingPassage
from copydesk.extract.verbs import load
from copydesk.extract.words import Word
from copydesk.facts import EntityType, Mention, MentionKind

_BODIES = frozenset("igo government legislature ministry agency military bank party police armed_group".split())
_GOVERNING = _BODIES - {"agency", "bank", "police"}
_APOLITICAL = frozenset(("judge", "director", "manager", "journalist"))
_SPORT = re.compile(
    r"\b(?:athletics|baseball|basketball|boxing|championships?|coach(?:es)?|cricket\w*|cup|defender|"
    r"doubles|fixtures?|football\w*|full-back|goalkeeper|goals?|"
    r"golf\w*|grand slam|half-time|hockey|innings|"
    r"kick-off|leagues?|marathon|match(?:es)?|medals?|midfielder|olympics?|players?|"
    r"playoffs?|premiership|quarter-finals?|quarterback|"
    r"racing|referee|rugby|scored|scrum|semi-finals?|singles|sprinter|squad|stadium|striker|teammates?|tennis|tournaments?|unseeded|wickets?|winger)\b",
    re.IGNORECASE,
)
_SPORT_WORDS = frozenset(
    """
    athletics baseball basketball boxing championship championships coach coaches cup defender doubles fixture fixtures
    full goalkeeper goal goals grand half hockey innings kick league leagues marathon match matches medal medals
    midfielder olympic olympics player players playoff playoffs premiership quarter quarterback racing referee rugby
    scored scrum semi singles sprinter squad stadium striker teammate teammates tennis tournament tournaments unseeded
    wicket wickets winger
    """.split()
)
_SPORT_STEMS = ("cricket", "football", "golf")
_SPORT_STARTS = frozenset(("quarter", "semi"))
"""Two terms each: semi-final, semi-finals."""

_MIN_SPORT, _WORDS_A_TERM = 4, 60
_MAX_RUN = 6
_SIDED = frozenset(
    "aligned armed backed based born bound brokered built controlled educated friendly funded held made occupied owned "
    "registered speaking sponsored style supplied supported trained".split()
)
_PARTS = frozenset(
    "all bulk couple dozens group groups hundreds majority many members millions most none number one part parts "
    "scores several some team tens thousands".split()
)
_WITHIN = frozenset(("in", "of", "from", "throughout", "across", "inside"))
_LINKED = frozenset("affiliated aligned allied based belonging living loyal stationed".split())
"""Words that join people to whom they are of: ``militants loyal to Peru``, ``workers affiliated with the union``."""
_OF_OBJECT = frozenset(("of", "from", "by", "between", "against", "on", "with", "to", "for"))


def political_ids(found: Found) -> frozenset[str]:
    """Return the ids of the political actors of a document."""
    entities = found.entities.values()
    bodies = {e.entity_id for e in entities if e.type is EntityType.COUNTRY or e.subtype in _BODIES}
    holders = {
        h.person for h in found.officeholders if h.kind == "office" and h.title_norm.split("_")[0] not in _APOLITICAL
    }
    leaders = {
        e.entity_id for e in entities if e.type is EntityType.PERSON and country_of_leader(e.name, has_office=False)
    }
    return frozenset(bodies | holders | leaders)


def is_on_politics(found: Found, politic: frozenset[str]) -> bool:
    """Tell whether a document names a ruler, an office-holder, a party or a body that governs."""
    return any(
        e.entity_id in politic and (e.type is EntityType.PERSON or e.subtype in _GOVERNING)
        for e in found.entities.values()
    )


def is_sport(passage: ReadingPassage) -> bool:
    """Tell whether a text reports on sport: there countries are teams, and beating is winning."""
    if not _may_be_sport(passage.tokens.vocabulary):
        return False
    terms = [m.group().lower() for m in _SPORT.finditer(passage.text)]
    return len(set(terms)) >= _MIN_SPORT and len(terms) * _WORDS_A_TERM >= len(passage.tokens)


def _may_be_sport(vocabulary: frozenset[str]) -> bool:
    """Tell whether a text may have enough terms of sport, by the words that they start with."""
    terms = len(vocabulary & _SPORT_WORDS) + len(vocabulary & _SPORT_STARTS)
    if terms < _MIN_SPORT:
        terms += sum(word.startswith(_SPORT_STEMS) for word in vocabulary)
    return terms >= _MIN_SPORT


@cache
def _nouns(*names: str) -> frozenset[str]:
    """Return the nouns of some lists, and their plurals."""
    lexicon = load("events_en.json")["phrases"]
    nouns = frozenset(noun for name in names for noun in lexicon[name].split())
    return nouns | {f"{noun}s" for noun in nouns} | {f"{noun[:-1]}ies" for noun in nouns if noun.endswith("y")}


def stands_for(words: Sequence[Word], mention: Mention, piece: tuple[int, int], *, as_target: bool = False) -> bool:
    """Tell whether a mention is the head of a noun phrase, or whether the phrase's head stands for it."""
    first = next((i for i in range(*piece) if words[i].start >= mention.place.start), piece[1])
    if first == piece[1] or words[first].start != mention.place.start or _is_side(words[first], mention):
        return False
    last = next((i for i in range(first, piece[1]) if words[i].start >= mention.place.end), piece[1])
    return _is_free(words, first, piece[0], as_target=as_target) and _heads(
        words, mention, (last, piece[1]), as_target=as_target
    )


def _is_side(word: Word, mention: Mention) -> bool:
    """Tell whether a name is a part of a word that says on whose side others are: ``anti-Chile``, ``Peru-backed``."""
    return word.end > mention.place.end and word.lower.rpartition("-")[2] in _SIDED


def _is_free(words: Sequence[Word], first: int, start: int, *, as_target: bool) -> bool:
    """Tell whether no preposition makes a mention a mere detail of the phrase: ``a fan of Chile``."""
    if first - 1 > start and words[first - 1].lower == "the" and _is_noun(words[first - 2]):
        return True  # a phrase of its own: According to reports the UK
    before = range(first - 1, start - 1, -1)
    at = next((i for i in before if words[i].lower in PREPOSITIONS and not is_part(words, i)), None)
    if at is None or (as_target and words[at].lower in _OF_OBJECT):
        return True
    if at == start:  # In 2012 Kenya arrested: a phrase of time or place before the subject
        return any(w.is_word and (w.is_name or w.text[0].isdigit()) for w in words[start + 1 : first])
    if at - 2 >= start and words[at - 1].lower in _LINKED:
        return words[at - 2].lower in _nouns("bodies", "people")
    return words[at - 1].lower in _nouns("bodies") or (words[at].lower in _WITHIN and _are_many(words[at - 1]))


def _is_noun(word: Word) -> bool:
    return word.is_word and word.lower not in PREPOSITIONS | DETERMINERS | SUBORDINATORS and not is_adverb(word)


def is_part(words: Sequence[Word], at: int) -> bool:
    """Tell whether ``of`` only counts what follows: ``thousands of Peruvian miners``."""
    return words[at].lower == "of" and at > 0 and words[at - 1].lower in _PARTS


def _are_many(word: Word) -> bool:
    """Tell whether a word is a plural noun of people, who may act together: ``students across Chile``."""
    return is_people(word) and word.lower.endswith(("s", "men", "women", "people"))


def _heads(words: Sequence[Word], mention: Mention, rest: tuple[int, int], *, as_target: bool) -> bool:
    at = rest[0]
    owns = at < rest[1] and words[at].lower in ("’s", "’")
    run = _run(words, at + owns, rest[1])
    if not run:
        return not owns and (mention.kind is not MentionKind.DEMONYM or _is_plural(words, at))
    if mention.type is EntityType.PERSON and not owns:
        return run[0].is_name or is_adverb(run[0])
    if as_target:  # what is a country's, or its people's: the Peruvian offer, Peruvian homes
        return owns or not run[0].is_name or any(word.lower in _nouns("bodies", "people") for word in run)
    if mention.type is EntityType.ORG and not owns:
        return True  # the Peruvian army's planes without their apostrophe
    people = mention.kind is MentionKind.DEMONYM and run[0].is_name and run[0].lower.endswith("s")  # Bosnian Serbs
    return people or any(word.lower in _nouns("bodies", "people") for word in run)


def _is_plural(words: Sequence[Word], at: int) -> bool:
    return at > 0 and words[at - 1].lower.endswith("s")


def _run(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """Return the rest of a noun phrase: up to a mark, a preposition, a clause or a determiner."""
    run = []
    for word in words[start : min(end, start + _MAX_RUN)]:
        if not word.is_word or word.lower in PREPOSITIONS | RELATIVES | SUBORDINATORS | DETERMINERS:
            break
        if not (is_adverb(word) or word.lower == "to"):
            run.append(word)
        else:
            break
    return run


def is_people(word: Word) -> bool:
    """Tell whether a noun names people: hostages, refugees."""
    return word.lower in _nouns("people")


def is_body(word: Word) -> bool:
    """Tell whether a noun names people or things that act for a state or a group: troops, rebels."""
    return word.lower in _nouns("bodies")


def unnamed_words() -> frozenset[str]:
    """Return the nouns that alone name who acts for a state or for a cause: judge, police, protesters."""
    return _nouns("unnamed")


def is_unnamed(word: Word) -> bool:
    """Tell whether a noun alone names who acts for a state or for a cause."""
    return word.lower in unnamed_words()


def follows(words: Sequence[Word], mention: Mention, preps: frozenset[str]) -> bool:
    """Tell whether a mention follows one of some prepositions, past an article."""
    at = next((i for i, w in enumerate(words) if w.start >= mention.place.start), 0)
    while at > 0 and words[at - 1].lower in DETERMINERS:
        at -= 1
    return at > 0 and words[at - 1].lower in preps
