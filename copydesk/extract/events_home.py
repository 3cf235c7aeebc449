"""Deeds at home: the side that nobody names because it is the country that the text is about anyway.

``Kenyan police arrested twelve students``: students of another country would be said to be so. The same holds
for whom a state arrests or bans, for crowds that protest against their leaders, and for rebels and police who shoot.
It is for sentences that name one country and no other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.facts import Participant, ParticipantRole

_AT_HOME = re.compile(
    r"['’]?s? (?:[a-z-]+ ){0,2}(?:police\w*|riot|security|rebels?|guerr?illas?|gunm[ae]n|militants?|insurgents?|"
    r"militia\w*|separatists?|rioters|protesters|demonstrators|students|prisoners|paramilitar\w+|vigilantes|extremists)\b"
)
"""Who mostly acts within their own country, by the words after its name."""


def with_home(people: Sequence[Participant], cameo: str, place: str | None, text: str) -> tuple[Participant, ...]:
    """Return participants with the side that is left out, where it can only be at home.

    Args:
        people: the participants with their countries.
        cameo: the code of what is done.
        place: ISO 3166-1 alpha-3 code of the country where it is done.
        text: the text that the spans count in.

    """
    roles = {p.role for p in people}
    states = [p for p in people if p.entity_id.startswith("country:")]
    if len(states) != 1 or len(roles) != 1:
        return tuple(people)
    (state,) = states
    if state.role is ParticipantRole.ACTOR:
        home = state.country if _acts_at_home(state, cameo, text) else None
        return (*people, _side(ParticipantRole.TARGET, home)) if home else tuple(people)
    is_crowd = cameo.startswith(_PROTEST)
    home = place or (None if is_crowd and len(people) == 1 else state.country)
    is_own = is_crowd or cameo.startswith(_BY_STATE)
    return (_side(ParticipantRole.ACTOR, home), *people) if home and is_own else tuple(people)


_PROTEST, _COERCE, _FORCE = "14", "17", ("18", "19", "20")
_BY_STATE = ("172", "173")
"""CAMEO codes of what only states do: banning, arresting."""


def _acts_at_home(state: Participant, cameo: str, text: str) -> bool:
    if cameo.startswith(_FORCE):
        return state.span is not None and bool(_AT_HOME.match(text, state.span.end))
    return cameo.startswith((_PROTEST, _COERCE))


def _side(role: ParticipantRole, country: str) -> Participant:
    return Participant(role, f"country:{country}", None, country)
