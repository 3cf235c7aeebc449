"""PLOVER categories (the table of 2021) and the CAMEO codes that go with them.

Codes and names of categories are facts of the two schemes: CAMEO (Schrodt 2012, codebook 1.1b3) and PLOVER (Open Event
Data Alliance; the version of 2021 splits YIELD into CONCEDE and RETREAT and folds FIGHT into ASSAULT).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Plover(StrEnum):
    """The sixteen categories."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


FRIENDLY = frozenset(
    (
        Plover.AGREE,
        Plover.CONSULT,
        Plover.SUPPORT,
        Plover.CONCEDE,
        Plover.COOPERATE,
        Plover.AID,
        Plover.RETREAT,
    )
)
"""Categories of cooperation. Doing one of these is promised (AGREE); doing any other is threatened (THREATEN)."""

CAMEO_TO_PLOVER: Mapping[str, frozenset[Plover]] = {
    "02": frozenset((Plover.REQUEST,)),
    "03": frozenset((Plover.AGREE,)),
    "04": frozenset((Plover.CONSULT,)),
    "05": frozenset((Plover.SUPPORT,)),
    "06": frozenset((Plover.COOPERATE,)),
    "07": frozenset((Plover.AID,)),
    "08": frozenset((Plover.CONCEDE, Plover.RETREAT)),
    "081": frozenset((Plover.CONCEDE,)),
    "082": frozenset((Plover.CONCEDE,)),
    "086": frozenset((Plover.RETREAT,)),
    "087": frozenset((Plover.RETREAT,)),
    "09": frozenset((Plover.ACCUSE,)),
    "10": frozenset((Plover.REQUEST,)),
    "11": frozenset((Plover.ACCUSE,)),
    "12": frozenset((Plover.REJECT,)),
    "13": frozenset((Plover.THREATEN,)),
    "14": frozenset((Plover.PROTEST,)),
    "15": frozenset((Plover.MOBILIZE,)),
    "16": frozenset((Plover.SANCTION,)),
    "17": frozenset((Plover.COERCE,)),
    "18": frozenset((Plover.ASSAULT,)),
    "19": frozenset((Plover.ASSAULT,)),
    "20": frozenset((Plover.ASSAULT,)),
}
"""The categories that a CAMEO code may stand beside, by the code's start; the longest start counts.

Root 01 (statements) is missing: PLOVER has no category for it.
"""

INTENT_TO: Mapping[Plover, str] = {
    Plover.AGREE: "030",
    Plover.CONSULT: "036",
    Plover.SUPPORT: "030",
    Plover.COOPERATE: "031",
    Plover.AID: "033",
    Plover.CONCEDE: "035",
    Plover.RETREAT: "035",
    Plover.REQUEST: "130",
    Plover.ACCUSE: "130",
    Plover.REJECT: "130",
    Plover.THREATEN: "130",
    Plover.PROTEST: "133",
    Plover.MOBILIZE: "138",
    Plover.SANCTION: "131",
    Plover.COERCE: "137",
    Plover.ASSAULT: "138",
}
"""The CAMEO code of announcing a deed, by the deed's category: 03x for cooperation, 13x for the rest."""


def categories_of(cameo: str) -> frozenset[Plover]:
    """Return the categories that a CAMEO code may stand beside; none for a code that is not known.

    >>> sorted(categories_of("0311")), sorted(categories_of("084")), sorted(categories_of("010"))
    ([<Plover.AGREE: 'AGREE'>], [<Plover.CONCEDE: 'CONCEDE'>, <Plover.RETREAT: 'RETREAT'>], [])
    """
    if not (cameo.isascii() and cameo.isdigit() and 2 <= len(cameo) <= 4):
        return frozenset()
    starts = (cameo[:size] for size in (3, 2))
    return next((CAMEO_TO_PLOVER[start] for start in starts if start in CAMEO_TO_PLOVER), frozenset())


def agree(plover: str, cameo: str) -> bool:
    """Tell whether a PLOVER category and a CAMEO code can describe one event.

    >>> agree("SANCTION", "163"), agree("AID", "163")
    (True, False)
    """
    return plover in categories_of(cameo)
