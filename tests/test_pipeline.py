"""The sample article that the repository ships, and any text at all, through the whole desk."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk.article import Article
from copydesk.document import Span
from copydesk.edits import EditLog, EditStatus
from copydesk.errors import EmptyInput

ROOT = Path(__file__).parent
NAME = "2019-06-14-decrypting-the-russia-south-korea-relationship"
RAW = (ROOT.parent / "raw" / f"{NAME}.txt").read_bytes()
CLEAN = (ROOT / "golden" / f"{NAME}.txt").read_bytes().decode("utf-8")
PIECES = [tuple(row.values()) for row in json.loads((ROOT / "golden" / f"{NAME}.json").read_text("utf-8"))]
KINDS = ["title", "dateline", "pull_quote", "author_bio"]


@pytest.fixture(scope="module")
def article() -> Article:
    """Return the sample, cleaned."""
    return copydesk.clean(copydesk.read(RAW))


def test_the_body_is_exact(article: Article) -> None:
    """Every character of the body is the expected one, a final line feed aside."""
    assert article.text.removesuffix("\n") == CLEAN.removesuffix("\n")
    assert len(article.paragraphs) == 11


def test_the_flat_edits_are_exact(article: Article) -> None:
    """Four edits with the expected raw spans and no replacement."""
    assert [piece[:3] for piece in article.log.flat()] == PIECES
    assert [article.log.edits[piece.edit_id].kind for piece in article.log.flat()] == KINDS
    assert all(edit.status is EditStatus.ACTIVE for edit in article.log.edits)


def test_the_pull_quote_names_the_sentence_that_it_repeats(article: Article) -> None:
    """Its evidence are the words of the last paragraph up to where the pull quote is cut off."""
    (edit,) = (edit for edit in article.log.edits if edit.kind == "pull_quote")
    assert edit.evidence == Span(5177, 5540)
    assert article.document.text[5177:5540].split() == article.document.text[edit.raw_start : edit.raw_end].split()


def test_fields_are_kept_with_their_places(article: Article) -> None:
    """Title, date line and bio are fields whose offsets lead to their raw places."""
    for field, name, span in zip(
        article.fields, ("title", "dateline", "bio"), ((0, 46), (48, 113), (5911, 6031)), strict=True
    ):
        raw, is_exact = field.offsets.raw_span(Span(0, len(field.text)))
        assert (field.field, raw, is_exact) == (name, span, True)
        assert field.text == article.document.text[slice(*span)]
    assert article.title == article.document.text[:46]


def test_times_are_local_and_no_zone_is_made_up(article: Article) -> None:
    """The date line gives two clock times and no zone."""
    assert article.published
    assert article.updated
    assert (article.published.local, article.published.zone) == (datetime(2019, 6, 14, 18, 37), None)  # noqa: DTZ001
    assert (article.updated.local, article.updated.zone) == (datetime(2020, 9, 7, 19, 58), None)  # noqa: DTZ001
    assert article.published.isoformat() == "2019-06-14T18:37:00"


def test_the_author_comes_from_the_bio(article: Article) -> None:
    """The name and the place where the author works."""
    assert article.authors == (("Anthony V Rinna", "Sino-NK research group", "bio"),)


@pytest.mark.parametrize("number", range(4))
def test_undoing_one_edit_gives_back_its_piece_and_no_other(article: Article, number: int) -> None:
    """The raw piece stands again in its place, with what was mended within it if that is undone too."""
    log = article.log
    start, end, _ = PIECES[number]
    within = [edit.edit_id for edit in log.edits if start <= edit.raw_start and edit.raw_end <= end]
    undone = log.undo(*within)
    assert [piece[:3] for piece in undone.flat()] == [p for i, p in enumerate(PIECES) if i != number]
    alone = log.undo(log.flat()[number].edit_id)
    assert alone.text.split() == undone.text.split()
    assert undone.text.count(log.base[start:end]) == 1


def test_undoing_all_gives_what_was_received(article: Article) -> None:
    """Byte for byte."""
    assert article.log.undo(*range(len(article.log))).text.encode("utf-8") == RAW


# Any text ------------------------------------------------------------------------------------------------------------

SENTENCES = st.sampled_from(
    (
        "The ferry left the island an hour late because of the fog over the sound.",
        "Nobody on the quay could say when the next boat would bring the mail and the bread.",
        "“We have waited longer than this,” the harbour master told the two reporters.",
        "By noon the wind had turned, and the lights of the far shore came into sight again.",
        "The council had promised a bridge in 1998, in 2004 and once more in 2011.",
        "Fares rose by 12 per cent in the spring, to 4.50 a crossing.",
        "Ólafur's café sold soup to everyone who was stuck there, at half the price.",
    )
)
FURNITURE = st.sampled_from(
    (
        "Fog keeps the island waiting",
        "Published : 3 March 2021 08:15 AM | Updated : 4 March 2021",
        "Ida K Holm is a reporter and columnist for the Sound Gazette.",
        "By Ida K Holm",
        "1. Fog\n2. Wind",
        "\u00a0",
        "* * *",
    )
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=6).map(" ".join)
GAPS = st.sampled_from(("\n\n", "\n\n", "\n", "\r\n\r\n", "\n\u00a0\n", "\r", "\u2028"))
ODD = st.sampled_from("\u00a0\u00ad\u200b\u200d\ufeff\x00\x07\ud800\ufffe\u202e\r\n\t \u3000é😀א")


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Draw a text of paragraphs and furniture, some of it set again in short lines, with odd characters in it."""
    pieces = draw(st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, FURNITURE), min_size=1, max_size=8))
    if draw(st.booleans()):
        source = draw(st.sampled_from(pieces))
        lines = wrap(source[: draw(st.integers(1, len(source)))], draw(st.integers(20, 70))) or [source]
        set_again = draw(st.sampled_from(("\n", "\n\n", " \n\u00a0"))).join(lines)
        pieces.insert(draw(st.integers(0, len(pieces))), set_again)
    text = "".join(piece + draw(GAPS) for piece in pieces)
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(ODD) + text[at:]
    return text


def clean(text: str) -> Article | None:
    """Return the cleaned article of a text; None where there is nothing in it."""
    try:
        return copydesk.clean(copydesk.read(text))
    except EmptyInput:
        return None


@given(st.one_of(articles(), st.text(max_size=60)))
def test_the_ledger_holds_whatever_the_text(text: str) -> None:
    """No text makes the desk stumble; its edits give the body, undoing them gives the base, and nothing is random."""
    article = clean(text)
    if article is None:
        return
    log, base = article.log, article.document.text
    out, at = "", 0
    for start, end, replacement, _ in log.flat():
        assert at <= start <= end
        out += base[at:start] + replacement
        at = end
    assert out + base[at:] == article.text
    assert log.undo(*range(len(log))).text == base
    assert len(base) == len(text)
    again = clean(text)
    assert again is not None
    assert (again.text, again.log.edits, again.fields) == (article.text, log.edits, article.fields)


@given(articles())
def test_every_text_of_an_article_has_its_place(text: str) -> None:
    """Fields and body stand in the base text where they say, character by character where it is exact."""
    article = clean(text)
    for passage in article.passages if article else ():
        for segment in passage.offsets.segments():
            piece = passage.text[segment.clean_start : segment.clean_end]
            assert article
            assert not segment.is_exact or piece == article.document.text[segment.raw_start : segment.raw_end]
        assert passage.offsets.length == len(passage.text)


@given(articles())
def test_edits_survive_storing(text: str) -> None:
    """Replaying the stored edits on the base text gives the same article."""
    article = clean(text)
    if article:
        again = EditLog.replay(article.document.text, article.log.edits)
        assert again.text == article.text
        assert list(again.edits) == list(article.log.edits)


@given(articles())
def test_cleaning_again_changes_nothing_of_the_characters(text: str) -> None:
    """A clean text has no odd characters, foreign line ends or loose ends left."""
    article = clean(text)
    again = clean(article.text) if article else None
    if again:
        kinds = {edit.kind for edit in again.log.edits}
        assert kinds.isdisjoint({"invisible", "line_end", "spacing"})
