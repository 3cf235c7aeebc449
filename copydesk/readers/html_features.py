"""What is known of each block of a page before it is judged: numbers that mean the same in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import log2

from copydesk.document import BlockKind
from copydesk.readers.html_blocks import Page

_CAMEL = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_END = frozenset(".!?…。！？।؟۔\"”»’')›」")
_STOP = re.compile("[.!?…。！？।؟۔](?:[\\s\"”»’')›」]|$)")
_COMMA = re.compile("[,;，、،؛；]")
_DIGIT = re.compile(r"\d")
_PLAIN = re.compile(r"[\W_]+")
CONTENT = 60
"""Characters of a block that may be prose, links apart."""
_AREAS = {
    "article": 1, "main": 2, "aside": 4, "header": 8, "footer": 16, "form": 32, "figure": 64, "ul": 128, "ol": 128, "table": 256,
    "blockquote": 512, "section": 1024, "details": 2048, "label": 32, "fieldset": 32, "dl": 128, "figcaption": 4096,
}
_TAGS = {name: number for number, name in enumerate("other p div li h1 h2 h3 h4 h5 h6 td th blockquote figcaption pre span section article dt dd label a center body figure header footer aside main".split())}
_LEAVES = {name: number for number, name in enumerate("other a em i strong b span time small font label cite".split())}


@dataclass(slots=True)
class Hints:
    """What the head of a page says that its blocks can be compared with, in plain letters and digits."""

    titles: tuple[str, ...] = ()
    description: str = ""
    bodies: tuple[str, ...] = ()


@dataclass(slots=True)
class Lexicon:
    """Words and how often what they name is part of the article: log odds, 0 for even chances.

    Attributes:
        names: words of class, id and role names, for all that stands in the element.
        words: words of short blocks, for the block.
        heads: words of headings, for what stands behind.

    """

    names: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, float] = field(default_factory=dict)
    heads: Mapping[str, float] = field(default_factory=dict)


def name_tokens(names: str) -> list[str]:
    """Return the words of class and id names, in lower case."""
    return [t.lower() for t in _CAMEL.findall(names)]


def word_tokens(text: str) -> list[str]:
    """Return the words of a short text, folded, with marks for its shape and the text itself."""
    words = _WORD.findall(text.casefold())[:8]
    return [*words, "^" + " ".join(words[:2]), "=" + " ".join(words)]


def plain(text: str) -> str:
    """Return letters and digits alone, folded."""
    return _PLAIN.sub("", text).casefold()


FEATURES = (
    "chars words linked links bold stops commas digits ends_stop colon lines tag leaf_tag kind hidden depth "
    "n_blocks n_content place char_place since_h1 is_title in_title before_h1 is_description in_json has_json "
    "own parent grand path_min path_max path_mean leaf_name "
    "article main aside header footer form figure list table quote section articles "
    "p_chars p_linked p_blocks p_share g_chars g_linked g_blocks g_share gg_share gg_linked "
    "best up best_share best_place alike alike_chars alike_linked twin_before twin "
    "word_mean word_min word_max head_mean head_min head_since head_level "
    "b1_chars b1_linked b1_stop b1_tag b1_same b2_chars b2_linked a1_chars a1_linked a1_stop a1_tag a1_same a2_chars a2_linked "
    "near_content far_content near_linked before_content after_content"
).split()


def block_features(page: Page, hints: Hints, lexicon: Lexicon) -> list[list[float]]:
    """Return one row of ``FEATURES`` a block."""
    return _Measures(page, hints, lexicon).rows()


class _Measures:
    def __init__(self, page: Page, hints: Hints, lexicon: Lexicon) -> None:
        self.page, self.hints, self.lexicon = page, hints, lexicon
        blocks = page.blocks
        self.sizes = [len(b.text) for b in blocks]
        self.linked = [min(b.linked, n) for b, n in zip(blocks, self.sizes, strict=True)]
        self.density = [l / n for l, n in zip(self.linked, self.sizes, strict=True)]
        self.content = [
            n if n >= CONTENT and d < 0.4 else 0 for n, d in zip(self.sizes, self.density, strict=True)
        ]
        self.sum_chars = [0, *accumulate(self.sizes)]
        self.sum_linked = [0, *accumulate(self.linked)]
        self.sum_content = [0, *accumulate(self.content)]
        self.logs = [log2(n + 1) for n in self.sizes]

    def paths(self) -> None:
        """Sum up the names and the areas of each element and those around it."""
        scores: dict[str, float] = {}
        names = self.lexicon.names
        own: list[float] = []
        low: list[float] = []
        high: list[float] = []
        total: list[float] = []
        areas: list[int] = []
        articles = 0
        nth: list[int] = []
        for e in self.page.elements:
            score = scores.get(e.names)
            if score is None:
                found = [v for v in map(names.get, name_tokens(e.names)) if v is not None] if e.names else ()
                score = scores[e.names] = (min(found) if min(found) < 0 and -min(found) > max(found) else max(found)) if found else 0.0
            own.append(score)
            up = e.parent
            if up < 0:
                low.append(score)
                high.append(score)
                total.append(score)
                areas.append(0)
                nth.append(0)
                continue
            low.append(score if score < low[up] else low[up])
            high.append(score if score > high[up] else high[up])
            total.append(total[up] + score)
            areas.append(areas[up] | _AREAS.get(e.tag, 0))
            if e.tag == "article":
                articles += 1
                nth.append(articles)
            else:
                nth.append(nth[up])
        self.own, self.low, self.high, self.total, self.areas, self.nth = own, low, high, total, areas, nth

    def best(self) -> tuple[list[int], list[int], float]:
        """Return how far each block stands from the element that holds most of the prose."""
        n = len(self.page.blocks)
        all_content = self.sum_content[-1]
        ups = [9] * n
        if not all_content:
            return ups, [0] * n, 0.0
        best, least = 0, 0.6 * all_content
        last, sums = self.page.last, self.sum_content
        elements = self.page.elements
        for i, e in enumerate(elements):
            if sums[last[i]] - sums[e.first] >= least and e.depth >= elements[best].depth:
                best = i
        chain = []
        at = best
        while at >= 0:
            chain.append(at)
            at = elements[at].parent
        chain = [c for c in chain if elements[c].tag]
        for up, c in reversed(list(enumerate(chain[:9]))):
            for k in range(elements[c].first, last[c]):
                ups[k] = up
        share = (sums[last[best]] - sums[elements[best].first]) / all_content
        first = elements[best].first
        return ups, [k - first for k in range(n)], share

    def heads(self) -> tuple[list[float], list[float], list[int], list[int]]:
        """Return, per block, what the heading before it promises, and how far back that is."""
        known = self.lexicon.heads
        mean, low, since, level = [], [], [], []
        a, b, n, now = 0.0, 0.0, 99, 0
        for block in self.page.blocks:
            mean.append(a)
            low.append(b)
            since.append(n)
            level.append(now)
            n = min(99, n + 1)
            is_heading = self.page.elements[block.element].kind is BlockKind.HEADING
            if is_heading or (block.bold > 0.9 * len(block.text) and len(block.text) < 80):
                found = [v for v in map(known.get, word_tokens(block.text)) if v is not None]
                a, b = (sum(found) / len(found), min(found)) if found else (0.0, 0.0)
                n = 0
                tag = self.page.elements[block.element].tag
                now = int(tag[1]) if is_heading and tag[1:].isdigit() else 7
        return mean, low, since, level

    def words(self) -> tuple[list[float], list[float], list[float]]:
        known = self.lexicon.words
        mean, low, high = [], [], []
        for block, n in zip(self.page.blocks, self.sizes, strict=True):
            found = [v for v in map(known.get, word_tokens(block.text)) if v is not None] if n <= SHORT else ()
            if found:
                mean.append(sum(found) / len(found))
                low.append(min(found))
                high.append(max(found))
            else:
                mean.append(0.0)
                low.append(0.0)
                high.append(0.0)
        return mean, low, high

    def titles(self) -> tuple[list[int], list[int], list[int]]:
        """Return, per block, whether it is the title, how many blocks the first such heading is away, and likeness."""
        wanted = [t for t in self.hints.titles if t]
        first_h1 = next((i for i, b in enumerate(self.page.blocks) if self.page.elements[b.element].tag == "h1"), -1)
        is_title, in_title = [], []
        place = -1
        for i, block in enumerate(self.page.blocks):
            n = self.sizes[i]
            if not wanted or not 8 <= n <= 300:
                is_title.append(0)
                in_title.append(0)
                continue
            text = plain(block.text)
            same = text in wanted
            inside = len(text) > 7 and any(text in t or (t in text and 2 * len(t) > len(text)) for t in wanted)
            is_title.append(1 if same else 0)
            in_title.append(1 if inside else 0)
            if (same or inside) and place < 0 and self.page.elements[block.element].kind is BlockKind.HEADING:
                place = i
        if place < 0:
            place = first_h1
        return is_title, in_title, [i - place if place >= 0 else 999 for i in range(len(self.page.blocks))]

    def rows(self) -> list[list[float]]:
        """Return the features."""
        page, blocks, elements, last = self.page, self.page.blocks, self.page.elements, self.page.last
        if not blocks:
            return []
        self.paths()
        ups, best_place, best_share = self.best()
        head_mean, head_low, since, level = self.heads()
        word_mean, word_low, word_high = self.words()
        is_title, in_title, after_h1 = self.titles()
        n = len(blocks)
        chars, linked, content = self.sum_chars, self.sum_linked, self.sum_content
        all_chars, all_content = chars[-1], content[-1] or 1
        kept = [i for i, c in enumerate(self.content) if c]
        articles = max(self.nth)
        alike_count: Counter[tuple[str, str, str]] = Counter()
        alike_chars: Counter[tuple[str, str, str]] = Counter()
        alike_linked: Counter[tuple[str, str, str]] = Counter()
        keys = []
        for i, b in enumerate(blocks):
            e = elements[b.element]
            p = elements[e.parent] if e.parent >= 0 else e
            key = e.tag, e.names, p.names
            keys.append(key)
            alike_count[key] += 1
            alike_chars[key] += self.sizes[i]
            alike_linked[key] += self.linked[i]
        texts = Counter(b.text for b in blocks)
        seen: set[str] = set()
        describes = self.hints.description[:60]
        bodies = self.hints.bodies
        log_blocks, log_content = log2(n), log2(all_content + 1)
        stats: dict[int, tuple[float, float, float, float]] = {}

        def stat(element: int) -> tuple[float, float, float, float]:
            known = stats.get(element)
            if known is None:
                first, end = elements[element].first, last[element]
                size = chars[end] - chars[first]
                known = stats[element] = (
                    log2(size + 1),
                    (linked[end] - linked[first]) / (size or 1),
                    float(end - first),
                    (content[end] - content[first]) / all_content,
                )
            return known

        density, logs = self.density, self.logs
        ends = [b.text[-1] in _END for b in blocks]
        tags = [_TAGS.get(elements[b.element].tag, 0) for b in blocks]
        parents = [elements[b.element].parent for b in blocks]
        rows = []
        for i, b in enumerate(blocks):
            text, size, at = b.text, self.sizes[i], b.element
            e = elements[at]
            up = e.parent if e.parent >= 0 else 0
            grand = elements[up].parent if elements[up].parent >= 0 else 0
            great = elements[grand].parent if elements[grand].parent >= 0 else 0
            area = self.areas[at]
            ps, gs, ggs = stat(up), stat(grand), stat(great)
            key = keys[i]
            flat = plain(text[:120])[:50] if (describes or bodies) and size > 25 else ""
            lo, hi = max(0, i - 3), min(n, i + 4)
            flo, fhi = max(0, i - 10), min(n, i + 11)
            leaf = elements[b.leaf]
            rows.append([
                logs[i], text.count(" ") + 1, density[i], b.links, b.bold / size, len(_STOP.findall(text)),
                len(_COMMA.findall(text)) / size, len(_DIGIT.findall(text)) / size, ends[i], text[-1] in ":：", text.count("\n"),
                tags[i], _LEAVES.get(leaf.tag, 0) if b.leaf != at else -1, KINDS[e.kind], e.is_hidden, e.depth,
                log_blocks, log_content, i / n, chars[i] / all_chars, max(-50, min(999, after_h1[i])), is_title[i], in_title[i],
                after_h1[i] < 0, bool(flat and describes and (flat.startswith(describes[:40]) or describes.startswith(flat[:40]))),
                bool(flat and any(flat in body for body in bodies)), bool(bodies),
                self.own[at], self.own[up], self.own[grand], self.low[at], self.high[at], self.total[at] / (e.depth or 1),
                self.own[b.leaf] if b.leaf != at else 0.0,
                area & 1, area & 2, area & 4, area & 8, area & 16, area & 32, area & 64, area & 128, area & 256, area & 512,
                area & 1024, self.nth[at] if articles > 1 else -articles,
                *ps, *gs, ggs[3], ggs[1],
                ups[i] == 0, ups[i], best_share, max(-99, min(99, best_place[i])),
                alike_count[key], alike_chars[key] / all_chars, alike_linked[key] / (alike_chars[key] or 1),
                text in seen, texts[text] > 1,
                word_mean[i], word_low[i], word_high[i], head_mean[i], head_low[i], since[i], level[i],
                *((logs[i - 1], density[i - 1], ends[i - 1], tags[i - 1], parents[i - 1] == parents[i]) if i else (0.0, 0.0, 0, 0, 0)),
                *((logs[i - 2], density[i - 2]) if i > 1 else (0.0, 0.0)),
                *((logs[i + 1], density[i + 1], ends[i + 1], tags[i + 1], parents[i + 1] == parents[i]) if i + 1 < n else (0.0, 0.0, 0, 0, 0)),
                *((logs[i + 2], density[i + 2]) if i + 2 < n else (0.0, 0.0)),
                content[hi] - content[lo], content[fhi] - content[flo], (linked[hi] - linked[lo]) / (chars[hi] - chars[lo]),
                content[i] / all_content, (content[-1] - content[i + 1]) / all_content,
            ])
            seen.add(text)
        return rows


SHORT = 90
"""Characters of a short block: one whose words tell what it is."""
KINDS = {kind: number for number, kind in enumerate(BlockKind)}
