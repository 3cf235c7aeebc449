"""From bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.decode import decode, make_storable
from copydesk.errors import BinaryInput

WORDS = "“Größe” – naïve café"


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding"),
    [
        pytest.param(WORDS.encode(), None, WORDS, "utf-8", id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + WORDS.encode(), None, WORDS, "utf-8-sig", id="utf-8 with a mark"),
        pytest.param(b"\xef\xbb\xbfit\x92s", None, "it’s", "utf-8-sig", id="a mark and a foreign byte"),
        pytest.param(WORDS.encode("utf-16"), None, WORDS, "utf-16", id="utf-16 with a mark"),
        pytest.param("plain text".encode("utf-16-be"), None, "plain text", "utf-16-be", id="utf-16 without a mark"),
        pytest.param(WORDS.encode("utf-32"), None, WORDS, "utf-32", id="utf-32"),
        pytest.param(WORDS.encode("cp1252"), None, WORDS, "cp1252", id="Windows-1252, not declared"),
        pytest.param(WORDS.encode("cp1252"), "iso-8859-1", WORDS, "cp1252", id="Latin-1 declared, Windows-1252 meant"),
        pytest.param(WORDS.encode(), "latin-1", WORDS, "utf-8", id="Latin-1 declared, UTF-8 sent"),
        pytest.param("Привет".encode("koi8-r"), "KOI8-R", "Привет", "koi8-r", id="one byte a character, declared"),
        pytest.param("联通".encode("gbk"), "gbk", "联通", "gbk", id="declared, and by chance valid UTF-8"),
        pytest.param("写真".encode("shift_jis"), "shift_jis", "写真", "shift_jis", id="two bytes, declared"),
        pytest.param(WORDS.encode(), "no-such-encoding", WORDS, "utf-8", id="unknown declaration"),
        pytest.param(WORDS.encode(), "a\x00b", WORDS, "utf-8", id="senseless declaration"),
        pytest.param(b"a" * 80 + b"\xc3\xa9", "idna", "a" * 80 + "é", "utf-8", id="a codec that is no encoding"),
        pytest.param(b"C:\\new", "unicode_escape", "C:\\new", "utf-8", id="a codec that reads escapes"),
        pytest.param(b"na\xc3\xafve caf\xc3\xa9 it\x92s", None, "naïve café it’s", "utf-8", id="a foreign byte"),
        pytest.param("😀 😀 😀".encode() + b" it\x92s", None, "😀 😀 😀 it’s", "utf-8", id="emoji and a foreign byte"),
        pytest.param("naïve café –".encode()[:-1], None, "naïve café \ufffd", "utf-8", id="cut off in a character"),
        pytest.param(
            "naïve café ".encode() + b"caf\xe9", None, "naïve café café", "utf-8", id="foreign byte at the end"
        ),
        pytest.param(b"a\r\nb\rc\n", None, "a\r\nb\rc\n", "utf-8", id="line ends stay"),
        pytest.param(b"", None, "", "utf-8", id="nothing"),
    ],
)
def test_bytes_become_the_text_that_was_meant(data: bytes, declared: str | None, text: str, encoding: str) -> None:
    """The right encoding is found, and said."""
    decoded, how = decode(data, declared)
    assert (decoded, how.encoding) == (text, encoding)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"%PDF-1.7 ...", id="PDF"),
        pytest.param(b"PK\x03\x04rest", id="ZIP"),
        pytest.param(bytes(range(32)) * 40, id="control codes"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(data: bytes) -> None:
    """Pictures, archives and the like are no articles."""
    with pytest.raises(BinaryInput) as caught:
        decode(data)
    assert caught.value.advice


def test_what_no_store_takes_is_replaced_one_for_one() -> None:
    """Offsets stay, and the number is noted."""
    assert make_storable("a\x00b\ud83dc\udc00") == ("a\ufffeb\ufffdc\ufffd", 3)
    assert decode(b"a\x00b")[1].replaced == 1


@given(st.binary(max_size=200), st.sampled_from((None, "latin-1", "utf-8", "utf-16", "gb18030", "hex", "")))
def test_no_bytes_make_it_stumble(data: bytes, declared: str | None) -> None:
    """Any bytes are read, or refused as no text; what comes out can be stored."""
    try:
        text, _ = decode(data, declared)
    except BinaryInput:
        return
    assert text.encode("utf-8").decode("utf-8") == text
    assert "\x00" not in text
