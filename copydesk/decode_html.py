"""From the bytes of a page to text: what pages and servers declare is a claim that the bytes can refute."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from copydesk.decode import decode, make_storable
from copydesk.document import Decoding

HEAD = 1024
"""Bytes in which a page must declare its encoding (HTML Standard, 4.2.5.4)."""
LATE_HEAD = 16 * 1024
"""Bytes in which declarations are looked for that come too late."""
SAMPLE = 64 * 1024
_LABELS = {
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "chinese", "csgb2312", "iso-ir-58"), "gb18030"),
    **dict.fromkeys(
        ("euc-kr", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "ksc_5601", "korean", "windows-949"), "cp949"
    ),
    **dict.fromkeys(
        ("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "ms932", "csshiftjis"), "cp932"
    ),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5", "csbig5"), "big5hkscs"),
    **dict.fromkeys(
        ("iso-8859-1", "latin1", "latin-1", "l1", "ascii", "us-ascii", "iso8859-1", "iso_8859-1"), "cp1252"
    ),
    **dict.fromkeys(("x-cp1252", "x-user-defined", "windows-1252", "cp819", "ansi_x3.4-1968"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "latin5", "l5", "iso8859-9"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620", "dos-874", "windows-874"), "cp874"),
    **dict.fromkeys(("iso-8859-8-i", "logical", "visual", "hebrew"), "iso8859-8"),
    **dict.fromkeys(("macintosh", "x-mac-roman", "mac"), "mac-roman"),
    **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), "mac-cyrillic"),
    **dict.fromkeys(("koi", "koi8", "koi8_r", "cskoi8r"), "koi8-r"),
    **dict.fromkeys(("koi8-ru",), "koi8-u"),
    **dict.fromkeys(("x-euc-jp", "cseucpkdfmtjapanese"), "euc-jp"),
    **dict.fromkeys(("x-cp1250",), "cp1250"),
    **dict.fromkeys(("x-cp1251",), "cp1251"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
}
"""Labels that mean another codec than Python's of that name (WHATWG Encoding Standard, 4.2). A page that declares
UTF-16 in letters of ASCII is none (HTML Standard, 13.2.3.2): UTF-8 is meant."""
_NO_ENCODINGS = frozenset(
    ("unicode-escape", "raw-unicode-escape", "idna", "punycode", "utf-7", "undefined", "mbcs", "oem")
)
_LANGUAGE = re.compile(rb"<html[^>]{0,400}?\blang\s*=\s*[\"']?([A-Za-z]{2})", re.IGNORECASE)
_GUESSES: dict[str, tuple[str, ...]] = {
    "ja": ("cp932", "euc-jp"),
    "ko": ("cp949",),
    "zh": ("gb18030", "big5hkscs"),
    "ru": ("cp1251", "koi8-r", "mac-cyrillic", "cp866"),
    "uk": ("cp1251", "koi8-u"),
    "bg": ("cp1251",),
    "el": ("cp1253",),
    "tr": ("cp1254",),
    "he": ("cp1255",),
    "ar": ("cp1256",),
    "fa": ("cp1256",),
    "vi": ("cp1258",),
    "th": ("cp874",),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro"), ("cp1250", "iso8859-2")),
    **dict.fromkeys(("lt", "lv", "et"), ("cp1257",)),
}
"""The legacy encodings of languages, the default of browsers first (HTML Standard, 13.2.3.2)."""
_ANY = ("cp1251", "koi8-r", "cp932", "euc-jp", "cp949", "gb18030", "big5hkscs")
"""What is tried where a page does not name its language."""
_USUAL = re.compile(
    "[а-яіїєґ\u3041-\u3096\u30a1-\u30fa\uac00-\ud7a3\u4e00-\u9fff\u0391-\u03ce\u05d0-\u05ea\u0621-\u064a\u0e01-\u0e5b"
    "ąćęłńóśźżčďěňřšťůžőűăâîșțáéíöüúýôäğıåõāēģīķļņūėįųàèìòùđơư、。，]"
)
_FREQUENT = re.compile(
    "[а-яіїєґ\u3041-\u3096\u30a1-\u30fa、。，이다는을의에가고하로지어를사기서한도나대리자시있해인아일수그정라"
    "的一是了不在有人中大为為个個上他这這国國我到们們說说要出就时時会會年地也那对對着著來来可发發没沒道]"
)
"""Cyrillic, kana, and the most frequent syllables of Korean and characters of Chinese: what a wrong guess does not
give."""
_UNUSUAL = re.compile(
    "[А-ЯІЇ]{2}|[а-я][А-Я]|[A-Za-z][\u0391-\u03ce\u0400-\u045f№±]|[\u0391-\u03ce\u0400-\u045f№±][A-Za-z]|[\u2500-\u25ff\uff61-\uff9f\ue000-\uf8ff\ufffd\x80-\x9f]"
)
MIN_USUAL = 0.6
MIN_FREQUENT = 0.25
"""Shares of the characters beyond ASCII that must be usual (in the page's language) or frequent (where it names
none)."""


def decode_html(data: bytes, declared: str | None = None) -> tuple[str, Decoding]:
    """Return the text of a page's bytes and how it was read.

    In this order: a byte order mark; what the HTTP header says; what the page declares; valid UTF-8; the legacy
    encodings of the page's language, then of others. A declaration that the bytes refute is not believed, and the
    reason says so: an encoding of one byte a character is refuted by valid UTF-8, any other by bytes that do not fit.

    Args:
        data: the bytes as received.
        declared: the charset of the HTTP header, if there was one.

    >>> decode_html("<meta charset=latin1>Größe".encode())[1]
    Decoding(encoding='utf-8', reason='valid UTF-8; not cp1252 as the page declares', replaced=0)

    Raises:
        BinaryInput: the bytes are no text.

    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in data[:HEAD]:
        return decode(data, declared)
    refuted: list[str] = []
    is_utf8 = _strictly(data, "utf-8") is not None and not data.isascii()
    for label, place in _claims(data, declared):
        name = codec_of(label)
        if name is None:
            refuted.append(f"no encoding is called {label[:40]!r} as {place}")
        elif (is_utf8 and _is_one_byte(name)) or (text := _strictly(data, name)) is None:
            refuted.append(f"not {name} as {place}")
        elif not (_is_one_byte(name) and (guess := _guess(data, name))):
            return _decoding(text, name, place, refuted)
        else:
            refuted.append(f"not {name} as {place}")
            return _decoding(data.decode(guess, "replace"), guess, "letters of a language that uses it", refuted)
    if not is_utf8 and not data.isascii() and (guess := _guess(data, None)):
        return _decoding(data.decode(guess, "replace"), guess, "letters of a language that uses it", refuted)
    text, how = decode(data)
    return text, how._replace(reason="; ".join((how.reason, *refuted)))


def codec_of(label: str) -> str | None:
    """Return Python's codec for an encoding's label as pages use it; None when there is none for documents.

    >>> codec_of("ISO-8859-1"), codec_of(" gb2312 "), codec_of("x-klingon")
    ('cp1252', 'gb18030', None)
    """
    bare = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_LABELS.get(bare, bare)).name
        "".encode(name)
    except (ValueError, LookupError):  # LookupError: none, or none of text
        return None
    return None if name in _NO_ENCODINGS else _LABELS.get(name, name)


def _claims(data: bytes, declared: str | None) -> Iterator[tuple[str, str]]:
    from bs4.dammit import EncodingDetector  # noqa: PLC0415 - 40 ms that plain text need not pay

    if declared:
        yield declared, "the HTTP header says"
    for size, place in ((HEAD, "the page declares"), (LATE_HEAD, "the page declares, late")):
        found = EncodingDetector.find_declared_encoding(data[:size], is_html=True, search_entire_document=True)
        if found:
            yield found, place
            return


def _decoding(text: str, name: str, reason: str, refuted: list[str]) -> tuple[str, Decoding]:
    stored, replaced = make_storable(text)
    return stored, Decoding(name, "; ".join((reason, *refuted)), replaced + text.count("\ufffd"))


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _is_one_byte(name: str) -> bool:
    return name.startswith(("cp125", "iso8859", "koi8", "mac-", "cp874", "cp866"))


def _guess(data: bytes, instead_of: str | None) -> str | None:
    """Return the legacy encoding in which the bytes make words; None where the declared or Western one may do too."""
    language = _LANGUAGE.search(data[:LATE_HEAD])
    own = _GUESSES.get(language[1].decode("ascii").lower(), ()) if language else ()
    if (language or instead_of) and not own:
        return None
    if instead_of is not None and instead_of != "cp1252":
        return None  # only what programs declare by themselves is doubted
    usual = _USUAL if own else _FREQUENT
    best = max((_share(data[:SAMPLE], name, usual), -i, name) for i, name in enumerate(own or _ANY))
    return best[2] if best[0] >= (MIN_USUAL if own or _is_one_byte(best[2]) else MIN_FREQUENT) else None


def _share(sample: bytes, name: str, usual: re.Pattern[str]) -> float:
    """Return the share of letters beyond ASCII that are usual ones, less those that stand where none would."""
    try:
        text = codecs.getincrementaldecoder(name)("strict").decode(sample)
    except UnicodeError:
        return 0.0
    beyond = sum(not character.isascii() for character in text)
    return (len(usual.findall(text)) - 2 * len(_UNUSUAL.findall(text))) / beyond if beyond else 0.0
