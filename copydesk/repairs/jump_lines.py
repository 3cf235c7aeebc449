"""Lines that lead readers of a printed paper from one page to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from copydesk.proposals import Proposal
from copydesk.repairs.cuts import is_cut, is_tight, take_out
from copydesk.tables import read_table
from copydesk.view import View

VERSION = 3

MAX_LINE = 70
_BEHIND = ("sayfa", "版", "頁", "页", "面", "ページ", "면", " page", "Seite", "seite")
"""Words behind a page's number, and those that need none: "continued on next page"."""
_PAGE = re.compile(r"p[aá]g|seite|stron|sid[ae]n|стр|полос", re.IGNORECASE)
"""In the words for page that what stands there is named with."""
_NUMBER = r"[A-Z]{0,2}-?\d{1,4}[A-Z]?"


def find_jump_lines(view: View) -> Iterator[Proposal]:
    r"""Propose to take out lines as "Continued from page 4", and to join the sentence that they cut.

    Left alone: such words in a longer line; "see page 3" and "from page 3" in a text's own sentence.

    >>> text = "The lamp at Skarvik went dark\n\n(Turn to Page 5, Col. 2)\n\nin January."
    >>> [(p.start, p.end, p.replacement) for p in find_jump_lines(View(text))]
    [(31, 55, '')]
    """
    text = view.text
    for i, line in enumerate(view.lines):
        if line.text_end - line.text_start <= MAX_LINE and is_jump_line(text[line.text_start : line.text_end]):
            whole = Proposal(0, 0, "", "continued", "jump_lines.page", "leads to another page of a paper", 0.95)
            yield take_out(view, i, i, whole, is_joined=is_cut(view, i, i) or _is_inside(view, i))


def is_jump_line(line: str) -> bool:
    """Tell whether a line leads from one page to another.

    >>> is_jump_line("Fortsetzung auf Seite 5"), is_jump_line("Skarvik Observer 5")
    (True, False)
    """
    if not _may_lead(line):
        return False
    return _pattern().fullmatch(line) is not None or (
        _PAGE.search(line) is not None and _labelled().fullmatch(line) is not None
    )


def _is_inside(view: View, i: int) -> bool:
    """Tell whether lines follow without a blank one on both sides, as in the middle of a paragraph."""
    return is_tight(view, i, i) and not view.is_gap(i) and not view.is_gap(i + 1)


def _may_lead(line: str) -> bool:
    """Tell whether a line ends with a figure, brackets aside, or has one in words of another script: cheap to ask."""
    last = line.rstrip(").]»>…→▶►” ")[-1:]
    if last.isdigit() or line.startswith(_opened()):
        return not line[0].isdigit() or any(word in line for word in _BEHIND)
    return any(word in line for word in _BEHIND) or (last.isalpha() and last.isupper() and line[-2:-1].isdigit())


@cache
def _opened() -> tuple[str, ...]:
    """Return the words that lines open with which lead to a page without its number: "Continued overleaf"."""
    rows = read_table("jump_lines.tsv")
    words = {words for _, name, cell in rows if name == "bare" for words in cell.split(";")}
    forms = {form for word in words for form in (word, word.capitalize(), word.upper())}
    return tuple(
        mark + form for mark in ("", "(", "[", "● ", "• ", ">> ", "– ", "— ", "…", "... ") for form in sorted(forms)
    )


@cache
def _labelled() -> re.Pattern[str]:
    """Return the pattern of what stands on a page and its number: "Full report on page 2", "Servizio a pagina 3"."""
    words = {word for _, name, cell in read_table("jump_lines.tsv") if name == "page" for word in cell.split(";")}
    page = "|".join(sorted((re.escape(word) for word in words if len(word.strip(".")) > 2), key=len, reverse=True))
    near = "|".join(
        re.escape(word).replace("\\ ", r"\s")
        for _, name, cell in read_table("jump_lines.tsv")
        if name == "near"
        for word in cell.split(";")
        if "page" in word.split()
    )
    between = r"(?:(?:[,:;|–—-]|on|at|auf|à|en|a|na|op|na|на)\s)?(?:(?:the|la|der|die)\s)?"
    more = r"(?:\s?(?:,|-|–|&|and|und|et|y|e|en|i|и)\s?\d{1,3})?"
    return re.compile(
        rf"(?![(\[]?\s?(?:{page})\s)\W{{0,3}}[^\W\d_][\w'’-]{{0,18}}(?:\s[\w'’-]{{1,19}}){{0,3}}[,:;|–—-]?\s{between}"
        rf"(?:(?:{page})\s?[A-Z]?\d{{1,3}}[A-Z]?{more}|(?<=:\s)(?:{near}))\s?[)\]»>→▶]{{0,2}}",
        re.IGNORECASE,
    )


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a whole jump line: a label in front, words, a page, a column, marks around."""
    phrases: dict[str, list[str]] = {"go": [], "page": [], "column": [], "whole": [], "bare": [], "near": []}
    for _, name, listed in read_table("jump_lines.tsv"):
        phrases[name] += [re.escape(phrase).replace("\\ ", r"\s").replace("'", "['’]") for phrase in listed.split(";")]
    go, page, column, whole, verb, near = (
        "|".join(sorted(set(phrases[name]), key=len, reverse=True)) for name in phrases
    )
    whole = whole.replace("\\#", _NUMBER)
    number = rf"(?:{_NUMBER}|one|two|three|une|un|uno|eins)"
    label = r"(?:[^\W\d_][\w'’ .&-]{0,30}\s?(?:[—–:,|/»>]{1,2}|-\s|\s-)\s?|(?-i:[A-Z]{3,20}\s))?"
    tail = rf"(?:\s?[,;/]?\s?\(?(?:{column})\s?\d{{1,2}}\)?|\s\(continued\))?"
    lead = rf"(?:{go})(?:\s(?:inside|here|[^\W\d_][\w'’-]{{0,20}}),)?[\s:,]{{0,2}}(?:(?:the|la|der|die)\s)?"
    named = rf"{lead}(?:{page})\s?{number}(?:\.|-й)?{tail}|(?:{go})\s\d{{1,3}}(?:-[йе]|\.|ª|ème|e)?\s(?:{page})"
    joint = r"(?:on|from|to|at|auf|von|a|en|in|à)"
    bare = rf"(?:{verb})\s(?:{joint}\s)?{_NUMBER}{tail}"
    alone = rf"(?:{verb})(?:\s(?:{joint}|de|da|dalla|della|na|van|na|с|на))?\s?(?:(?:the|la|der|de|il|le)\s)?(?:{near})"
    see = (
        r"(?:see|please see|please turn to|jump to|turn to|go to)\s(?:[\w'’-]{2,20},?\s){1,3}?(?:on\s)?(?:page\s)?"
        r"(?-i:[A-Z]\d{1,3}|\d{1,3}[A-Z])"
    )
    led = r"(?:,?\s(?:from|continued from|continued on|continues on)|\s?[»|>▶])"
    titled = rf"(?-i:[A-Z]{{3,20}}(?:\s[A-Z]{{3,20}})?){led}\s(?:page\s)?[A-Z]?\d{{1,3}}"
    titled += r"|[\w'’-]{3,20}\s?[/|:–—]\s?(?:from|see|to|on)\s(?-i:[A-Z]\d{1,2}|\d{1,2}[A-Z])"
    titled += r"|from\s(?:page\s)?[A-Z]?\d{1,3}:\s(?-i:[A-Z]{3,20})"
    section = (
        "story|full story|report|editorial|analysis|opinion|comment|related|details|"
        "bericht|kommentar|mehr|reportage|weiter"
    )
    label_page = rf"(?:{section})[,:]?\s(?:(?:{joint})\s)?(?:{page})\s?{_NUMBER}"
    return re.compile(
        rf"[^\w\n]{{0,4}}\s?{label}(?:{named}|{bare}|{alone}|{see}|{titled}|{label_page}|{whole})[^\w\n]{{0,4}}",
        re.IGNORECASE,
    )
