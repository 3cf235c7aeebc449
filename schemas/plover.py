"""Which CAMEO root codes belong to which PLOVER category.

Source: the PLOVER codebook of 2021 (Open Event Data Alliance), whose categories follow CAMEO's twenty root codes
(Schrodt, CAMEO 1.1b3), with 01 and 02 spread over several, 08 split by deed, and 16 and 17 as SANCTION and COERCE.
"""

from __future__ import annotations

from collections.abc import Mapping

ROOTS: Mapping[str, frozenset[str]] = {
    category: frozenset(roots.split())
    for category, roots in {
        "AGREE": "03 05 06",
        "CONSULT": "04",
        "SUPPORT": "01 05",
        "CONCEDE": "08",
        "RETREAT": "08",
        "COOPERATE": "03 05 06",
        "AID": "07",
        "INVESTIGATE": "09",
        "DEMAND": "10 02",
        "REQUEST": "02 10",
        "ACCUSE": "11",
        "REJECT": "12",
        "THREATEN": "13",
        "PROTEST": "14",
        "MOBILIZE": "15",
        "SANCTION": "16 17",
        "COERCE": "17",
        "ASSAULT": "18 19 20",
    }.items()
}
"""Category -> CAMEO root codes."""


def agree(plover: str, cameo: str) -> bool:
    """Tell whether a CAMEO code is one that its PLOVER category may bear; an unknown category agrees with none.

    >>> agree("CONSULT", "042"), agree("CONSULT", "190")
    (True, False)
    """
    return cameo[:2] in ROOTS.get(plover, ())
