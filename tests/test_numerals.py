"""Numbers are the same whether a whole text is read for them or only what is around them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.extract.numerals import find_numerals
from copydesk.extract.tokens import Tokens

PIECES = (
    "the of and a an by in over out to one two twenty - five hundred thousand million half third thirds quarter dozen "
    "point nought . , ; ( ) $ % / ½ 3 0.5 .5 1,000 2.4bn 10 1/2 7th B2B x 10^3 minus - 1.2.3 555-2018 people per cent "
    "year"
).split()


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from((" ", " ", " ", "", "\n", "\u00a0"))), max_size=60))
def test_tokens_only_narrow_the_search(pieces: list[tuple[str, str]]) -> None:
    """With tokens the same numbers are found, at the same places."""
    text = "".join(word + gap for word, gap in pieces)
    assert list(find_numerals(text, Tokens(text))) == list(find_numerals(text))
