"""What a single short line says of itself: whether it belongs to the page, and to which part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from copydesk.repairs.insert_cues import cued_kind
from copydesk.repairs.insert_words import EAST_ASIAN, KINDS, Lexicon, Tokens, holds, kind_in, lexicon

MAX_LENGTH = 300
"""Characters of the longest line that is looked at."""
SENTENCE = 64
"""From this length on, what ends in a full stop is looked at only if a stem stands in it."""
SHORT = 90
"""Up to this length every line is read; longer ones only where a stem stands in them or a label before a headline."""
MAX_LINK_WORDS = 16
"""Words of a sentence that is a link to another story."""
ENOUGH = 1.05
MIN_SHARE = 0.7
"""Of the words of a call, how many must be of its kind."""
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
    *"cookie newsletter subscri inbox javascript privacy abonn nachrichten posteingang datenschutz navigateur".split(),
    *"confidentialit suscri privacidad iscri assin inscreva nieuwsbrief toestemming email e-mail comment".split(),
    *"advert sponsor anzeige article browser navegador".split(),
    *(
        "sign up",
        "your browser",
        "log in",
        "sign in",
        "free article",
        "personal data",
        "your device",
        "unlimited",
        " our ",
        " trial",
        "unlock",
        "member",
        "consent",
        "commission",
        "discussion",
        " your ",
    ),
)
_FOREIGN_STEMS = (
    *"çerez bülten соглас подпис рассыл конфиденц браузер ciaste prywatno الخصوصية ارتباط النشرة المشترك".split(),
    *"隐私 隱私 订阅 訂閱 浏览器 プライバシー クッキー 会員 購読 쿠키 구독 개인정보 boletín".split(),
)
LABEL = re.compile(r"(?P<label>[^:：|»>→►▶].{0,38}?)\s*(?:[:：|»→►▶]|>+|\s[–—-](?=\s))\s*(?P<rest>\S.*)", re.DOTALL)
"""A few words, a mark, and what stands behind it."""
_LABELS = re.compile(r"[:：|»→►▶>\]】］)）〉]|\s[–—-]\s")
"""One of these is in every line with a label."""
_ARROWS = ">»→►▶➤▸☞"
BRACKETED = re.compile(r"[\[【［(（〈<](?P<label>[^\]】］)）〉>]{1,20})[\]】］)）〉>]\s*(?P<rest>\S.*)", re.DOTALL)
"""A label in brackets, as East Asian papers set it."""
ARROW = re.compile(r"(?P<arrow>>>+|[»→►▶➤▸☞])\s*(?P<rest>\S.*)", re.DOTALL)
MIN_ARROW_WORDS = 3
BULLET = re.compile(r"(?:[-*•·‣◦▪–—]|\d{1,2}[.)])\s+(?=\S)")
_TAG_MARK = re.compile(r"[,;|•·#、，/]")
MAX_TAG_WORDS = 3
_MARKS = "-*•·–—"
"""What may stand on both sides of a marker: a line that begins with one alone is an item of a list."""
_QUOTED = re.compile(r">\s*\w")
_QUOTES = '"“”„«»‹›「」『』'
_STOPS = (".", "。", "।", "؟", "۔")
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
    size = len(text)
    if size > MAX_LENGTH:
        return False
    if size <= SHORT and (size < SENTENCE or text[-1] != "."):
        return True
    if ":" in text[:32] or "|" in text[:32] or text[0] in ">»→►▶➤":
        return True
    if text.isascii() and _first_word(text) not in _openers():
        return False
    folded = text.casefold()
    if any(map(folded.__contains__, _STEMS)):
        return True
    return not text.isascii() and any(map(folded.__contains__, _FOREIGN_STEMS))


def _first_word(text: str) -> str:
    return text.partition(" ")[0].strip('*(>,.:;!?"').partition("'")[0].lower()


@cache
def _openers() -> frozenset[str]:
    """Return the first words of calls, of a page's own phrases, and of those that it uses for itself."""
    table = lexicon()
    openers = {words[0] for role in ("open", "whole") for words in table.phrases[role].exact}
    openers |= {words[0] for role in ("sure", "cue") for words in table.phrases[role].exact}
    return frozenset(openers | table.we.keys() | table.phrases["whole"].wild.keys() | _THIS)


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


def _read(text: str, words: Tokens) -> Reading | None:
    table = lexicon()
    if text[0] in _QUOTES and text[0] != "»":
        return None
    if not words:
        return None
    if "\t" in text or _QUOTED.match(text) or (BULLET.match(text) and text[-1] not in _MARKS):
        return None  # a row of a table, an answer to a mail, an item of a list
    begins = table.may_begin(words) or text[0] in _ARROWS or (not text.isascii() and bool(EAST_ASIAN.search(text)))
    return (
        (_as_phrase(table, text, words) or _as_label(table, text, words) if begins else None)
        or (None if table.telling.isdisjoint(words) else _as_mixture(table, text, words))
        or (_as_link(table, text, words) if begins else None)
        or _as_cued(text, words)
    )


def _as_cued(text: str, words: Tokens) -> Reading | None:
    kind = cued_kind(text, words)
    if kind is None:
        return None
    is_open = bool(lexicon().phrases["open"].begins(words) & lexicon().bits[kind])
    return Reading(kind, "labelled" if kind == "read_more" else "line", 0.8, is_call=is_open)


def _as_phrase(table: Lexicon, text: str, words: Tokens) -> Reading | None:
    found = table.phrases["whole"].find(words)
    kind = kind_in(table, found) if found else None
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
    return text.endswith(_STOPS) or holds(words, table.speech, found) or "," in text


def _is_heading(table: Lexicon, kind: str, words: Tokens) -> bool:
    return bool(table.phrases["heading"].exact.get(words, 0) & table.bits[kind])


def _as_label(table: Lexicon, text: str, words: Tokens) -> Reading | None:
    arrow = ARROW.fullmatch(text) if text[0] in _ARROWS else None
    if arrow and is_headline(arrow["rest"]) and _is_linked(arrow["rest"]):
        return Reading("read_more", "labelled", 0.85, is_call=True)
    found = table.phrases["label"].find(words) & table.bits["read_more"]
    is_exact = bool(table.phrases["label"].exact.get(words, 0) & table.bits["read_more"])
    if found and not text[0].islower() and (is_exact or not holds(words, table.speech, found)):
        is_weak = bool(table.phrases["weak"].exact.get(words, 0) & table.bits["read_more"])
        return Reading("read_more", "head", 0.9, is_doubtful=is_weak and text[-1] not in ":：", is_call=True)
    match = (LABEL.fullmatch(text) or BRACKETED.fullmatch(text)) if _LABELS.search(text) else None
    return _as_labelled(table, match["label"], match["rest"]) if match else None


def _is_linked(text: str) -> bool:
    """Tell whether the words behind an arrow are the headline of another story: not a price, a command, a remark."""
    return len(text) <= SHORT and (len(text.split()) >= MIN_ARROW_WORDS or bool(_CASELESS.search(text)))


def _as_link(table: Lexicon, text: str, words: Tokens) -> Reading | None:
    """Return a sentence that sends the reader to another story; one with a full stop may be the writer's own."""
    if not 3 < len(words) <= MAX_LINK_WORDS or "," in text:
        return None
    bits = table.phrases["open"].begins(words) & table.bits["read_more"]
    if not bits or holds(words, table.speech, bits):
        return None
    return Reading("read_more", "labelled", 0.45 if text.endswith((*_STOPS, ":")) else 0.8, is_call=True)


def _as_labelled(table: Lexicon, label: str, rest: str) -> Reading | None:
    words = table.split(label)
    weak = table.phrases["weak"].exact.get(words, 0) & table.bits["read_more"]
    strong = table.phrases["label"].find(words) & table.bits["read_more"] if words else 0
    if not weak and not strong:
        return None
    if table.phrases["tagged"].exact.get(words, 0) & table.bits["read_more"] and _are_tags(rest):
        return Reading("read_more", "labelled", 0.85, is_call=True)
    if is_headline(rest):
        is_sure = strong or label.isupper()
        return Reading("read_more", "labelled", 0.9 if is_sure else 0.45, is_call=True)
    if not weak and len(words) > 1 and len(rest) <= SHORT and not holds(table.split(rest), table.speech, strong):
        return Reading("read_more", "labelled", 0.8 if label.isupper() else 0.45, is_call=True)
    return None


def _are_tags(text: str) -> bool:
    """Tell whether what stands behind a label is a list of subjects, of few words each."""
    tags = [tag.strip() for tag in _TAG_MARK.split(text.strip(" .#")) if tag.strip()]
    return bool(tags) and len(text) <= SHORT * 2 and all(len(tag.split()) <= MAX_TAG_WORDS for tag in tags)


def is_headline(text: str) -> bool:
    """Tell whether a line is shaped as a headline is: short, capital first, without a full stop."""
    if not 3 < len(text) <= 160 or text[-1] in ".,;:。、；：" or text[0].islower():
        return False
    return len(text.split()) >= 2 or bool(_CASELESS.search(text))


def _as_mixture(table: Lexicon, text: str, words: Tokens) -> Reading | None:
    if text[-1] in ":：":
        return None
    whole = table.at_home(words)
    if not whole and (len(words) < 4 or not _may_call(table, words)):
        return None
    cores = table.cores(words)
    if not cores:
        return None
    bits = whole & cores
    kind = kind_in(table, bits) if bits else None
    if kind and len(words) <= MAX_WORDS.get(kind, 20) and _is_call(table, bits & table.bits[kind], text, words):
        return Reading(
            kind, "line", 0.92, _is_heading(table, kind, words), _opens(table, bits & table.bits[kind], words)
        )
    return _as_call(table, text, words, cores)


def _may_call(table: Lexicon, words: Tokens) -> bool:
    return bool(table.phrases["open"].begins(words)) or any(word in table.we for word in words)


def _is_call(table: Lexicon, bits: int, text: str, words: Tokens) -> bool:
    """Tell whether a line of a kind's words is no sentence of an article: those speak of others, and end in a stop."""
    is_open = _opens(table, bits, words)
    is_ours = holds(words, table.we, bits) or holds(words, table.you, bits)
    if bits & table.bits["paywall"] and not (is_open or is_ours or not _THIS.isdisjoint(words[:4])):
        return False
    if not text.endswith(_STOPS):
        return len(words) <= 12 or is_ours or is_open
    if holds(words, table.speech, bits):
        return False
    is_this = not _THIS.isdisjoint(words[:4])
    kind = kind_in(table, bits)
    if kind == "ad_marker":
        return len(words) > 1
    if kind == "newsletter":
        return holds(words, table.we, bits) or _offers(table, bits, words)
    return is_this or is_ours or (is_open if kind != "comments" else len(words) > 2)


def _offers(table: Lexicon, bits: int, words: Tokens) -> bool:
    return any(table.phrases["offer"].exact.get((word,), 0) & bits for word in words)


_THIS = frozenset(
    "this dieser diese dieses cet cette este esta questo questa dit deze эта этот ta ten bu هذا هذه".split()
    + "本 本文 この この記事 当サイト 이 이기사".split()
)


def _opens(table: Lexicon, bits: int, words: Tokens) -> bool:
    return bool(table.phrases["open"].begins(words) & bits)


_CALLS = ("paywall", "cookie", "newsletter", "comments")


def _as_call(table: Lexicon, text: str, words: Tokens, cores: int) -> Reading | None:
    """Return a call to the reader with a few words of its own: the name of a newsletter, what a cookie is for."""
    for kind in _CALLS:
        bits = cores & table.bits[kind]
        if bits and len(words) <= MAX_WORDS[kind] * 2 // 3 and _score(table, kind, bits, text, words) >= ENOUGH:
            return Reading(kind, confidence=0.8, is_call=_opens(table, bits, words))
    return None


def _score(table: Lexicon, kind: str, bits: int, text: str, words: Tokens) -> float:
    """Return how much a line sounds like a call: from ``ENOUGH`` it is one.

    Words of the kind count most; then a beginning such as *sign up*, *we* and *you*, no full stop, something offered.
    """
    known = [word for word in words if word not in _names(text)] if kind == "newsletter" else words
    share, bits = table.share(known, bits)
    if share < MIN_SHARE or holds(words, table.speech, bits):
        return 0.0
    if kind == "newsletter" and holds(words, table.prose, bits):
        return 0.0
    has_we, has_you = holds(words, table.we, bits), holds(words, table.you, bits)
    is_open, has_stop = _opens(table, bits, words), text.endswith(_STOPS)
    has_offer = _offers(table, bits, words)
    if not is_open and not (has_we and kind in ("cookie", "comments")):
        return 0.0
    if kind in ("newsletter", "paywall") and not any(table.phrases["object"].exact.get((w,), 0) & bits for w in words):
        return 0.0
    if kind == "newsletter" and has_stop and not has_offer:
        return 0.0
    return share + 0.15 * is_open + 0.1 * (has_we + has_you + (not has_stop) + has_offer)


def _names(text: str) -> frozenset[str]:
    """Return the words that are capitalised within a text, folded: the name of a newsletter, say."""
    _, _, rest = text.partition(" ")
    found = re.findall(r"\b[^\W\d_a-z]\w+", rest)
    return frozenset(lexicon().split(" ".join(found))) if found and not text.isupper() else frozenset()


def button_kinds(line: Short) -> frozenset[str]:
    """Return the kinds of which a line may be a button or field, beside others."""
    return _kinds_of(lexicon().phrases["button"].find(line.words))


@cache
def _kinds_of(bits: int) -> frozenset[str]:
    return frozenset(kind for kind in KINDS if bits & lexicon().bits[kind])


def may_begin(line: Short) -> bool:
    """Tell whether an insert may begin with a line: by its own words, or as a button before others."""
    return read_line(line) is not None or bool(button_kinds(line))


def is_telling_button(line: Short, kind: str) -> bool:
    """Tell whether a button is one of this kind alone, not one that stands anywhere (OK, Close)."""
    table = lexicon()
    return not table.phrases["weak"].exact.get(line.words, 0) & table.bits[kind]


def is_tag(line: Short) -> bool:
    """Tell whether a line may stand below the head of a newsletter's box: what it brings, or what one agrees to."""
    table = lexicon()
    if not 2 <= len(line.words) <= 24 or line.text[0] in _QUOTES:
        return False
    share, bit = table.share(line.words, table.bits["newsletter"])
    return share >= MIN_SHARE and not holds(line.words, table.speech, bit)


def is_of_kind(line: Short, kind: str) -> bool:
    """Tell whether most words of a line are those of a kind, and none are reported speech."""
    table = lexicon()
    share, bit = table.share(line.words, table.bits[kind])
    return share >= MIN_SHARE and not holds(line.words, table.speech, bit)


def is_link(line: Short) -> bool:
    """Tell whether a label is a link by itself (Read more), and not the head of what stands below it."""
    return bool(lexicon().phrases["link"].find(line.words)) and line.text[-1] not in ":：" and not line.is_upper


def is_lone_head(line: Short) -> bool:
    """Tell whether a label is no heading of a section even where nothing stands below it: a link, or a page's phrase.

    >>> is_lone_head(short_of("You may also like")), is_lone_head(short_of("Related work"))
    (True, False)
    """
    lone = lexicon().phrases["lone"]
    if is_link(line) or line.words in lone.exact:
        return True
    return bool(lone.find(line.words)) and line.text.rsplit(maxsplit=1)[-1][0].isupper()


def cores_of(words: Sequence[str], kind: str) -> frozenset[str]:
    """Return the words of a line that say by themselves that it is of a kind."""
    table = lexicon()
    return frozenset(word for word in words if table.core.get(word, 0) & table.bits[kind])
