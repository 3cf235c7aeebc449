"""Who makes a deed an event: political actors. What athletes, firms and characters do is no news of states."""

from __future__ import annotations

import re

from copydesk.extract.found import Found
from copydesk.extract.reading import ReadingPassage
from copydesk.facts import EntityType

_BODIES = frozenset("igo government legislature ministry agency military bank party police armed_group".split())
_APOLITICAL = frozenset(("judge", "director", "manager", "journalist"))
_SPORT = re.compile(
    r"\b(?:athletics|baseball|basketball|boxing|championships?|coach(?:es)?|cricket\w*|cup|defender|fixtures?|football\w*|"
    r"goalkeeper|goals?|golf\w*|half-time|hockey|innings|kick-off|leagues?|marathon|match(?:es)?|medals?|midfielder|"
    r"olympics?|penalty|players?|quarterback|racing|referee|rugby|semi-finals?|sprinter|squad|stadium|striker|teammates?|"
    r"tennis|tournaments?|wickets?|winger)\b",
    re.IGNORECASE,
)
_MIN_SPORT, _WORDS_A_TERM = 4, 60
"""A report on sport has several of its words, and one in about every third sentence."""


def political_ids(found: Found) -> frozenset[str]:
    """Return the ids of a document's political actors: countries and their bodies, office-holders."""
    bodies = {e.entity_id for e in found.entities.values() if e.type is EntityType.COUNTRY or e.subtype in _BODIES}
    holders = {
        h.person for h in found.officeholders if h.kind == "office" and h.title_norm.split("_")[0] not in _APOLITICAL
    }
    return frozenset(bodies | holders)


def is_sport(passage: ReadingPassage) -> bool:
    """Tell whether a text reports on sport: there countries are teams, and beating is winning.

    >>> from copydesk.article import FieldName
    >>> text = "The striker scored late in the match. The referee blew, and the squad left the stadium."
    >>> is_sport(ReadingPassage(FieldName.BODY, 0, text))
    True
    """
    terms = [m.group().lower() for m in _SPORT.finditer(passage.text)]
    return len(set(terms)) >= _MIN_SPORT and len(terms) * _WORDS_A_TERM >= len(passage.tokens)
