"""The rules that find facts: what each goes by, and its version (``data/fact_rules.tsv``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from copydesk.tables import read_table

_NAME = re.compile(r"[a-z]+(?:\.[a-z_]+)?")


class FactRule(NamedTuple):
    """A rule, or a family of rules that differ in a word alone (``events.verb`` for ``events.verb.sign``)."""

    name: str
    version: int
    about: str


def read_rules(rows: Iterable[Sequence[str]]) -> Mapping[str, FactRule]:
    """Return the rules of a table by name.

    Raises:
        ValueError: a line is no rule, or a rule stands there twice.

    >>> read_rules([("dates.year", "1", "four digits")])["dates.year"].version
    1
    """
    rules: dict[str, FactRule] = {}
    for row in rows:
        if len(row) != 3 or not _NAME.fullmatch(row[0]) or not row[1].isdecimal() or not row[2].strip():
            raise ValueError(f"no rule with a name, a version and words: {row}")
        if row[0] in rules:
            raise ValueError(f"the rule {row[0]} is there twice")
        rules[row[0]] = FactRule(row[0], int(row[1]), row[2])
    return rules


@cache
def fact_rules() -> Mapping[str, FactRule]:
    """Return all rules by name."""
    return read_rules(read_table("fact_rules.tsv"))


def rule_of(name: str) -> FactRule:
    """Return the rule that a fact names: the one whose name is the longest beginning of it.

    Raises:
        KeyError: no rule is called so.

    >>> rule_of("events.verb.sign").name
    'events.verb'
    """
    parts = name.split(".")
    for size in range(len(parts), 0, -1):
        if found := fact_rules().get(".".join(parts[:size])):
            return found
    raise KeyError(name)
