"""Web pages: the article's blocks with their kinds, where they stand in the source, and what was left out."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk.article import Flag
from copydesk.document import BlockKind, Document
from copydesk.readers import is_page
from copydesk.readers.html_bounds import MANY_TAGS, bound_depth
from copydesk.readers.html_model import load_model, model_of
from copydesk.readers.html_spans import locate
from copydesk.render import article_to_json

PAGES = Path(__file__).parent / "pages"
FERRY = (PAGES / "ferry.html").read_text(encoding="utf-8")
INDEX = (PAGES / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def ferry() -> Document:
    """Read the page of an article."""
    return copydesk.read(FERRY)


def kinds(document: Document) -> dict[str, BlockKind]:
    """Return the kind of each block by its first word."""
    return {document.text[slice(*span)].split()[0]: kind for kind, span in document.blocks}


def test_the_article_is_told_from_its_page(ferry: Document) -> None:
    """Prose, headings, lists and quotations stay, with their kinds; navigation, teasers and boxes do not."""
    assert ferry.format == "html"
    found = kinds(ferry)
    assert found["The"] is BlockKind.LIST_ITEM or "The last boat" in ferry.text
    assert (found["A"], found["Tickets"]) == (BlockKind.HEADING, BlockKind.QUOTE)
    assert ferry.text.count("The morning ferry to Skarvik was late again") == 1
    for words in ("Boats", "Share on Facebook", "second crane", "inbox", "All rights", "font-weight"):
        assert words not in ferry.text, words


def test_the_text_is_the_blocks(ferry: Document) -> None:
    """Blank lines stand between them; entities are read."""
    assert "\n\n".join(ferry.text[slice(*span)] for _, span in ferry.blocks) == ferry.text
    assert "“We wait" in ferry.text
    assert "a chair & a flask" in ferry.text


def test_captions_and_pull_quotes_are_edits(ferry: Document) -> None:
    """The reader marks them, a repair takes them out, and that can be undone."""
    article = copydesk.clean(ferry)
    assert {"caption", "pull_quote"} <= set(article.log.kinds)
    assert "The ferry at the old quay" not in article.text
    assert article.text.count("wait a little more") == 1
    (caption,) = (field for field in article.fields if field.field == "caption")
    assert caption.text == "The ferry at the old quay in February."
    assert caption.edit_id is not None
    assert caption.text in article.log.undo(caption.edit_id).text


def test_what_the_page_says_of_itself_is_known(ferry: Document) -> None:
    """Title, author, time and site come from its metadata."""
    row = article_to_json(copydesk.clean(ferry))
    assert row["title"] == "Ferry to Skarvik runs late for a third week"
    assert (row["authors"], row["site"]) == (["Ida Holm"], "The Harbour Post")
    assert (row["published_at"], row["language"][:2]) == ("2024-03-05T07:10:00+01:00", "en")
    assert not row["flags"]


def test_every_word_is_found_in_the_source(ferry: Document) -> None:
    """Spans of the clean text lead to the same words in the source, entities read; all of the text is covered."""
    row = article_to_json(copydesk.clean(ferry))
    covered = set[int]()
    for start, end, low, high in row["spans"]:
        assert html.unescape(FERRY[low:high]).split() == row["text"][start:end].split()
        covered.update(range(start, end))
    assert all(i in covered or c.isspace() for i, c in enumerate(row["text"]))


def test_what_was_left_out_is_told(ferry: Document) -> None:
    """With its reason and its score, in page order, at its place in the text."""
    row = article_to_json(copydesk.clean(ferry))
    reasons = {out["text"]: out["reason"] for out in row["left_out"]}
    assert reasons["Harbour master asks for a second crane"] == "links"
    assert reasons["Our newsletter"] == "unlike the text of an article"
    assert all(0 <= out["score"] <= 1 and 0 <= out["raw_start"] <= len(ferry.text) + 2 for out in row["left_out"])
    for out in row["left_out"]:
        markup = FERRY[out["source_start"] : out["source_end"]]
        assert html.unescape(re.sub("<[^>]*>", " ", markup)).split() == out["text"].split()
    assert "spans" not in article_to_json(copydesk.clean(copydesk.read("It rained.")))


def test_a_page_without_an_article_says_so() -> None:
    """Its text is empty and it is flagged; that is no error."""
    article = copydesk.clean(copydesk.read(INDEX))
    assert not article.text
    assert article.flags == {Flag.NOT_AN_ARTICLE}
    assert copydesk.clean(copydesk.read("<html></html>")).text == ""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (FERRY, True),
        (FERRY.encode(), True),
        (FERRY.encode("utf-16"), True),
        ('<?xml version="1.0"?>\n<!-- saved -->\n<HTML>', True),
        ("<p>A paragraph that was pasted with its tags.</p>", False),
        ("Of <html> and <body>", False),
        ("<!-- " * 3000, False),
    ],
)
def test_a_page_is_known_by_its_beginning(source: str | bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """Leftover tags in a pasted text do not make it a page."""
    assert is_page(source) is expected


def test_an_explicit_format_wins() -> None:
    """A page can be read as text, and a fragment as a page."""
    assert copydesk.read(INDEX, format="text").text == INDEX
    assert copydesk.read("<p>Lamp</p>", format="html").format == "html"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<div>" * 100_000, id="divs"),
        pytest.param("<div>" * 50_000 + "x" + "</div>" * 50_000, id="closed divs"),
        pytest.param("<b><p>" * 30_000, id="formatting"),
        pytest.param("".join(f"<x{i}>" for i in range(50_000)), id="names"),
        pytest.param("<!-- " + "x" * 100_000, id="an unclosed comment"),
        pytest.param("<a href='" * 20_000, id="unclosed attributes"),
        pytest.param("<button>" * 30_000, id="unclosed buttons"),
    ],
)
def test_odd_pages_are_read(source: str) -> None:
    """Depth and what is not closed end in no recursion."""
    document = copydesk.read(source, format="html")
    assert len(locate(document).left_out) == len(document.left_out)


@pytest.mark.parametrize("attribute", ['"', 'a"b', "href=a=b", 'title="a > b"', "='x'"])
def test_odd_attributes_take_no_words_away(attribute: str) -> None:
    """A quotation mark may be part of an attribute's name, and ``>`` of its value."""
    document = copydesk.read(FERRY.replace('<a href="/workshop">make', f'<a href="/workshop" {attribute}>make'))
    assert "has offered to make one by hand, but it wants to see" in document.text


def test_a_button_that_nobody_closes_does_not_hide_the_source() -> None:
    """It ends with the element around it; the next end tag of its name is not its own."""
    source = FERRY.replace("<h2>", "<div><button>More</div><h2>").replace("</article>", "<button>Up</button></article>")
    row = article_to_json(copydesk.clean(copydesk.read(source)))
    assert sum(end - start for start, end, *_ in row["spans"]) > 0.97 * len(row["text"])


def test_depth_is_bounded() -> None:
    """Closing tags count, and so do names in capitals."""
    assert bound_depth("<div></DIV>" * MANY_TAGS) == "<div></DIV>" * MANY_TAGS
    assert len(bound_depth("<DIV>" * (MANY_TAGS + 1))) < 5 * MANY_TAGS


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<br>", "&amp;", "Lamp ", "x < y", "<!--", "-->", "<b"])
    )
)
def test_any_tags_make_a_document(pieces: list[str]) -> None:
    """The text is its blocks, whatever the source."""
    document = copydesk.read("<html>" + "".join(pieces), format="html")
    assert "\n\n".join(document.text[slice(*span)] for _, span in document.blocks) == document.text
    locate(document)


def test_the_model_fits_the_features() -> None:
    """It is small, names its sources, and a model of other features is refused."""
    content = (Path(copydesk.__file__).parent / "data" / "html_blocks.json").read_bytes()
    table = json.loads(content)
    assert len(content) < 300_000
    assert all("CC BY" in source or "MIT" in source or "Apache" in source for source in table["sources"])
    assert load_model().cut == table["cut"]
    with pytest.raises(ValueError, match="other features"):
        model_of({**table, "features": ["size"]})
    with pytest.raises(ValueError, match="no model"):
        model_of({})
