"""Whose leader somebody is whom a text names without the country: ``President Obama``, ``Saddam Hussein``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from copydesk.extract.gazetteer import slug
from copydesk.tables import read_table


def country_of_leader(name: str, *, has_office: bool) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of the country that a leader stands for; None for who is not known.

    A short name tells only beside an office: ``has_office``.

    >>> country_of_leader("Yoweri Museveni", has_office=False), country_of_leader("Museveni", has_office=False)
    ('UGA', None)
    >>> country_of_leader("Museveni", has_office=True)
    'UGA'
    """
    full, short = _names()
    return full.get(slug(name)) or (short.get(slug(name)) if has_office else None)


@cache
def _names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the codes by full and by short names; names of leaders of several countries are in neither."""
    full: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    for code, shorts, fulls in read_table("leaders.tsv"):
        for name in fulls.split(";"):
            full.setdefault(slug(name), set()).add(code)
        for name in filter(None, shorts.split(";")):
            short.setdefault(slug(name), set()).add(code)
    return _certain(full), _certain(short)


def _certain(names: Mapping[str, set[str]]) -> Mapping[str, str]:
    return {name: next(iter(codes)) for name, codes in names.items() if len(codes) == 1}
