"""Marks in brackets that no browser or forum took away: HTML tags, comments, BBCode, shortcodes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_LT, _GT = (
    "(?:<|&(?:amp;){0,4}(?:lt|#0{0,2}60|#[xX]0{0,2}3[cC]);)",
    "(?:>|&(?:amp;){0,4}(?:gt|#0{0,2}62|#[xX]0{0,2}3[eE]);)",
)
_TAG = re.compile(
    rf"{_LT}(?:(?P<comment>!--)|(?P<declared>![A-Za-z][^<>\n]{{0,300}}|\?[A-Za-z][^<>\n]{{0,300}}|!\[CDATA\[|/?o:p)"
    rf"|(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]{{0,30}})(?P<attributes>\s[^<>]{{0,2000}}?)?\s*/?)(?(comment)|{_GT})"
)
_COMMENT_END = re.compile(rf"--{_GT}")
_BRACKET = re.compile(r"\[(/?)([A-Za-z][\w-]{0,40})((?:[ \t]*=|[ \t])[^\[\]\n]{0,1000})?/?\]")
_SETTING = re.compile(r"""[\w-]+\s?=\s?(?:["'“”″‘’]|\w)""")

BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol dl blockquote section article header footer aside main nav figure figcaption table "
    "thead tbody tfoot pre form fieldset address details summary hr center html body head title picture "
    "noscript".split()
)
LINES = frozenset("br li tr dt dd option caption".split())
CELLS = frozenset("td th".split())
EMPTY = frozenset("br hr img wbr input meta link source track col embed area base param".split())
INLINE = frozenset(
    "a b i u s q em strong span small big sub sup font tt code cite abbr acronym mark del ins strike kbd samp var "
    "label button time data bdi bdo dfn ruby rt rp nobr center amp-img path g use".split()
)
WITH_CONTENT = frozenset("script style iframe object svg template video audio canvas select textarea noscript".split())
"""What stands between these tags is no text of the article."""
BBCODES = frozenset("b i u s url quote img size color font center list code email left right spoiler".split())
EMBEDDED = frozenset("img embed video audio youtube vimeo tweet media attachment".split())
_ADDRESS = re.compile(r"\s*(?:https?:)?[\w/.:?=&%#~+-]+\s*")


class Mark(NamedTuple):
    """A piece of markup; ``breaks`` says what parts the texts on its sides if it stands between them on one line."""

    start: int
    end: int
    rule: str
    replacement: str = ""
    kind: str = "markup"
    breaks: str = ""


class _Tag(NamedTuple):
    start: int
    end: int
    name: str
    is_closing: bool
    has_attributes: bool


def find_tags(text: str) -> Iterator[Mark]:
    """Yield HTML comments, declarations, tags; inline tags only in pairs, with attributes, or if they close nothing."""
    end, lacking = 0, set[str]()
    tags: list[_Tag] = []
    for match in _TAG.finditer(text):
        start, stop = match.span()
        if start < end:
            continue
        if match["comment"]:
            stop = _end_of(_COMMENT_END, text, stop, "comment", lacking)
            if stop:
                yield Mark(start, stop, "markup.comment")
                end = stop
        elif match["declared"]:
            yield Mark(start, stop, "markup.declaration")
        else:
            name, is_closing = match["name"].lower(), bool(match["close"])
            if name in WITH_CONTENT and not is_closing and not match.group().rstrip("&gt;>").endswith("/"):
                stop = _end_of(_closing(name), text, stop, name, lacking)
                if stop:
                    yield Mark(start, stop, "markup.embedded")
                    end = stop
                    continue
                stop = match.end()
            tags.append(_Tag(start, stop, name, is_closing, "=" in (match["attributes"] or "")))
    yield from _leftover(tags)


def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"{_LT}/{name}\s*{_GT}", re.IGNORECASE)


def _end_of(pattern: re.Pattern[str], text: str, position: int, name: str, lacking: set[str]) -> int:
    """Return where a mark ends that begins before a position, 0 if it does not; what is lacking is not sought twice."""
    found = None if name in lacking else pattern.search(text, position)
    if found is None:
        lacking.add(name)
        return 0
    return found.end()


def _leftover(tags: Sequence[_Tag]) -> Iterator[Mark]:
    paired = _paired([(tag.name, tag.is_closing) for tag in tags])
    for i, tag in enumerate(tags):
        is_known = tag.name in BLOCKS or tag.name in EMPTY or tag.name in LINES or tag.name in CELLS
        is_sure = is_known or (
            (tag.name in INLINE or tag.name in WITH_CONTENT) and (tag.has_attributes or tag.is_closing)
        )
        if i in paired or is_sure:
            breaks = "\n\n" if tag.name in BLOCKS else "\n" if tag.name in LINES else " " if tag.name in CELLS else ""
            yield Mark(tag.start, tag.end, "markup.tag", breaks=breaks)


def _paired(marks: Sequence[tuple[str, bool]], key: Callable[[str], str] = str) -> dict[int, int]:
    """Return the indexes of opening and closing marks that belong together, each with its partner's."""
    is_open: dict[str, list[int]] = defaultdict(list)
    pairs: dict[int, int] = {}
    for i, (name, is_closing) in enumerate(marks):
        if not is_closing:
            is_open[key(name)].append(i)
        elif is_open[key(name)]:
            first = is_open[key(name)].pop()
            pairs[first], pairs[i] = i, first
    return pairs


def find_brackets(text: str) -> Iterator[Mark]:
    """Yield BBCode and shortcodes: pairs, and single ones with settings. ``[sic]`` and ``[He] said`` are none."""
    found = list(_BRACKET.finditer(text))
    pairs = _paired([(match[2].lower(), bool(match[1])) for match in found])
    end = 0
    for i, match in enumerate(found):
        start, stop = match.span()
        if start < end:
            continue
        partner = found[pairs[i]] if i in pairs else None
        if (
            partner is not None
            and not match[1]
            and _is_one(match, text[stop : min(partner.start(), stop + 400)], partner)
        ):
            inner = text[stop : partner.start()].strip()
            end = partner.end()
            is_capital = "drop" in match[2].lower()
            yield Mark(start, end, "markup.bracket", inner if is_capital else "", "dropcap" if is_capital else "markup")
        elif partner is not None or _is_single(match):
            yield Mark(start, stop, "markup.bracket")


def _is_one(match: re.Match[str], inner: str, partner: re.Match[str]) -> bool:
    """Tell whether a pair and what it holds go together: a drop cap, an address, or nothing."""
    if match.end() + len(inner) != partner.start():
        return False
    name = match[2].lower()
    if "dropcap" in name or "drop_cap" in name or "drop-cap" in name:
        return len(inner.strip().strip("“\"'‘«„")) == 1
    return not inner.strip() or (name in EMBEDDED and _ADDRESS.fullmatch(inner) is not None)


def _is_single(match: re.Match[str]) -> bool:
    if match[1]:
        return match[2].lower() in BBCODES
    return bool(_SETTING.search(match[3] or "") or match.group().endswith("/]") or (match[3] or "").startswith("="))
