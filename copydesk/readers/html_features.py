"""What is known of each block of a page before it is judged: numbers that mean the same in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import log2

from copydesk.document import BlockKind
from copydesk.readers.html_blocks import Page, PageBlock

_CAMEL = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ASCII_WORD = re.compile(r"[a-z]{2,}")
"""The same in small letters of ASCII, in half the time."""
_END = frozenset(".!?…。！？।؟۔\"”»’')›」")
_PLAIN = re.compile(r"[\W_]+")
CONTENT = 60
"""Characters of a block that may be prose, links apart."""
SHORT = 90
"""Characters of a short block: one whose words tell what it is."""
MAX_WORDS = 8
MANY, LARGE, MAX_PAGE = 50, 15.0, 8.5
"""Counts of blocks and distances, the logarithm of characters, and that of a page's blocks, up to which they differ:
a long article is told as one of usual length is."""
FAR = 2
"""Elements that stand between a block and the innermost one with most of the prose, from which on it is far."""
_KINDS = {kind: number for number, kind in enumerate(BlockKind)}
_AREAS = {"article": 1, "main": 2, "footer": 4, "figure": 8, "table": 16}
_TAGS = {
    name: number
    for number, name in enumerate(
        "other p div li h1 h2 h3 h4 h5 h6 td th blockquote figcaption pre span section article dt dd label a center "
        "body figure header footer aside main tr".split()
    )
}
_LEAVES = {name: number for number, name in enumerate("other a em i strong b span time small font label cite".split())}
ROW = """
    (chars, linked, ends_stop, tag), words, leaf_tag, leaf_name,
    (kind, hidden, depth, (article, main, footer, figure, table),
        (own, parent, grand, path_min, path_max, path_mean), nth),
    (n_blocks, n_content, n_articles, best_share), place, char_place, since_title, is_description,
    (p_chars, p_linked, p_blocks, p_share), (g_chars, g_linked, g_blocks, g_share),
    (gg_chars, gg_linked, gg_blocks, gg_share),
    up, best_place, (alike, alike_chars, alike_linked), (twin_before, twin), (word_mean, word_min, word_max),
    (head_mean, head_min, head_since, head_level), (before_chars, before_linked, before_stop, before_tag),
    (after_chars, after_linked, after_stop, after_tag), (after2_chars, after2_linked, after2_stop, after2_tag),
    near_content, far_content, near_linked, before_content, after_content
"""
"""What a row holds, as a pattern of Python: what blocks share is in tuples that they share."""
FEATURES = re.findall(r"\w+", ROW)
_Path = tuple[float, float, float, int, int]
"""Of the names on the way to an element the lowest score, the highest and the sum; its areas; which ``article``."""
_NO_PATH: _Path = (0.0, 0.0, 0.0, 0, 0)
_NO_BLOCK = (0.0, 0.0, False, 0)
_NO_TWIN = (False, False)
_NOTHING = (0.0, 0.0, 0.0)
MAX_KNOWN = 20_000
"""Names of elements whose score is kept in mind: pages of one site have the same."""
Quad = tuple[float, float, float, float]
Row = tuple[object, ...]
"""The features of a block, as ``ROW`` has them; the leaves are numbers."""


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
        known: what the names of elements said before.

    """

    names: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, float] = field(default_factory=dict)
    heads: Mapping[str, float] = field(default_factory=dict)
    known: dict[str, float] = field(default_factory=lambda: {"": 0.0}, compare=False, repr=False)

    def of_names(self, names: str) -> float:
        """Return the score of some names that is furthest from even chances; of equals, the better."""
        best = 0.0
        for token in _CAMEL.findall(names):
            value = self.names.get(token.lower())
            if value is not None and (abs(value) > abs(best) or value == -best > best):
                best = value
        if len(self.known) < MAX_KNOWN:
            self.known[names] = best
        return best

    def of_words(self, words: Iterable[str]) -> tuple[float, float, float]:
        """Return what the words of a short block say: the mean, the least and the most."""
        get = self.words.get
        found = [value for word in words if (value := get(word)) is not None]
        return (sum(found) / len(found), min(found), max(found)) if found else _NOTHING

    def of_heads(self, words: Iterable[str]) -> tuple[float, float]:
        """Return what the words of a heading promise: the mean and the least."""
        get = self.heads.get
        found = [value for word in words if (value := get(word)) is not None]
        return (sum(found) / len(found), min(found)) if found else (0.0, 0.0)


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
    words = (_ASCII_WORD.findall(text.lower()) if text.isascii() else _WORD.findall(text.casefold()))[:MAX_WORDS]
    whole = " ".join(words)
    return [*words, "^" + (" ".join(words[:2]) if len(words) > 2 else whole), "=" + whole]


def plain(text: str) -> str:
    """Return letters and digits alone, folded."""
    return _PLAIN.sub("", text).casefold()


def is_heading(page: Page, block: PageBlock) -> bool:
    """Tell whether a block heads what follows: a heading, or a short line all in bold."""
    kind = page.elements[block.element].kind
    return kind is BlockKind.HEADING or (block.bold > 0.9 * len(block.text) and len(block.text) < 80)


def block_features(page: Page, hints: Hints, lexicon: Lexicon) -> list[Row | None]:
    """Return one row of features a block, as ``ROW`` has them.

    None stands for a block that is far from the page's prose and mostly a link, or with no prose around it: two blocks
    of five, and 1 of 500 characters of articles.
    """
    return _Measures(page, hints, lexicon).rows() if page.blocks else []


class _Measures:
    """The sums over a page from which the rows are made."""

    def __init__(self, page: Page, hints: Hints, lexicon: Lexicon) -> None:
        self.page, self.hints, self.lexicon = page, hints, lexicon
        blocks, elements = page.blocks, page.elements
        self.sizes = sizes = [len(b.text) for b in blocks]
        linked = [min(n, b.linked) for b, n in zip(blocks, sizes, strict=True)]
        density = [part / n if part else 0.0 for part, n in zip(linked, sizes, strict=True)]
        content = [n if n >= CONTENT and d < 0.4 else 0 for n, d in zip(sizes, density, strict=True)]
        self.chars = [0, *accumulate(sizes)]
        self.linked = [0, *accumulate(linked)]
        self.content = [0, *accumulate(content)]
        self.own: dict[int, float] = {}
        tags = [_TAGS.get(elements[b.element][0], 0) for b in blocks]
        ends = [b.text[-1] in _END for b in blocks]
        self.density = density
        self.quads: list[Quad] = [*zip(map(log2, [n + 1 for n in sizes]), density, ends, tags, strict=True)]

    def paths(self, wanted: Iterable[int]) -> dict[int, Row]:
        """Return what kind of element each wanted one is, and what names and areas around it say."""
        elements, own = self.page.elements, self.own
        of_names, known = self.lexicon.of_names, self.lexicon.known
        numbers = {at: n for n, at in enumerate([i for i, e in enumerate(elements) if e[0] == "article"], 1)}
        self.articles = len(numbers)
        sums: dict[int, _Path] = {-1: _NO_PATH}
        rows: dict[int, Row] = {}
        for at in wanted:
            way = []
            i = at
            while i not in sums:
                way.append(i)
                i = elements[i][2]
            above = sums[i]
            for i in reversed(way):
                tag, names, _, _, _, _, _, _ = elements[i]
                score = known.get(names)
                own[i] = score = of_names(names) if score is None else score
                if score:
                    low, high, total, area, nth = above
                    above = (min(low, score), max(high, score), total + score, area, nth)
                if tag in _AREAS:
                    low, high, total, area, nth = above
                    above = (low, high, total, area | _AREAS[tag], numbers.get(i, nth))
                sums[i] = above
            low, high, total, area, nth = sums[at]
            _, _, up, depth, is_hidden, kind, _, _ = elements[at]
            areas = (area & 1, area & 2, area & 4, area & 8, area & 16)
            names_say = (own[at], own.get(up, 0.0), own.get(elements[up][2], 0.0), low, high, total / (depth or 1))
            rows[at] = (_KINDS[kind], is_hidden, depth, areas, names_say, nth)
        return rows

    def own_of(self, at: int) -> float:
        """Return what the names of an element itself say."""
        names = self.page.elements[at].names
        score = self.lexicon.known.get(names)
        return self.lexicon.of_names(names) if score is None else score

    def best(self) -> tuple[list[int], int, float]:
        """Return how far each block stands from the innermost element with most of the prose; its first; its share."""
        ups = [9] * len(self.page.blocks)
        prose = self.content[-1]
        if not prose:
            return ups, 0, 0.0
        best, least, deepest = 0, 0.6 * prose, 0
        last, sums, elements = self.page.last, self.content, self.page.elements
        for i, (_, _, _, depth, _, _, first, _) in enumerate(elements):
            if depth >= deepest and sums[last[i]] - sums[first] >= least:
                best, deepest = i, depth
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

    def heads(self) -> list[Quad]:
        """Return, per block, what the heading before it promises, how far back that is, and its level."""
        elements, heading = self.page.elements, BlockKind.HEADING
        rows: list[Quad] = []
        mean, low, since, level = 0.0, 0.0, MANY, 0
        for block in self.page.blocks:
            rows.append((mean, low, since, level))
            if since < MANY:
                since += 1
            tag, _, _, _, _, kind, _, _ = elements[block.element]
            if kind is heading or (block.bold and is_heading(self.page, block)):
                mean, low = self.lexicon.of_heads(word_tokens(block.text))
                since, level = 0, int(tag[1]) if tag[:1] == "h" and tag[1:].isdigit() else 7
        return rows

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
        elements, linked = self.page.elements, self.linked
        sums: dict[tuple[str, str, str], list[int]] = {}
        keys = []
        at, key = -1, [0, 0, 0]
        for i, (block, size) in enumerate(zip(self.page.blocks, self.sizes, strict=True)):
            if at != block.element:
                at = block.element
                tag, names, parent, _, _, _, _, _ = elements[at]
                key = sums.setdefault((tag, names, elements[max(0, parent)][1]), [0, 0, 0])
            keys.append(key)
            key[0] += 1
            key[1] += size
            key[2] += linked[i + 1] - linked[i]
        every = self.chars[-1]
        rows = {id(key): (min(key[0], MANY), key[1] / every, key[2] / key[1]) for key in sums.values()}
        return [rows[id(key)] for key in keys]

    def areas(self, wanted: Iterable[int]) -> dict[int, Quad]:
        """Return size, share of links, blocks, and share of the page's prose of some elements."""
        chars, linked, content = self.chars, self.linked, self.content
        elements, last = self.page.elements, self.page.last
        prose = content[-1] or 1
        rows: dict[int, Quad] = {}
        for element in wanted:
            first, end = elements[element][6], last[element]
            size, count = chars[end] - chars[first], end - first
            links = (linked[end] - linked[first]) / (size or 1)
            share = (content[end] - content[first]) / prose
            large = log2(size + 1)
            rows[element] = min(LARGE, large), links, min(MANY, count), share
        return rows

    def twins(self) -> list[tuple[bool, bool]]:
        """Return, per block, whether its text stands before, and whether it stands elsewhere at all."""
        first: dict[str, int] = {}
        firsts = [first.setdefault(block.text, i) for i, block in enumerate(self.page.blocks)]
        if len(first) == len(firsts):
            return [_NO_TWIN] * len(firsts)
        count = Counter(firsts)
        return [(at < i, count[at] > 1) for i, at in enumerate(firsts)]

    def is_description(self, text: str) -> bool:
        """Tell whether a block begins as the page describes itself."""
        described = self.hints.description
        if len(text) <= 25:
            return False
        flat = plain(text[:120])[:50]
        return bool(flat) and (flat.startswith(described[:40]) or described.startswith(flat[:40]))

    def near(self, ups: Sequence[int]) -> list[int]:
        """Return the blocks that have a row."""
        blocks, density = self.page.blocks, self.density
        has_prose: dict[int, bool] = {}
        found = []
        for i, up in enumerate(ups):
            if up >= FAR:
                if density[i] > 0.5:
                    continue
                at = blocks[i].element
                is_near = has_prose.get(at)
                if is_near is None:
                    grand = self.parents(at)[1]
                    first, end = self.page.elements[grand][6], self.page.last[grand]
                    is_near = has_prose[at] = self.content[first] < self.content[end]
                if not is_near:
                    continue
            found.append(i)
        return found

    def rows(self) -> list[Row | None]:
        """Return the features."""
        blocks, elements, sizes, quads = self.page.blocks, self.page.elements, self.sizes, self.quads
        n = len(blocks)
        rows: list[Row | None] = [None] * n
        ups, first_best, best_share = self.best()
        near = self.near(ups)
        wanted = {blocks[i].element for i in near}
        paths = self.paths(wanted)
        above = {at: self.parents(at) for at in wanted}
        areas = self.areas({at for three in above.values() for at in three})
        heads, alike, twins, title = self.heads(), self.alike(), self.twins(), self.title_at()
        chars, linked, content = self.chars, self.linked, self.content
        all_chars, prose, all_content = chars[-1], content[-1] or 1, content[-1]
        page = (min(log2(n), MAX_PAGE), min(log2(prose + 1), LARGE), min(self.articles, MANY), best_share)
        quads += (_NO_BLOCK, _NO_BLOCK, _NO_BLOCK)  # behind the last, and before the first
        of_words, description = self.lexicon.of_words, self.hints.description[:1]
        for i in near:
            b = blocks[i]
            at, leaf, text = b.element, b.leaf, b.text
            parent, grand, great = above[at]
            low, high = (i - 3 if i > 3 else 0), (min(n, i + 4))
            far = content[min(n, i + 11)] - content[i - 10 if i > 10 else 0]
            is_own = leaf == at
            rows[i] = (
                quads[i],
                text.count(" ") + text.count("\t") + 1,
                -1 if is_own else _LEAVES.get(elements[leaf][0], 0),
                0.0 if is_own else self.own_of(leaf),
                paths[at],
                page,
                i / n,
                chars[i] / all_chars,
                max(-MANY, min(MANY, i - title)) if title >= 0 else 2 * MANY,
                text[0].casefold() == description and self.is_description(text),
                areas[parent],
                areas[grand],
                areas[great],
                ups[i],
                max(-MANY, min(MANY, i - first_best)),
                alike[i],
                twins[i],
                of_words(word_tokens(text)) if sizes[i] <= SHORT else _NOTHING,
                heads[i],
                quads[i - 1],
                quads[i + 1],
                quads[i + 2],
                content[high] - content[low],
                far,
                (linked[high] - linked[low]) / (chars[high] - chars[low]),
                content[i] / prose,
                (all_content - content[i + 1]) / prose,
            )
        return rows

    def parents(self, at: int) -> tuple[int, int, int]:
        """Return the element around another one, the one around that, and the next; the root is its own."""
        elements = self.page.elements
        parent = elements[at][2]
        grand = elements[parent][2] if parent > 0 else 0
        great = elements[grand][2] if grand > 0 else 0
        return max(0, parent), max(0, grand), max(0, great)
