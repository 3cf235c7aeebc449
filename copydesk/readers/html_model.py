"""The judge of blocks: boosted trees and word lists, trained by tools/train_html_blocks.py, read from a table."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from typing import NamedTuple

from copydesk.readers.html_features import FEATURES, Lexicon

Node = float | tuple[int, float, "Node", "Node"]
"""A leaf with its log odds, or a question: the number of a feature, a bound, where to go up to it and above it."""
HOPELESS = -3.2
"""Log odds after the first trees from which no block has come back."""
FIRST = 16
"""How many trees are asked before that is looked at."""


class Model(NamedTuple):
    """A trained judge.

    Attributes:
        lexicon: what words of names, of short blocks and of headings promise.
        trees: their roots, in training order.
        cut: blocks that score less are left out, unless their neighbours speak for them.

    """

    lexicon: Lexicon
    trees: Sequence[Node]
    cut: float

    def scores(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return, per row of features, the chance that its block is part of the article, 0 to 1."""
        first, rest = self.trees[:FIRST], self.trees[FIRST:]
        found = []
        for row in rows:
            odds = _sum_of(first, row)
            if odds > HOPELESS:
                odds += _sum_of(rest, row)
            found.append(1 / (1 + exp(-odds)))
        return found


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
        case {"features": list(names), "lexicon": dict(lexicon), "trees": list(trees), "cut": float(cut)}:
            if names != FEATURES:
                raise ValueError("the model was trained on other features: run tools/train_html_blocks.py")
            return Model(Lexicon(**lexicon), tuple(_node_of(tree) for tree in trees), cut)
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
