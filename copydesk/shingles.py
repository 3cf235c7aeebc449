"""Keys by which a text is found again among many, whole or in pieces, without comparing it with each of them.

Two sorts of keys, both hashes of runs of five words (shingles):

- **Fingerprints** find pieces. Of every 20 runs in a row the one with the least hash is kept (winnowing: Schleimer,
  Wilkerson and Aiken, 2003), so two texts that share 24 words in a row anywhere share a fingerprint, for certain.
- **Bands** find whole texts among many that are made from one mould (forecasts, results) and share pieces with all of
  them. A MinHash signature of 32 values (one permutation, empty bins filled from their neighbours: Shrivastava and Li,
  2014) is cut into 4 bands of 8. Texts that have nine in ten of all their runs in common share a band with a chance of
  0.9, those that have half of them with one of 0.02. The hash of all words is one more key.

The hash has no seed but its name: the same text has the same keys on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

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


def shingles_of(words: Sequence[str]) -> list[str]:
    """Return the runs of five words, in order; of a shorter text, none.

    >>> shingles_of("the ferry was late again today".split())
    ['the ferry was late again', 'ferry was late again today']
    """
    return [" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)]


def keys_of(words: Sequence[str]) -> list[int]:
    """Return the keys of a text, sorted: signed whole numbers of 64 bits; of fewer than five words, none.

    >>> late = "the ferry was late again on monday and nobody on the quay could say why it was not there".split()
    >>> more = ["they", "said", *late, "and", "went", "home"]
    >>> bool(set(keys_of(late)) & set(keys_of(more)))
    True
    """
    hashes = [_hash(run) for run in shingles_of(words)]
    if not hashes:
        return []
    return sorted({_hash("text " + " ".join(words)), *_fingerprints(hashes), *_bands(hashes)})


def _fingerprints(hashes: Sequence[int]) -> set[int]:
    return {min(hashes[at : at + WINDOW]) for at in range(max(1, len(hashes) - WINDOW + 1))}


def _bands(hashes: Iterable[int]) -> Iterator[int]:
    least: dict[int, int] = {}
    for value in hashes:
        number = value % BINS
        if number not in least or value < least[number]:
            least[number] = value
    filled = sorted(least)
    signature = []
    for number in range(BINS):
        after = next((other for other in filled if other >= number), filled[0])
        signature.append(least[after])
    for start in range(0, BINS, ROWS):
        yield _hash(f"band {start} {signature[start : start + ROWS]}")


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)
