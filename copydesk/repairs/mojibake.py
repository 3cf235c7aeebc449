"""Text that was read in a wrong encoding: UTF-8 taken for a code page, once or several times over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from copydesk.proposals import Proposal
from copydesk.view import View

VERSION = 1

CODE_PAGES: Sequence[str] = (
    "cp1252", "cp1251", "cp1250", "cp1254", "cp1257", "cp1253", "iso8859-2", "mac-roman", "cp437", "cp850", "koi8-r",
)  # fmt: skip
"""What UTF-8 is taken for. The first that explains most of a document is believed."""
_LATIN_2_FIRST = sorted(CODE_PAGES, key=lambda name: (name == "cp1250", name not in {"cp1252", "iso8859-2"}))
"""Control codes tell the ISO code page from that of Windows."""
NARROW: Mapping[str, bytes] = {
    "mac-roman": b"\xc2\xc3\xc4\xc5\xd0\xd1\xe2\xf0",
    "cp437": b"\xc2\xc3\xc4\xc5\xd0\xd1\xe2\xf0",
    "cp850": b"\xc2\xc3\xc4\xc5\xd0\xd1\xe2",
    "koi8-r": b"\xc3\xe2",
}
"""In these only European letters and punctuation are looked for: the lead bytes of others are common characters."""
ROUNDS = 4
"""How often a text may have been misread."""
CERTAIN_ELSEWHERE = 3
"""So many finds in other lines, and a line that speaks of encodings is broken itself."""

_NON_LATIN = {"cp1251", "cp1253", *NARROW}
_TWO, _THREE, _FOUR = bytes(range(0xC2, 0xE0)), bytes(range(0xE0, 0xF0)), bytes(range(0xF0, 0xF5))
_TAIL = bytes(range(0x80, 0xC0))
_ABOUT = re.compile(
    r"UTF-?8|mojibake|charset|unicode|latin-?1\b|windows-125|ISO[- ]?8859|\bencod(?:e|ing)|kodierung|zeichensatz|"
    r"codage|codifica|encodage|кодировк|字符编码|文字化け",
    re.IGNORECASE,
)
_RARE = re.compile(
    "[\x00-\x1f\x80-\x9f\u0180-\u0217\u021c-\u02c5\u02c8-\u02db\u02dd-\u036f\u0460-\u048f\u0492-\u058f\u0700-\u08ff]"
)
"""Characters that one broken sequence alone does not stand for: phonetic, Syriac, Armenian ..."""
_OPENING, _CLOSING = frozenset("“‘«(['\"„"), frozenset("”’»)]'\"")
_DROPPED = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_FRENCH = re.compile("[;:!?»%]")
_LOST = re.compile("[âв][€Ђ](?:[?\ufffd]|(?![\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]))")
_LONE_A = re.compile(r"(?<![^\s(“‘\"'’-])Ã (?= )|(?<![^\s(“‘\"'’-])Ã(?= [^\W\d_])|Â(?=[ \n]|$)")
_WESTERN = {0x80 + i: c for i, c in enumerate(bytes(range(0x80, 0xA0)).decode("cp1252", "replace")) if c != "\ufffd"}
_C1 = re.compile("[\x80-\x9f]")


class Find(NamedTuple):
    """A run of broken characters, what it stands for, and whether it needs no other evidence."""

    start: int
    end: int
    meant: str
    is_strong: bool


class CodePage(NamedTuple):
    """How to know UTF-8 that was read in one code page, and to read it again."""

    leads: frozenset[str]
    runs: re.Pattern[str]
    bytes_of: dict[int, int]
    name: str


def find_mojibake(view: View) -> Iterator[Proposal]:
    r"""Propose to read again what was read in a wrong encoding.

    Sequences that mean nothing else are taken alone; short ones (``Ä™``) where the document has others of the kind.
    Left alone: capitals with an accent before a quotation mark, a lone ``Ã``, broken characters that a text about
    encodings shows, and of course all that is written as it was meant.

    >>> [(p.start, p.end, p.replacement) for p in find_mojibake(View("Itâ€™s MÃ¼llerâ\x80\x99s cafÃƒÂ© in SÃO."))]
    [(2, 5, '’'), (8, 10, 'ü'), (14, 17, '’'), (22, 26, 'é')]
    """
    odd = view.odd
    if not odd or not odd & _leads():
        return
    finds = _best(view.text, odd)
    for find in _meant_to_be_repaired(view.text, finds):
        yield Proposal(
            find.start, find.end, find.meant, "mojibake", "mojibake.sequence", "read in a wrong encoding", 0.95
        )


def _best(text: str, odd: frozenset[str]) -> list[Find]:
    """Return the finds of the code page that explains most, with the clues that hold beside them."""
    best: list[Find] = []
    size = 0
    spans = [match.span() for match in _any_run().finditer(text)]
    for name in _LATIN_2_FIRST if odd & _CONTROLS else CODE_PAGES:
        page = _code_page(name)
        if spans and odd & page.leads:
            found = list(_finds(text, spans, page))
            covered = sum(f.end - f.start for f in found) if any(f.is_strong for f in found) else 0
            if covered > size:
                best, size = found, covered
    extra = list(_controls(text)) if odd & _CONTROLS else []
    if best or "€" in odd or "Ђ" in odd:
        extra += _remains(text, has_others=bool(best))
    return _disjoint(best, extra)


def _disjoint(finds: Sequence[Find], extra: Iterable[Find]) -> list[Find]:
    merged: list[Find] = []
    for find in sorted((*finds, *extra), key=lambda f: (f.start, -f.end)):
        if not merged or find.start >= merged[-1].end:
            merged.append(find)
    return merged


def _finds(text: str, spans: Iterable[tuple[int, int]], page: CodePage) -> Iterator[Find]:
    for start, end in spans:
        for match in page.runs.finditer(text, start, end):
            begin, stop = match.span()
            before, after = text[begin - 1 : begin] if begin else "", text[stop : stop + 1]
            meant = _read_again(match.group(), page)
            if meant is not None:
                is_strong = _is_strong(match.group(), meant, before, after, page)
                if is_strong or not _RARE.search(meant):
                    yield Find(begin, stop, _as_text(meant, before, after), is_strong)


def _read_again(run: str, page: CodePage) -> str | None:
    """Return what a run stands for, read again as often as it was misread; None when that is no text."""
    for _ in range(ROUNDS):
        try:
            again = page.runs.sub(lambda match: _decoded(match.group(), page), run)
        except UnicodeDecodeError:
            break
        if again == run:
            break
        run = again
    is_text = all(unicodedata.category(c) not in {"Cc", "Cn", "Co", "Cs"} for c in run)
    return run if is_text else None


def _decoded(run: str, page: CodePage) -> str:
    return run.translate(page.bytes_of).encode("latin-1").decode("utf-8")


def _is_strong(run: str, meant: str, before: str, after: str, page: CodePage) -> bool:
    """Tell whether a run cannot be what the writer wrote."""
    lead = page.bytes_of.get(ord(run[0]), 0)
    if lead >= 0xF0 or (lead == 0xE2 and "\u2010" <= meant[0] <= "\u27bf") or meant[0] == "\ufeff":
        return True
    if page.name in _NON_LATIN and len(run) < 4:
        beside = (before + after).strip()
        return beside.isascii() and beside.isalpha() and "LATIN" in unicodedata.name(meant[0], "")
    if len(run) >= 4 and len(meant) > 1 and not _RARE.search(meant):
        return True
    from ftfy.badness import is_bad  # noqa: PLC0415 - it takes as long to load as 100 articles to clean

    return not _RARE.search(meant) and is_bad(before + run + after)


def _as_text(meant: str, before: str, after: str) -> str:
    """Return what takes a run's place: without invisible marks, and with plain spaces."""
    meant = meant.translate(_DROPPED)
    if meant == "\u00a0" and (before == "«" or _FRENCH.match(after)):
        return meant
    return meant.replace("\u00a0", " ")


def _remains(text: str, *, has_others: bool) -> Iterator[Find]:
    """Yield what is left of sequences that lost a character: quotation marks, no-break spaces."""
    for match in _LOST.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if has_others or match.group()[-1] == "\ufffd" or (before and not before.isspace()):
            is_opening = (not before or before.isspace()) and after.isalnum()
            yield Find(start, end, "“" if is_opening else "”", is_strong=True)
    if has_others:
        for match in _LONE_A.finditer(text):
            yield Find(*match.span(), "à" if match.group()[0] == "Ã" else "", is_strong=False)


def _controls(text: str) -> Iterator[Find]:
    """Yield quotation marks, dashes and letters of Windows that were read as control codes."""
    is_windows = any(c in text for c in "\x91\x92\x93\x94\x96\x97")
    for match in _C1.finditer(text):
        meant = _WESTERN.get(ord(match.group()))
        if meant is not None and (is_windows or match.group() != "\x85"):
            yield Find(*match.span(), meant, is_strong=False)


def _meant_to_be_repaired(text: str, finds: Sequence[Find]) -> list[Find]:
    """Leave out what a text shows on purpose: in quotation marks, standing alone, in a line about encodings."""
    finds = [find for find in finds if not _is_quoted(text, find)]
    if not finds:
        return []
    is_about = _ABOUT.search(text) is not None
    aside = [_is_alone(text, f) or (is_about and _ABOUT.search(_line(text, f.start)) is not None) for f in finds]
    if aside.count(False) >= CERTAIN_ELSEWHERE:
        return finds
    return [find for find, is_aside in zip(finds, aside, strict=True) if not is_aside]


def _is_quoted(text: str, find: Find) -> bool:
    before, after = text[find.start - 1 : find.start] if find.start else "", text[find.end : find.end + 1]
    return len(find.meant) == 1 and before in _OPENING and after in _CLOSING


def _is_alone(text: str, find: Find) -> bool:
    """Tell whether a quotation mark has nothing to belong to."""
    before, after = text[find.start - 1 : find.start] if find.start else "", text[find.end : find.end + 1]
    return find.meant in {"’", "”", "‘", "“"} and not before.strip() and not after.strip()


def _line(text: str, position: int) -> str:
    end = text.find("\n", position)
    return text[
        max(text.rfind("\n", 0, position) + 1, position - 500) : min(end if end >= 0 else len(text), position + 500)
    ]


@cache
def _code_page(name: str) -> CodePage:
    # A byte that a code page does not define is mostly handed on as the control code of the same number, and the
    # control codes themselves come where Latin-1 was meant.
    of = {b: bytes([b]).decode(name, "ignore") or chr(b) for b in range(0x80, 0x100)}
    bytes_of = {c: c for c in range(0x80, 0xA0)} | {ord(c): b for b, c in of.items()}
    tail = _class({chr(c) for c, b in bytes_of.items() if b in _TAIL})
    leads = NARROW.get(name, _TWO + _THREE + _FOUR)
    two, three, four = ({of[b] for b in leads if b in group} for group in (_TWO, _THREE, _FOUR))
    parts = [f"{_class(two)}{tail}", f"{_class(three)}{tail}{{2}}"]
    parts += [f"{_class(four)}{tail}{{3}}"] if four else []
    return CodePage(frozenset(two | three | four), re.compile(f"(?:{'|'.join(parts)})+"), bytes_of, name)


@cache
def _any_run() -> re.Pattern[str]:
    """Return what finds the runs of every code page in one pass: a lead and all that may follow it."""
    tails = {chr(c) for name in CODE_PAGES for c, b in _code_page(name).bytes_of.items() if b in _TAIL}
    leads = {c for name in CODE_PAGES for c in _code_page(name).leads}
    return re.compile(f"{_class(leads)}(?:{_class(leads | tails)}*{_class(tails)})")


@cache
def _leads() -> frozenset[str]:
    return frozenset(c for name in CODE_PAGES for c in _code_page(name).leads) | _CONTROLS


def _class(characters: Iterable[str]) -> str:
    return "[" + "".join(re.escape(c) for c in sorted(set(characters))) + "]"


_CONTROLS = frozenset(chr(c) for c in range(0x80, 0xA0))
