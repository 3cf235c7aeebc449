"""From a page's bytes to text: which declaration is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.decode_html import codec_of, decode_html
from copydesk.errors import BinaryInput

RUSSIAN = "Лампа на маяке снова горит, сообщил смотритель. Зимой она погасла, и никто не знал почему."
JAPANESE = "灯台のランプが再び点灯したと管理人が語った。冬の間は消えていて、誰も理由を知らなかった。"
KOREAN = "등대의 등이 다시 켜졌다고 관리인이 말했다. 겨울 동안 꺼져 있었고 아무도 이유를 몰랐다."
CHINESE = "灯塔的灯又亮了，看守人说。整个冬天它都是灭的，没有人知道为什么。"
GERMAN = "Die Lampe leuchtet wieder – „nach der Prüfung“, sagt der Wärter der Größe nach."
POLISH = "Latarnia znów świeci, powiedział strażnik. Zimą zgasła i nikt nie wiedział, dlaczego żarówka."


@pytest.mark.parametrize(
    ("head", "text", "sent", "believed"),
    [
        ("<meta charset=windows-1251>", RUSSIAN, "cp1251", "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', RUSSIAN, "koi8-r", "koi8-r"),
        ('<?xml version="1.0" encoding="Shift_JIS"?>', JAPANESE, "cp932", "cp932"),
        ("<meta charset=gb2312>", CHINESE, "gb18030", "gb18030"),
        ("<meta charset=euc-kr>", KOREAN, "cp949", "cp949"),
        ("<meta charset=big5>", "燈塔的燈又亮了", "big5", "big5hkscs"),
        ("<meta charset=iso-8859-1>", GERMAN, "cp1252", "cp1252"),
        ("<meta charset=iso-8859-1>", GERMAN, "utf-8", "utf-8"),
        ("<meta charset=utf-16>", GERMAN, "utf-8", "utf-8"),
        ("<html lang=ru><meta charset=utf-8>", RUSSIAN, "cp1251", "cp1251"),
        ("<html lang=ru><meta charset=iso-8859-1>", RUSSIAN, "koi8-r", "koi8-r"),
        ("<html lang=pl><meta charset=iso-8859-1>", POLISH, "cp1250", "cp1250"),
        ("<html>", RUSSIAN, "koi8-r", "koi8-r"),
        ("<html>", JAPANESE, "euc-jp", "euc-jp"),
        ("<html lang=ko>", KOREAN, "cp949", "cp949"),
        ("<html lang=de>", GERMAN, "cp1252", "cp1252"),
        ("<html>", GERMAN, "cp1252", "cp1252"),
        (" " * 2000 + "<meta charset=windows-1251>", RUSSIAN, "cp1251", "cp1251"),
    ],
)
def test_the_bytes_decide_between_declarations(head: str, text: str, sent: str, believed: str) -> None:
    """A declaration that fits is believed; one that the bytes refute is not."""
    decoded, how = decode_html(head.encode() + text.encode(sent))
    assert (decoded, how.encoding, how.replaced) == (head + text, believed, 0)


def test_the_header_comes_first_and_the_reason_says_what_was_not_believed() -> None:
    """HTTP before meta; wrong claims are named."""
    data = b"<meta charset=koi8-r>" + RUSSIAN.encode("cp1251")
    assert decode_html(data, "windows-1251")[1].reason == "the HTTP header says"
    how = decode_html(b"<meta charset=klingon>" + GERMAN.encode("cp1252"), "utf-8")[1]
    assert how.encoding == "cp1252"
    assert "not utf-8 as the HTTP header says" in how.reason
    assert "no encoding is called 'klingon'" in how.reason
    assert decode_html(b"\xef\xbb\xbf<meta charset=koi8-r>" + RUSSIAN.encode())[1].reason == "byte order mark"


def test_labels_are_those_of_the_web() -> None:
    """Latin-1 means Windows-1252, and codecs that are no encodings of documents have no label."""
    assert [codec_of(label) for label in ("latin1", "GB2312", "sjis", "hex", "idna", "")] == [
        *("cp1252", "gb18030", "cp932", None, None, None)
    ]


@given(
    st.sampled_from((b"", b"<meta charset=", b"<html lang=ja>", b"\xff\xfe")),
    st.binary(max_size=80),
    st.sampled_from((None, "utf-8", "shift_jis", "x", "utf-7")),
)
def test_no_bytes_make_it_stumble(head: bytes, data: bytes, declared: str | None) -> None:
    """Any bytes are read, or refused as no text; what comes out can be stored."""
    try:
        text, _ = decode_html(head + data, declared)
    except BinaryInput:
        return
    assert text.encode("utf-8").decode("utf-8") == text
