"""Exports are read back: they hold what the warehouse holds, the same bytes each time, and nothing is half there."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
import yaml  # type: ignore[import-untyped]
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from copydesk.document import BlockKind
from copydesk.errors import CopydeskError
from copydesk.file_names import name_file
from copydesk.markdown_text import Part, write_front_matter, write_markdown
from flows.cli import copydesk as command
from flows.exporting import MARK, export
from flows.roots import Root
from flows.steps import no_progress
from schemas.replay import replay
from tests.warehousing import TEXT, ingest
from warehouse.connect import open_warehouse
from warehouse.errors import QueryError
from warehouse.exports import FORMATS, find_format
from warehouse.exports.chosen import Chosen, Filters, Tell
from warehouse.exports.exported import TABLES
from warehouse.exports.formats import Format
from warehouse.load import DERIVED

OTHER = 'Harbour fees\nPublished 2 March 2026\n\nFees go up,  says the board: 5% more; "twice", for some.\n\n* none\n'
FOREIGN = "港の料金\n2026\n\n料金が上がる。  二倍になる。\n"
TEXTS = {"ferries.txt": TEXT, "fees/böard, 2.txt": OTHER, "港.txt": FOREIGN, "same.txt": TEXT}


def make_root(folder: Path) -> Root:
    """Return a root with nothing in it."""
    root = Root.find(folder)
    root.make()
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Make a warehouse of a few articles."""
    root = make_root(tmp_path_factory.mktemp("root"))
    ingest(root.warehouse, TEXTS)
    return root


ALL = Filters()


def written(root: Root, name: str, place: Path, filters: Filters = ALL, *, force: bool = False) -> Path:
    """Export to a place, and return it."""
    export(find_format(name), filters, place, root, force=force, tell=no_progress)
    return place


def files(place: Path) -> Mapping[str, bytes]:
    """Return the bytes of a file, or of all files in a folder by name."""
    if place.is_file():
        return {"": place.read_bytes()}
    return {str(path.relative_to(place)): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


def counts(root: Root) -> Mapping[str, int]:
    """Return how many rows of each table belong to current articles."""
    with open_warehouse(root.warehouse, read_only=True) as wh:
        sql = "SELECT count(*) AS n FROM {} WHERE derivation_id IN (SELECT derivation_id FROM articles)"
        found = {table: wh.rows(sql.format(table))[0]["n"] for table in DERIVED}
        entities = wh.rows("SELECT count(*) AS n FROM entities")[0]["n"]
    return {"articles": len(TEXTS), **found, "entities": entities}


def lines(place: Path) -> list[dict[str, Any]]:
    """Return the articles of an export as JSON lines."""
    return [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]


def paths(root: Root, place: Path, **filters: Any) -> set[str]:  # noqa: ANN401 - of all filters
    """Return which articles some filters choose."""
    return {line["path"] for line in lines(written(root, "jsonl", place, Filters(**filters), force=True))}


# Read back ----------------------------------------------------------------------------------------------------------


def test_parquet_is_read_back(root: Root, tmp_path: Path) -> None:
    """Polars and DuckDB find every row, and the source in the names of folders."""
    place = written(root, "parquet", tmp_path / "out")
    for table, count in counts(root).items():
        assert pl.scan_parquet(place / table / "**" / "*.parquet").collect().height == count
    frame = pl.read_parquet(place / "articles" / "*" / "*.parquet", hive_partitioning=True)
    assert set(frame["source"]) == {"raw"}
    assert frame.schema["document_id"] == pl.String
    assert frame.schema["valid_from"] == pl.Datetime("us", "UTC")
    articles = duckdb.read_parquet(f"{place}/articles/*/*.parquet").filter("path = '港.txt'")
    assert articles.select("text, base_text").fetchall() == [("料金が上がる。 二倍になる。\n", FOREIGN)]


def test_sources_may_have_any_name(tmp_path: Path) -> None:
    """The names of partitions are written as Hive writes them."""
    root = make_root(tmp_path / "root")
    ingest(root.warehouse, {"a.txt": TEXT})
    name = "Isle / Harbour=1 %é"
    with open_warehouse(root.warehouse) as wh:
        wh.connection.execute("UPDATE sources SET name = ?", [name])
    place = written(root, "parquet", tmp_path / "out")
    frame = pl.read_parquet(place / "articles" / "*" / "*.parquet", hive_partitioning=True)
    assert frame["source"].to_list() == [name]
    assert [path.parent.name for path in written(root, "markdown", tmp_path / "md").rglob("*.md")] == [
        "isle-harbour-1-e"
    ]


def test_csv_is_read_back(root: Root, tmp_path: Path) -> None:
    """By Python and by DuckDB, with NULL and the empty text told apart, and lists in JSON."""
    place = written(root, "csv", tmp_path / "out")
    csv.field_size_limit(sys.maxsize)
    for table, count in counts(root).items():
        with (place / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            assert len(list(csv.DictReader(stream))) == count, table
    found = duckdb.read_csv(str(place / "articles.csv"), all_varchar=True)
    articles = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    assert {article["base_text"] for article in articles} == set(TEXTS.values())
    assert all(json.loads(article["authors"]) == ["Ann Berg"] for article in articles)
    edits = duckdb.read_csv(str(place / "edits.csv"), all_varchar=True, allow_quoted_nulls=False)
    assert ("", None) in edits.select("replacement, evidence_start").fetchall()


def test_json_lines_are_read_back(root: Root, tmp_path: Path) -> None:
    """The edits of a line turn its base text into its text; the facts of a line show their words."""
    found = lines(written(root, "jsonl", tmp_path / "out.jsonl"))
    assert len(found) == len(TEXTS)
    for line in found:
        edits = [{**edit, "kept_fields": json.dumps(edit["kept_fields"])} for edit in line["edits"]]
        assert replay(line["base_text"], edits).text == line["text"]
        fields = {field["field_id"]: field["text"] for field in line["fields"]}
        for rows in line["facts"].values():
            assert all(fields[f["field_id"]][f["start_offset"] : f["end_offset"]] == f["evidence"] for f in rows)
    (ferries,) = (line for line in found if line["path"] == "ferries.txt")
    assert {entity["entity_id"] for entity in ferries["entities"]} >= {"country:NOR", "person:kari-holm"}
    assert [p["entity_id"] for p in ferries["facts"]["events"][0]["participants"]] == ["country:NOR", "country:DNK"]
    totals = counts(root)
    assert sum(len(line["facts"]["mentions"]) for line in found) == totals["mentions"]
    assert sum(len(line["edits"]) for line in found) == totals["edits"]


def test_markdown_is_read_back(root: Root, tmp_path: Path) -> None:
    """Front matter as YAML reads it; the text as a browser would show it."""
    place = written(root, "markdown", tmp_path / "out")
    found = {path.name: path.read_text(encoding="utf-8") for path in place.rglob("*.md")}
    assert len(found) == len(TEXTS)
    assert all(re.fullmatch(r"2026-03-01-[a-z-]*[0-9a-f]{8}-[0-9a-f]{4}\.md", name) for name in found)
    articles = {line["document_id"]: line for line in lines(written(root, "jsonl", tmp_path / "out.jsonl"))}
    for text in found.values():
        _, head, body = text.split("---\n", 2)
        known = yaml.safe_load(head)
        article = articles[known["document_id"]]
        assert (known["authors"], known["published"], known["path"]) == (["Ann Berg"], "2026-03-01", article["path"])
        assert shown(body).split() == [*article["title"].split(), *article["text"].split()]


def selected(text: str, target: dict[str, Any]) -> bool:
    """Tell whether both selectors of a target name the same place of a text."""
    position, quote = target["selector"]
    words = text[position["start"] : position["end"]]
    before, after = text[: position["start"]], text[position["end"] :]
    return words == quote["exact"] and before.endswith(quote["prefix"]) and after.startswith(quote["suffix"])


def test_annotations_are_read_back(root: Root, tmp_path: Path) -> None:
    """From the collection from page to page; every selector selects its words in the text that lies beside."""
    place = written(root, "annotations", tmp_path / "out")
    collection = json.loads((place / "collection.jsonld").read_bytes())
    assert collection["type"] == "AnnotationCollection"
    at: Path | None = place / collection["first"]
    items: list[dict[str, Any]] = []
    while at is not None:
        page = json.loads(at.read_bytes())
        assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
        assert (at.parent / page["partOf"]).resolve() == (place / "collection.jsonld").resolve()
        assert page["startIndex"] == len(items)
        for item in page["items"]:
            for target in item["target"]:
                assert selected((at.parent / target["source"]).read_bytes().decode(), target)
        items += page["items"]
        at = at.parent / page["next"] if "next" in page else None
    totals = counts(root)
    facts = sum(n for table, n in totals.items() if table in json_facts())
    assert collection["total"] == len(items) == len({item["id"] for item in items}) == facts + totals["edits"]
    spaced = [i for i in items if i["motivation"] == "editing" and {"value": "spacing"}.items() <= i["body"][1].items()]
    assert [[target["selector"][1]["exact"] for target in item["target"]] for item in spaced] == [["  ", " "]] * 4
    titles = [i for i in items if i["motivation"] == "classifying" and len(i["target"]) == 1]
    assert len(titles) == 2  # the day of publication: its words have left the clean text


def json_facts() -> tuple[str, ...]:
    """Return the tables of facts."""
    from warehouse.exports.exported_articles import FACTS  # noqa: PLC0415 - one use

    return FACTS


# The same bytes -----------------------------------------------------------------------------------------------------


@settings(max_examples=3, deadline=None)
@given(order=st.permutations(sorted(TEXTS)), cut=st.integers(1, 3))
def test_the_same_articles_give_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], cut: int
) -> None:
    """In whatever order and batches they came, and however often they are exported."""
    folder = tmp_path_factory.mktemp("roots")
    one, other = make_root(folder / "one"), make_root(folder / "other")
    ingest(one.warehouse, TEXTS)
    for names in (order[:cut], order[cut:]):
        ingest(other.warehouse, {name: TEXTS[name] for name in names})
    for name in FORMATS:
        first = files(written(one, name, folder / f"one.{name}"))
        assert first == files(written(other, name, folder / f"other.{name}")), name
        assert first == files(written(one, name, folder / f"again.{name}"))


def test_the_time_zone_of_the_machine_changes_nothing(root: Root, tmp_path: Path) -> None:
    """Moments are written in UTC."""
    for name in ("csv", "jsonl"):
        here, there = written(root, name, tmp_path / f"here.{name}"), tmp_path / f"there.{name}"
        words = [sys.executable, "-m", "flows.cli", "export", "--format", name, "-o", str(there), *at(root)]
        subprocess.run(words, check=True, env={**os.environ, "TZ": "Asia/Seoul"}, capture_output=True)  # noqa: S603 - ours
        assert files(here) == files(there)


# Filters ------------------------------------------------------------------------------------------------------------


def test_filters_choose(root: Root, tmp_path: Path) -> None:
    """Each by itself, and together all have to hold; what is chosen takes its rows along and no others."""
    place = tmp_path / "out.jsonl"
    both = {"ferries.txt", "same.txt"}
    assert paths(root, place, entities=("denmark",)) == paths(root, place, entities=("country:DNK",)) == both
    assert paths(root, place, where="words > 20 -- long ones") == both
    assert paths(root, place, where="path LIKE '%.txt'", entities=("Oslo", "nobody"), sources=("raw",)) == both
    assert paths(root, place, sources=("nowhere",)) == set()
    assert paths(root, place, since=date(2026, 3, 1), until=date(2026, 3, 1)) == set(TEXTS)
    assert paths(root, place, since=date(2026, 3, 2)) == set()
    assert paths(root, place, where="EXISTS (FROM quotes q WHERE q.derivation_id = articles.derivation_id)") == both
    tables = written(root, "csv", tmp_path / "csv", Filters(where="path = '港.txt'"))
    rows = {table: (tables / f"{table}.csv").read_text(encoding="utf-8").count("\n") for table in TABLES}
    assert rows["mentions"] == rows["entities"] == 1
    assert json.loads((tables / MARK).read_text(encoding="utf-8"))["filters"] == {"where": "path = '港.txt'"}


def test_without_articles_there_are_tables_without_rows(root: Root, tmp_path: Path) -> None:
    """Nothing that meets the condition is no error."""
    for name in FORMATS:
        written(root, name, tmp_path / name, Filters(where="false"))
    assert (tmp_path / "jsonl").read_bytes() == b""
    assert (tmp_path / "csv" / "quotes.csv").read_text(encoding="utf-8").startswith("fact_id,fact_key,")
    assert json.loads((tmp_path / "annotations" / "collection.jsonld").read_bytes())["total"] == 0


@pytest.mark.parametrize(
    "condition",
    [
        "words >",
        "nothing_of_this_name = 1",
        "true); DROP TABLE articles; SELECT (true",
        "true) TO '/tmp/stolen.csv' --",
        "title IN (SELECT content FROM read_text('/etc/hostname'))",
        "title IN (SELECT path FROM glob('/etc/*'))",
        "title IN (FROM read_csv('https://isle.example/x.csv'))",
        "title IN (FROM '{folder}/secret.csv')",
        "set_config('threads', '4') IS NULL",
        "title = $sources",
        "title = ?",
        "",
    ],
)
def test_conditions_can_read_the_warehouse_and_nothing_else(root: Root, tmp_path: Path, condition: str) -> None:
    """No files, no network, nothing written, no way back; and no export either."""
    (tmp_path / "secret.csv").write_text("title\nHarbour fees\n", encoding="utf-8")
    for name in ("jsonl", "parquet"):
        with pytest.raises(QueryError, match="--where"):
            written(root, name, tmp_path / "out", Filters(where=condition.format(folder=tmp_path)))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]
    assert counts(root)["articles"] == len(TEXTS)


# Whole, or not there ------------------------------------------------------------------------------------------------


def at(root: Root) -> list[str]:
    """Return the option that names a root."""
    return ["--root", str(root.path)]


def call(root: Root, *words: str) -> Result:
    """Call `copydesk export`."""
    return CliRunner().invoke(command, ["export", *words, *at(root)])


def test_what_is_there_stays_unless_it_is_to_be_replaced(root: Root, tmp_path: Path) -> None:
    """--force replaces a file, and an export, as a whole; no folder that is something else."""
    place = tmp_path / "out"
    place.mkdir()
    for name in ("jsonl", "markdown"):
        written(root, name, place / name)
        with pytest.raises(CopydeskError, match="there already"):
            written(root, name, place / name)
        before = files(place / name)
        written(root, name, place / name, Filters(where="path = 'ferries.txt'"), force=True)
        assert files(place / name) != before
    assert len(list((place / "markdown").rglob("*.md"))) == 1
    assert sorted(path.name for path in place.iterdir()) == ["jsonl", "markdown"]
    mine = tmp_path / "mine"
    mine.mkdir()
    written(root, "csv", mine)  # there is nothing in it
    (mine / MARK).unlink()
    with pytest.raises(CopydeskError, match="no export of copydesk"):
        written(root, "csv", mine, force=True)
    with pytest.raises(CopydeskError, match="into a file"):
        written(root, "jsonl", mine, force=True)
    with pytest.raises(CopydeskError, match="into a folder"):
        written(root, "csv", place / "jsonl", force=True)
    with pytest.raises(CopydeskError, match="there is no folder"):
        written(root, "csv", tmp_path / "nowhere" / "out")


@pytest.mark.parametrize("name", ["raw", "raw/out", "warehouse/copydesk.duckdb", "copydesk.toml", "."])
def test_what_copydesk_keeps_is_never_replaced(root: Root, name: str) -> None:
    """Nor is anything put where the next run would take it for an article."""
    for form in ("jsonl", "csv"):
        with pytest.raises(CopydeskError, match="keeps its own things"):
            written(root, form, root.path / name, force=True)


def test_a_warehouse_elsewhere_is_kept_too(root: Root, tmp_path: Path) -> None:
    """Its neighbours are not."""
    other = Root.find(root.path, shutil.copy(root.warehouse, tmp_path / "other.duckdb"))
    with pytest.raises(CopydeskError, match="keeps its own things"):
        written(other, "jsonl", tmp_path / "other.duckdb", force=True)
    assert len(lines(written(other, "jsonl", tmp_path / "out.jsonl"))) == len(TEXTS)


def test_an_export_that_breaks_off_leaves_what_was_there(root: Root, tmp_path: Path) -> None:
    """And nothing beside it."""
    place = written(root, "csv", tmp_path / "out")
    before = files(place)

    def break_off(chosen: Chosen, target: Path, tell: Tell) -> None:
        del chosen, tell
        (target / "articles.csv").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(Format("csv", is_folder=True, write=break_off), Filters(), place, root, force=True, tell=no_progress)
    assert files(place) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_command_says_what_it_did_on_stderr(root: Root, tmp_path: Path) -> None:
    """Stdout holds data alone, and only where it is asked for."""
    run = call(root, "--format", "jsonl", "-o", str(tmp_path / "o.jsonl"), "--until", "2026-03-01", "--source", "raw")
    assert (run.exit_code, run.stdout) == (0, "")
    assert f"4 articles in {tmp_path / 'o.jsonl'}" in run.stderr
    assert call(root, "--format", "csv", "-o", "-").exit_code == 2
    assert call(root, "--format", "csv", "-o", "x", "--since", "March").exit_code == 2
    assert all(name in call(root, "--help").stdout for name in FORMATS)


# Texts of any kind --------------------------------------------------------------------------------------------------


class _Shown(HTMLParser):
    """The text of a page, a space where a block or a line ends."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.text += "" if tag in ("em", "strong", "code", "a", "s") else " "
        if tag in ("em", "strong", "a", "s", "img", "table"):
            self.text += f"<{tag}>"

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(markdown: str) -> str:
    """Return the words of Markdown as they are shown, with a mark where there is emphasis, a link or a picture."""
    page = _Shown()
    page.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))
    return page.text


MARKUP = st.lists(
    st.sampled_from(
        [
            *"*_`#>-+=~|[](){}<>!&;:.\\\"' \n\t1",
            *("a", "é", "港", "1. ", "- ", "&amp;", "&#65;", "<b>", "</b>", "---\n", "***\n", "===\n", "```\n", "    "),
            *("![x](y)", "[x]: y\n", "https://a.example ", "snake_case", "__x__"),
        ]
    ),
    max_size=30,
).map("".join)


@given(text=st.one_of(MARKUP, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)))
def test_markdown_shows_the_text_itself(text: str) -> None:
    """Nothing of a text is taken for markup, as a paragraph, a list item, a quote or a heading."""
    for kind in BlockKind:
        parts = [Part("before"), Part(text, kind), Part("after")]
        made = write_markdown("Title", parts)
        assert shown(made).split() == ["Title", "before", *text.split(), "after"], (kind, made)


@given(words=st.text(max_size=40), names=st.lists(st.text(min_size=1, max_size=10), min_size=1, max_size=3))
def test_front_matter_is_yaml(words: str, names: list[str]) -> None:
    """Whatever stands in a title or a name."""
    head = write_front_matter({"title": words, "authors": names, "words": 3})
    known = yaml.safe_load(head.removeprefix("---\n").removesuffix("---\n"))
    assert known.get("title", "") == words
    assert (known["authors"], known["words"]) == (names, 3)


@given(parts=st.lists(st.one_of(st.none(), st.text(max_size=300)), max_size=3))
def test_names_of_files_are_safe(parts: list[str | None]) -> None:
    """No separators, no dots, no reserved names, not too long."""
    name = name_file(*parts, "ebe4eb06-dd6d")
    assert re.fullmatch(r"([a-z0-9]+-)*ebe4eb06-dd6d", name)
    assert len(name) <= 100


@pytest.mark.parametrize("junk", ["*", "_", "`", "#", "-", "=", "&", "1", " ", "A", "[", "\\", "|", "&#", "-:"])
def test_long_junk_takes_no_longer(junk: str) -> None:
    """Many of one mark: the time grows as the text does."""
    text = junk * (2**17 // len(junk))
    for kind in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TABLE):
        assert len(write_markdown(text, [Part(text, kind)])) > 0
    assert name_file(text, "x").endswith("x")
