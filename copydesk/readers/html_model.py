"""The judge of blocks: boosted trees and word lists, trained by tools/train_html_blocks.py, read from a table."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import exp
from typing import NamedTuple

from copydesk.readers.html_features import FEATURES, ROW, Lexicon, Row

EARLY = 2.5
"""Log odds, at least, of a block that is judged before all trees were asked."""
Odds = Callable[[Row], float]


class Stage(NamedTuple):
    """Some trees, and the log odds after them from which next to no block has come back, below and above."""

    trees: Sequence[object]
    hopeless: float
    sure: float


class Model(NamedTuple):
    """A trained judge.

    Attributes:
        lexicon: what words of names, of short blocks and of headings promise.
        odds: the log odds that the block of a row is part of the article.
        cut: blocks that score less are left out, unless their neighbours speak for them.

    """

    lexicon: Lexicon
    odds: Odds
    cut: float

    def scores(self, rows: Iterable[Row | None]) -> list[float]:
        """Return, per row of features, the chance that its block is part of the article, 0 to 1; 0 for no row."""
        odds = self.odds
        return [1 / (1 + exp(-odds(row))) if row else 0.0 for row in rows]


def model_of(content: Mapping[str, object]) -> Model:
    """Return the model that a table holds.

    Raises:
        ValueError: it was trained on other features.

    """
    match content:
        case {"features": list(names), "lexicon": dict(lexicon), "stages": list(stages), "cut": float(cut)}:
            if names != FEATURES:
                raise ValueError("the model was trained on other features: run tools/train_html_blocks.py")
            known = [Stage(s["trees"], float(s["hopeless"]), float(s["sure"])) for s in stages]
            return Model(Lexicon(**lexicon), compile_odds(known), cut)
    raise ValueError("this is no model of blocks")


def compile_odds(stages: Sequence[Stage]) -> Odds:
    """Return the trees as one function of Python: a third of the time that it takes to walk them.

    The trees come from a table: nothing but numbers gets into the source.

    Raises:
        ValueError: something in it is no tree.

    """
    lines = ["def odds(row):", f"    {' '.join(ROW.split())} = row", "    sum = 0.0"]
    for stage in stages:
        lines += [f"    sum += {_source_of(tree)}" for tree in stage.trees]
        lines.append(f"    if sum < {stage.hopeless!r}: return min(sum, {-EARLY!r})")
        lines.append(f"    if sum > {stage.sure!r}: return max(sum, {EARLY!r})")
    lines.append("    return sum")
    space: dict[str, Odds] = {}
    exec("\n".join(lines), space)  # noqa: S102 - numbers and names of features
    return space["odds"]


def _source_of(tree: object) -> str:
    """Return the source of an expression for a tree: a leaf with its log odds, or a question.

    A question is the number of a feature, a bound, where to go up to it and above it. Trees are at most as deep as
    their leaves are many (16).
    """
    match tree:
        case [int(feature), int(bound) | float(bound), low, high]:
            return f"({_source_of(low)} if {FEATURES[feature]} <= {bound!r} else {_source_of(high)})"
        case int(leaf) | float(leaf):
            return repr(float(leaf))
    raise ValueError("this is no tree")


def flat(row: Row) -> Iterator[float]:
    """Yield the features of a row in the order of ``FEATURES``."""
    for value in row:
        if isinstance(value, tuple):
            yield from flat(value)
        else:
            yield float(value)  # type: ignore[arg-type] # a number


@cache
def load_model() -> Model:
    """Return the model that copydesk brings along (``data/html_blocks.json``)."""
    return model_of(json.loads(pkgutil.get_data("copydesk", "data/html_blocks.json") or b"{}"))
