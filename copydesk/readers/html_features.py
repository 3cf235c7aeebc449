"""What is known of each block of a page before it is judged: numbers that mean the same in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from math import log2

from copydesk.document import BlockKind
from copydesk.readers.html_blocks import Page, PageBlock

_CAMEL = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_END = frozenset(".!?…。！？।؟۔\"”»’')›」")
_PLAIN = re.compile(r"[\W_]+")
CONTENT = 60
"""Characters of a block that may be prose, links apart."""
SHORT = 90
"""Characters of a short block: one whose words tell what it is."""
MAX_WORDS = 8
_KINDS = {kind: number for number, kind in enumerate(BlockKind)}
_AREAS = {"article": 1, "main": 2, "footer": 4, "figure": 8, "table": 16}
_TAGS = {
    name: number
    for number, name in enumerate(
        "other p div li h1 h2 h3 h4 h5 h6 td th blockquote figcaption pre span section article dt dd label a center "
        "body figure header footer aside main".split()
    )
}
_LEAVES = {name: number for number, name in enumerate("other a em i strong b span time small font label cite".split())}
FEATURES = (
    "chars words linked ends_stop tag leaf_tag kind hidden depth n_blocks n_content place char_place since_title "
    "is_description article main footer figure table own parent grand path_min path_max path_mean leaf_name articles "
    "p_chars p_linked p_blocks p_share g_chars g_linked g_blocks g_share gg_share gg_linked "
    "is_best up best_share best_place alike alike_chars alike_linked twin_before twin "
    "word_mean word_min word_max head_mean head_min head_since head_level "
    "before_chars before_linked after_chars after_linked after_stop after_tag after2_linked "
    "near_content far_content near_linked before_content after_content"
).split()


@dataclass(frozen=True, slots=True)
class Hints:
    """What a page says of itself that its blocks can be compared with, in plain letters and digits."""

    titles: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
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
    """Return the words of class and id names, in lower case.

    >>> name_tokens("articleBody main-text_x2")
    ['article', 'body', 'main', 'text']
    """
    return [token.lower() for token in _CAMEL.findall(names)]


def word_tokens(text: str) -> list[str]:
    """Return the words of a short text, folded, then its first two and all of them as one.

    >>> word_tokens("Read more:")
    ['read', 'more', '^read more', '=read more']
    """
    words = _WORD.findall(text.casefold())[:MAX_WORDS]
    return [*words, "^" + " ".join(words[:2]), "=" + " ".join(words)]


def plain(text: str) -> str:
    """Return letters and digits alone, folded."""
    return _PLAIN.sub("", text).casefold()


def is_heading(page: Page, block: PageBlock) -> bool:
    """Tell whether a block heads what follows: a heading, or a short line all in bold."""
    kind = page.elements[block.element].kind
    return kind is BlockKind.HEADING or (block.bold > 0.9 * len(block.text) and len(block.text) < 80)


def block_features(page: Page, hints: Hints, lexicon: Lexicon) -> list[tuple[float, ...] | None]:
    """Return one row of ``FEATURES`` a block.

    None stands for a block that is far from the page's prose and mostly a link, or with no prose around it: two blocks
    of five, and 1 of 500 characters of articles.
    """
    return _Measures(page, hints, lexicon).rows() if page.blocks else []


class _Measures:
    """The sums over a page from which the rows are made."""

    def __init__(self, page: Page, hints: Hints, lexicon: Lexicon) -> None:
        self.page, self.hints, self.lexicon = page, hints, lexicon
        blocks = page.blocks
        self.sizes = sizes = [len(b.text) for b in blocks]
        linked = [min(b.linked, n) for b, n in zip(blocks, sizes, strict=True)]
        self.density = [part / n for part, n in zip(linked, sizes, strict=True)]
        content = [n if n >= CONTENT and d < 0.4 else 0 for n, d in zip(sizes, self.density, strict=True)]
        self.chars = [0, *accumulate(sizes)]
        self.linked = [0, *accumulate(linked)]
        self.content = [0, *accumulate(content)]
        self.logs = [log2(n + 1) for n in sizes]

    def paths(self) -> tuple[dict[int, tuple[float, ...]], list[float]]:
        """Return what names and areas around each element with a block say, and what each element's own name says."""
        elements, last = self.page.elements, self.page.last
        wanted = {block.element for block in self.page.blocks}
        leaves = {block.leaf for block in self.page.blocks}
        known = self.lexicon.names
        scores: dict[str, float] = {"": 0.0}
        own = [0.0] * len(elements)
        nowhere = (0.0, 0.0, 0.0, 0, 0)
        sums = [nowhere] * len(elements)
        rows: dict[int, tuple[float, ...]] = {}
        articles = 0
        for i, (tag, names, up, depth, _, _, first, _) in enumerate(elements):
            is_empty = first == last[i]
            if is_empty and i not in leaves:
                articles += tag == "article"
                continue
            score = scores.get(names)
            if score is None:
                score = scores[names] = _strongest(known, names)
            own[i] = score
            if is_empty:
                continue
            if up < 0:
                sums[i] = (score, score, score, 0, 0)
                rows[i] = (0,) * 5 + (score,) * 6
                continue
            above = sums[up]
            if tag in _AREAS:
                articles += tag == "article"
                above = (*above[:3], above[3] | _AREAS[tag], articles if tag == "article" else above[4])
            if score:
                low, high, total, area, nth = above
                above = (min(low, score), max(high, score), total + score, area, nth)
            sums[i] = above
            if i in wanted:
                low, high, total, area, _ = above
                areas = (area & 1, area & 2, area & 4, area & 8, area & 16)
                rows[i] = (*areas, score, own[up], own[max(0, elements[up].parent)], low, high, total / depth)
        self.nths = [row[4] if articles > 1 else -articles for row in sums]
        return rows, own

    def best(self) -> tuple[list[int], int, float]:
        """Return how far each block stands from the innermost element with most of the prose; its first; its share."""
        ups = [9] * len(self.page.blocks)
        prose = self.content[-1]
        if not prose:
            return ups, 0, 0.0
        best, least = 0, 0.6 * prose
        last, sums, elements = self.page.last, self.content, self.page.elements
        for i, e in enumerate(elements):
            if sums[last[i]] - sums[e.first] >= least and e.depth >= elements[best].depth:
                best = i
        chain: list[int] = []
        at = best
        while at >= 0 and len(chain) < 9:
            if elements[at].tag:
                chain.append(at)
            at = elements[at].parent
        for up, c in reversed(list(enumerate(chain))):
            first, end = elements[c].first, last[c]
            ups[first:end] = [up] * (end - first)
        first = elements[best].first
        return ups, first, (sums[last[best]] - sums[first]) / prose

    def heads(self) -> list[tuple[float, float, int, int]]:
        """Return, per block, what the heading before it promises, how far back that is, and its level."""
        known = self.lexicon.heads
        rows = []
        mean, low, since, level = 0.0, 0.0, 99, 0
        for block in self.page.blocks:
            rows.append((mean, low, since, level))
            since = min(99, since + 1)
            if is_heading(self.page, block):
                found = [v for v in map(known.get, word_tokens(block.text)) if v is not None]
                mean, low = (sum(found) / len(found), min(found)) if found else (0.0, 0.0)
                tag = self.page.elements[block.element].tag
                since, level = 0, int(tag[1]) if tag[0] == "h" and tag[1:].isdigit() else 7
        return rows

    def words(self, text: str) -> tuple[float, float, float]:
        """Return what the words of a block say if it is short: the mean, the least and the most."""
        if len(text) > SHORT:
            return 0.0, 0.0, 0.0
        found = [v for v in map(self.lexicon.words.get, word_tokens(text)) if v is not None]
        return (sum(found) / len(found), min(found), max(found)) if found else (0.0, 0.0, 0.0)

    def title_at(self) -> int:
        """Return which block is the heading that repeats the page's title, or else the first h1; -1 for none."""
        wanted = [title for title in self.hints.titles if title]
        first = -1
        for i, block in enumerate(self.page.blocks):
            e = self.page.elements[block.element]
            if e.kind is not BlockKind.HEADING:
                continue
            if first < 0 and e.tag == "h1":
                first = i
            if wanted and 8 <= self.sizes[i] <= 300:
                text = plain(block.text)
                if len(text) > 7 and any(text in t or (t in text and 2 * len(t) > len(text)) for t in wanted):
                    return i
        return first

    def alike(self) -> list[tuple[float, float, float]]:
        """Return, per block, how many others stand in like elements, their share of the page, and of links in them."""
        elements = self.page.elements
        numbers: dict[tuple[str, str, str], int] = {}
        keys, count, size, links = [], Counter[int](), Counter[int](), Counter[int]()
        for i, block in enumerate(self.page.blocks):
            e = elements[block.element]
            key = numbers.setdefault((e.tag, e.names, elements[max(0, e.parent)].names), len(numbers))
            keys.append(key)
            count[key] += 1
            size[key] += self.sizes[i]
            links[key] += self.linked[i + 1] - self.linked[i]
        rows = [(count[key], size[key] / self.chars[-1], links[key] / size[key]) for key in range(len(numbers))]
        return [rows[key] for key in keys]

    def areas(self, elements: set[int]) -> dict[int, tuple[float, float, float, float]]:
        """Return size, share of links, blocks, and share of the page's prose of some elements."""
        chars, linked, content = self.chars, self.linked, self.content
        prose = content[-1] or 1
        rows = {}
        for element in elements:
            first, end = self.page.elements[element].first, self.page.last[element]
            size = chars[end] - chars[first]
            links = (linked[end] - linked[first]) / (size or 1)
            rows[element] = log2(size + 1), links, float(end - first), (content[end] - content[first]) / prose
        return rows

    def twins(self) -> list[tuple[bool, bool]]:
        """Return, per block, whether its text stands before, and whether it stands elsewhere at all."""
        count = Counter(b.text for b in self.page.blocks)
        seen: set[str] = set()
        rows = []
        for block in self.page.blocks:
            rows.append((block.text in seen, count[block.text] > 1))
            seen.add(block.text)
        return rows

    def is_description(self, text: str) -> bool:
        """Tell whether a block begins as the page describes itself."""
        described = self.hints.description
        if not described or len(text) <= 25 or text[0].casefold() != described[0]:
            return False
        flat = plain(text[:120])[:50]
        return bool(flat) and (flat.startswith(described[:40]) or described.startswith(flat[:40]))

    def rows(self) -> list[tuple[float, ...] | None]:
        """Return the features."""
        blocks, elements = self.page.blocks, self.page.elements
        paths, own = self.paths()
        ups, first_best, best_share = self.best()
        heads, alike, twins, title = self.heads(), self.alike(), self.twins(), self.title_at()
        n = len(blocks)
        parents = [max(0, elements[b.element].parent) for b in blocks]
        grands = [max(0, elements[p].parent) for p in parents]
        greats = [max(0, elements[g].parent) for g in grands]
        areas = self.areas({*parents, *grands, *greats})
        chars, linked, content = self.chars, self.linked, self.content
        all_chars, prose = chars[-1], content[-1] or 1
        log_blocks, log_content = log2(n), log2(prose + 1)
        ends = [b.text[-1] in _END for b in blocks]
        tags = [_TAGS.get(elements[b.element].tag, 0) for b in blocks]
        logs, density = [*self.logs, 0.0, 0.0], [*self.density, 0.0, 0.0]
        rows: list[tuple[float, ...] | None] = []
        for i, b in enumerate(blocks):
            if ups[i] >= 2 and (density[i] > 0.5 or not areas[grands[i]][3]):
                rows.append(None)
                continue
            at, leaf = b.element, b.leaf
            e = elements[at]
            low, high = max(0, i - 3), min(n, i + 4)
            far = content[min(n, i + 11)] - content[max(0, i - 10)]
            great = areas[greats[i]]
            rows.append(
                (
                    *(logs[i], b.text.count(" ") + 1, density[i], ends[i], tags[i]),
                    *(_LEAVES.get(elements[leaf].tag, 0) if leaf != at else -1, _KINDS[e.kind], e.is_hidden, e.depth),
                    *(log_blocks, log_content, i / n, chars[i] / all_chars),
                    max(-50, i - title) if title >= 0 else 999,
                    self.is_description(b.text),
                    *paths[at],
                    own[leaf] if leaf != at else 0.0,
                    self.nths[at],
                    *areas[parents[i]],
                    *areas[grands[i]],
                    *(great[3], great[1]),
                    *(ups[i] == 0, ups[i], best_share, max(-99, min(99, i - first_best))),
                    *alike[i],
                    *twins[i],
                    *self.words(b.text),
                    *heads[i],
                    *((logs[i - 1], density[i - 1]) if i else (0.0, 0.0)),
                    *(logs[i + 1], density[i + 1]),
                    *((ends[i + 1], tags[i + 1]) if i + 1 < n else (0, 0)),
                    density[i + 2],
                    *(content[high] - content[low], far, (linked[high] - linked[low]) / (chars[high] - chars[low])),
                    *(content[i] / prose, (content[-1] - content[i + 1]) / prose),
                )
            )
        return rows


def _strongest(known: Mapping[str, float], names: str) -> float:
    """Return the score of some names that is furthest from even chances; of equals, the better."""
    best = 0.0
    for token in _CAMEL.findall(names):
        value = known.get(token.lower())
        if value is not None and (abs(value) > abs(best) or value == -best > best):
            best = value
    return best
