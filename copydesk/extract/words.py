"""The words of English sentences: tokens put together where they are one word, clitics apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copydesk.document import Span
from copydesk.extract.reading import ABBREVIATIONS, ReadingPassage, Token

MAX_SENTENCE = 4000
"""Characters. What goes on for longer without a stop is a table or a list, and has no clauses."""

_ELIDED = frozenset(("O", "D", "d", "L", "l"))
"""What stands before an apostrophe within a name."""


class Word(NamedTuple):
    """A word or a mark of a sentence: hyphenated words and initials are one, clitics stand alone (n’t, ’s)."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_name(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it holds letters or digits."""
        return self.text[:1].isalnum()


def words_of(passage: ReadingPassage, span: Span) -> list[Word]:
    """Return the words of a span of a passage, from its tokens."""
    first, last = passage.token_at(span.start), passage.token_at(span.end)
    tokens = passage.tokens[first:last]
    words: list[Word] = []
    index = 0
    while index < len(tokens):
        size = _word_size(tokens, index)
        start, end = tokens[index].start, tokens[index + size - 1].end
        if size == 1 and tokens[index].text in ("'", "’") and _clitic_follows(tokens, index):
            size, end = 2, tokens[index + 1].end
        text = passage.text[start:end]
        words.append(Word(start, end, text, text.lower().replace("'", "’")))
        if words[-1].lower == "’t" and len(words) > 1 and words[-2].lower.endswith("n"):
            _split_not(words)
        index += size
    return words


def sentences_of(passage: ReadingPassage) -> Iterator[tuple[Span, list[Word]]]:
    """Yield the sentences of a passage with their words; what is too long to be a sentence has none."""
    for sentence in passage.sentences:
        yield sentence, words_of(passage, sentence) if sentence.end - sentence.start <= MAX_SENTENCE else []


def _clitic_follows(tokens: Sequence[Token], index: int) -> bool:
    """Whether an apostrophe and the next token are a clitic: ’s, ’re, ’t ... with no space at either side."""
    if index == 0 or index + 1 >= len(tokens):
        return False
    before, mark, after = tokens[index - 1 : index + 2]
    adjoining = before.end == mark.start and mark.end == after.start and before.text.isalnum()
    return adjoining and after.text.lower() in ("s", "re", "ve", "ll", "d", "m", "t")


def _word_size(tokens: Sequence[Token], index: int) -> int:
    """Return how many tokens make one word: ``Jong-un``, ``U.S.``, ``O’Sullivan``."""
    size = 1
    while index + size + 1 < len(tokens):
        last, mark, after = tokens[index + size - 1 : index + size + 2]
        if not (last.end == mark.start and mark.end == after.start and last.text.isalnum() and after.text.isalnum()):
            break
        is_initial = mark.text == "." and len(last.text) == 1 and len(after.text) == 1
        is_elided = mark.text in ("'", "’") and last.text in _ELIDED and after.text[:1].isupper()
        if mark.text not in ("-", "‐", "‑") and not is_initial and not is_elided:
            break
        size += 2
    end = index + size
    initials = size > 1 and len(tokens[end - 1].text) == 1 and tokens[end - 2].text == "."
    initials = initials or tokens[end - 1].text.lower() in ABBREVIATIONS or _is_initial(tokens, end - 1)
    if initials and end < len(tokens) and tokens[end].text == "." and tokens[end].start == tokens[end - 1].end:
        size += 1
    return size


def _is_initial(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a token is a middle initial: a lone capital after a name."""
    text = tokens[at].text
    return len(text) == 1 and text.isupper() and text != "I" and at > 0 and tokens[at - 1].text[:1].isupper()


def _split_not(words: list[Word]) -> None:
    """Cut ``did’t``'s two pieces at the n: did, n’t."""
    head, tail = words[-2], words[-1]
    cut = head.end - 1
    words[-2] = Word(head.start, cut, head.text[:-1], head.lower[:-1])
    words[-1] = Word(cut, tail.end, head.text[-1] + tail.text, "n’t")
