"""How a message is told from a text, without the library that reads messages."""

from __future__ import annotations

import re

HEAD = 4096
"""Bytes in which the headers that tell a message are looked for."""
_HEADERS = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?"
    rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|\Z)){2,}(?P<end>\r?\n|\Z)?"
)
_TELLING = re.compile(
    rb"^(?:MIME-Version:\s*\d|Message-ID:\s*<|Received:\s*(?:from|by)\s|Return-Path:\s*<|Snapshot-Content-Location:\s*\w+:)",
    re.IGNORECASE | re.MULTILINE,
)


def is_mail(source: bytes | str) -> bool:
    r"""Tell whether a source begins like a message: header lines, one of which only messages have, and a blank line.

    >>> is_mail(b"Subject: Harbour\nMIME-Version: 1.0\n\nText"), is_mail(b"From: Ida\nDate: Monday\n\nText")
    (True, False)
    """
    head = source[:HEAD]
    data = head.encode("utf-8", "surrogatepass") if isinstance(head, str) else head
    headers = _HEADERS.match(data)
    if headers is None or _TELLING.search(headers.group()) is None:
        return False
    return headers["end"] is not None or len(source) > HEAD
