"""Pages of odd shapes: tables, very long articles, and what would cost a parser the square of its size."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest

import copydesk
from copydesk.article import Flag
from copydesk.document import BlockKind, Document
from copydesk.readers import html_blocks
from copydesk.readers.html_bounds import LONG_TAG, MAX_ATTRIBUTES, parse
from copydesk.render import article_to_json

PROSE = (
    "The night ferry to Skarvik left an hour late again, and the crew had no word on when the engine would be mended.",
    "Passengers slept in the saloon, where the heating had failed, and the kiosk ran out of coffee before midnight.",
    "The company says that a part has been ordered from the yard in Harbourgate, closed until the month's end.",
)


def page(*blocks: str) -> str:
    """Return a page with an article of some blocks behind prose."""
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    return (
        "<html><head><title>The night ferry is late</title></head><body><article><h1>The night ferry is late</h1>"
        f"{prose}{''.join(blocks)}{prose}</article></body></html>"
    )


def texts(document: Document, kind: BlockKind) -> list[str]:
    """Return the texts of the blocks of a kind."""
    return [document.text[slice(*span)] for found, span in document.blocks if found is kind]


def rows(cells: Iterable[Iterable[str]]) -> str:
    """Return a table."""
    return "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in cells) + "</table>"


def test_a_row_of_a_table_is_one_block() -> None:
    """A tab stands between its cells, and each cell is found in the source."""
    source = page(rows([("Year", "Crossings"), ("2022", "<a href='/x'>1,204</a>"), ("2023", "998<br>(estimate)")]))
    document = copydesk.read(source)
    assert "2022\t1,204" in document.text
    row = article_to_json(copydesk.clean(document))
    assert "2023\t998 (estimate)" in row["text"]
    start = row["text"].index("1,204")
    assert any(a <= start < b and source[low:high] == "1,204" for a, b, low, high in row["spans"])


def test_tables_for_layout_stay_in_blocks() -> None:
    """A cell with paragraphs or with much text is no cell of a row."""
    layout = rows([(f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>", f"<p>{PROSE[2]}</p>"), (PROSE[0] + " " + PROSE[1] * 2, "x")])
    assert "\t" not in copydesk.read(page(layout)).text


def test_long_articles_are_kept() -> None:
    """A thousand paragraphs are an article as much as ten are."""
    many = "".join(f"<p>{i}. {PROSE[i % 3]}</p>" for i in range(1000))
    document = copydesk.read(page(many))
    assert len(document.blocks) > 900


def test_a_page_with_too_many_blocks_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is not read, and the article counts as cut."""
    monkeypatch.setattr(html_blocks, "MAX_BLOCKS", 5)
    assert Flag.TRUNCATED in copydesk.clean(copydesk.read(page())).flags
    monkeypatch.setattr(html_blocks, "MAX_BLOCKS", 50)
    assert Flag.TRUNCATED not in copydesk.clean(copydesk.read(page())).flags


def test_attributes_are_bounded() -> None:
    """Those that are too many go; an image within its address has few, however long it is."""
    many = " ".join(f"a{i}=x" for i in range(3 * MAX_ATTRIBUTES))
    node = parse(f"<p {many}>Lamp</p>").css_first("p")
    assert node is not None
    assert MAX_ATTRIBUTES <= len(node.attributes) < 2 * MAX_ATTRIBUTES
    assert node.text() == "Lamp"
    image = parse(f'<img src="data:{"A/" * LONG_TAG}" alt="a quay"><p>Lamp').css_first("img")
    assert image is not None
    assert image.attributes["alt"] == "a quay"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<p " + " ".join(f"a{i}" for i in range(100_000)) + ">x</p>", id="attributes"),
        pytest.param("<!-- a " * 100_000, id="unclosed comments"),
        pytest.param("<p>a b</p>" * 50_000, id="small blocks"),
        pytest.param("<" * 500_000, id="brackets"),
        pytest.param("<a " + '"' * 500_000, id="quotation marks"),
        pytest.param("<div>" * 100_000, id="depth"),
    ],
)
def test_time_grows_with_the_page(source: str) -> None:
    """None of them takes more than some seconds of processor time, on whatever machine."""
    start = time.process_time()
    copydesk.read(page(source))
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<p>Ida Holm, 21. Jan. 2015</p>", "2015-01-21"),
        ("<div><i>· March 5, 2024 ·</i></div>", "2024-03-05"),
        (
            "<p>5.3.2024 - The harbour is closed to all but the night ferry, which had left.</p>",
            "2024-03-05",
        ),
        ("<p>© 5 March 2024 The Harbour Post</p>", None),
    ],
)
def test_a_date_beside_the_article_counts_where_no_other_is_stated(line: str, day: str | None) -> None:
    """Date lines and dates that open a paragraph; no copyrights."""
    source = page().replace("<p>", line + "<p>", 1).replace("<h1>The night ferry is late</h1>", "")
    found = article_to_json(copydesk.clean(copydesk.read(source)))["published_at"]
    assert (found or "")[:10] == (day or "")


def test_long_runs_of_blanks_cost_no_more_than_others() -> None:
    """Blanks that end in one that is no plain blank are passed over once."""
    start = time.process_time()
    copydesk.clean(copydesk.read("One" + " " * 200_000 + "\u3000two."))
    assert time.process_time() - start < 5
