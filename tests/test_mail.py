"""Messages and web archives: which part is read, and what the headers say."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk.errors import CopydeskError, UnsupportedInput
from copydesk.readers.mail import open_mail
from copydesk.readers.mail_signs import is_mail

HEADERS = (
    "From: =?utf-8?q?Ida_Holm?= <ida@isle.example>\r\nSubject: =?utf-8?b?TGFtcGUgYnJlbm50?=\r\n"
    "Date: Sun, 14 Mar 2021 08:30:00 +0100\r\nMIME-Version: 1.0\r\n"
)
BOTH = (
    HEADERS + 'Content-Type: multipart/alternative; boundary="x"\r\n\r\n'
    "--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nIt rained.\r\n"
    "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "<p>It =C3=9F rained.</p>\r\n--x--\r\n"
)
ARCHIVE = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://isle.example/lamp\r\nSubject: Lamp\r\n"
    "Date: Sun, 14 Mar 2021 08:30:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; "
    'boundary="x"\r\n\r\n'
    "--x\r\nContent-Type: text/html\r\nContent-Location: https://isle.example/lamp\r\n\r\n<h1>Lamp</h1>\r\n"
    "--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--x--\r\n"
)


def test_the_html_part_is_read_and_the_headers_speak() -> None:
    """HTML before plain text; names and dates of the headers, decoded."""
    part = open_mail(BOTH.encode())
    assert (part.format, part.charset, part.content.strip().decode()) == ("html", "utf-8", "<p>It ß rained.</p>")
    assert [(c.name, c.value) for c in part.candidates] == [
        ("title", "Lampe brennt"),
        ("author", "Ida Holm"),
        ("published", "Sun, 14 Mar 2021 08:30:00 +0100"),
    ]


def test_a_web_archive_has_an_address_but_no_author() -> None:
    """Who saved it, and when, is not who wrote it."""
    part = open_mail(ARCHIVE.encode())
    assert (part.url, part.is_archive, [c.name for c in part.candidates]) == (
        "https://isle.example/lamp",
        True,
        ["title"],
    )


def test_a_plain_message_becomes_an_article() -> None:
    """Its text goes the way of pasted text."""
    source = (
        HEADERS
        + "Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: base64\r\n\r\n8NLJ18XUIQ==\r\n"
    )
    article = copydesk.clean(copydesk.read(source.encode(), format="mail"))
    assert (article.text, article.title) == ("Привет!", "Lampe brennt")
    assert [person.name for person in article.authors] == ["Ida Holm"]
    assert article.published
    assert article.published.isoformat() == "2021-03-14T08:30:00+01:00"


@pytest.mark.parametrize(
    ("data", "is_message"),
    [
        (BOTH, True),
        (ARCHIVE, True),
        ("From ida Sun Mar 14\n" + HEADERS.replace("\r", "") + "\nText", True),
        ("Subject: Lamp\nDate: Monday\n\nText", False),
        ("Note: one\nAlso: two\n\nMIME-Version: 1.0", False),
        ("<html>", False),
        ("", False),
    ],
)
def test_messages_are_told_from_texts(data: str, is_message: bool) -> None:  # noqa: FBT001 - a case's expectation
    """By header lines that only messages have."""
    assert is_mail(data.encode()) is is_message


def test_without_text_there_is_advice() -> None:
    """A message of pictures alone is refused in words."""
    with pytest.raises(UnsupportedInput) as caught:
        open_mail(b"MIME-Version: 1.0\nContent-Type: image/png\n\nAAAA")
    assert caught.value.advice


@given(
    st.lists(
        st.sampled_from(
            (
                *(
                    "From: ",
                    "=?utf-8?q?=ZZ?=",
                    "=?x?b?A?=",
                    "\n",
                    "Content-Type: multipart/mixed; boundary=x",
                    "--x",
                    "Date: ",
                    "é",
                ),
                *(
                    "Content-Type: text/html; charset=\x00",
                    "Content-Transfer-Encoding: base64",
                    "A",
                    "Content-Location: http://[",
                ),
            )
        ),
        max_size=30,
    )
)
def test_no_message_makes_it_stumble(pieces: list[str]) -> None:
    """Any headers and parts give a part or an error in words."""
    with suppress(CopydeskError):
        open_mail("".join(pieces).encode())
