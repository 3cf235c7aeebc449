"""Keys by which a text is found again among many, whole or in pieces, without comparing it with each of them.

Two sorts of keys, both hashes of runs of five words (shingles):

- **Fingerprints** find pieces. Of every 20 runs in a row the one with the least hash is kept (winnowing: Schleimer,
  Wilkerson and Aiken, 2003), so two texts that share 24 words in a row anywhere share a fingerprint, for certain.
- **Bands** find whole texts among many that are made from one mould (forecasts, results) and share pieces with all of
  them. A MinHash signature of 32 values (one permutation, empty bins filled from their neighbours: Shrivastava and Li,
  2014) is cut into 4 bands of 8. Texts that have nine in ten of all their runs in common share a band with a chance of
  0.9, those that have half of them with one of 0.02. The hash of all words is one more key.

The hash has no seed but its name: the same text has the same keys on every machine. Warehouses keep them: whoever
changes what the keys are made of adds a migration that empties ``story_texts``; the next run makes them anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate
from zlib import crc32

SHINGLE = 5
"""Words a run. Shorter ones are common phrases; each changed word costs as many runs as a run has words."""
WINDOW = 20
"""Runs in a row of which one is kept."""
BINS, ROWS = 32, 8
"""Values of a signature, and of a band."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese are written without spaces: each of their signs counts as a word."""
WORD = re.compile(rf"[{_UNSPACED}]|\d+(?:[.,:]\d+)*|[^\W\d_{_UNSPACED}]+")
"""A word, or a figure with its points and commas."""


def words_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words of a text, in small letters, each with where it begins (in code points).

    >>> [word for _, word in words_of("Ferries: 1,200 of them don’t sail. 渡轮")]
    ['ferries', '1,200', 'of', 'them', 'don', 't', 'sail', '渡', '轮']
    """
    for match in WORD.finditer(text):
        yield match.start(), match.group().casefold()


def plain_words_of(text: str) -> list[str]:
    """Return the words of a text, in small letters."""
    return "\n".join(WORD.findall(text)).casefold().split()


def shingles_of(words: Sequence[str]) -> list[str]:
    """Return the runs of five words, in order; of a shorter text, none.

    >>> shingles_of("the ferry was late again today".split())
    ['the ferry was late again', 'ferry was late again today']
    """
    return list(map(" ".join, zip(*(words[at:] for at in range(SHINGLE)), strict=False)))


def keys_of(words: Sequence[str]) -> list[int]:
    """Return the keys of a text, sorted: signed whole numbers of 64 bits; of fewer than five words, none.

    >>> late = "the ferry was late again on monday and nobody on the quay could say why it was not there".split()
    >>> more = ["they", "said", *late, "and", "went", "home"]
    >>> bool(set(keys_of(late)) & set(keys_of(more)))
    True
    """
    runs = [run.encode("utf-8", "surrogatepass") for run in shingles_of(words)]
    if not runs:
        return []
    ranks = list(map(crc32, runs))  # quick, and only to choose by: keys are longer
    run_of = dict(zip(ranks, runs, strict=True))
    fingerprints = {_hash(run_of[rank]) for rank in _least_of_windows(ranks)}
    whole = "text " + " ".join(words)
    return sorted({_hash(whole.encode("utf-8", "surrogatepass")), *fingerprints, *_bands(ranks)})


def _least_of_windows(values: list[int]) -> set[int]:
    """Return the least of each ``WINDOW`` values in a row, or of fewer if there are no more.

    Each window ends in one block of as many values and begins in the one before: the least from its beginning to the
    end of the one, and from the beginning of the other to its end, are known for all (van Herk, 1992).
    """
    if len(values) <= WINDOW:
        return {min(values)}
    up_to: list[int] = []
    from_here: list[int] = []
    for start in range(0, len(values), WINDOW):
        block = values[start : start + WINDOW]
        up_to += accumulate(block, min)
        from_here += [*accumulate(reversed(block), min)][::-1]
    return set(map(min, from_here, up_to[WINDOW - 1 :]))


def _bands(values: list[int]) -> Iterator[int]:
    least: dict[int, int] = {}
    for value in sorted(set(values)):
        least.setdefault(value % BINS, value)
        if len(least) == BINS:
            break
    filled = sorted(least)
    signature = []
    for number in range(BINS):
        after = next((other for other in filled if other >= number), filled[0])
        signature.append(least[after])
    for start in range(0, BINS, ROWS):
        yield _hash(f"band {start} {signature[start : start + ROWS]}".encode())


def _hash(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)
