"""Which words stand twice: the index under the repairs of repeats."""

from __future__ import annotations

from copydesk.document import Span
from copydesk.repeats import Repeats

SENTENCE = "Nobody in the village had seen the river so high"


def test_a_text_in_which_nothing_stands_twice_has_no_hits() -> None:
    """Six words in a row are looked at, without case and punctuation."""
    assert not Repeats(f"{SENTENCE}. Nobody in the village had come.").hits
    assert Repeats(f"{SENTENCE}; they said: “NOBODY, in the village, had seen!”").hits


def test_a_chain_names_both_places() -> None:
    """The stretches are ranges of words, and their spans words of the text."""
    text = f"{SENTENCE}.\n\nSo it was. {SENTENCE}, they said."
    repeats = Repeats(text)
    (chain,) = repeats.chains
    assert repeats.span(chain.earlier) == Span(0, len(SENTENCE))
    assert text[slice(*repeats.span(chain.later))] == SENTENCE


def test_a_chain_goes_on_over_small_gaps() -> None:
    """A word more, a word less and another word do not part two places."""
    text = f"{SENTENCE} since the winter of the great flood. {SENTENCE} since that long winter of the great flood."
    (chain,) = Repeats(text).chains
    assert [run.size for run in chain.runs] == [11, 5]


def test_words_are_found_by_their_place_and_places_by_their_words() -> None:
    """Every word of every line, in any script."""
    for text in ("One two,\n\n three\nfour  five ", "渡轮停航。\n没有人 来", "a\u00a0b\nİstanbul ve İzmir"):
        repeats = Repeats(text)
        for word in range(len(repeats.words)):
            span = repeats.word_span(word)
            assert text[slice(*span)].lower() == repeats.words[word]
            assert repeats.between(*span) == range(word, word + 1)
            line = text.rfind("\n", 0, span.start) + 1
            assert repeats.line_start(word) == line
            assert repeats.before_in_line(word) == len(repeats.between(line, span.start))
        assert repeats.between(0, len(text)) == range(len(repeats.words))


def test_a_script_without_spaces_is_read_character_by_character() -> None:
    """Ten characters in a row are looked at."""
    repeats = Repeats("开往桑德维克的渡轮停航了。镇长说，开往桑德维克的渡轮停航了！")
    (chain,) = repeats.chains
    assert not repeats.is_spaced
    assert len(chain.later) == 12
