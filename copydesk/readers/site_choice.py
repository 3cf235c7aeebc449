"""What people's own rules for a site make of the article's blocks: what they keep and drop, and what a plug-in changes.

A plug-in may do with the soup of the article whatever Beautiful Soup can. What stands in the outcome is known by its
text nodes: those that were there before stand where they stood in the page's source, all others were made.
"""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from copydesk.config import SiteRules
from copydesk.document import BlockKind, LeftOut
from copydesk.errors import InputError
from copydesk.readers.html_blocks import Page
from copydesk.readers.html_choice import mark_blocks
from copydesk.readers.html_draft import UNLIKE, Draft, Judged, why_left_out
from copydesk.readers.html_features import plain
from copydesk.readers.site_rules import name_of
from copydesk.readers.site_said import told_by
from copydesk.readers.soup_blocks import Node, SoupBlock, soup_blocks, text_of


class _Final(NamedTuple):
    """A block of the outcome: its text and kind, the number of the block of the page that it comes from or follows."""

    number: int
    block: SoupBlock
    is_made: bool = False


def apply_rules(judged: Judged, soup: BeautifulSoup, rules: SiteRules) -> Draft:
    """Return the blocks of the article as the rules of its site have it.

    Without ``keep``, and where it finds nothing on the page, ``drop`` and the plug-in work on the judge's choice.

    Args:
        judged: the page as the judge sees it.
        soup: the page with its head; it is changed.
        rules: of its site.

    Raises:
        InputError: the plug-in cannot be loaded, or fails.

    """
    body = soup.body or soup
    blocks = tuple(soup_blocks(body))
    numbers = _numbers(judged.page, blocks)
    gone = _gone(soup, blocks, _left_by_judge(judged, numbers), judged.titles, rules)
    final = [
        _Final(i, SoupBlock(text, block.kind, rest))
        for i, block in enumerate(blocks)
        if (text := text_of(rest := tuple(node for node in block.nodes if id(node) not in gone)))
    ]
    if rules.plugin:
        _prune(blocks, gone)
        final = _after_plugin(soup, final, rules)
        here = {id(node) for one in final for node in one.block.nodes}
        reason = f"{name_of(rules, 'plugin')}: taken out"
        gone = {
            id(node): gone.get(id(node), reason)
            for b in blocks
            for node in b.nodes
            if node is not None and id(node) not in here
        }
    kinds = _marked(judged, numbers, {one.number for one in final if not one.is_made})
    scores = [judged.scores[number] if number is not None else 0.0 for number in numbers]
    return _put_together(blocks, final, gone, scores, kinds)


def _numbers(page: Page, blocks: Sequence[SoupBlock]) -> list[int | None]:
    """Return the number that each block of the soup has on the page: the same one where both see the same blocks."""
    texts = [block.text for block in page.blocks]
    if texts == [block.text for block in blocks]:
        return list(range(len(blocks)))
    by_text = {text: number for number, text in enumerate(texts)}
    return [by_text.get(block.text) for block in blocks]


def _left_by_judge(judged: Judged, numbers: Sequence[int | None]) -> list[str | None]:
    """Return why each block is out for the judge; None for blocks of the article."""
    page = judged.page
    reasons: list[str | None] = []
    for number in numbers:
        if number is None:
            reasons.append(UNLIKE)
        else:
            block = page.blocks[number]
            reasons.append(None if judged.kinds[number] else why_left_out(page.elements[block.element], block))
    return reasons


def _gone(
    soup: BeautifulSoup,
    blocks: Sequence[SoupBlock],
    left: Sequence[str | None],
    titles: Sequence[str],
    rules: SiteRules,
) -> dict[int, str]:
    """Return the text nodes that are no part of the article, by identity, each with the reason."""
    gone: dict[int, str] = {}
    for key, tag in told_by(soup, rules):
        gone.update(dict.fromkeys(_texts_in([tag]), f"{name_of(rules, key)}: kept as a field"))
    for selector in rules.drop:
        gone = dict.fromkeys(_texts_in(soup.select(selector)), f"{name_of(rules, 'drop')}: {selector}") | gone
    kept = set[int]().union(*(_texts_in(soup.select(selector)) for selector in rules.keep))
    kept &= {id(node) for block in blocks for node in block.nodes}
    outside = f"outside {name_of(rules, 'keep')}"
    for block, reason in zip(blocks, left, strict=True):
        if kept and block.kind is BlockKind.HEADING and plain(block.text) in titles:
            reason = "the title"  # noqa: PLW2901 - what a rule keeps is judged by its own words
        elif kept:
            reason = None  # noqa: PLW2901
        for node in block.nodes:
            why = reason or (outside if kept and id(node) not in kept else None)
            if node is not None and why:
                gone.setdefault(id(node), why)
    return gone


def _texts_in(tags: Sequence[Tag]) -> set[int]:
    """Return the identities of the text nodes in some elements that come in document order."""
    found = set[int]()
    for tag in tags:
        first = tag.find(string=True)
        if first is not None and id(first) not in found:  # else it lies within one that came before
            found.update(id(node) for node in tag.find_all(string=True))
    return found


def _prune(blocks: Sequence[SoupBlock], gone: Mapping[int, str]) -> None:
    """Take the text nodes that are no part of the article out of the soup, and the elements that held nothing else."""
    alive = set[int]()
    for tag in (node.parent for block in blocks for node in block.nodes if node is not None and id(node) not in gone):
        above: Tag | None = tag
        while above is not None and id(above) not in alive:
            alive.add(id(above))
            above = above.parent
    for node in (node for block in blocks for node in block.nodes if node is not None and id(node) in gone):
        last: Tag | None = None
        above = node.parent
        while above is not None and id(above) not in alive and above.parent is not None and above.name != "body":
            last, above = above, above.parent
        (last or node).extract()


def _after_plugin(soup: BeautifulSoup, final: Sequence[_Final], rules: SiteRules) -> list[_Final]:
    """Return the blocks of the article after the plug-in had it."""
    number_of = {id(node): one.number for one in final for node in one.block.nodes if node is not None}
    by_text = {one.block.text: one for one in final}
    found: list[_Final] = []
    changed = _call(rules, soup)
    last = 0
    for block in soup_blocks(changed.find("body") or changed):
        words = [node for node in block.nodes if node is not None and not node.isspace()]
        last = next((number_of[id(node)] for node in words if id(node) in number_of), last)
        same = by_text.get(block.text)
        if all(id(node) in number_of for node in words):
            found.append(_Final(last, block))
        elif same:  # the words of a block of the page, put into new nodes
            last = same.number
            found.append(_Final(last, SoupBlock(block.text, block.kind, same.block.nodes)))
        else:
            found.append(_Final(last, block, is_made=True))
    return found


def _call(rules: SiteRules, soup: BeautifulSoup) -> Tag:
    """Return what the plug-in makes of the soup of the article: what it returns, or else the soup that it was given."""
    module, _, name = rules.plugin.partition(":")
    call = name_of(rules, "plugin")
    try:
        function = getattr(importlib.import_module(module), name)
    except Exception as error:  # whatever a module of the user's raises when it is loaded
        advice = f"Put {module.partition('.')[0]}.py beside copydesk.toml, with a function {name} in it."
        raise InputError(f"{call}: {rules.plugin!r} cannot be loaded: {error}.", advice=advice) from error
    try:
        changed = function(soup)
    except Exception as error:  # whatever a function of the user's raises
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}, line {where.lineno}"
        raise InputError(
            f"{call}: {rules.plugin!r} failed: {type(error).__name__}: {error} ({place}).", advice="Mend the function."
        ) from error
    if changed is None:
        return soup
    if not isinstance(changed, Tag):
        advice = "Let it return a soup or one of its elements, or nothing to go on with the soup that it was given."
        raise InputError(f"{call}: {rules.plugin!r} returned {type(changed).__name__}, no soup.", advice=advice)
    return changed


def _marked(judged: Judged, numbers: Sequence[int | None], final: set[int]) -> Mapping[int, BlockKind]:
    """Return the pull quotes among the blocks of the article, by their number in the soup."""
    kept = [False] * len(judged.kinds)
    for i, number in enumerate(numbers):
        if number is not None:
            kept[number] = i in final
    marks = mark_blocks(judged.page, judged.scores, kept)
    return {
        i: BlockKind.PULL_QUOTE
        for i, number in enumerate(numbers)
        if number is not None and marks[number] is BlockKind.PULL_QUOTE
    }


def _put_together(
    blocks: Sequence[SoupBlock],
    final: Sequence[_Final],
    gone: Mapping[int, str],
    scores: Sequence[float],
    kinds: Mapping[int, BlockKind],
) -> Draft:
    """Return the blocks of the outcome and, between them, what was left out."""
    draft = Draft()
    number = 0  # of the block that comes next

    def leave(end: int) -> None:
        nonlocal number
        for i in range(number, end):
            for _, nodes in _by_reason(blocks[i].nodes, gone):
                draft.left_out.append(_left(blocks[i], nodes, draft.start, gone, scores[i]))
        number = max(number, end)

    for one in final:
        leave(one.number)
        start = draft.start
        kind = kinds.get(one.number, one.block.kind) if not one.is_made else one.block.kind
        draft.keep(kind, one.block.text, is_made=one.is_made)
        if one.number == number:  # what went out of this block's middle
            for first, nodes in _by_reason(blocks[number].nodes, gone):
                before = text_of([n for n in blocks[number].nodes[:first] if id(n) not in gone])
                draft.left_out.append(
                    _left(blocks[number], nodes, start + min(len(before), len(one.block.text)), gone, scores[number])
                )
            number += 1
    leave(len(blocks))
    return draft


def _left(block: SoupBlock, nodes: Sequence[Node], at: int, gone: Mapping[int, str], score: float) -> LeftOut:
    reason = next(gone[id(node)] for node in nodes if node is not None)
    return LeftOut(block.kind, text_of(nodes), at, reason, round(score, 3))


def _by_reason(nodes: Sequence[Node], gone: Mapping[int, str]) -> Iterator[tuple[int, list[Node]]]:
    """Yield the text nodes in a row that are out for one reason, with the place of the first; white space aside."""
    run: list[Node] = []
    first, why = 0, ""
    for i, node in enumerate(nodes):
        if node is None or node.isspace():
            if run:
                run.append(node)
            continue
        reason = gone.get(id(node), "")
        if reason != why:
            if why:
                yield first, run
            run, first, why = [], i, reason
        run.append(node)
    if why:
        yield first, run
