"""Readers: the limits of what they take, and the blocks of plain text."""

from __future__ import annotations

import pytest

import copydesk
from copydesk.config import Options
from copydesk.errors import EmptyInput, InputTooLarge, UnsupportedInput


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("One.\n\nTwo.", ["One.", "Two."], id="a blank line"),
        pytest.param("One,\ntwo.\n", ["One,\ntwo."], id="a line end alone"),
        pytest.param("One,\r\ntwo.\r\n\r\nThree.", ["One,\r\ntwo.", "Three."], id="CR LF is one line end"),
        pytest.param("One,\rtwo.\r\rThree.", ["One,\rtwo.", "Three."], id="CR alone"),
        pytest.param("One.\n \u00a0\t\nTwo.", ["One.", "Two."], id="a line of white space is blank"),
        pytest.param("\n\n  One.  \n\n", ["One."], id="white space around is no block"),
    ],
)
def test_blocks_stand_between_blank_lines(text: str, blocks: list[str]) -> None:
    """Their spans hold the paragraph without the white space around it."""
    document = copydesk.read(text)
    assert document.text == text
    assert [document.text[slice(*block.span)] for block in document.blocks] == blocks


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("", id="empty"),
        pytest.param(" \n\t\u00a0", id="white space"),
        pytest.param(b"", id="no bytes"),
        pytest.param(b"\xef\xbb\xbf", id="a byte order mark"),
        pytest.param("\ufeff\n\u200b\n", id="marks between white space"),
        pytest.param("\x00 \x00", id="NULs"),
    ],
)
def test_nothing_is_refused(source: str | bytes) -> None:
    """White space, invisible marks and NULs alone are no document."""
    with pytest.raises(EmptyInput):
        copydesk.read(source)


def test_limits_and_formats() -> None:
    """What is too large or of no known format is refused in words."""
    with pytest.raises(InputTooLarge, match="larger than 0 MB"):
        copydesk.read("four", options=Options(max_bytes=3))
    with pytest.raises(UnsupportedInput, match="no reader for odf"):
        copydesk.read("text", format="odf")
