"""What stands beside names on pages and is none: jobs, and the groups of people of a house."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.tables import phrases

_VAGUE = frozenset(
    "the our der die das unser unsere la el le il editorial staff team news web online sport sports marketing content "
    "media community guest".split()
)
"""Words that do not say whose group it is."""


def names_job(keys: Sequence[str]) -> bool:
    """Tell whether words (lower case) say what somebody does: by the last of them, or the first of several.

    >>> names_job(["marketing", "director"]), names_job(["former", "minister"]), names_job(["ida", "holm"])
    (True, True, False)
    """
    return keys[-1] in phrases("jobs.tsv", "job") or (len(keys) > 1 and keys[0] in phrases("jobs.tsv", "rank"))


def names_group(text: str) -> bool:
    """Tell whether a name is that of the people of some house: "Isle Post Staff", but not "Staff" or "Editorial Team".

    >>> names_group("Isle Post Staff"), names_group("Our Editorial Team"), names_group("Ida Holm")
    (True, False, False)
    """
    words = text.casefold().split()
    return len(words) > 1 and words[-1] in phrases("jobs.tsv", "house") and not _VAGUE.issuperset(words[:-1])
