"""Which CAMEO root codes belong to which PLOVER category.

Source: CAMEO (Schrodt 2012, codebook 1.1b3) and the sixteen categories of PLOVER as of 2021 (Open Event Data Alliance):
08 YIELD is split into CONCEDE and RETREAT, 18 to 20 are ASSAULT; root 01 (statements) has no category.
"""

from __future__ import annotations

from collections.abc import Mapping

ROOTS: Mapping[str, frozenset[str]] = {
    category: frozenset(roots.split())
    for category, roots in {
        "AGREE": "03",
        "CONSULT": "04",
        "SUPPORT": "05",
        "COOPERATE": "06",
        "AID": "07",
        "CONCEDE": "08",
        "RETREAT": "08",
        "REQUEST": "02 10",
        "ACCUSE": "09 11",
        "REJECT": "12",
        "THREATEN": "13",
        "PROTEST": "14",
        "MOBILIZE": "15",
        "SANCTION": "16",
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
