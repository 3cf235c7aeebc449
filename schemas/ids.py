"""Ids that follow from what they name: the same input gives the same ids on every machine.

An id is a UUID of version 8 (RFC 9562: custom) whose other bits are the first of the SHA-256 of its parts. Each part is
written as its length in characters, a colon and its text, so that no two lists of parts read the same; None is ``-``.
"""

from __future__ import annotations

from hashlib import sha256

_VARIANT = "89ab" * 4


def make_id(*parts: object) -> str:
    """Return the id that belongs to some parts.

    >>> make_id("document", "https://example.org/a")
    'ebe4eb06-dd6d-87f2-9759-e55f52e74c2b'
    >>> make_id("a", "bc") == make_id("ab", "c")
    False
    """
    written = "".join(["-" if part is None else f"{len(text := str(part))}:{text}" for part in parts])
    h = sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{h[:8]}-{h[8:12]}-8{h[13:16]}-{_VARIANT[int(h[16], 16)]}{h[17:20]}-{h[20:32]}"


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hex."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def source_id(name: str) -> str:
    """Return the id of a source."""
    return make_id("source", name)


def document_id(source: str, path: str | None, url: str | None, canonical_url: str | None = None) -> str:
    """Return the id of a document: by its address where it has one, or else by its source and path.

    Raises:
        ValueError: neither an address nor a path.

    """
    address = canonical_url or url
    if address:
        return make_id("document", address)
    if path is None:
        raise ValueError("a capture needs a URL or a path")
    return make_id("document", source, path)


def capture_id(document: str, digest: str, previous: str | None) -> str:
    """Return the id of a capture; that of the capture before it tells A -> B -> A apart without a clock."""
    return make_id("capture", document, digest, previous)


def version_id(document: str, opening_capture: str) -> str:
    """Return the id of a version."""
    return make_id("version", document, opening_capture)


def derivation_id(version: str, ruleset: str, decisions: str) -> str:
    """Return the id of what one ruleset and the decisions of people make of a version."""
    return make_id("derivation", version, ruleset, decisions)
