"""Saved messages (.eml) and web archives (.mhtml): the one part that is the article, and what the headers say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import NamedTuple

from copydesk.document import Candidate
from copydesk.errors import UnsupportedInput

MAX_PARTS = 2000
_TEXTS = frozenset(("text/html", "text/plain", "application/xhtml+xml"))
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


class Part(NamedTuple):
    """The part of a message that is the article.

    Attributes:
        content: its bytes, transfer encoding undone.
        format: ``html`` or ``text``.
        charset: what its header declares; None when it declares nothing.
        url: the address that it was saved from; None when not known.
        candidates: what the headers of the message say.
        is_archive: it is a saved web page: what it says itself comes before what the headers say.

    """

    content: bytes
    format: str
    charset: str | None
    url: str | None
    candidates: tuple[Candidate, ...]
    is_archive: bool


def open_mail(data: bytes) -> Part:
    r"""Return the part of a message that is the article: the first HTML part, or else the first of plain text.

    Left alone: attachments, and what other messages a message forwards, where it has a text of its own.

    >>> part = open_mail(b"Subject: Harbour\nFrom: Ida Holm <i@example.org>\nMIME-Version: 1.0\n\nIt rained.")
    >>> part.content, [candidate.value for candidate in part.candidates]
    (b'It rained.', ['Harbour', 'Ida Holm'])

    Raises:
        UnsupportedInput: there is no text in it.

    """
    try:
        message = message_from_bytes(data)
        parts = list(_text_parts(message))
    except (RecursionError, MessageError) as error:
        raise _no_text() from error
    chosen = next((part for part in parts if part.get_content_subtype() in ("html", "xhtml+xml")), None)
    chosen = chosen or next(iter(parts), None)
    content = chosen.get_payload(decode=True) if chosen is not None else None
    if chosen is None or not isinstance(content, bytes):
        raise _no_text()
    url = _location(message, chosen)
    is_archive = url is not None or message.get_content_type() == "multipart/related"
    is_html = chosen.get_content_subtype() != "plain"
    said = tuple(_said(message, is_archive=is_archive))
    return Part(content, "html" if is_html else "text", _charset(chosen), url, said, is_archive)


def _no_text() -> UnsupportedInput:
    return UnsupportedInput("there is no text part in this message.", advice="Save the page or the message as HTML.")


def _text_parts(message: Message) -> Iterator[Message]:
    """Yield the parts of HTML and of plain text that are no attachments, in order, without recursion."""
    pending: list[Message] = [message]
    for _ in range(MAX_PARTS):
        if not pending:
            return
        part = pending.pop()
        if part.is_multipart():
            inner = part.get_payload()
            pending += [p for p in inner if isinstance(p, Message)][::-1] if isinstance(inner, list) else []
        elif part.get_content_type() in _TEXTS and part.get_content_disposition() != "attachment":
            yield part


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, ValueError):
        return None


def _location(message: Message, part: Message) -> str | None:
    for given in (
        part.get("Content-Location"),
        message.get("Snapshot-Content-Location"),
        message.get("Content-Location"),
    ):
        if given and _ADDRESS.fullmatch(str(given).strip()):
            return str(given).strip()
    return None


def _said(message: Message, *, is_archive: bool) -> Iterator[Candidate]:
    """Yield what the headers say.

    Those of a web archive name the program that saved it, and when: no author, no date.
    """
    subject = _header(message, "Subject")
    if subject:
        yield Candidate("title", subject, "Subject")
    if is_archive:
        return
    name, _ = parseaddr(_header(message, "From"))
    if name and "@" not in name:
        yield Candidate("author", name, "From")
    date = _header(message, "Date")
    if date:
        yield Candidate("published", date, "Date")
    site = _header(message, "List-Id").split("<")[0].strip(' "')
    if site:
        yield Candidate("site", site, "List-Id")


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    try:
        decoded = str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        decoded = str(value)
    return " ".join(decoded.split())
