"""Megabytes of article text a second through ``copydesk.clean``, beside ftfy, and the share of each repair.

    python benchmarks/repairs.py [--megabytes 4] [--articles FILE.jsonl] [--runs 3]

The text is made up of sentences of a fixed seed, in articles of 1 to 8 KB: clean, as most text that arrives is. With
``--articles`` it is that of a file (JSON lines with ``clean`` or ``text``). All figures are processor time, the best of
``--runs``. ``ratio`` is to ftfy on the same text in the same run. What repairs share (lines, words) is counted with the
first that asks for it.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import ftfy

import copydesk
from copydesk.config import Options
from copydesk.document import Document
from copydesk.edits import EditLog
from copydesk.repairs import PHASES
from copydesk.repairs.separators import with_separators
from copydesk.view import View

SHAPES = (
    "The {a} of the {b} said on {day} that {n} {c} had been {d} since the {e} began.",
    "“We have {d} every {a} in the {b},” said {name}, who leads the {c} of the {e}.",
    "In {year}, {n} per cent of the {c} were {d}, compared with {m} per cent a year before.",
    "{name} – a former {a} of the {b} – didn’t answer questions about the {c}.",
    "It was the first {a} in {n} years, and the {b}'s {c} have {d} it at once.",
    "But the {a} is not {d} yet: the {b}, the {c} and the {e} want to see the {a} of {place}.",
)
CONSONANTS, VOWELS = "bcdfglmnprstvz", "aeiou"


def make_articles(megabytes: float) -> list[str]:
    """Return clean articles of 1 to 8 KB, the same ones each time."""
    rng = random.Random(0)  # noqa: S311 - the same texts each time

    def word() -> str:
        return "".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(rng.randint(2, 4)))

    words = [word() for _ in range(20_000)]

    def sentence() -> str:
        filled = {key: rng.choice(words) for key in "abcde"}
        name, place = (f"{rng.choice(words).title()} {rng.choice(words).title()}" for _ in range(2))
        figures = {"n": rng.randint(2, 99), "m": rng.randint(2, 99), "year": rng.randint(1950, 2025)}
        return rng.choice(SHAPES).format(
            **filled, **figures, name=name, place=place, day=rng.choice(("Monday", "Friday"))
        )

    articles, size = [], 0
    while size < megabytes * 1e6:
        paragraphs = (" ".join(sentence() for _ in range(rng.randint(2, 5))) for _ in range(rng.randint(4, 20)))
        articles.append("\n\n".join(paragraphs) + "\n")
        size += len(articles[-1].encode())
    return articles


def read_articles(path: Path) -> list[str]:
    """Return the articles of a file of JSON lines."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [row.get("clean") or row["text"] for row in rows]


def best(runs: int, work: Callable[[], object]) -> float:
    """Return the processor seconds of the fastest run."""
    found = []
    for _ in range(runs):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def shares(documents: Sequence[Document]) -> Mapping[str, float]:
    """Return the seconds of each repair, and of the ledger, over all documents."""
    spent: dict[str, float] = defaultdict(float)
    options = Options()
    for document in documents:
        log = EditLog.of(document.text)
        view = View(log.text, is_pasted=True, options=options)
        for phase in PHASES:
            proposals = []
            for repair in phase.repairs:
                start = time.perf_counter()
                proposals += list(repair(view))
                spent[f"{phase.name}: {repair.__module__.rpartition('.')[2]}.{repair.__name__}"] += (
                    time.perf_counter() - start
                )
            start = time.perf_counter()
            log = log.stage(phase.name, with_separators(view, proposals), min_confidence=options.min_confidence)
            if log.text != view.text:
                view = View(log.text, is_pasted=True, options=options)
            spent["ledger"] += time.perf_counter() - start
    return spent


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=4.0, help="how much text is made")
    parser.add_argument("--articles", type=Path, help="JSON lines to take instead")
    parser.add_argument("--runs", type=int, default=3, help="the best of so many counts")
    args = parser.parse_args()
    articles = read_articles(args.articles) if args.articles else make_articles(args.megabytes)
    size = sum(len(text.encode()) for text in articles) / 1e6
    documents = [copydesk.read(text) for text in articles]
    ours = best(args.runs, lambda: [copydesk.clean(document) for document in documents])
    whole = best(args.runs, lambda: [copydesk.clean(copydesk.read(text)) for text in articles])
    theirs = best(args.runs, lambda: [ftfy.fix_text(text) for text in articles])
    print(f"{len(articles)} articles, {size:.1f} MB")
    print(f"{'':24} {'MB/s':>7} {'ratio':>6}")
    for name, seconds in (("copydesk.clean", ours), ("read and clean", whole), ("ftfy.fix_text", theirs)):
        print(f"{name:24} {size / seconds:7.2f} {theirs / seconds:6.2f}")
    spent = shares(documents)
    total = sum(spent.values())
    print(f"\n{'repair':60} {'ms/MB':>7} {'share':>6}")
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{name:60} {1000 * seconds / size:7.1f} {100 * seconds / total:5.1f}%")


if __name__ == "__main__":
    main()
