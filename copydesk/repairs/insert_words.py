"""The words of a page's own lines (``data/inserts.tsv``), and how much of a line is made of them.

A set of kinds in languages is a number with a bit for each pair, so that one ``&`` a word tells in which kinds and
languages a whole line is at home.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from copydesk.tables import read_table

KINDS = ("paywall", "cookie", "comments", "newsletter", "share_row", "ad_marker", "read_more", "truncated")
"""In the order in which they are believed where a line would do for several."""
NUMBER = "#"
ANY, NOTHING = "*", ""
"""What follows the first word of a phrase: any word, none."""
MAX_WILD = 5
"""Words for which a ``*`` stands."""

Tokens = tuple[str, ...]

EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"\d+(?:[.,]\d+)*(?:[ \u00a0]?[km]\b)?|[^\W\d_]+")
_MAY_COMBINE = re.compile("[^\x00-\x7f\u2000-\u206f]")
"""Beyond these, a character may be a combining mark, or may be composed again."""
_ASCII_WORD = re.compile(r"[a-z]+|[0-9]+(?:[.,][0-9]+)*(?: ?[km]\b)?")
"""The same in folded ASCII, in half the time."""
_WORD_OR_SIGN = re.compile(r"[#*]|" + _WORD.pattern)


_TYPOGRAPHIC = str.maketrans("‘’“”–—…\u00a0", "''\"\"--. ")


def fold(text: str) -> str:
    """Return a text without case and accents.

    >>> fold("Publicité İLAN")
    'publicite ilan'
    """
    if text.isascii() or (text := text.translate(_TYPOGRAPHIC)).isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    if _MAY_COMBINE.search(plain):
        plain = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
    return plain.replace("ı", "i")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their words; ``*`` stands for a few words of any sort."""

    exact: dict[Tokens, int] = field(default_factory=dict)
    wild: dict[str, list[tuple[Tokens, Tokens, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, words: Tokens, bits: int) -> None:
        """Put in a phrase for the given kinds and languages."""
        if "*" in words:
            at = words.index("*")
            self.wild[words[0]].append((words[:at], words[at + 1 :], bits))
        else:
            self.exact[words] = self.exact.get(words, 0) | bits

    def find(self, words: Tokens) -> int:
        """Return the kinds and languages in which the words are a phrase."""
        found = self.exact.get(words, 0)
        for head, tail, bits in self.wild.get(words[0], ()) if words else ():
            rest = len(words) - len(head) - len(tail)
            if 1 <= rest <= MAX_WILD and words[: len(head)] == head and words[len(words) - len(tail) :] == tail:
                found |= bits
        return found

    def begins(self, words: Tokens) -> int:
        """Return the kinds and languages of the phrases with which the words begin."""
        found = 0
        for size in range(1, min(len(words), MAX_WILD + 1) + 1):
            found |= self.exact.get(words[:size], 0)
        return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The table, for looking up.

    Attributes:
        bits: the number of a kind in all languages.
        allowed: kinds and languages in which a word may stand; ``core`` those in which it says what the line is.
        pairs: words that say so together, under each of them.
        phrases: by role.
        we: words of a page that speaks of itself; ``you`` of its reader; ``speech`` of reported speech.
        prose: words of reports, which speak against a line.
        telling: the words that ``core`` and ``pairs`` are looked up by.
        firsts: the words that whole lines, labels and calls begin with, each with those that may follow (none: any).
        cues: fragments under the rarest word of each, by the place of that word in them and their number of words.
        east_asian_cues: fragments of text without blanks, the longest first, with whether each suffices by itself.

    """

    bits: Mapping[str, int]
    allowed: dict[str, int]
    core: dict[str, int]
    pairs: dict[str, list[tuple[frozenset[str], int]]]
    phrases: dict[str, Phrases]
    we: dict[str, int]
    you: dict[str, int]
    speech: dict[str, int]
    prose: dict[str, int]
    east_asian: re.Pattern[str]
    telling: set[str]
    firsts: dict[str, set[str]]
    cues: dict[str, dict[tuple[int, int], set[Tokens]]]
    east_asian_cues: list[tuple[str, int, bool]]

    def split(self, text: str) -> Tokens:
        """Return the folded words of a text, numbers as ``#``; East Asian text is cut at the longest known words."""
        folded = fold(text)
        if folded.isascii():
            words = _ASCII_WORD.findall(folded)
            return tuple([NUMBER if word[0] <= "9" else word for word in words])
        pattern = self.east_asian if EAST_ASIAN.search(folded) else _WORD
        return tuple([NUMBER if word[0].isdecimal() else word for word in pattern.findall(folded)])

    def may_begin(self, words: Tokens) -> bool:
        """Tell cheaply whether a line of these words can be a whole line, a label or a call, or begin with one."""
        seconds = self.firsts.get(words[0])
        return seconds is not None and (not seconds or len(words) == 1 or words[1] in seconds)

    def at_home(self, words: Sequence[str]) -> int:
        """Return the kinds and languages to which all the words belong (0 as soon as there is none)."""
        bits = -1
        for word in words:
            bits &= self.allowed.get(word, 0)
            if not bits:
                return 0
        return bits

    def cores(self, words: Sequence[str]) -> int:
        """Return the kinds and languages of which some word, or words together, are the core."""
        present = self.telling.intersection(words)
        if not present:
            return 0
        bits, every = 0, frozenset(words)
        for word in present:
            bits |= self.core.get(word, 0)
            for pair, pair_bits in self.pairs.get(word, ()):
                if pair <= every:
                    bits |= pair_bits
        return bits

    def share(self, words: Sequence[str], bits: int) -> tuple[float, int]:
        """Return how much of a line belongs to a kind, 0 to 1, in the language where that is most, and its bit."""
        best = 0, 0
        while bits:
            bit = bits & -bits
            bits ^= bit
            best = max(best, (sum(1 for word in words if self.allowed.get(word, 0) & bit), bit))
        return best[0] / max(1, len(words)), best[1]


def kind_in(table: Lexicon, bits: int) -> str | None:
    """Return the kind of some kinds and languages that is believed first."""
    return next((kind for kind in KINDS if bits & table.bits[kind]), None)


def holds(words: Sequence[str], marked: Mapping[str, int], bits: int) -> bool:
    """Tell whether one of the words is marked so in one of the kinds and languages."""
    return any(marked.get(word, 0) & bits for word in words)


_FREQUENT = {
    word: rank
    for rank, word in enumerate(
        (
            "the of to and a in # s is that for on it with as was at by from be he have has an are not his this we i "
            "will but they had or who their were you its more been about she all t one her when your can what there "
            "our any no after if new re up out so which would could may them first time back need here where now these "
            "those take get"
        ).split(),
        -100,
    )
}
"""Words that stand in most paragraphs, the most frequent first: a fragment is looked for by its rarest word."""
_COVERING = ("core", "with", "we", "you")


@cache
def lexicon() -> Lexicon:
    """Return the table, read once."""
    tables = chain(read_table("inserts.tsv"), read_table("insert_cues.tsv"))
    rows = [(row[0], row[1], row[2], fold(row[3]).split("|")) for row in tables]
    languages = sorted({language for _, _, language, _ in rows} - {"any"})
    single = (phrase for _, role, _, phrases in rows if role in _COVERING for phrase in phrases)
    chunks = {chunk for phrase in single for chunk in re.split(r"[\s+]+", phrase)}
    known = sorted((chunk for chunk in chunks if EAST_ASIAN.search(chunk)), key=lambda chunk: (-len(chunk), chunk))
    either = "|".join(map(re.escape, known))
    table = Lexicon(
        {kind: _bits([kind], languages, languages) for kind in KINDS},
        {NUMBER: -1},
        {},
        defaultdict(list),
        defaultdict(Phrases),
        {},
        {},
        {},
        {},
        re.compile(rf"{either}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\d+(?:[.,]\d+)*|[a-z]+|[^\W\d_]"),
        set(),
        {},
        defaultdict(dict),
        [],
    )
    for kind, role, language, phrases in rows:
        bits = _bits(KINDS if kind == "any" else [kind], languages if language == "any" else [language], languages)
        for phrase in phrases:
            _enter(table, role, bits, phrase)
    table.telling.update(table.core, table.pairs)
    for role in ("whole", "label", "weak", "open", "tagged", "lone"):
        _enter_firsts(table, table.phrases[role], is_whole=role == "whole")
    for seconds in table.firsts.values():
        if ANY in seconds:
            seconds.clear()
    table.east_asian_cues.sort(key=lambda cue: -len(cue[0]))
    for fragment in table.phrases["sure"].exact.keys() | table.phrases["cue"].exact.keys():
        rarest = max(fragment, key=lambda word: (_FREQUENT.get(word, 0), len(word)))
        table.cues[rarest].setdefault((fragment.index(rarest), len(fragment)), set()).add(fragment)
    return table


def _enter_firsts(table: Lexicon, phrases: Phrases, *, is_whole: bool) -> None:
    """Enter how the lines may begin in which some phrases stand."""
    heads = chain.from_iterable([head for head, _, _ in wild] for wild in phrases.wild.values())
    for words in chain(phrases.exact, heads):
        second = words[1] if len(words) > 1 else NOTHING if is_whole and words in phrases.exact else ANY
        table.firsts.setdefault(words[0], set()).add(second)


def _bits(kinds: Iterable[str], languages: Iterable[str], known: Sequence[str]) -> int:
    places = [known.index(language) for language in languages]
    return sum(1 << (KINDS.index(kind) * len(known) + place) for kind in kinds for place in places)


def _enter(table: Lexicon, role: str, bits: int, phrase: str) -> None:
    if role == "core" and "+" in phrase:
        pair = frozenset(phrase.split("+"))
        for word in pair:
            table.allowed[word] = table.allowed.get(word, 0) | bits
        table.pairs[min(pair)].append((pair, bits))
        return
    if role in ("sure", "cue") and EAST_ASIAN.search(phrase):
        table.east_asian_cues.append(("".join(phrase.split()), bits, role == "sure"))
        return
    words = _words_of(table, phrase)
    if role in _COVERING:
        for word in words:
            table.allowed[word] = table.allowed.get(word, 0) | bits
    if role == "core" and len(words) == 1:
        table.core[words[0]] = table.core.get(words[0], 0) | bits
    if role in ("we", "you", "speech", "prose"):
        of_role = {"we": table.we, "you": table.you, "speech": table.speech, "prose": table.prose}[role]
        for word in words:
            of_role[word] = of_role.get(word, 0) | bits
    elif words and role not in ("core", "with"):
        table.phrases[role].add(words, bits)


def _words_of(table: Lexicon, phrase: str) -> Tokens:
    if EAST_ASIAN.search(phrase):
        parts = re.split(r"([#*])", phrase)
        return tuple(word for part in parts for word in ([part] if part in ("#", "*") else table.split(part)))
    return tuple(_WORD_OR_SIGN.findall(phrase))
