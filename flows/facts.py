"""The facts of an article, with the pipeline that the settings name."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING, Any

from copydesk.errors import CopydeskError
from copydesk.extract import extract

if TYPE_CHECKING:
    from copydesk.article import Article
    from copydesk.config import Options
    from copydesk.facts import Facts


def extract_facts(article: Article, options: Options) -> Facts:
    """Return the facts of an article; names too that a spaCy pipeline finds, if the settings name one.

    Raises:
        CopydeskError: spaCy or the pipeline is not there.

    """
    if options.spacy is None:
        return extract(article)
    from copydesk.extract.pipelines import find_names_with  # noqa: PLC0415 - for those alone who have a pipeline

    return extract(article, names=(find_names_with(_load(options.spacy)),))


def version_of_pipeline(options: Options) -> str:
    """Return name and version of the pipeline that the settings name; nothing where they name none.

    Raises:
        CopydeskError: spaCy or the pipeline is not there.

    """
    if options.spacy is None:
        return ""
    meta = _load(options.spacy).meta
    return f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')}"


@cache
def _load(name: str) -> Any:  # noqa: ANN401 - spaCy is not there to be named
    try:
        spacy = importlib.import_module("spacy")
    except ImportError as error:
        advice = "Run `pip install copydesk[spacy]`, or take facts.spacy out of copydesk.toml."
        raise CopydeskError("spaCy is not installed.", advice=advice, source=name) from error
    try:
        return spacy.blank(name.removeprefix("blank:")) if name.startswith("blank:") else spacy.load(name)
    except (OSError, ImportError) as error:
        advice = f"Install it (`python -m spacy download {name}`), or name another under facts.spacy."
        raise CopydeskError("there is no such spaCy pipeline.", advice=advice, source=name) from error
