"""The judge of blocks: boosted trees and word lists, trained by tools/train_html_blocks.py, read from a table."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp
from typing import NamedTuple

from copydesk.readers.html_features import FEATURES, Lexicon

EARLY = 2.5
"""Log odds, at least, of a block that is judged before all trees were asked."""
Node = float | tuple[int, float, "Node", "Node"]
"""A leaf with its log odds, or a question: the number of a feature, a bound, where to go up to it and above it."""


class Stage(NamedTuple):
    """Some trees, and the log odds after them from which next to no block has come back, below and above."""

    trees: Sequence[Node]
    hopeless: float
    sure: float


class Model(NamedTuple):
    """A trained judge.

    Attributes:
        lexicon: what words of names, of short blocks and of headings promise.
        stages: trees in training order, in groups.
        cut: blocks that score less are left out, unless their neighbours speak for them.

    """

    lexicon: Lexicon
    stages: Sequence[Stage]
    cut: float

    def scores(self, rows: Iterable[Sequence[float] | None]) -> list[float]:
        """Return, per row of features, the chance that its block is part of the article, 0 to 1; 0 for no row."""
        return [1 / (1 + exp(-self._odds(row))) if row else 0.0 for row in rows]

    def _odds(self, row: Sequence[float]) -> float:
        odds = 0.0
        for trees, hopeless, sure in self.stages:
            odds += _sum_of(trees, row)
            if odds < hopeless:
                return min(odds, -EARLY)
            if odds > sure:
                return max(odds, EARLY)
        return odds


def _sum_of(trees: Sequence[Node], row: Sequence[float]) -> float:
    odds = 0.0
    for tree in trees:
        node = tree
        while type(node) is tuple:
            feature, bound, low, high = node
            node = low if row[feature] <= bound else high
        odds += node  # type: ignore[operator] # a leaf
    return odds


def model_of(content: Mapping[str, object]) -> Model:
    """Return the model that a table holds.

    Raises:
        ValueError: it was trained on other features.

    """
    match content:
        case {"features": list(names), "lexicon": dict(lexicon), "stages": list(stages), "cut": float(cut)}:
            if names != FEATURES:
                raise ValueError("the model was trained on other features: run tools/train_html_blocks.py")
            known = [Stage(tuple(map(_node_of, s["trees"])), float(s["hopeless"]), float(s["sure"])) for s in stages]
            return Model(Lexicon(**lexicon), known, cut)
    raise ValueError("this is no model of blocks")


def _node_of(tree: object) -> Node:
    """Return a tree of lists as one of tuples. They are at most as deep as their leaves are many (16)."""
    match tree:
        case [int(feature), int(bound) | float(bound), low, high]:
            return feature, bound, _node_of(low), _node_of(high)
        case int(leaf) | float(leaf):
            return float(leaf)
    raise ValueError("this is no tree")


@cache
def load_model() -> Model:
    """Return the model that copydesk brings along (``data/html_blocks.json``)."""
    return model_of(json.loads(pkgutil.get_data("copydesk", "data/html_blocks.json") or b"{}"))
