"""What texts are found by, how queries are read, and what is shown of a text: without a warehouse."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.search_query import MOST_WORDS, BadQuery, has_phrase, parse_query
from copydesk.search_terms import LONGEST, count_terms, fold_words, forms_of, read_words
from copydesk.snippets import LENGTH, find_matches, make_snippet
from copydesk.stemming import stem

SHAPES = (
    "7",
    " ",
    "A",
    "a.",
    "7.",
    "a'",
    "'s ",
    "é",
    "\u0301",
    "東",
    "ก็",
    "“",
    '"a ',
    "-",
    " -a",
    "क्",
    "\u200d",
    "a\u0301",
)
"""Of what the texts are made that take so many times longer where a rule is not linear."""


def words(text: str) -> list[str]:
    """Return the folded words of a text."""
    return [word.folded for word in read_words(text)]


@pytest.mark.parametrize(
    "forms",
    [
        "ferry ferries",
        "plan plans planned planning",
        "make makes making",
        "use uses used using",
        "hope hopes hoped hoping",
        "call calls called calling",
        "miss misses missed missing",
        "tax taxes taxed taxing",
        "carry carries carried carrying",
        "agree agrees agreed agreeing",
        "proceed proceeds proceeded proceeding",
        "change changes changed changing",
        "election elections",
        "policy policies",
        "church churches",
        "tie ties tied",
    ],
)
def test_the_forms_of_a_word_are_one(forms: str) -> None:
    """Plurals and the forms of regular verbs."""
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    "pair",
    ["new news", "unit united", "nation nationalise", "us use", "thin thing", "see seed", "bus busy", "wale wales"],
)
def test_words_that_only_look_alike_are_two(pair: str) -> None:
    """A stemmer that is sure of little takes little away."""
    first, second = pair.split()
    assert stem(first) != stem(second)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Café CRÈME, Straße", "cafe creme strasse"),
        ("l’Italie d'Europe", "l italie d europe"),
        ("the minister’s U.S. visit, i.e. the U.S.-led one", "the minister us visit ie the us led one"),
        ("1,200 euros, 3.5m of G7's 12 per cent.", "1,200 euros 3.5m of g7 12 per cent"),
        ("Łódź Ærø Þingvellir", "łodz ærø þingvellir"),
        ("Ελλάδα Украина й", "ελλαδα украина и"),
        ("हिन्दी में", "हिन्दी में"),
        ("كِتَابٌ كتاب", "كتاب كتاب"),
        ("שָׁלוֹם שלום", "שלום שלום"),
        ("東京 5", "東 京 5"),
        ("snake_case", "snake case"),
        ("İstanbul", "istanbul"),
        ("a ـ b", "a ـ b"),
        ("", ""),
        ("!? — …", ""),
    ],
)
def test_words_are_folded(text: str, found: str) -> None:
    """Case, accents and other signs that people leave out go; letters of their own stay."""
    assert words(text) == found.split()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("東京都知事", "京都"),
        ("한국어를 배우다", "한국"),
        ("ประเทศไทย", "ไทย"),
        ("東京都", "都"),
        ("カタカナ語", "カナ"),
    ],
)
def test_scripts_without_spaces_are_found_by_pairs(text: str, query: str) -> None:
    """A part of a run is found by the pairs of its characters, one character by itself."""
    terms = count_terms(list(read_words(text)), "ja")
    assert all(any(form in terms for form in forms) for forms in parse_query(query).words)


def test_a_query_finds_a_word_as_it_is_and_by_its_stem() -> None:
    """English articles hold stems, others the words: a query does not know which will be met."""
    assert forms_of("ferries") == ("ferries", "ferry")
    english, german = (set(count_terms(list(read_words("Fahrten Ferries")), code)) for code in ("en", "de"))
    assert english & set(forms_of("ferries"))
    assert german & set(forms_of("ferries"))
    assert german == {"fahrten", "ferries"}


def test_phrases_and_minus() -> None:
    """Quotes of all sorts; a minus counts only before a word; hyphens are no minus."""
    query = parse_query("“Pier Nine” vice-president -strike −„old harbour“ - x")
    assert query.phrases == (("pier", "nine"),)
    assert [forms[0] for forms in query.words] == ["pier", "nine", "vice", "president", "x"]
    assert [forms[0] for forms in query.needed] == ["pier", "nine"]
    assert [forms[0] for forms in query.unwanted] == ["strike"]
    assert query.unwanted_phrases == (("old", "harbour"),)
    assert parse_query('"ferries"').phrases == (("ferries",),)
    assert parse_query('ferry "pier nine').phrases == (("pier", "nine"),)
    assert parse_query("東京都").phrases == (("東", "京", "都"),)


@pytest.mark.parametrize("text", ["", "   ", '""', "!?", "-strike", '-"pier nine"', "-", "\x00", "“”", "\ud800"])
def test_a_query_for_nothing_is_told(text: str) -> None:
    """What is wrong and what to write instead."""
    with pytest.raises(BadQuery, match="nothing to look for"):
        parse_query(text)


def test_a_query_is_not_a_text() -> None:
    """So many different words are a mistake; the same word again is none."""
    with pytest.raises(BadQuery, match="more than 64 different words"):
        parse_query(" ".join(f"w{number}" for number in range(MOST_WORDS + 1)))
    with pytest.raises(BadQuery, match="more than 64"):
        parse_query("a " + " ".join(f"-w{number}" for number in range(MOST_WORDS + 1)))
    assert len(parse_query("ferry " * 100_000).words) == 1


@given(st.text())
def test_any_text_is_a_query_or_a_bad_one(text: str) -> None:
    """Nothing else comes of it; terms are short."""
    try:
        query = parse_query(text)
    except BadQuery:
        return
    assert all(0 < len(term) <= 2 * LONGEST for term in query.terms)


def test_phrases_are_found_word_for_word() -> None:
    """Side by side, across marks, not by stems."""
    text = fold_words("The pier, the pier: nine boats. Piers nine.")
    assert has_phrase(text, ("pier", "nine"))
    assert has_phrase(text, ("nine", "boats", "piers"))
    assert not has_phrase(text, ("pier", "boats"))
    assert not has_phrase(text, ("nine", "boat"))
    assert not has_phrase(text, ("piers", "nine", "boats"))
    assert not has_phrase([], ("pier",))


@given(st.text() | st.text(alphabet="aB1.,'’s _é東\u0301"))
def test_words_alone_are_the_same_words(text: str) -> None:
    """The fast way gives what the other gives."""
    assert fold_words(text) == words(text)


def test_a_snippet_shows_most_of_the_words() -> None:
    """Where both words stand together, though one of them stands earlier alone; marks are where the words are."""
    text = (
        "The ferry left. "
        + "Nothing happened here at all. " * 20
        + "A strike\n\n  stopped the ferries. "
        + "Rain. " * 50
    )
    snippet = make_snippet(text, find_matches(read_words(text), parse_query("ferry strike").terms))
    assert "A strike stopped the ferries." in snippet.text
    assert [snippet.text[slice(*mark)] for mark in snippet.marks] == ["strike", "ferries"]
    assert not snippet.text.startswith(" ")
    assert text[slice(*snippet.span)].split() == snippet.text.split()


def test_a_snippet_marks_pairs_of_characters() -> None:
    """One mark for what stands together, none for the same characters alone."""
    text = "京が東で、東京都と東京。"
    snippet = make_snippet(text, find_matches(read_words(text), parse_query("東京").terms))
    assert [snippet.text[slice(*mark)] for mark in snippet.marks] == ["東京", "東京"]


@given(st.text(alphabet="ab 東京\n\t,é", max_size=600), st.integers(1, 60))
def test_marks_hold_the_words_that_were_looked_for(text: str, length: int) -> None:
    """Whatever the text, and however short the snippet has to be."""
    matches = find_matches(read_words(text), parse_query("a ab é 東 東京").terms)
    snippet = make_snippet(text, matches, length)
    assert text[slice(*snippet.span)].split() == snippet.text.split()
    marked = "".join(snippet.text[slice(*mark)] for mark in snippet.marks)
    inside = (word for word in matches if snippet.span.start <= word.start and word.end <= snippet.span.end)
    assert marked == "".join(text[word.start : word.end] for word in inside)


def test_without_matches_the_beginning_is_shown() -> None:
    """As where only the title has the words."""
    assert make_snippet("One two. " * 100, []).text.startswith("One two. One")
    assert len(make_snippet("One two. " * 100, []).text) <= LENGTH
    assert make_snippet("", []).text == ""


@pytest.mark.parametrize("shape", SHAPES, ids=ascii)
def test_long_texts_take_no_longer_than_they_are(shape: str) -> None:
    """A text eight times as long takes about eight times as long to be read, as a text and as a query."""

    def seconds(work: Callable[[str], object], size: int) -> float:
        text = shape * (size // len(shape))
        gc.disable()
        began = time.process_time()
        work(text)
        gc.enable()
        return time.process_time() - began

    def query(text: str) -> None:
        with suppress(BadQuery):
            parse_query(text)

    def show(text: str) -> None:
        make_snippet(text, find_matches(read_words(text), {"7", "a", "東東"}))

    for work in (query, show):
        assert seconds(work, 200_000) < 0.3 + 3 * 8 * seconds(work, 25_000)
