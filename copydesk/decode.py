"""From bytes to text: the encoding that was used, and why it was believed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from copydesk.document import Decoding
from copydesk.errors import BinaryInput

REPLACEMENT = "\ufffd"
NUL_MARK = "\ufffe"

_BOMS = (  # the longer ones first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (  # the first bytes of formats that people drop in by mistake; from the formats' specifications
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"BZh", "bzip2 data"),
    (b"ID3", "an audio file"),
)
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252"}
_ESCAPES = "unicode-escape", "raw-unicode-escape", "idna", "punycode", "utf-7"
"""Codecs of Python's that are no encodings of documents (the Encoding Standard names none of them)."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")
_NOT_ASCII = bytes(range(0x80, 0x100))
_SAMPLE = 64 * 1024
_MAX_CONTROL = 0.02
"""Share of control bytes above which bytes are no text in any encoding that ASCII is part of."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, Decoding]:
    """Return the text of some bytes and how it was read; line ends stay as they are.

    In this order: a byte order mark, a declared encoding that fits, UTF-8, UTF-16 without a mark, UTF-8 with a few
    bytes of Windows-1252 in it, and Windows-1252. Characters that no store takes are replaced one for one.

    >>> decode("naïve".encode("utf-8")), decode("naïve".encode("cp1252"))[1].encoding
    (('naïve', Decoding(encoding='utf-8', reason='valid UTF-8', replaced=0)), 'cp1252')

    Raises:
        BinaryInput: the bytes are no text.

    """
    text, encoding, reason, broken = next(_readings(data, declared))
    text, replaced = make_storable(text)
    return text, Decoding(encoding, reason, replaced + broken)


def make_storable(text: str) -> tuple[str, int]:
    r"""Replace NUL and lone surrogates, which no store takes, one for one; return the text and their number.

    NUL, which carries nothing, becomes U+FFFE, a code point that never stands for a character (repairs drop it); half a
    surrogate pair becomes U+FFFD, which says that a character was here.

    >>> make_storable("a\x00b\ud83d")
    ('a\ufffeb\ufffd', 2)
    """
    if _is_storable(text):  # at C speed: the pattern takes 20 ms a MB
        return text, 0
    return _UNSTORABLE.subn(lambda match: NUL_MARK if match.group() == "\x00" else REPLACEMENT, text)


def _is_storable(text: str) -> bool:
    """Tell whether a text has no NUL and no half of a surrogate pair."""
    try:
        return b"\0" not in text.encode()  # in bytes it is looked for at ten times the speed
    except UnicodeEncodeError:
        return False


def _readings(data: bytes, declared: str | None) -> Iterator[tuple[str, str, str, int]]:
    """Yield (text, encoding, reason, bytes replaced), the most believable first; the last always succeeds."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, _HANDLER if encoding == "utf-8-sig" else "replace")
            yield text, encoding, "byte order mark", text.count(REPLACEMENT)
    _refuse_known_binary(data)
    if declared and (fitting := _declared(data, declared)):
        yield fitting
    wide = _wide_encoding(data)
    if wide and (unmarked := _strictly(data, wide)) is not None:
        yield unmarked, wide, "a NUL in every other byte", 0
    _refuse_control(data)
    if (valid := _strictly(data, "utf-8")) is not None:
        yield valid, "utf-8", "valid UTF-8", 0
    yield _legacy(data)


def _declared(data: bytes, declared: str) -> tuple[str, str, str, int] | None:
    """Read bytes as declared, if they fit.

    Declared Latin-1 and ASCII mean Windows-1252 (WHATWG Encoding Standard, 4.2). Any bytes fit an encoding of one byte
    a character, so such a declaration says less than UTF-8 that is valid beyond ASCII.
    """
    try:
        name = codecs.lookup(declared.strip()).name
        if name in _ESCAPES:
            return None
        name = _MEANT.get(name, name)
        text = data.decode(name)
    except (ValueError, LookupError):  # LookupError: no such encoding, or none of text
        return None
    if len(text) == len(data) and not data.isascii() and _strictly(data, "utf-8") is not None:
        return None
    return text, name, "declared", 0


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide_encoding(data: bytes) -> str | None:
    """Return UTF-16 of either byte order when nearly every other byte is NUL, as with Latin text."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.9 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if half and sample[::2].count(0) > 0.9 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _legacy(data: bytes) -> tuple[str, str, str, int]:
    """Read bytes that are not UTF-8: a text with a few foreign bytes, or Windows-1252 throughout."""
    strange = len(data) - len(data.translate(None, _NOT_ASCII))
    foreign = len(data) - len(data.decode("utf-8", "ignore").encode("utf-8"))
    if foreign < strange / 2:
        handled = data.decode("utf-8", _HANDLER)
        return handled, "utf-8", "UTF-8 with bytes of Windows-1252 in it", handled.count(REPLACEMENT)
    text = data.decode("cp1252", "replace")
    return text, "cp1252", "not valid UTF-8", text.count(REPLACEMENT)


def _foreign_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    broken = error.object[error.start : error.end]
    if len(broken) > 1 and error.end == len(error.object):  # the last character is cut off
        return REPLACEMENT, error.end
    return broken.decode("cp1252", "replace"), error.end


_HANDLER = "copydesk-windows-1252"
codecs.register_error(_HANDLER, _foreign_byte)


def _refuse_known_binary(data: bytes) -> None:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise BinaryInput(f"this is {name}, not text.", advice="Save it as text or HTML first.")


def _refuse_control(data: bytes) -> None:
    sample = data[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _MAX_CONTROL * len(sample) + 1:
        raise BinaryInput("these bytes are not text.", advice="Save it as text or HTML first.")
