"""What holds of cleaning whatever the text: nothing is lost, edits tell exactly what was done, no text is too odd."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import copydesk
from copydesk.document import Span
from copydesk.edits import EditLog

PIECES = (
    *(
        "The bridge was closed on Monday. ",
        "“It rained,” said Ada Lund, ",
        "which nobody had expected after the storm. ",
    ),
    *("\n", "\n\n", "\r\n", " \t", "\n\u00a0\n", "\f", "-\n", "    ", "\u3000"),
    *("â€™", "Ã©", "Ã¢â‚¬â„¢", "вЂњ", "\x80\x99", "\ufeff", "\u200b", "\u00ad", "\u202f", "\ufb01", "\ufffd"),
    *(
        "&rsquo;",
        "&amp;#8217;",
        "&",
        "<b>",
        "</b>",
        "<a href='x'>",
        "&lt;i&gt;",
        "[caption]",
        "<script>x</script>",
        "<",
    ),
    *(
        "Photo: Ada Lund/Reuters",
        "By Ada Lund",
        "Published 3 March 2021",
        "Ada Lund is an editor at The Quay.",
        "© 2021",
    ),
    *("Read more: Rents rise again", "Share on Facebook", "Advertisement", "12 Comments", "Sign up to our newsletter"),
    *("We use cookies.", "… [+1234 chars]", "Page 3 of 12", "Continued from page 4", "---|---", "| | |", "- ", "1."),
    *(
        "T\n\nhe ",
        "A m e r i c a ",
        "laws.The ",
        "word , word",
        "  ",
        "¿",
        "今天下雨。",
        "שלום",
        "नमस्ते",
        "👩‍👩‍👧",
        "ไทย",
    ),
)
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40).map("".join)


def clean(text: str) -> copydesk.Article | None:
    """Return the article; None when there is nothing to read."""
    try:
        return copydesk.clean(copydesk.read(text))
    except copydesk.CopydeskError:
        return None


@given(texts)
@settings(deadline=None)
def test_the_edits_give_the_text_and_undoing_them_gives_what_was_received(text: str) -> None:
    """Applying the flat edits to the base text gives the clean one; with all edits off it is the base text."""
    article = clean(text)
    if article is None:
        return
    base, position, pieces = article.document.text, 0, []
    for piece in article.log.flat():
        assert position <= piece.raw_start <= piece.raw_end
        pieces += [base[position : piece.raw_start], piece.replacement]
        position = piece.raw_end
    assert "".join([*pieces, base[position:]]) == article.text
    assert article.log.undo(*range(len(article.log))).text == base


@given(texts)
@settings(deadline=None)
def test_fields_and_evidence_stand_in_what_was_received(text: str) -> None:
    """Every field is a piece of the text; what supports an edit is one too."""
    article = clean(text)
    if article is None:
        return
    whole = Span(0, len(article.document.text))
    assert all(edit.evidence is None or whole.contains(edit.evidence) for edit in article.log.edits)
    for field in article.fields:
        assert field.text.strip()
        span, is_exact = field.offsets.raw_span(Span(0, len(field.text)))
        assert whole.contains(span)
        assert not is_exact or article.document.text[slice(*span)] == field.text


@given(texts)
@settings(deadline=None)
def test_stored_edits_give_the_same_article_again(text: str) -> None:
    """Replaying them gives the text and the places."""
    article = clean(text)
    if article is not None:
        again = EditLog.replay(article.document.text, article.log.edits)
        assert again.text == article.text
        assert again.flat() == article.log.flat()
