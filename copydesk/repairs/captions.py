"""Captions, picture credits and the buttons of picture galleries that were copied with an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from copydesk.document import Span
from copydesk.proposals import FieldSpan, Proposal
from copydesk.repairs.caption_marks import (
    IN_CAPTIONS,
    MAX_BESIDE,
    is_closed,
    is_opened,
    is_plain,
    is_standing,
    nameless,
)
from copydesk.repairs.name_shapes import (
    EASTERN,
    agencies,
    has_given_name,
    is_agency,
    is_house,
    is_medium,
    is_person,
    media,
)
from copydesk.tables import pattern_of, phrases
from copydesk.view import WORD, View

VERSION = 3

MAX_CREDIT = 120
"""Characters of a line that is a credit and no more."""
MAX_CAPTION = 420
"""Characters of a caption with its credit; those of agencies run to 400."""
MAX_WITH_LABEL = 300
_PROSE_END = frozenset(".!?…。！？؟।:;,”’\"'»")
_LIST_LINE = re.compile(r"(?P<label>[^\W\d_][\w ]{1,24}):\s+\S.{0,80}")
SHORT = 60
LOOKED_AT = 400
"""Lines in which headings are looked for."""
_CLOSING = " .)]】）"
_MARK = re.compile(r"[/:|(\[©@=]|, |\bfor |\bvia |[.!?] \S")
MAX_BREAKS = 6
"""Ends of sentences behind which a credit may begin; names have initials with full stops."""
_TAIL = 140
"""Characters at the end of a caption in which its credit begins."""
_SLASHED = re.compile(r"(?P<left>[^/|]{2,60}?)\s?/\s?(?P<right>[^|]{2,80})")
_SENTENCE_BREAK = re.compile(r"[.!?…。」”\"’)](?<!^\d.)(?<!^\d\d.)(?<!^\w.)\s+(?=\S)")
_SIGNS = re.compile("[©/|(\\[@=#<>\u0590-\u1fff\u2190-\U0010ffff]")
"""Marks of captions that need no word of captions, and letters of scripts in which words are not told apart."""
_SIDE = re.compile(r"[,(]\s?(?:far |second from |third from )?(?:left|right)\b")
_EDGE = re.compile(r"[(（\[【<]")
_OF_KIND = (
    *("A file ", "A handout ", "A stock ", "An undated ", "An archive ", "A still ", "In this "),
    *("An artist", "An aerial ", "A screen", "A general view ", "Pictured, "),
    *"▲△▼↑📷📸🎥",
)
"""What lines open with that say what a picture is of."""


class _Rule(NamedTuple):
    name: str
    reason: str
    confidence: float


GALLERY = _Rule("captions.gallery", "button of a picture gallery", 0.9)
CREDIT = _Rule("captions.credit", "picture credit; kept as a field", 0.92)
SIGNED = _Rule("captions.signed", "name and agency, as pictures are signed; kept as a field", 0.85)
LABEL = _Rule("captions.label", "caption with its label; kept as a field", 0.92)
CAPTION = _Rule("captions.sentence", "caption that ends in a credit; kept as a field", 0.9)


@cache
def _credit() -> re.Pattern[str]:
    """Return the pattern of what opens a credit: words for pictures and credits, and what leads up to names."""
    roles = ("picture", "source", "by", "kind", "opener", "origin")
    picture, source, by, kind, opener, origin = (pattern_of("credits.tsv", role) for role in roles)
    mark = r"\s*[:：=＝/／|–—]\s*|\s*[,-]\s+"
    return re.compile(
        rf"(?P<open>(?:(?:{kind})[\s-]+)*(?:(?:{picture})(?:s|'s)?\b(?:\.\s+(?:{picture})\b)?(?:\s+(?:{source}))*|(?:{opener})(?:\s+(?:{picture}))?|(?P<origin>{origin})))\.?"
        rf"(?P<mark>(?:{mark})?(?:\s+(?:{by})\b|\s*©|\s*\(c\)|(?<=[:：=/|])\s*(?:{by})\b)?\s*[:：]?\s*|\s+)(?P<names>\S.*)",
        re.IGNORECASE,
    )


@cache
def _eastern_credit() -> re.Pattern[str]:
    known = sorted((w for w in phrases("credits.tsv", "picture", "source") if EASTERN.match(w)), key=len, reverse=True)
    words = "|".join(map(re.escape, known))
    return re.compile(rf"[/／(（\[【]?\s*(?:{words})(?:\s?(?:{words}))*\s*[:：=＝/／・|｜]\s*\S.{{0,40}}")


@cache
def _label() -> re.Pattern[str]:
    label, said = pattern_of("credits.tsv", "label"), pattern_of("credits.tsv", "said")
    return re.compile(rf"(?:(?:{label})\s*[:：|–—]|(?i:FILE)\s[-–—]|(?:{said}),?)\s+\S", re.IGNORECASE)


@cache
def _gallery(*roles: str) -> re.Pattern[str]:
    return re.compile(
        rf"[\[(<>▶►+\s]*(?:{pattern_of('credits.tsv', *roles).replace(chr(92) + '#', '[0-9]{1,4}')})[\])>+\s.…]*",
        re.IGNORECASE,
    )


@cache
def _first_words() -> frozenset[str]:
    """Return the first words of credits, labels and buttons, lower case: a cheap look before the dear ones."""
    roles = (
        *("picture", "kind", "source", "opener", "origin", "label", "said", "gallery", "folded"),
        *("given", "whole", "picture_of", "standing", "figure"),
    )
    opened = {match.group().lower() for words in phrases("credits.tsv", *roles) if (match := WORD.search(words))}
    return (
        frozenset(opened)
        | {f"{word}s" for word in opened}
        | {word.removeprefix("The ").split()[0].lower() for word in agencies()}
    )


@cache
def _telling_words() -> frozenset[str]:
    """Return words of which one stands in every caption that has none of ``_SIGNS``, lower case: the longest of each.

    They are those of credits, labels, buttons and houses, of what a picture shows, and of where it was taken.
    """
    roles = ("picture", "kind", "source", "opener", "origin", "label", "said", "gallery", "folded", "given", "whole")
    known = phrases("credits.tsv", *roles, "picture_of", "figure", "medium", "agency")
    words = {max(found, key=len) for phrase in known if (found := WORD.findall(phrase.lower()))}
    return frozenset(words) | {f"{word.lower()}s" for word in phrases("credits.tsv", "picture")} | IN_CAPTIONS


@cache
def _last_words() -> frozenset[str]:
    """Return the last words of houses, lower case."""
    return media() | {name.split()[-1].lower() for name in agencies()}


def find_captions(view: View) -> Iterator[Proposal]:
    r"""Propose to take captions and picture credits out of the body.

    They are short paragraphs of one line: a credit word and names (Photo: Ida Holm), a name and an agency with a stroke
    between them, an agency alone, a label (Image caption), a sentence that ends in a credit, or a button of a gallery.
    Left alone: sentences that name agencies or photographers, headings that begin like a credit, names and houses in a
    list, paragraphs longer than captions are.

    >>> view = View("It rained.\n\nA ferry at dawn. (Photo: Ida Holm/Harbour News)\n\nPhoto: a history of light.")
    >>> [view.text[p.start : p.end] for p in find_captions(view)]
    ['A ferry at dawn. (Photo: Ida Holm/Harbour News)']
    """
    if not view.is_pasted or len(view.lines) < 2:
        return
    end, folded = len(view.lines), None
    for i, line in enumerate(view.lines):
        length = line.text_end - line.text_start
        if length > MAX_CAPTION or not _may_be(view.text, line.text_start, line.text_end):
            folded = None
            continue
        text = view.text[line.text_start : line.text_end]
        if not _is_telling(text):
            folded = None
            continue
        if _gallery("folded").fullmatch(text):
            folded = i if folded is None else folded
            if i + 1 < end and _is_next_of_it(view, i + 1):
                continue
        rule = _rule_of(view, i, text)
        if rule:
            start = view.lines[folded].text_start if folded is not None else line.text_start
            yield _proposal(Span(start, line.text_end), rule)
        folded = None


def _is_next_of_it(view: View, i: int) -> bool:
    """Tell whether the line behind a folded caption's button belongs to it: another button, or the credit."""
    line = view.lines[i]
    if line.text_end - line.text_start > MAX_CREDIT:
        return False
    text = view.of(i)
    return bool(_gallery("folded").fullmatch(text)) or _rule_of(view, i, text) in (CREDIT, SIGNED)


def _proposal(span: Span, rule: _Rule) -> Proposal:
    fields = () if rule is GALLERY else (FieldSpan("caption", span),)
    return Proposal(*span, "", "caption", rule.name, rule.reason, rule.confidence, None, fields, is_block=True)


def _may_be(text: str, start: int, end: int) -> bool:
    """Tell cheaply whether a line may be a caption: it does not end like prose, or begins with a word of credits."""
    last = text[end - 1]
    is_open = last not in _PROSE_END or (last == "." and text[end - 2] in ")]")
    if is_open and end - start > SHORT:
        return True
    first = WORD.search(text, start, min(end, start + 40))
    if text.startswith(_OF_KIND, start) or text.find(" in this ", start, end) > 0:
        return True
    if last == "." and not is_open and end - start < MAX_BESIDE and _has_side(text, start, end):
        return True
    if is_open and text[end - 2 : end].isupper():
        return True
    if first is None or first.group().lower() in _first_words() or not first.group().isascii():
        return is_open or (first is not None and first.group().lower() in _first_words())
    return is_open and (
        _MARK.search(text, start, end) is not None
        or text[start:end].rsplit(maxsplit=1)[-1].strip(_CLOSING).lower() in _last_words()
    )


def _has_side(text: str, start: int, end: int) -> bool:
    """Tell cheaply whether a line may say where somebody stands in a picture."""
    return (text.find("left", start, end) > 0 or text.find("right", start, end) > 0) and bool(
        _SIDE.search(text, start, end)
    )


def _is_telling(text: str) -> bool:
    """Tell whether a line has a sign or a word of captions: what is dear to judge is judged only then."""
    if _SIGNS.search(text) or not _telling_words().isdisjoint(WORD.findall(text.lower())):
        return True
    return is_standing(text) or text[-2:].isupper()


def _rule_of(view: View, i: int, text: str) -> _Rule | None:
    """Return the rule that a line is a caption by; None when it is none."""
    if len(text) <= MAX_CREDIT:
        if _gallery("gallery", "folded").fullmatch(text):
            return GALLERY
        if is_credit(text) and not _is_in_list(view, i):
            return CREDIT
        if _stands_alone(view, i) and is_signature(text) and not _is_among_its_like(view, i):
            return SIGNED
        if _stands_alone(view, i) and _is_lone_house(view, i, text):
            return SIGNED
    if len(text) <= MAX_WITH_LABEL and (_label().match(text) or (_stands_alone(view, i) and is_opened(text))):
        return LABEL
    return CAPTION if _stands_alone(view, i) and (_ends_in_credit(text) or is_closed(text)) else None


def _stands_alone(view: View, i: int) -> bool:
    """Tell whether a line is a paragraph, in a text that has blank lines at all."""
    if len(view.paragraphs) < 3 and len(view.lines) > 4:
        return True
    return (i == 0 or view.is_gap(i)) and (i + 1 == len(view.lines) or view.is_gap(i + 1))


def _is_in_list(view: View, i: int) -> bool:
    """Tell whether a line stands among others of a label and a value (Writer: ..., Picture: ...)."""
    if not _LIST_LINE.fullmatch(view.of(i)):
        return False
    beside = (
        j for j in (i - 1, i + 1) if 0 <= j < len(view.lines) and view.lines[j].end - view.lines[j].start < MAX_CREDIT
    )
    return any(_LIST_LINE.fullmatch(view.of(j)) and not is_credit(view.of(j)) for j in beside)


def _is_among_its_like(view: View, i: int) -> bool:
    """Tell whether short lines stand around a line: names in a list."""
    lines = view.lines
    short = [
        j for j in range(max(0, i - 2), min(len(lines), i + 3)) if j != i and lines[j].end - lines[j].start < SHORT
    ]
    return sum(not _may_stand_beside(view.of(j)) for j in short) > 1


def _may_stand_beside(text: str) -> bool:
    return is_credit(text) or is_signature(text) or bool(_gallery("gallery", "folded").fullmatch(text))


def is_credit(text: str) -> bool:
    """Tell whether a text is a picture credit and nothing else.

    >>> [is_credit(text) for text in ("(Photo by Ida Holm/Harbour News)", "Foto: dpa", "Photo: a history of light")]
    [True, True, False]
    """
    if len(text) > MAX_CREDIT:
        return False
    bare = _bare(text)
    if EASTERN.search(bare[:12]) and _eastern_credit().fullmatch(bare):
        return True
    if is_plain(bare):
        return True
    match = _credit().fullmatch(bare)
    while match:
        if _is_named(match):
            return True
        match = _credit().fullmatch(match["names"])
    return bare.startswith("©") and _are_names(bare.lstrip("© ")) and not any(map(str.isdigit, bare))


def _is_named(match: re.Match[str]) -> bool:
    """Tell whether what stands behind a credit's opening is a name, as sure as the mark between them is not."""
    names, mark = match["names"].strip(" :/|-–—"), match["mark"].strip()
    if is_agency(names) or all(is_agency(piece) for piece in re.split(r"\s?[/,&]\s?|\svia\s", names)):
        return True
    if names.lower() in nameless() or _COURTESY.match(names):
        return bool(mark) or match["open"].lower().startswith("courtesy")
    if match["origin"] or not _are_names(names):
        return False
    if not mark or (mark in (",", "-", "–", "—", "|") and len(match["open"].split()) == 1):
        return _are_known(names)
    return True


_COURTESY = re.compile(r"(?:courtesy\s+(?:of\s+)?|provided by\s+|supplied by\s+)?the\s+[a-z]+(?:\s+family)?$")
"""Whose picture it is, without a name: "courtesy of the artist"."""


def _bare(text: str) -> str:
    """Leave out the brackets around a text, and a full stop behind it."""
    text = text.strip(" .*")
    if text[:1] in "([（【" and text[-1:] in ")]）】":
        text = text[1:-1].strip()
    return text.rstrip(" .")


_LICENCE = re.compile(r"[\s,/]*[(\[]?\bCC[ -](?:BY|0)[\w .-]{0,20}[)\]]?$")
_HANDLE = re.compile(r"@[\w.]{2,30}(?:\s?(?:/|on|via)\s?[A-Z]\w+)?")


def _are_names(text: str) -> bool:
    """Tell whether a text is made of names of people and houses and marks between them."""
    text = _LICENCE.sub("", text)
    if _HANDLE.fullmatch(text.strip()):
        return True
    pieces = [
        piece.strip(" .©")
        for piece in re.split(
            r"[/|,;:&+()\[\]]|\s[-–—]\s|\b(?:via|for|and|by|courtesy of|und|et|y|per|avec|para|von|from|on)\b|@", text
        )
    ]
    pieces = [piece for piece in pieces if piece]
    return bool(pieces) and all(is_house(piece, 6) or is_agency(piece) for piece in pieces)


def _are_known(text: str) -> bool:
    """Tell whether names hold an agency or a house, or are those of a person."""
    pieces = [piece.strip() for piece in re.split(r"[/|,]|\bvia\b|\bfor\b", text) if piece.strip()]
    if any(is_agency(piece) or (is_medium(piece) and len(pieces) == 1) for piece in pieces):
        return True
    return is_person(pieces[0]) and ("/" in text or has_given_name(pieces[0]))


def is_signature(text: str) -> bool:
    """Tell whether a line is a name and an agency as pictures are signed, or an agency alone.

    >>> [is_signature(text) for text in ("Ida Holm/Harbour News", "AFP", "Rents / Prices")]
    [True, True, False]
    """
    bare = re.sub(r"\s(?:photo|pic|image)(?=/)", "", _bare(text).replace(" via ", " / ").replace("Special to ", ""))
    bare = bare.replace(" | ", " / ")
    if is_agency(bare):
        return True
    house = _PICTURE_END.sub("", bare).removesuffix(" file")
    if house != bare and is_medium(house):
        return True
    if len(bare.split()) > 12 or not (is_house(bare, 12) or is_agency(bare.partition("/")[0])):
        return False
    slashed = _SLASHED.fullmatch(bare)
    if slashed:
        return _is_signed(slashed["left"].strip(), [piece.strip() for piece in slashed["right"].split("/")])
    name, _, house = bare.partition(" for ")
    if house and is_person(name) and (is_medium(house) or is_agency(house)):
        return True
    name, _, house = bare.rpartition(", ")
    is_house_known = is_medium(house) or (is_agency(house) and len(house) > 2)  # PA is a state, too
    return bool(name) and is_person(name) and has_given_name(name) and is_house_known


def _is_lone_house(view: View, i: int, text: str) -> bool:
    """Tell whether a line is the name of a house between paragraphs of prose, of which neither speaks of it.

    A heading names what comes next, and has others of its like in the text.
    """
    bare = _bare(text)
    if not is_medium(bare) or len(bare.split()) > 5 or bare.isupper() or any(map(str.isdigit, bare)) or "#" in text:
        return False
    beside = [view.of(j) for j in _beside(view, i)]
    if not beside or any(bare.split()[-2].lower() in other.lower() for other in beside):
        return False
    return bare[:4].lower() == "the " or not _has_headings(view)


def _beside(view: View, i: int) -> Iterator[int]:
    """Yield the nearest line of prose on either side, if it is near."""
    for step in (-1, 1):
        for j in range(i + step, i + 4 * step, step):
            if 0 <= j < len(view.lines) and view.lines[j].end - view.lines[j].start > MAX_CREDIT:
                yield j
                break


MAX_HEADINGS = 2


def _has_headings(view: View) -> bool:
    """Tell whether a text has headings or lists: short lines that do not end like prose and are no captions."""
    found = 0
    for line in view.lines[1:LOOKED_AT]:
        if line.text_end - line.text_start < SHORT and view.text[line.text_end - 1] not in _PROSE_END:
            text = view.text[line.text_start : line.text_end]
            found += not _may_stand_beside(text) and not is_medium(text)
            if found > MAX_HEADINGS:
                return True
    return False


def _is_signed(left: str, right: list[str]) -> bool:
    hosts = phrases("credits.tsv", "host")
    known = any(is_agency(piece) or is_medium(piece) or " via " in piece or piece in hosts for piece in right)
    if is_agency(left) or is_medium(left) or (known and left.isupper() and len(left) < 6):
        return all(is_house(piece, 5) for piece in right)
    return is_person(left) and (
        known
        or (has_given_name(left) and len(left.split(maxsplit=1)[0].strip(".")) > 1 and is_house(right[0], 5))
        or right[-1].isupper()
    )


def _ends_in_credit(text: str) -> bool:
    """Tell whether a sentence ends in a credit: in brackets, behind a bar, or behind its full stop."""
    from_ = max(0, len(text) - _TAIL)
    if text[-1] in ")]）】" or (text[-1] == "." and text[-2:-1] in (")", "]")):
        opened = max((m.start() for m in _EDGE.finditer(text, from_)), default=-1)
        inner = text[opened:] if opened > 0 else ""
        return bool(inner) and _is_signing(inner)
    for mark in ("|", " – ", " — ", " - ", " / "):
        head, bar, tail = text.rpartition(mark)
        if (
            bar
            and head
            and len(tail) < MAX_CREDIT
            and (is_credit(tail.strip()) or _is_named_picture(tail))
            and mark != " / "
        ):
            return True
    for match in [*_SENTENCE_BREAK.finditer(text, from_)][-MAX_BREAKS:]:
        tail = text[match.end() :]
        if _is_agencys(tail) or is_credit(tail) or _is_named_picture(tail) or _is_slashed_agency(_bare(tail)):
            return True
    return False


def _is_signing(inner: str) -> bool:
    """Tell whether brackets at the end hold a credit, an agency's picture or a name and an agency."""
    bare = _bare(inner)
    if is_credit(inner) or _is_named_picture(inner) or _is_slashed_agency(bare):
        return True
    return bool(_PICTURE_END.search(bare)) and _is_agencys(inner)


def _is_agencys(text: str) -> bool:
    """Tell whether a text is an agency's name, with a dash before it or "photo" behind."""
    return is_agency(_PICTURE_END.sub("", _bare(text).lstrip("—–-/ ")))


_PICTURE_END = re.compile(r"\s(?:photos?|pics?|pictures?|images?|file|handout|foto|bild)$", re.IGNORECASE)
_BY_END = re.compile(
    r"\b(?:photos?|pictures?|images?|pics?|foto|fotos)\s(?:by|de|di|von|par)\s(?P<name>[^,]{3,40})$", re.IGNORECASE
)


def _is_named_picture(text: str) -> bool:
    """Tell whether a picture's word and a person's name stand alone behind a sentence or in brackets."""
    bare = _bare(text)
    match = _credit().fullmatch(bare) or _BY_END.search(bare)
    if match is None:
        return False
    return is_person(match["name"] if match.re is _BY_END else match["names"].strip())


def _is_slashed_agency(text: str) -> bool:
    slashed = _SLASHED.fullmatch(text)
    return (
        slashed is not None
        and is_house(text, 12)
        and _is_signed(slashed["left"].strip(), [p.strip() for p in slashed["right"].split("/")])
    )
