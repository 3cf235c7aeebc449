"""From a cleaned article to its facts.

An extractor is one function in one module: ``find_x(reading, found) -> findings``. It reads the texts (``Reading``, cut
into sentences and tokens once for all) and may build on what the extractors before it found. A new one is a new file
and a line in ``extractors``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

from copydesk.article import Article, FieldName
from copydesk.extract.found import Finding, Found
from copydesk.extract.languages import ENGLISH, language_of
from copydesk.extract.reading import Reading
from copydesk.facts import FACT_KINDS, Fact, Facts

Extractor = Callable[[Reading, Found], Iterable[Finding]]


@cache
def extractors(*names: Extractor) -> Sequence[Extractor]:
    """Return the extractors in their order: later ones build on earlier ones; ``names`` stand behind those of names.

    They are imported when the first article is read: cleaning a text needs none of their tables.
    """
    # ruff: noqa: PLC0415
    from copydesk.extract.claims import find_claims
    from copydesk.extract.dates import find_dates
    from copydesk.extract.events import find_events
    from copydesk.extract.mentions import find_mentions
    from copydesk.extract.officeholders import find_officeholders
    from copydesk.extract.quantities import find_quantities
    from copydesk.extract.quotes import find_quotes
    from copydesk.extract.relations import find_relations

    return (
        find_dates,
        find_mentions,
        *names,
        find_quantities,
        find_officeholders,
        find_relations,
        find_quotes,
        find_claims,
        find_events,
    )


@cache
def foreign_extractors(language: str) -> Sequence[Extractor]:
    """Return the extractors for a language other than English: dates and figures where their rules are known."""
    from copydesk.extract.foreign import find_foreign_dates, find_foreign_quantities, has_rules

    return (find_foreign_dates, find_foreign_quantities) if has_rules(language) else ()


def _not_supported(language: str) -> tuple[str, ...]:
    """Return the kinds of facts that are not read in a language."""
    known = {"dates", "quantities"} if foreign_extractors(language) else set()
    return tuple(kind for kind in FACT_KINDS if kind not in known)


def extract(article: Article, names: Sequence[Extractor] = ()) -> Facts:
    """Return the facts of an article, from its body and its fields, each kind in text order (the body first).

    Args:
        article: what ``clean`` made.
        names: more extractors of names (``copydesk.extract.pipelines``); the facts that build on names build on theirs.

    """
    reading, found = Reading.of(article), Found()
    language = language_of(article.text) or (article.language or "").partition("-")[0].lower() or None
    is_foreign = language not in (None, ENGLISH)
    reading = replace(reading, language=language)
    for find in foreign_extractors(language or "") if is_foreign else extractors(*names):
        found.add(list(find(reading, found)))
    return Facts(
        entities=tuple(found.entities[key] for key in sorted(found.entities)),
        mentions=_in_text_order(found.mentions),
        dates=_in_text_order(found.dates),
        quantities=_in_text_order(found.quantities),
        officeholders=_in_text_order(found.officeholders),
        events=_in_text_order(found.events),
        relations=_in_text_order(found.relations),
        quotes=_in_text_order(found.quotes),
        claims=_in_text_order(found.claims),
        language=language,
        not_supported=_not_supported(language or "") if is_foreign else (),
    )


_ORDER = {name: index for index, name in enumerate(FieldName)}
_F = TypeVar("_F", bound=Fact)


def _in_text_order(facts: list[_F]) -> tuple[_F, ...]:
    return tuple(sorted(facts, key=lambda fact: (_ORDER[fact.place.field], fact.place[1:])))
