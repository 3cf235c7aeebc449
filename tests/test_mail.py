"""Messages and web archives: which part is read, and what the headers say."""

from __future__ import annotations

from contextlib import suppress
from html import unescape
from pathlib import Path
from quopri import encodestring

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk.config import Options, SiteRules
from copydesk.errors import CopydeskError, UnsupportedInput
from copydesk.readers.mail import open_mail
from copydesk.readers.mail_signs import is_mail
from copydesk.render import article_to_json
from flows.inputs import clean_file
from flows.roots import Root
from flows.steps import ingest_paths

FERRY = (Path(__file__).parent / "pages" / "ferry.html").read_text(encoding="utf-8")
TITLE = "Ferry to Skarvik runs late for a third week"

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
        (HEADERS.replace("\r", ""), True),
        ("Return-Path: <a@isle.example>\n" + "X-Spam: no\n" * 600 + "\nText", True),
        ("Subject: Lamp\nDate: Monday\n\nText", False),
        ("From: Ida Holm\nSent: Monday, 4 March 2024\nTo: all\nSubject: Lamp\n\nThe lamp is on again.", False),
        ("From: the harbour\nTo: the isle\nReceived: 4 March 2024\nAccepted: 5 May 2024\n\nThe lamp.", False),
        ("Received: 4 March 2024\nMessage-ID: none\n\nThe lamp.", False),
        ("He wrote “From: Ida” on it.\n\nMIME-Version: 1.0\nMessage-ID: <a@b>\n\nText", False),
        ("Lamp: on\nMIME-Version: 1.0 is what the header says.\nThe lamp went dark in January.\n", False),
        ("Note: one\nAlso: two\n\nMIME-Version: 1.0", False),
        ("<html>", False),
        ("", False),
    ],
)
def test_messages_are_told_from_texts(data: str, is_message: bool) -> None:  # noqa: FBT001 - a case's expectation
    """By header lines that only messages have."""
    assert is_mail(data.encode()) is is_message


@pytest.mark.parametrize("source", [BOTH, BOTH.encode()])
def test_a_message_is_known_by_its_beginning(source: str | bytes) -> None:
    """Without a format, as bytes or as text; a page in it is read as a page."""
    document = copydesk.read(source)
    assert document.format == "html"
    assert document.candidates[0] == ("title", "Lampe brennt", "Subject")
    assert copydesk.read(BOTH, format="text").format == "text"


def archive(page: str, charset: str) -> bytes:
    """Return a page as browsers save it, its letters as the charset has them."""
    head = ARCHIVE.partition("<h1>")[0].replace(
        "Content-Type: text/html\r\n",
        f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: quoted-printable\r\n",
    )
    return head.encode() + encodestring(page.encode(charset)) + b"\r\n--x--\r\n"


def test_a_web_archive_is_read_as_the_page_that_was_saved(tmp_path: Path) -> None:
    """With its address, its encoding and its metadata; the rules of its site apply; the source is the page's."""
    page = FERRY.replace("Per Dahl", "Bjørn Åsen").replace("</head>", "<meta charset=x-unknown></head>")
    path = tmp_path / "ferry.mhtml"
    path.write_bytes(archive(page, "iso-8859-1"))
    article = clean_file(str(path), Options())
    assert article.document.url == "https://isle.example/lamp"
    assert (article.title, [person.name for person in article.authors]) == (TITLE, ["Ida Holm"])
    assert "said Bjørn Åsen, who takes the boat" in article.text
    row = article_to_json(article)
    assert article.document.source
    assert all(
        unescape(article.document.source[low:high]).split() == row["text"][start:end].split()
        for start, end, low, high in row["spans"]
    )
    rules = Options(sites=(SiteRules("isle.example", drop=("h2",)),))
    assert "A pump that nobody sells" not in clean_file(str(path), rules).text


@pytest.mark.parametrize("name", ["ferry.mht", "ferry.MHTML", "ferry.eml", "ferry", "ferry.txt"])
def test_messages_are_read_whatever_they_are_called(tmp_path: Path, name: str) -> None:
    """A name that tells the format, and a beginning that does."""
    path = tmp_path / name
    path.write_bytes(archive(FERRY.replace("&ldquo;", '"').replace("&rdquo;", '"').replace("©", "(c)"), "ascii"))
    assert clean_file(str(path), Options()).title == TITLE


def test_a_page_that_is_called_a_web_archive_is_a_page(tmp_path: Path) -> None:
    """Some programs save it so."""
    path = tmp_path / "ferry.mht"
    path.write_text(FERRY, encoding="utf-8")
    assert clean_file(str(path), Options()).title == TITLE


def test_messages_are_ingested(tmp_path: Path) -> None:
    """Archives and messages in a folder go into the warehouse as articles."""
    root = Root.find(tmp_path)
    root.make()
    (root.raw / "a.mhtml").write_bytes(archive(FERRY, "utf-8"))
    (root.raw / "b.eml").write_bytes(BOTH.replace("<p>It =C3=9F rained.</p>", FERRY.replace("=", "=3D")).encode())
    summary = ingest_paths([str(root.raw)], root)
    assert not summary.failures
    with duckdb.connect(str(root.warehouse), read_only=True) as connection:
        found = connection.execute("SELECT media_type FROM captures ORDER BY ALL").fetchall()
        titles = connection.execute(
            "SELECT title, text LIKE 'The morning ferry%' FROM articles ORDER BY ALL"
        ).fetchall()
    assert found == [("message/rfc822",), ("message/rfc822",)]
    assert titles == [(TITLE, True), ("Lampe brennt", True)]


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
