"""Time and memory of ``copydesk.clean`` on large texts of odd shapes: they must grow with the text, not its square.

    python benchmarks/odd_texts.py [--scale 1.0] [--only WORDS]

Each shape is cleaned at a quarter of its size and at its size, each in a process of its own; ``growth`` is the ratio of
their times and near 4 where the work is linear. Memory is the peak of the process as a multiple of the text's size.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Callable, Mapping

import copydesk
from copydesk.config import Options

RNG = random.Random(0)  # noqa: S311 - the same texts each time
VOCABULARY = [f"w{RNG.randrange(16**5):x}" for _ in range(20_000)]


def words(count: int) -> list[str]:
    """Return random words."""
    return RNG.choices(VOCABULARY, k=count)


def groups(count: int, size: int) -> list[str]:
    """Return so many runs of some words."""
    return [" ".join(words(size)) for _ in range(count)]


def prose(paragraphs: int) -> str:
    """Return paragraphs of 60 words."""
    return "\n\n".join(f"{text.capitalize()}." for text in groups(paragraphs, 60))


def set_narrow_and_wide(lines: int) -> str:
    """Return an article that is set twice: in short lines, then as one paragraph."""
    found = groups(lines, 8)
    return "\n".join(found) + "\n\n" + " ".join(found)


def set_with_gaps(lines: int) -> str:
    """Return short lines and the same words with others between them."""
    found = groups(lines, 8)
    return "\n".join(found) + "\n\n" + " zz ".join(found)


def shuffled(lines: int) -> str:
    """Return short lines, each six times, in any order."""
    found = groups(lines // 6, 8) * 6
    RNG.shuffle(found)
    return "\n".join(found)


SHAPES: Mapping[str, tuple[int, Callable[[int], str]]] = {
    "16 MB of prose": (44_000, prose),
    "one line of 5 MB": (860_000, lambda n: " ".join(words(n))),
    "one word of 5 MB": (5_000_000, lambda n: "a" * n),
    "200,000 short lines": (200_000, lambda n: "\n".join(groups(n, 4))),
    "a million equal words": (1_000_000, lambda n: "again " * n),
    "equal words in lines": (125_000, lambda n: "\n".join(["again " * 8] * n)),
    "five words over and over": (200_000, lambda n: "one two three four five " * n),
    "the same paragraph": (100_000, lambda n: "\n\n".join(["It rained all day and all night upon the roofs."] * n)),
    "every line six times": (30_000, lambda n: "\n".join(groups(n // 6, 8) * 6)),
    "every line six times, mixed": (60_000, shuffled),
    "set twice, narrow and wide": (40_000, set_narrow_and_wide),
    "set twice with other words": (40_000, set_with_gaps),
    "dots and a letter": (1_000_000, lambda n: "." * n + "x\n\n" + "." * n),
    "blank lines": (4_000_000, lambda n: "a" + "\n" * n + "b"),
    "lines of no-break spaces": (1_000_000, lambda n: "a" + "\r\n \u00a0" * n + "b"),
    "carriage returns": (200_000, lambda n: "ab\r" * n),
    "marks between letters": (200_000, lambda n: "a\u200b" * n),
    "a date on every line": (100_000, lambda n: "\n\n".join(["Published 14 June 2019"] * n)),
    "names": (200_000, lambda n: "x y\n\n" + "Ada " * n),
}


def measure(name: str, count: int) -> tuple[int, float, int]:
    """Return the size of a text, the seconds that cleaning took, and the peak of memory beyond the start, in bytes."""
    text = SHAPES[name][1](count)
    document = copydesk.read(text, options=Options(max_bytes=sys.maxsize))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    article = copydesk.clean(document)
    seconds = time.process_time() - start
    article.log.flat()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return sys.getsizeof(text), seconds, peak * 1024


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="multiplies every size")
    parser.add_argument("--only", default="", help="shapes whose name holds this")
    args = parser.parse_args()
    print(f"{'shape':30} {'MB':>6} {'seconds':>8} {'growth':>7} {'memory':>7}")
    for name, (count, _) in SHAPES.items():
        if args.only not in name:
            continue
        with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
            full = max(8, int(count * args.scale))
            _, quarter, _ = pool.apply(measure, (name, full // 4))
            size, seconds, peak = pool.apply(measure, (name, full))
        growth = seconds / quarter if quarter else 0.0
        print(f"{name:30} {size / 1e6:6.1f} {seconds:8.2f} {growth:7.1f} {peak / size:7.1f}", flush=True)


if __name__ == "__main__":
    main()
