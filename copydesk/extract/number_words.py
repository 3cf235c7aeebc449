"""The words of English numbers: units, tens, scales, ordinals and the parts of a whole."""

from __future__ import annotations

from collections.abc import Mapping

UNITS: Mapping[str, int] = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split()
    )
} | {"nought": 0, "naught": 0}
TENS: Mapping[str, int] = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": 40}
SCALES: Mapping[str, float] = {
    "dozen": 12.0,
    "dozens": 12.0,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
}
ABBREVIATED_SCALES: Mapping[str, float] = {
    "k": 1e3,
    "mil": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "mm": 1e6,
    "m": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "b": 1e9,
    "g": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    "t": 1e12,
}
"""As written close after digits: "$5bn", "10k". The one-letter forms count only where nothing else is meant."""

ORDINALS: Mapping[str, int] = {
    word: value
    for value, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth""".split(),
        start=1,
    )
} | {
    word: 10 * value
    for value, word in enumerate(
        "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split(), start=2
    )
}
DENOMINATORS: Mapping[str, float] = (
    {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
    | {form: float(value) for word, value in ORDINALS.items() if value > 2 for form in (word, word + "s")}
    | {
        f"{scale}{ending}": value
        for scale, value in (("hundred", 100.0), *SCALES.items())
        if not scale.startswith("dozen")
        for ending in ("th", "ths")
    }
)
"""How many of a part make a whole: "third", "thirds", "hundredths"."""
