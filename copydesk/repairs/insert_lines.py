"""What a single short line says of itself: whether it belongs to the page, and to which part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from copydesk.repairs.insert_words import KINDS, NUMBER, Lexicon, Tokens, lexicon

MAX_LENGTH = 240
"""Characters of the longest line that is looked at."""
SHORT = 90
"""Up to this length every line is read; longer ones only where a stem stands in them or a label before a headline."""
MAX_WORDS = {
    "ad_marker": 14,
    "share_row": 18,
    "comments": 24,
    "read_more": 9,
    "newsletter": 45,
    "cookie": 50,
    "paywall": 40,
}
_STEMS = (
    *(
        "cookie newsletter subscri sign up inbox javascript your browser privacy unsubscribe personal data log in "
        "abonn nachrichten posteingang datenschutz navigateur confidentialit boletín suscri privacidad iscri privacy "
        "assin inscreva nieuwsbrief toestemming email e-mail free article unlimited your device comment sign in"
    ).split(),
    "sign up",
    "your browser",
    "log in",
    "sign in",
    "free article",
    "personal data",
    "your device",
)
_FOREIGN_STEMS = (
    "çerez bülten abone соглас подпис рассыл конфиденц браузер newslett ciaste prywatno الخصوصية ارتباط النشرة المشترك "
    "隐私 隱私 订阅 訂閱 浏览器 プライバシー クッキー 会員 購読 쿠키 구독 개인정보 boletín confidentialité"
).split()
LABEL = re.compile(r"(?P<label>[^:：|»>→►▶].{0,38}?)\s*(?:[:：|»→►▶]|>+|\s[–—-](?=\s))\s*(?P<rest>\S.*)", re.DOTALL)
"""A few words, a mark, and what stands behind it."""
ARROW = re.compile(r"(?P<arrow>>>+|[»→►▶➤➡👉⏩▸☞🔗]\ufe0f?)\s*(?P<rest>\S.*)", re.DOTALL)
BULLET = re.compile(r"(?:[-*•·‣◦▪–—]|\d{1,2}[.)])\s+(?=\S)")
_EDGES = " \t\u00a0*_=~#<>[](){}|·•.…:-–—»«→►▶›\u200e\u200f"
"""What may stand around the words of a marker."""
_QUOTES = '"“”„«»‹›「」『』'
_CALL_ENDS = (".", "。", "।", "؟", "۔")
_CASELESS = re.compile(r"[\u0590-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Reading(NamedTuple):
    """What a line is taken for.

    Attributes:
        kind: the artifact.
        part: ``line``; ``head`` of a list of headlines; ``labelled`` (a label and a headline in one line).
        confidence: 0 to 1.
        is_doubtful: the words may as well be the heading of a real section.
        is_call: it begins as a call to do something does, so that it opens an insert of its own.

    """

    kind: str
    part: str = "line"
    confidence: float = 0.95
    is_doubtful: bool = False
    is_call: bool = False


class Short(NamedTuple):
    """A short line: its text without the white space at its ends, and its folded words."""

    text: str
    words: Tokens

    @property
    def is_upper(self) -> bool:
        """Whether it is in capitals."""
        return self.text.isupper()


def is_worth_reading(text: str) -> bool:
    """Tell whether a line can belong to the page at all: a cheap test for the many that cannot."""
    if len(text) <= SHORT:
        return True
    if len(text) > MAX_LENGTH:
        return False
    folded = text.casefold()
    stems = _STEMS if text.isascii() else (*_STEMS, *_FOREIGN_STEMS)
    return any(stem in folded for stem in stems) or ":" in text[:32] or "|" in text[:32] or text[0] in ">»→►▶➤👉"


def short_of(text: str) -> Short:
    """Return a short line with its words."""
    return Short(text, lexicon().split(text))


def read_line(line: Short) -> Reading | None:
    """Return what a line is taken for, by its words alone; None for text.

    >>> read_line(short_of("- Advertisement -")).kind, read_line(short_of("Read more: Ferry fares rise")).part
    ('ad_marker', 'labelled')
    >>> read_line(short_of("Read more books, the minister said.")), read_line(short_of("Share prices fell."))
    (None, None)
    """
    return _read(line.text, line.words)


@cache
def _nothing() -> None:
    return None


def _read(text: str, words: Tokens) -> Reading | None:
    table = lexicon()
    if text[0] in _QUOTES and text[0] != "»":
        return None
    if not words:
        return None
    if BULLET.match(text) and text.strip(_EDGES)[-1:] == text[-1]:  # an item of a list, not a marker between dashes
        return None
    return _as_phrase(table, text, words) or _as_label(table, text, words) or _as_mixture(table, text, words)


def _kind_of(table: Lexicon, bits: int) -> str | None:
    return next((kind for kind in KINDS if bits & table.bits[kind]), None)


def _as_phrase(table: Lexicon, text: str, words: Tokens) -> Reading | None:
    found = table.phrases["whole"].find(words)
    kind = _kind_of(table, found) if found else None
    if (
        kind is None
        or ("*" not in words and len(text) > SHORT * 2)
        or _is_sentence_of_another(text, words, table, found)
    ):
        return None
    return Reading(kind, confidence=0.95, is_doubtful=_is_heading(table, kind, words), is_call=True)


def _is_sentence_of_another(text: str, words: Tokens, table: Lexicon, found: int) -> bool:
    """Tell whether a phrase with words of any sort in it goes on as prose does."""
    if words in table.phrases["whole"].exact:
        return False
    return text.endswith(_CALL_ENDS) or not table.speech.isdisjoint(words) or "," in text or not found


def _is_heading(table: Lexicon, kind: str, words: Tokens) -> bool:
    return bool(table.phrases["heading"].exact.get(words, 0) & table.bits[kind])


def _as_label(table: Lexicon, text: str, words: Tokens) -> Reading | None:
    arrow = ARROW.fullmatch(text)
    if arrow and is_headline(arrow["rest"]):
        return Reading("read_more", "labelled", 0.85, is_call=True)
    if table.phrases["label"].find(words) & table.bits["read_more"]:
        is_weak = bool(table.phrases["weak"].exact.get(words, 0) & table.bits["read_more"])
        return Reading("read_more", "head", 0.9, is_doubtful=is_weak and text[-1] not in ":：", is_call=True)
    match = LABEL.fullmatch(text)
    return _as_labelled(table, match["label"], match["rest"]) if match else None


def _as_labelled(table: Lexicon, label: str, rest: str) -> Reading | None:
    words = table.split(label)
    bits = table.bits["read_more"]
    is_weak = bool(table.phrases["weak"].exact.get(words, 0) & bits)
    if not words or not (is_weak or table.phrases["label"].find(words) & bits):
        return None
    is_bar = label != rest and not label.isupper()
    if is_headline(rest):
        is_plain = is_weak and not label.isupper() and words not in table.phrases["label"].exact
        return Reading("read_more", "labelled", 0.45 if is_plain and is_bar else 0.9, is_call=True)
    if not is_weak and len(rest) <= SHORT and table.speech.isdisjoint(table.split(rest)) and len(words) > 1:
        return Reading("read_more", "labelled", 0.8, is_call=True)
    return None


def is_headline(text: str) -> bool:
    """Tell whether a line is shaped as a headline is: short, capital first, without a full stop."""
    if not 3 < len(text) <= 160 or text[-1] in ".,;:。、；：" or text[0].islower():
        return False
    return len(text.split()) >= 2 or bool(_CASELESS.search(text))


def _as_mixture(table: Lexicon, text: str, words: Tokens) -> Reading | None:
    whole = table.at_home(words)
    cores = table.cores(words) if whole or len(words) >= 4 else 0
    if not cores:
        return None
    if whole & cores:
        kind = _kind_of(table, whole & cores)
        if kind and len(words) <= MAX_WORDS.get(kind, 20) and _is_call(table, kind, text, words):
            is_call = bool(table.phrases["open"].begins(words) & table.bits[kind])
            return Reading(kind, confidence=0.92, is_doubtful=_is_heading(table, kind, words), is_call=is_call)
    return _as_call(table, text, words, cores)


def _is_call(table: Lexicon, kind: str, text: str, words: Tokens) -> bool:
    """Tell whether a line of a kind's words is no sentence of an article: those speak of others, and end in a stop."""
    if not text.endswith(_CALL_ENDS):
        return (
            len(words) <= 12
            or not table.we.isdisjoint(words)
            or not table.you.isdisjoint(words)
            or _opens(table, kind, words)
        )
    if not table.speech.isdisjoint(words):
        return False
    if kind in ("ad_marker", "share_row") or _opens(table, kind, words):
        return len(words) > 1
    return not table.we.isdisjoint(words) or not table.you.isdisjoint(words) or kind == "comments" or _says_this(words)


_THIS = frozenset(
    "this dieser diese dieses cet cette este esta questo questa dit deze deze эта этот ta ten bu "
    "هذا هذه 本 この 이".split()
)


def _says_this(words: Tokens) -> bool:
    return bool(_THIS & set(words[:2]))


def _opens(table: Lexicon, kind: str, words: Tokens) -> bool:
    return bool(table.phrases["open"].begins(words) & table.bits[kind])


_CALLS = ("paywall", "cookie", "newsletter", "comments")


def _as_call(table: Lexicon, text: str, words: Tokens, cores: int) -> Reading | None:
    """Return a call to the reader with a few words of its own: the name of a newsletter, what a cookie is for."""
    if not table.speech.isdisjoint(words) or (any(mark in text for mark in _QUOTES[:3]) and "Accept" not in text):
        return None
    for kind in _CALLS:
        bits = cores & table.bits[kind]
        if bits and len(words) <= MAX_WORDS[kind] and _score(table, kind, bits, text, words) >= 1:
            return Reading(kind, confidence=0.8, is_call=_opens(table, kind, words))
    return None


def _score(table: Lexicon, kind: str, bits: int, text: str, words: Tokens) -> float:
    known = [word for word in words if word not in _names(text)] if kind == "newsletter" else words
    share = table.share(known, bits) if known else 0.0
    if share < 0.7:
        return 0.0
    has_we, has_you = not table.we.isdisjoint(words), not table.you.isdisjoint(words)
    is_open, has_stop = _opens(table, kind, words), text.endswith(_CALL_ENDS)
    has_offer = bool(table.phrases["offer"].exact) and any(
        table.phrases["offer"].exact.get((word,), 0) & bits for word in words
    )
    if not is_open and not has_we:
        return 0.0
    if kind == "newsletter" and has_stop and not has_offer:
        return 0.0
    return share + 0.15 * is_open + 0.1 * has_we + 0.1 * has_you + 0.1 * (not has_stop) + 0.1 * has_offer


def _names(text: str) -> frozenset[str]:
    """Return the words that are capitalised within a text, folded: the name of a newsletter, say."""
    found = re.findall(r"\b[^\W\d_a-z]\w+", text.partition(" ")[2])
    return frozenset(lexicon().split(" ".join(found))) if found and not text.isupper() else frozenset()


def is_button_of_any(line: Short) -> bool:
    """Tell whether a line may be a button or field of some kind."""
    return bool(lexicon().phrases["button"].find(line.words))


def is_button(line: Short, kind: str) -> bool:
    """Tell whether a line may be a button or field of a kind, beside others."""
    table = lexicon()
    return bool(table.phrases["button"].find(line.words) & table.bits[kind])


def is_telling_button(line: Short, kind: str) -> bool:
    """Tell whether a button is one of this kind alone, not one that stands anywhere (OK, Close)."""
    table = lexicon()
    return not table.phrases["weak"].exact.get(line.words, 0) & table.bits[kind]


def is_tag(line: Short) -> bool:
    """Tell whether a line may stand below the head of a newsletter's box: what it brings, or what one agrees to."""
    table = lexicon()
    words, bits = line.words, table.bits["newsletter"]
    if not 2 <= len(words) <= 24 or not table.speech.isdisjoint(words) or line.text[0] in _QUOTES:
        return False
    return table.share(words, bits) >= 0.7 and len({w for w in words if w != NUMBER}) > 1


def cores_of(words: Sequence[str], kind: str) -> frozenset[str]:
    """Return the words of a line that say by themselves that it is of a kind."""
    table = lexicon()
    return frozenset(word for word in words if table.core.get(word, 0) & table.bits[kind])
