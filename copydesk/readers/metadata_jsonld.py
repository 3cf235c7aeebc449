"""Linked data in a page (JSON-LD): its objects, read even where they are broken, and the one that is the article."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence

Json = Mapping[str, "Value"]
Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]

MAX_LENGTH = 2_000_000
"""Characters of one script that are looked at. Articles with their whole text in it stay below 200,000."""
MAX_OBJECTS = 400
_OPENING = re.compile(r"(?:<!--|(?:/[/*]\s*)?<!\[CDATA\[(?:\s*\*/)?)\s*")
_CLOSING = ("-->", "]]>", "//", "/*", "*/", ";")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrt]|u[0-9A-Fa-f]{4})")
_PROPERTY = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated)"\s*:\s*"((?:[^"\\\n]|\\.){1,400})"',
)
_DECODER = json.JSONDecoder(strict=False)
_OTHERS = frozenset(
    "comment itemListElement hasPart review reviews relatedLink isPartOf mentions citation video audio image "
    "associatedMedia isBasedOn liveBlogUpdate blogPost potentialAction publisher author creator about step "
    "acceptedAnswer suggestedAnswer".split()
)
"""Properties whose values are other things than the page: related articles, parts of it, persons."""
_ARTICLE = re.compile(
    r"(?:Article|Posting|Report|Review|Recipe|HowTo|NewsStory|BlogPost|Newsletter|Essay|LegislationObject)$"
)
_PAGE = frozenset(
    "WebPage ItemPage AboutPage FAQPage QAPage MedicalWebPage CreativeWork VideoObject Book Course".split()
)


def read_objects(scripts: Sequence[str]) -> list[Json]:
    r"""Return the objects of a page's linked data that stand for the page or its article, flat, in order.

    Mended are comments around the data, control characters, commas too many, wrong escapes and several objects in a
    row; of data broken beyond that, headline and dates are read where they stand alone. Left out: objects within
    properties that name other things (comments, related articles, parts).

    >>> [thing["@type"] for thing in read_objects(['{"@type":"Article","headline":"A",}{"@type":"Person"}'])]
    ['Article', 'Person']
    """
    found: list[Json] = []
    for script in scripts:
        pending: list[Value] = list(_values(script[:MAX_LENGTH]))[::-1]
        while pending and len(found) < MAX_OBJECTS:
            value = pending.pop()
            if isinstance(value, list):
                pending += value[::-1]
            elif isinstance(value, dict):
                found.append(value)
                inner = [v for key, v in value.items() if key not in _OTHERS and isinstance(v, (dict, list))]
                pending += inner[::-1]
    return found


def _values(script: str) -> Iterator[Value]:
    text = _unwrapped(script)
    for is_mended in (False, True):
        source = _BAD_ESCAPE.sub(r"\\\\", _TRAILING_COMMA.sub("", text)) if is_mended else text
        found, is_whole = _decode_all(source)
        if is_whole:
            yield from found
            return
    yield from found
    loose: dict[str, Value] = {}
    for match in _PROPERTY.finditer(text):
        loose.setdefault(match[1], match[2].replace('\\"', '"').replace("\\/", "/"))
    if loose and not found:
        yield {"@type": "Article", **loose}


def _unwrapped(script: str) -> str:
    """Take off what hid data from old browsers: comments and CDATA marks around it."""
    text = script.strip()
    while opening := _OPENING.match(text):
        text = text[opening.end() :]
    while text.endswith(_CLOSING):
        for mark in _CLOSING:
            text = text.removesuffix(mark).rstrip()
    return text


def _decode_all(text: str) -> tuple[list[Value], bool]:
    """Return the values that stand in a row in a text, and whether nothing else does."""
    found: list[Value] = []
    position, end = 0, len(text)
    while position < end:
        try:
            value, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            return found, False
        found.append(value)
        while position < end and text[position] in " \t\r\n,;":
            position += 1
    return found, True


def types_of(thing: Json) -> list[str]:
    """Return the types of an object, without the vocabulary's address."""
    kinds = thing.get("@type")
    return [str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind]


def is_article(thing: Json) -> bool:
    """Tell whether an object is an article, by its type."""
    return any(_ARTICLE.search(kind) for kind in types_of(thing))


def is_page(thing: Json) -> bool:
    """Tell whether an object is the page as a whole, or a work that a page can be about."""
    return not _PAGE.isdisjoint(types_of(thing))


def find_article(things: Sequence[Json], addresses: Sequence[str]) -> Json | None:
    """Return the object that is the page's article; None when there is none.

    Of several articles it is the one with the page's address, then the first with a date, then the first. Without any
    article, the first that stands for the page and has a date.
    """
    articles = [thing for thing in things if is_article(thing)]
    if len(articles) > 1:
        wanted = {_bare(address) for address in addresses}
        own = [thing for thing in articles if wanted & {_bare(address) for address in addresses_of(thing)}]
        dated = [thing for thing in own or articles if thing.get("datePublished")]
        return (dated or own or articles)[0]
    pages = [thing for thing in things if is_page(thing) and thing.get("datePublished")]
    return next(iter(articles or pages), None)


def addresses_of(thing: Json) -> Iterator[str]:
    """Yield the addresses that an object gives for itself."""
    for key in ("url", "@id", "mainEntityOfPage"):
        value = thing.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value:
            yield value


def _bare(address: str) -> str:
    return (
        address.split("#", maxsplit=1)[0]
        .split("?", maxsplit=1)[0]
        .rstrip("/")
        .split("//")[-1]
        .removeprefix("www.")
        .lower()
    )


def texts_of(value: Value) -> Iterator[str]:
    """Yield the texts in a value: itself, its items, or what its objects are called."""
    pending = [value]
    while pending:
        item = pending.pop(0)
        if isinstance(item, str):
            text = " ".join(html.unescape(item).split()) if "&" in item else " ".join(item.split())
            if text:
                yield text
        elif isinstance(item, list):
            pending[:0] = item[:MAX_OBJECTS]
        elif isinstance(item, dict):
            pending.insert(0, item.get("name") or item.get("@value") or item.get("headline"))


def first_text(value: Value) -> str | None:
    """Return the first text in a value; None when there is none."""
    return next(texts_of(value), None)
