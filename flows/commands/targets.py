"""What a command is about: a file (or stdin), or a document of the warehouse by its id."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from copydesk.article import Article
from copydesk.errors import CopydeskError
from flows.facts import extract_facts
from flows.inputs import STDIN, clean_file
from flows.roots import Root

_ID = re.compile(r"[0-9a-f]{4}[0-9a-f-]{,32}")
"""A document id or its beginning, as ``copydesk run`` and ``copydesk status`` print it."""
_FACT_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
"""A fact's id, whole, as the warehouse has it."""


@dataclass(frozen=True, slots=True)
class Target:
    """An article, and the document that it is in the warehouse, if it comes from there."""

    article: Article
    document_id: str | None = None


def find_target(target: str, root: Root) -> Target:
    """Return the article of a file, or of a document in the warehouse.

    Raises:
        CopydeskError: it is neither, or the id's beginning is shared by several documents.

    """
    if target == STDIN or os.path.lexists(target):
        return Target(clean_file(target, root.options))
    if not _ID.fullmatch(target.lower()):
        raise CopydeskError("there is no such file, and no document with this id.", advice="", source=target)
    from warehouse.stored import stored_article  # noqa: PLC0415 - a file needs no duckdb

    document_id, article = stored_article(root.warehouse, target.lower())
    return Target(article, document_id)


def find_fact_id(target: str, root: Root) -> tuple[Article, str] | None:
    """Return the article and the name (``dates.2``) of a fact in the warehouse; None where no fact has this id.

    Raises:
        CopydeskError: the fact is there, but the rules of today do not find it any more.

    """
    if target == STDIN or os.path.lexists(target) or not _FACT_ID.fullmatch(target.lower()):
        return None
    from warehouse.stored import stored_article, stored_fact  # noqa: PLC0415 - a file needs no duckdb

    stored = stored_fact(root.warehouse, target.lower())
    if stored is None:
        return None
    _, article = stored_article(root.warehouse, stored.document_id)
    found = getattr(extract_facts(article, root.options), stored.table)
    for number, fact in enumerate(found, 1):
        if (fact.rule, fact.place.field.value, fact.place.start, fact.place.end) == stored.place:
            return article, f"{stored.table}.{number}"
    advice = "Run `copydesk run` to derive the article anew."
    raise CopydeskError("the rules of today do not find this fact.", advice=advice, source=target)
