"""Write docs/repairs.md from the repairs themselves.

python tools/document_repairs.py > docs/repairs.md
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

from copydesk.repairs import PHASES, Repair

HEAD = """\
# Repairs

What copydesk mends, and what it leaves alone. Repairs run in phases: all repairs of a phase see the same text, the next
phase sees what they made of it. Each edit has a kind, a rule, a reason and a confidence; below `min_confidence` it is
only suggested. When in doubt, a repair does nothing.

This page is made from the repairs by `python tools/document_repairs.py`.
"""


def write() -> str:
    """Return the page."""
    parts = [HEAD]
    for phase in PHASES:
        if phase.repairs:
            parts.append(f"\n## {phase.name.capitalize()}\n")
            parts += [f"\n### {name_of(repair)}\n\n{words_of(repair)}\n" for repair in phase.repairs]
    return "".join(parts)


def name_of(repair: Repair) -> str:
    """Return the name of a repair: ``pull_quotes.find_pull_quotes`` is Pull quotes."""
    return repair.__name__.removeprefix("find_").replace("_", " ").capitalize()


def words_of(repair: Repair) -> str:
    """Return what a repair says of itself, without its examples, in Markdown."""
    return "\n".join(_prose(inspect.getdoc(repair) or "")).strip().replace("``", "`")


def _prose(text: str) -> Iterator[str]:
    for block in text.split("\n\n"):
        if ">>>" not in block:
            yield from (block, "")


if __name__ == "__main__":
    sys.stdout.write(write())
