"""Write copydesk/data/html_blocks.json: the judge that tells the blocks of an article from the rest of its page.

    python tools/train_html_blocks.py PAGES.jsonl.gz copydesk/data/html_blocks.json [--folds OUT.jsonl]

It needs lightgbm and numpy beside what copydesk needs; the program itself needs neither. A page is a JSON object with
``id``, ``set``, ``url``, ``html`` and either ``gold`` (the text of the article) or ``with`` and ``without`` (snippets
that are in it, or not). With ``--folds``, the bodies that models give which have not seen the page's site (5 folds)
are written as JSON lines, for a scorer, and the model is written only where a second path is given.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import lightgbm
import numpy as np
from selectolax.lexbor import LexborHTMLParser

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from copydesk.readers.html_blocks import Page, PageBlock, read_blocks
from copydesk.readers.html_choice import choose_blocks, hints_of, score_blocks
from copydesk.readers.html_features import (
    FEATURES,
    SHORT,
    Hints,
    Lexicon,
    block_features,
    is_heading,
    name_tokens,
    word_tokens,
)
from copydesk.readers.html_model import flat, model_of
from copydesk.readers.metadata import read_metadata

SEED = 1
FOLDS = 5
TREES = 60
CUT = 0.46
SETTINGS = {
    "objective": "binary",
    "num_leaves": 16,
    "learning_rate": 0.17,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 127,
    "num_threads": 2,
    "seed": SEED,
    "deterministic": True,
    "verbose": -1,
}
MIN_SITES = 3
"""Sites that must have a word before it counts."""
MIN_ODDS = 0.7
"""Log odds of a word that says something."""
STAGES = (6, 12, 24, 40)
"""Numbers of trees after which hopeless and sure blocks are asked no further."""
LOST = 0.0005
"""Share of the blocks that may be judged otherwise for it, of those kept and those left out."""
SNIPPET_WEIGHT = 5.0
SOURCES = (
    "WCXB (Web Content Extraction Benchmark), development pages of articles: CC BY 4.0",
    "fundus (Flair, HU Berlin), pages of its test set: MIT",
    "trafilatura (Adrien Barbaresi), snippets of its evaluation set: Apache-2.0",
)
WORD = re.compile(r"\w+")
HOSTING = frozenset(("blogspot.com", "wordpress.com", "substack.com", "medium.com"))


class Sample(NamedTuple):
    """A page with, per block, the share that is in the article (NaN: not known), and what it weighs."""

    name: str
    site: str
    page: Page
    hints: Hints
    labels: list[float]
    weights: list[float]


class Odds:
    """Log odds of words over sites: each site counts once for each word."""

    def __init__(self, prior: float) -> None:
        """Take the share that words have in the mean."""
        self.prior = prior
        self.sites: dict[str, dict[str, float]] = defaultdict(dict)
        self.words: dict[str, list[str]] = defaultdict(list)
        self.sums: dict[str, float] = {}
        self.all: dict[str, float] = {}

    def close(self, found: Mapping[tuple[str, str], Sequence[float]]) -> None:
        """Take the shares by word and site."""
        for (word, site), shares in found.items():
            self.sites[word][site] = sum(shares) / len(shares)
        for word, sites in list(self.sites.items()):
            if len(sites) < MIN_SITES:
                continue
            self.sums[word] = sum(sites.values())
            self.all[word] = self.odds(self.sums[word], len(sites))
            for site in sites:
                self.words[site].append(word)

    def odds(self, total: float, count: int) -> float:
        """Return the log odds against the prior, drawn to it where there is little evidence."""
        share = (total + 2 * self.prior) / (count + 2)
        return round(log(share / (1 - share)) - log(self.prior / (1 - self.prior)), 2)

    def without(self, site: str) -> Mapping[str, float]:
        """Return the odds as they are when a site is not known."""
        odds = self.telling()
        for word in self.words.get(site, ()):
            count = len(self.sites[word]) - 1
            changed = self.odds(self.sums[word] - self.sites[word][site], count) if count >= MIN_SITES else 0.0
            odds.pop(word, None)
            if abs(changed) >= MIN_ODDS:
                odds[word] = changed
        return odds

    def telling(self) -> dict[str, float]:
        """Return the odds that say something."""
        return {word: value for word, value in self.all.items() if abs(value) >= MIN_ODDS}


class Words(NamedTuple):
    """The three word lists in the making."""

    names: Odds
    words: Odds
    heads: Odds

    def lexicon(self, site: str | None = None) -> Lexicon:
        """Return them, as they are when a site is not known."""
        return Lexicon(*(odds.without(site) if site else odds.telling() for odds in self))


def read_samples(path: Path) -> list[Sample]:
    """Return the pages of a file, parsed and labelled."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [sample_of(json.loads(line)) for line in lines]


def sample_of(row: Mapping[str, str]) -> Sample:
    """Return a page, parsed and labelled."""
    tree = LexborHTMLParser(row["html"])
    hints = hints_of(read_metadata(tree, row["html"], row["url"]))
    page = read_blocks(tree)
    if row["gold"]:
        labels = labels_of(page.blocks, row["gold"])
        weights = weights_of(page.blocks, labels)
    else:
        labels, weights = snippet_labels(page.blocks, row["with"] or (), row["without"] or ())
    return Sample(row["id"], site_of(row), page, hints, labels, weights)


def site_of(row: Mapping[str, str]) -> str:
    """Return the registered domain of a page, about; pages of a site stay in one fold."""
    told = re.search(r'<(?:link|meta)[^>]*(?:canonical|og:url)[^>]*(?:href|content)="(https?://[^"]+)', row["html"])
    url = row["url"] or (told[1] if told else "")
    parts = urlsplit(url).netloc.lower().removeprefix("www.").split(":")[0].split(".")
    if parts == [""]:
        return row["id"].rsplit("/", 1)[0]
    is_deep = len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) == 2
    return ".".join(parts[-3 if is_deep or ".".join(parts[-2:]) in HOSTING else -2 :])


def labels_of(blocks: Sequence[PageBlock], gold: str) -> list[float]:
    """Return the share of each block's 4-grams of words that the article has; short ones go with their neighbours."""
    wanted = WORD.findall(gold)
    grams = {tuple(wanted[i : i + 4]) for i in range(len(wanted) - 3)}
    whole = f" {' '.join(wanted)} "
    words = [WORD.findall(block.text) for block in blocks]
    labels: list[float | None] = [
        sum(tuple(w[k : k + 4]) in grams for k in range(len(w) - 3)) / (len(w) - 3) if len(w) >= 4 else None
        for w in words
    ]
    for order in (range(len(blocks)), range(len(blocks) - 1, -1, -1)):
        near: int | None = None
        for i in order:
            if labels[i] is None and words[i] and near is not None:
                phrase = [*words[near][-6:], *words[i]] if order.step > 0 else [*words[i], *words[near][:6]]
                if f" {' '.join(phrase)} " in whole:
                    labels[i] = 1.0
            if (labels[i] or 0) >= 0.5:
                near = i
    return [float(w == wanted) if label is None else label for label, w in zip(labels, words, strict=True)]


def weights_of(blocks: Sequence[PageBlock], labels: Sequence[float]) -> list[float]:
    """Return weights: words as a share of the article's, as the scores of pages have it."""
    words = [block.text.count(" ") + 1 for block in blocks]
    article = max(60, sum(n for n, label in zip(words, labels, strict=True) if label >= 0.5))
    return [40 * min(n / article, 0.3) + 0.15 for n in words]


def snippet_labels(
    blocks: Sequence[PageBlock], inside: Iterable[str], outside: Iterable[str]
) -> tuple[list[float], list[float]]:
    """Return labels and weights of a page of which only snippets are known."""
    texts = [" ".join(block.text.split()) for block in blocks]
    labels = [float("nan")] * len(blocks)
    for snippets, label in ((inside, 1.0), (outside, 0.0)):
        for snippet in snippets:
            flat = " ".join(snippet.split())
            holding = [i for i, text in enumerate(texts) if flat in text]
            if holding and (label == 0.0 or len(holding) == 1):
                for i in holding:
                    labels[i] = label
    return labels, [SNIPPET_WEIGHT] * len(blocks)


def learn_words(samples: Iterable[Sample]) -> Words:
    """Return the word lists of some pages."""
    found: tuple[dict[tuple[str, str], list[float]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for sample in samples:
        if any(label >= 0.5 for label in sample.labels) and not np.isnan(sample.labels).any():
            for table, shares in zip(
                found, (name_shares(sample), word_shares(sample), head_shares(sample)), strict=True
            ):
                for word, share in shares.items():
                    table[word, sample.site].append(share)
    words = Words(Odds(0.4), Odds(0.25), Odds(0.5))
    for odds, table in zip(words, found, strict=True):
        odds.close(table)
    return words


def _shares(good: Mapping[str, float], total: Mapping[str, float]) -> dict[str, float]:
    return {word: good.get(word, 0) / size for word, size in total.items() if size}


def name_shares(sample: Sample) -> dict[str, float]:
    """Return, per word of a name, the share of the article in the characters of elements named so."""
    sizes = np.array([len(b.text) for b in sample.page.blocks])
    inside = np.concatenate([[0], np.cumsum(sizes * (np.array(sample.labels) >= 0.5))])
    sums = np.concatenate([[0], np.cumsum(sizes)])
    good, total = Counter[str](), Counter[str]()
    for e, last in zip(sample.page.elements, sample.page.last, strict=True):
        for word in set(name_tokens(e.names)):
            good[word] += int(inside[last] - inside[e.first])
            total[word] += int(sums[last] - sums[e.first])
    return _shares(good, total)


def word_shares(sample: Sample) -> dict[str, float]:
    """Return, per word of short blocks, the share of them that is in the article."""
    good, total = Counter[str](), Counter[str]()
    for block, label in zip(sample.page.blocks, sample.labels, strict=True):
        if len(block.text) <= SHORT:
            total.update(set(word_tokens(block.text)))
            if label >= 0.5:
                good.update(set(word_tokens(block.text)))
    return _shares(good, total)


def head_shares(sample: Sample) -> dict[str, float]:
    """Return, per word of headings, the share of the article in what stands behind them."""
    good, total = Counter[str](), Counter[str]()
    now: set[str] = set()
    for block, label in zip(sample.page.blocks, sample.labels, strict=True):
        if is_heading(sample.page, block):
            now = set(word_tokens(block.text))
            continue
        for word in now:
            total[word] += len(block.text)
            good[word] += len(block.text) * (label >= 0.5)
    return _shares(good, total)


def train(samples: Sequence[Sample], trees: int, cut: float) -> dict[str, object]:
    """Return the table of a model; each page's features are those of word lists that do not know its site."""
    words = learn_words(samples)
    lexicons = {site: words.lexicon(site) for site in {s.site for s in samples}}
    rows, labels, weights = [], [], []
    for sample in samples:
        found = block_features(sample.page, sample.hints, lexicons[sample.site])
        known = [i for i, label in enumerate(sample.labels) if found[i] and label == label]  # noqa: PLR0124 - not NaN
        if known:
            rows.append(np.array([list(flat(found[i])) for i in known]))
            labels.extend(sample.labels[i] >= 0.5 for i in known)
            weights.extend(sample.weights[i] for i in known)
    learning = lightgbm.Dataset(np.concatenate(rows), np.array(labels, dtype=int), weight=np.array(weights))
    booster = lightgbm.train(SETTINGS, learning, trees)
    return {
        "about": "Made by tools/train_html_blocks.py; log odds that a block of a page is part of its article.",
        "sources": SOURCES,
        "seed": SEED,
        "cut": cut,
        "features": FEATURES,
        "lexicon": {name: dict(sorted(odds.telling().items())) for name, odds in words._asdict().items()},
        "stages": stages_of(booster, np.concatenate(rows), cut),
    }


def stages_of(booster: lightgbm.Booster, rows: np.ndarray, cut: float) -> list[dict[str, object]]:
    """Return the trees in groups, each with the log odds after them that are hopeless, and sure."""
    trees = [tree_of(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    kept = booster.predict(rows, raw_score=True) >= log(cut / (1 - cut))
    stages: list[dict[str, object]] = []
    for first, last in pairwise((0, *STAGES, len(trees))):
        odds = booster.predict(rows, raw_score=True, num_iteration=last)
        bounds = np.quantile(odds[kept], LOST), np.quantile(odds[~kept], 1 - LOST)
        hopeless, sure = (round(float(bound), 3) for bound in bounds) if last < len(trees) else (-99.0, 99.0)
        stages.append({"hopeless": hopeless, "sure": sure, "trees": trees[first:last]})
    return stages


def tree_of(node: Mapping[str, object]) -> object:
    """Return a tree as nested lists: feature, bound, up to it, above it."""
    if "leaf_value" in node:
        return round(float(str(node["leaf_value"])), 4)
    low, high = node["left_child"], node["right_child"]
    bound = float(f"{float(str(node['threshold'])):.4g}")
    return [node["split_feature"], bound, tree_of(low), tree_of(high)]  # type: ignore[arg-type]


def write_folds(samples: Sequence[Sample], path: Path, trees: int, cut: float) -> None:
    """Write the bodies that models give which have not seen the page's site."""
    order = np.random.default_rng(SEED).permutation(sorted({s.site for s in samples}))
    fold = {str(site): i % FOLDS for i, site in enumerate(order)}
    with path.open("w", encoding="utf-8") as out:
        for number in range(FOLDS):
            table = train([s for s in samples if fold[s.site] != number], trees, cut)
            model = model_of(json.loads(json.dumps(table)))
            for sample in (s for s in samples if fold[s.site] == number):
                scores = score_blocks(sample.page, sample.hints, model)
                kept = choose_blocks(sample.page, scores, cut)
                text = "\n\n".join(b.text for b, keep in zip(sample.page.blocks, kept, strict=True) if keep)
                line = {"id": sample.name, "text": text, "scores": [round(score, 4) for score in scores]}
                out.write(json.dumps(line) + "\n")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("model", type=Path, nargs="?")
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--trees", type=int, default=TREES)
    parser.add_argument("--cut", type=float, default=CUT)
    args = parser.parse_args()
    samples = read_samples(args.pages)
    if args.model:
        table = train(samples, args.trees, args.cut)
        args.model.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    if args.folds:
        write_folds(samples, args.folds, args.trees, args.cut)


if __name__ == "__main__":
    main()
