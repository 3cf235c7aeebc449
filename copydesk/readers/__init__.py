"""Readers: one input format a module, each from a source to a ``Document``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from copydesk.config import Options
from copydesk.decode import decode, make_storable
from copydesk.decode_html import decode_html
from copydesk.document import Decoding, Document
from copydesk.errors import EmptyInput, InputTooLarge, UnsupportedInput
from copydesk.readers import text as text_reader
from copydesk.readers.mail_signs import is_mail

Reader = Callable[[str, Decoding | None, str | None, Options], Document]


def _read_text(text: str, decoding: Decoding | None, url: str | None, _: Options) -> Document:
    return text_reader.read_text(text, decoding, url)


def _read_html(text: str, decoding: Decoding | None, url: str | None, options: Options) -> Document:
    from copydesk.readers.html_page import read_html  # noqa: PLC0415 - a parser and a model that texts need not pay

    return read_html(text, decoding, url, options)


READERS: Mapping[str, Reader] = {"text": _read_text, "html": _read_html}
"""By format. A new reader is a new file and a line here."""
MAIL = "mail"
"""The format of messages and web archives: the part that is the article is read by the reader of its own format."""
_DECLARING = frozenset(("html",))
"""Formats whose text declares the encoding of its bytes."""
AUTO = "auto"
"""Find out: a page or a message if it begins like one, else text."""
_PAGE = re.compile(
    r"\ufeff?\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--(?:(?!-->).){0,2000}-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096
"""Bytes in which a page must have begun."""
_CONTENT = re.compile("[^\\s\x01-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2060\ufeff\ufffd\ufffe]")
"""A character that shows. The last two stand for what could not be read."""


def read(
    source: str | bytes,
    *,
    format: str = AUTO,  # noqa: A002 - the field's word
    url: str | None = None,
    declared_encoding: str | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
) -> Document:
    """Return the document in some text or bytes.

    Args:
        source: the text, or its bytes as received.
        format: which reader: ``text`` for pasted or plain text, ``html``, ``mail``; ``auto`` takes what begins like a
            page or like a message for one, and everything else for text.
        url: where it was fetched, if anywhere.
        declared_encoding: what a header or the user says of the bytes.
        options: the limits, and what is known of sites.

    Raises:
        EmptyInput: there is nothing in it but white space.
        InputTooLarge: more than ``options.max_bytes`` bytes (or characters).
        BinaryInput: the bytes are not text.
        UnsupportedInput: no reader for this format.

    """
    if len(source) > options.max_bytes:
        limit = options.max_bytes / 2**20
        raise InputTooLarge(
            f"this is larger than {limit:.0f} MB.", advice="Split it into articles, or raise the limit with --max-mb."
        )
    if format in (MAIL, AUTO) and is_page(source):
        format = "html"  # noqa: A001 - as above; a page that is called a web archive is a page
    elif format == AUTO:
        format = MAIL if is_mail(source) else "text"  # noqa: A001
    if format == MAIL:
        return _read_mail(
            source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass"), url, options
        )
    reader = READERS.get(format)
    if reader is None:
        known = ", ".join(sorted((*READERS, MAIL)))
        raise UnsupportedInput(f"there is no reader for {format}.", advice=f"There are: {known}.")
    if isinstance(source, bytes):
        text, decoding = (decode_html if format in _DECLARING else decode)(source, declared_encoding)
    else:
        text, replaced = make_storable(source)
        decoding = Decoding("str", "text was given", replaced)
    if not _CONTENT.search(text):
        raise EmptyInput("there is no text in it.", advice="Check that it was saved or copied in full.")
    return reader(text, decoding, url, options)


def is_page(source: str | bytes) -> bool:
    """Tell whether a source begins like a page; the markup that leaks into a pasted text does not make it one.

    >>> is_page("<!doctype html><p>Lamp"), is_page(b"<p>Lamp</p>"), is_page("The <html> tag")
    (True, False, False)
    """
    head = source[:_HEAD]
    text = head if isinstance(head, str) else head.replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe")
    return _PAGE.match(text) is not None


def _read_mail(data: bytes, url: str | None, options: Options) -> Document:
    """Return the document in a message; its headers speak first, unless it is a saved page."""
    from copydesk.readers.mail import open_mail  # noqa: PLC0415 - 35 ms that other formats need not pay

    part = open_mail(data)
    document = read(
        part.content, format=part.format, url=url or part.url, declared_encoding=part.charset, options=options
    )
    own, said = document.candidates, part.candidates
    return replace(document, candidates=(*own, *said) if part.is_archive else (*said, *own))
