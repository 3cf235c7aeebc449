"""Markdown with front matter: a file an article, in a folder for each source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from copydesk.article import Moment
from copydesk.document import BlockKind
from copydesk.file_names import name_file
from copydesk.markdown_text import Part, write_front_matter, write_markdown
from schemas.ids import source_id
from warehouse.exports.chosen import Chosen, Tell
from warehouse.exports.exported_articles import ExportedArticle, Row, read_articles
from warehouse.exports.formats import Format

_ID = 13
"""Characters of a document's id (48 bits) that end a file's name: they tell articles of one day and title apart."""


def write_markdown_files(chosen: Chosen, place: Path, tell: Tell) -> None:
    """Write ``SOURCE/DAY-TITLE-ID.md`` for every article, of ASCII letters, digits and hyphens."""
    for number, article in enumerate(read_articles(chosen, "blocks", "paragraphs", "entities")):
        folder = place / (name_file(article.head["source"]) or name_file(source_id(article.head["source"])))
        folder.mkdir(exist_ok=True)
        path = folder / f"{file_name(article)}.md"
        with path.open("x", encoding="utf-8", newline="") as out:
            out.write(f"{_front_matter(article)}\n{write_markdown(article.head['title'], _parts(article))}")
        tell(number + 1, chosen.count)


def file_name(article: ExportedArticle) -> str:
    """Return the name of an article's files, without ending."""
    head = article.head
    day = head["published_local"].date().isoformat() if head["published_local"] else None
    return name_file(day, head["title"], head["document_id"][:_ID])


def _front_matter(article: ExportedArticle) -> str:
    head = article.head
    return write_front_matter(
        {
            "title": head["title"],
            "authors": head["authors"],
            "published": _moment(head, "published"),
            "updated": _moment(head, "updated"),
            **{name: head[name] for name in ("site", "language", "source", "path", "url", "flags", "words")},
            "entities": [entity["name"] for entity in article.rows["entities"]],
            **{name: head[name] for name in ("document_id", "version_id")},
        }
    )


def _moment(head: Row, name: str) -> str | None:
    """Return a time as far as it is known."""
    local, zone = head[f"{name}_local"], head[f"{name}_zone"]
    return Moment("", local, head[f"{name}_precision"], zone, "").isoformat() if local else None


def _parts(article: ExportedArticle) -> Iterator[Part]:
    """Yield the paragraphs, each as the block of the base text that it lies in."""
    blocks = article.rows["blocks"]
    starts = [block["raw_start"] for block in blocks]
    for paragraph in article.rows["paragraphs"]:
        at = bisect_right(starts, paragraph["raw_start"]) - 1
        is_within = at >= 0 and paragraph["raw_end"] <= blocks[at]["raw_end"]
        yield Part(paragraph["text"], BlockKind(blocks[at]["kind"]) if is_within else BlockKind.PARAGRAPH)


FORMAT = Format("markdown", is_folder=True, write=write_markdown_files)
