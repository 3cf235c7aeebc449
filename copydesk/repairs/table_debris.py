"""What is left of a table when its cells are gone: rules and empty rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.proposals import Proposal
from copydesk.view import View

VERSION = 1

MAX_LINE = 200
_RULE = re.compile(r"[-—–=_|+:•·¦│─━┃┼├┤┌┐└┘═║╬ \t\u00a0]+")
_EMPTY = re.compile(
    r"[-–•·*]|.*[|_=+¦│─━┃┼├┤┌┐└┘═║╬].*|[-—–]{2,}(?:[ \t]+[-—–]{2,})+|[:—–-]+(?:\s*[:—–-]+)+:?", re.DOTALL
)
"""Kinds of rules that are no writer's: "---" and "* * *" alone part sections."""
_SECTION = re.compile(r"[-—–]+|(?:[-—–*•·][ \t]*){1,5}")


def find_table_debris(view: View) -> Iterator[Proposal]:
    r"""Propose to take out rules and empty rows with nothing beside them.

    Left alone: rules beside words (real tables, underlined headings), rules of dashes or stars that part sections.

    >>> [(p.start, p.end) for p in find_table_debris(View("One.\n\n| | |\n---|---\n\nTwo.\n\n* * *\n\nThree."))]
    [(6, 19)]
    """
    group: list[int] = []
    for i, line in enumerate(view.lines):
        is_rule = not view.text[line.text_end - 1].isalnum() and _is_rule(view.text, line.text_start, line.text_end)
        is_next = bool(group) and group[-1] == i - 1 and not view.is_gap(i)
        if is_rule and (is_next or i == 0 or view.is_gap(i)):
            if not is_next:
                yield from _debris(view, group)
                group = []
            group.append(i)
        else:
            if not is_next:
                yield from _debris(view, group)
            group = []
    yield from _debris(view, group)


def _is_rule(text: str, start: int, end: int) -> bool:
    return end - start <= MAX_LINE and _RULE.fullmatch(text, start, end) is not None


def _debris(view: View, group: list[int]) -> Iterator[Proposal]:
    """Yield the removal of a group of rules, unless it parts sections."""
    if not group:
        return
    rules = [view.of(i) for i in group]
    if len(rules) == 1 and (not _EMPTY.fullmatch(rules[0]) or _is_section(rules[0])):
        return
    start, end = view.lines[group[0]].text_start, view.lines[group[-1]].text_end
    yield Proposal(
        start, end, "", "table_debris", "table_debris.rules", "rules of a table without cells", 0.9, is_block=True
    )


def _is_section(rule: str) -> bool:
    return rule not in ("-", "–") and _SECTION.fullmatch(rule) is not None
