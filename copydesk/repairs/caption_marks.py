"""What marks a caption without a name: what it is called, where people stand in it, its number, a sign."""

from __future__ import annotations

import re
from functools import cache

from copydesk.repairs.name_shapes import has_given_name, is_agency, is_person
from copydesk.tables import pattern_of, phrases

MAX_OF = 120
"""Characters of a line that is said to be a picture of something."""
MAX_OPENED = 300
MIN_WORDS = 3
"""What stands before a name behind a stroke or sign: fewer words are no caption."""
_TELLS = re.compile(r"\b(?:was|were|is|are|has|had|fue|era|war|wurde|a été|est|è|foi|werd|shows how|that)\b")
_SIGN = re.compile(r"[▲△▼▽↑⬆📷📸🎥]\ufe0f?\s?[^\W\d]|(?i:enlarge)\s?/\s?\S|[（(][CcＣ][）)]\s?[^\W\d]{2,12}$")
_TAKEN = re.compile(
    r"\b[Ii]n\s(?:this|an?)\s(?:[A-Z][\w.]*\s\d{1,2},\s\d{4},?\s)?(?:[\w-]+\s){0,3}"
    r"(?:photo|photograph|image|picture|grab|still|frame|combo|combination)\s"
    r"(?:taken|released|provided|made|dated|issued|supplied|obtained|from\s(?:video|\d))\b"
    r"|^In\sthis\s(?:[\w,.]+\s){1,6}(?:photo|photograph|image|picture|grab|still),\s"
)
_PLACED = re.compile(
    r"\((?:pictured|left|right|cent(?:re|er)|middle|far\s(?:left|right)|(?:second|third)\s(?:from\s)?(?:left|right)|[LRC]|links|"
    r"rechts|à\s(?:gauche|droite)|izq(?:uierda|\.)|der(?:echa|\.)|sinistra|destra|al\scentro|à\s(?:esquerda|direita))\)"
    r"|,\s(?:pictured|seen\shere|shown\shere|shown\sabove)\s(?:in|on|at|with|left|right|above|below|here|last|during)\b"
)
_BESIDE = re.compile(
    r"[^\W\d_a-z][\w.'’-]+(?:,\s|\s\()(?:(?:far|second\sfrom|third\sfrom)\s)?(?:left|right|cent(?:er|re))(?:,|\)|\sand\b)"
)
"""Where somebody stands in a picture, in the sentence that tells what it shows."""
_INNER_STOP = re.compile(r"(?<=[^\W_]{3})[.!?]\s")
_CAPITALS = re.compile(
    r"(?<=[^\W\d_A-Z.!?…])[.!?]?\s(?P<names>[^\W\d_a-zß-ÿ][^\W\d_a-zß-ÿ.'’-]+(?:\s[^\W\d_a-zß-ÿ][^\W\d_a-zß-ÿ.'’-]+){1,3})$"
)
"""A photographer's name in capitals behind a sentence."""
_STROKED = re.compile(r"\s/\s(?P<names>[^/|.]{5,40})$")
_SIGNED_EAST = re.compile("^[\u3400-\u9fff]{2,6}\\s?(?:[摄攝]|撮影|提供|写す)$")
MAX_BESIDE = 220
_FIGURE = re.compile(
    r"(?:fig(?:ure)?s?|abb(?:ildung)?|figura|figuur|afbeelding|rys(?:unek)?|obr|рис(?:унок)?|şekil|grafik|graphique|"
    r"图|圖|図|그림|الشكل)[.]?\s?\d{1,3}[a-z]?\s?[.:：–—-]\s*\S",
    re.IGNORECASE,
)
_EASTERN_END = re.compile(
    r"[（(【\[](?:[^（()）】\]]{0,14}(?:资料图片?|資料圖片?|資料照片?|示意图|示意圖|档案图片?|檔案照片?|截图|截圖|合成图|配图|"
    r"提供|供图|撮影|資料写真|資料|時事|共同|자료사진|자료|제공|캡처)|[^（()）】\]]{1,12}[／/]?[摄攝])[)）】\]]。?$"
    r"|(?:记者|記者|社|通讯员)[^。，]{0,6}[摄攝][。]?$|[＝=][^。、＝=]{2,14}(?:撮影|提供|写す)$"
)
IN_CAPTIONS = frozenset(
    "left right center centre pictured seen shown grab still frame combo combination fig figs figures abb abbildung "
    "figura figuur afbeelding "
    "rys rysunek obr рис рисунок şekil grafik graphique".split()
)
"""Words of which one stands in each caption that is known by the patterns here and has no sign, lower case."""
_TAILED = re.compile(r"(?<=[.!?…])\s?/\s?(?P<names>[^/.]{2,40})$|\s©\s?(?P<owner>[^©\d.]{3,50})$")


@cache
def _plain() -> re.Pattern[str]:
    """Return the pattern of a picture's name and no more: "Handout photo", "Photo supplied", "Symbolbild"."""
    kind, picture, given, whole = (pattern_of("credits.tsv", role) for role in ("kind", "picture", "given", "whole"))
    given = rf"(?:has been\s+)?(?:{given})"
    return re.compile(
        rf"(?:(?:{kind}|{given})[\s-]+(?:{picture})|(?:{picture})\s*[:：]?\s*(?:{given})|(?:{whole}))", re.IGNORECASE
    )


@cache
def _of() -> re.Pattern[str]:
    """Return the pattern of a line that says what a picture is of: "A file photo of the harbour"."""
    kind, of = pattern_of("credits.tsv", "kind"), pattern_of("credits.tsv", "picture_of")
    return re.compile(
        rf"(?:(?:an?\s+)?(?:{kind})\s+(?:photo|photograph|image|picture)\s+(?:of|from|showing)|(?:an?\s+)?(?:{of}))\s.{{3,{MAX_OF}}}",
        re.IGNORECASE,
    )


@cache
def _standing() -> re.Pattern[str]:
    return re.compile(rf"[(\[]?(?:{pattern_of('credits.tsv', 'standing')})\s?[):：]+\s*\S", re.IGNORECASE)


@cache
def nameless() -> frozenset[str]:
    """Return what stands for a name in a credit, lower case: "supplied", "privat", "DR"."""
    return frozenset(words.lower() for words in phrases("credits.tsv", "given", "nameless"))


def is_plain(text: str) -> bool:
    """Tell whether a text names a picture's kind and nothing else.

    >>> is_plain("Handout photo"), is_plain("Photo finish")
    (True, False)
    """
    return len(text) < MAX_OF and _plain().fullmatch(text) is not None


def is_standing(text: str) -> bool:
    """Tell whether a line opens with where people stand in a picture: "From left: ..."."""
    return _standing().match(text) is not None


def is_opened(text: str) -> bool:
    """Tell whether a line opens as captions do: with a number, a sign, or where people stand in it."""
    if len(text) > MAX_OPENED:
        return False
    if _FIGURE.match(text) or _TAKEN.search(text) or _SIGN.match(text) or is_standing(text):
        return True
    return _of().fullmatch(text) is not None and not _TELLS.search(text)


def is_closed(text: str) -> bool:
    """Tell whether a line closes as captions do: with a photographer's name or agency that nothing else leads up to.

    >>> is_closed("The mayor opens the bridge © Ida Holm"), is_closed("He sold it to Anna Lund")
    (True, False)
    """
    if _EASTERN_END.search(text) or (_PLACED.search(text) and text[-1] not in '.?!"”:' and len(text) < MAX_OPENED):
        return True
    if _SIGNED_EAST.match(text) or _shows(text):
        return True
    pattern = _CAPITALS if text[-2:].isupper() else _STROKED if " / " in text[-50:] else None
    signed = pattern.search(text, max(0, len(text) - 60)) if pattern and not text.isupper() else None
    if signed and len(text[: signed.start("names")].split()) > MIN_WORDS:
        name = signed["names"].title() if signed["names"].isupper() else signed["names"]
        if is_person(name) and has_given_name(name):
            return True
    tailed = _TAILED.search(text, max(0, len(text) - 60))
    if tailed and len(text[: tailed.start()].split()) >= MIN_WORDS:
        names = (tailed["names"] or tailed["owner"]).strip()
        return is_agency(names) or is_person(names.title() if names.isupper() else names)
    return _is_in_brackets(text)


def _shows(text: str) -> bool:
    """Tell whether one sentence says where somebody stands in a picture."""
    return len(text) < MAX_BESIDE and _BESIDE.search(text) is not None and not _INNER_STOP.search(text)


def _is_in_brackets(text: str) -> bool:
    """Tell whether one sentence without its full stop ends in somebody's name or an agency's in brackets."""
    head, _, inner = text.rpartition("(")
    if text[-1] != ")" or not head or len(inner) > MAX_OF // 2 or head.rstrip()[-1:] in ".!?…" or ". " in head:
        return False
    name = inner[:-1].strip()
    return is_agency(name) or (is_person(name) and has_given_name(name))
