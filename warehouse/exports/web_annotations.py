"""W3C Web Annotations (JSON-LD) of edits and facts, beside the texts that they are about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from copydesk.document import Span
from copydesk.web_annotations import CONTEXT, annotate, annotate_place, places_in_clean_text
from schemas.replay import replay
from warehouse.exports.chosen import Chosen, Tell
from warehouse.exports.exported_articles import FACTS, ExportedArticle, Row, read_articles
from warehouse.exports.formats import Format
from warehouse.exports.markdown_files import file_name

COLLECTION = "collection.jsonld"
_MOTIVATIONS = {"mentions": "identifying"}
_TOLD_BY_TARGETS = frozenset(
    (
        *("document_id", "derivation_id", "field_id", "raw_start", "raw_end", "start_offset", "end_offset", "evidence"),
        *("is_exact", "sentence", "sentence_start", "removed", "view_start", "view_end"),
    )
)


def write_annotations(chosen: Chosen, place: Path, tell: Tell) -> None:
    """Write an AnnotationCollection, and for every article a page of annotations and the two texts.

    ``collection.jsonld`` leads to the first page, ``pages/NAME.jsonld`` to the next. Positions count in the texts,
    ``texts/NAME.received.txt`` and ``texts/NAME.clean.txt``: code points of the file as it is.
    """
    for folder in ("pages", "texts"):
        (place / folder).mkdir()
    first, total, last = None, 0, None
    articles = read_articles(chosen, "edits", *FACTS, "event_participants")
    for number, (article, following) in enumerate(pairwise(chain(articles, [None]))):
        assert article is not None  # noqa: S101 - None comes last
        name, items = file_name(article), list(_annotations(article))
        page = {
            "@context": CONTEXT,
            "id": f"{name}.jsonld",
            "type": "AnnotationPage",
            "partOf": f"../{COLLECTION}",
            "startIndex": total,
            **({"next": f"{file_name(following)}.jsonld"} if following else {}),
        }
        _write(place / "pages" / f"{name}.jsonld", _page(page, items))
        _write(place / "texts" / f"{name}.received.txt", article.head["base_text"])
        _write(place / "texts" / f"{name}.clean.txt", article.head["text"])
        first, last, total = first or name, name, total + len(items)
        tell(number + 1, chosen.count)
    ends = {"first": f"pages/{first}.jsonld", "last": f"pages/{last}.jsonld"} if first else {}
    collection = {"@context": CONTEXT, "id": COLLECTION, "type": "AnnotationCollection", "total": total, **ends}
    _write(place / COLLECTION, json.dumps(collection, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="") as out:
        out.write(text)


def _page(head: dict[str, Any], items: list[dict[str, Any]]) -> str:
    """Return a page with an annotation a line."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "items": [\n{lines}\n]}}\n'


def _annotations(article: ExportedArticle) -> Iterator[dict[str, Any]]:
    name, received, clean = file_name(article), article.head["base_text"], article.head["text"]
    in_received, in_clean = f"../texts/{name}.received.txt", f"../texts/{name}.clean.txt"
    edits = [{**row, "kept_fields": json.dumps(row["kept_fields"])} for row in article.rows["edits"]]
    shown = places_in_clean_text(replay(received, edits).flat())
    for row in article.rows["edits"]:
        targets = [annotate_place(in_received, received, Span(row["raw_start"], row["raw_end"]))]
        if row["seq"] in shown:
            targets.append(annotate_place(in_clean, clean, shown[row["seq"]]))
        bodies = (
            ("editing", row["replacement"]),
            ("tagging", row["kind"]),
            ("tagging", row["status"]),
            ("describing", row["reason"]),
        )
        yield annotate(f"urn:uuid:{row['edit_id']}", "editing", bodies, _said(row), targets)
    for table, row in article.facts:
        targets = [annotate_place(in_received, received, Span(row["raw_start"], row["raw_end"]))]
        if row["field"] == "body":
            targets.append(annotate_place(in_clean, clean, Span(row["start_offset"], row["end_offset"])))
        motivation = _MOTIVATIONS.get(table, "classifying")
        bodies = (("tagging", table), *((("identifying", row["entity_id"]),) if table == "mentions" else ()))
        yield annotate(f"urn:uuid:{row['fact_id']}", motivation, bodies, _said(row), targets)


def _said(row: Row) -> Row:
    """Return what a row says beside its words and their place."""
    said = {name: value for name, value in row.items() if name not in _TOLD_BY_TARGETS and value not in (None, [])}
    if "participants" in said:
        said["participants"] = [_said(participant) for participant in said["participants"]]
    return said


FORMAT = Format("annotations", is_folder=True, write=write_annotations)
