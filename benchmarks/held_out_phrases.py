"""How well inserts and fields are found whose words no rule was made from, by kind and by language.

    python benchmarks/held_out_phrases.py [--phrases FILE]

``held_out_phrases.json`` was written by somebody who knew neither rules nor lists, and is read by this script alone:
who works on the rules looks at the figures, never into the file. Each phrase is put into an article, and counts as
found when cleaning gives the article as it was. The file's negatives, prose on the same topics, count as kept when the
article comes out with them whole.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import copydesk
from benchmarks.repairs import make_articles

HERE = Path(__file__).parent
Phrase = Mapping[str, str]


def canon(text: str) -> list[str]:
    """Return the words of a text: where a page's number stood, a paragraph may end or go on."""
    return text.split()


def insert(phrase: Phrase, paragraphs: Sequence[str], rng: random.Random) -> str:
    """Return an article with the phrase at its place: above it, between two paragraphs, or below."""
    text, where = phrase["text"], phrase.get("where", "any")
    if phrase["kind"] == "truncated":
        half = paragraphs[-1][: len(paragraphs[-1]) // 2].rpartition(" ")[0]
        return "\n\n".join([*paragraphs[:-1], half + text])
    places = {"top": [0], "middle": [*range(1, len(paragraphs))], "end": [len(paragraphs)]}
    at = rng.choice(places.get(where, [*range(1, len(paragraphs) + 1)]))
    return "\n\n".join([*paragraphs[:at], text, *paragraphs[at:]])


def is_right(phrase: Phrase, paragraphs: Sequence[str], rng: random.Random) -> bool:
    """Tell whether the phrase is taken out and nothing else is, or, for prose, whether everything is left."""
    given = insert(phrase, paragraphs, rng)
    cleaned = canon(copydesk.clean(copydesk.read(given)).text)
    if phrase["kind"] == "negative":
        return cleaned == canon(given)
    wanted = "\n\n".join(paragraphs)
    if phrase["kind"] == "truncated":
        wanted = given[: given.rindex(phrase["text"])]
    return cleaned == canon(wanted)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phrases", type=Path, default=HERE / "held_out_phrases.json", help="the phrases")
    args = parser.parse_args()
    rng = random.Random(0)  # noqa: S311 - the same places each time
    articles = [article.strip().split("\n\n") for article in make_articles(0.2)]
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase in json.loads(args.phrases.read_text(encoding="utf-8")):
        right = is_right(phrase, rng.choice(articles), rng)
        kind = phrase["kind"] if phrase["kind"] != "negative" else f"kept: {phrase.get('topic', '')}"
        for name in (kind, f"{'kept' if kind.startswith('kept') else 'found'} in {phrase['language']}"):
            found[name].update(right=int(right), all=1)
    print(f"{'kind':24} {'right %':>8} {'of':>5}")
    for name, counts in sorted(found.items(), key=lambda item: (" in " in item[0], item[0])):
        print(f"{name:24} {100 * counts['right'] / counts['all']:8.1f} {counts['all']:5}")


if __name__ == "__main__":
    main()
