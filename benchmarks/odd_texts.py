"""Time and memory of ``copydesk.clean`` on texts of odd shapes: they must grow with the text, not its square.

    python benchmarks/odd_texts.py [--largest 10] [--only WORDS]

Each shape is cleaned at 1, 10 and 100 KB, 1 and 10 MB, each in a process of its own. A column is seconds of processor
time for that size; ``growth`` is the ratio of the last two, near 10 where the work is linear. Memory is the peak of the
process at the largest size, as a multiple of the text's size.
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


SHAPES: Mapping[str, Callable[[int], str]] = {
    "prose": lambda size: prose(size // 360 + 1),
    "one line": lambda size: " ".join(words(size // 6 + 1)),
    "one word": lambda size: "a" * size,
    "short lines, all different": lambda size: "\n".join(groups(size // 24 + 1, 4)),
    "lines of a letter": lambda size: "a\n" * (size // 2),
    "lines of a letter and gaps": lambda size: "a\n\n" * (size // 3),
    "equal words": lambda size: "again " * (size // 6),
    "equal words in lines": lambda size: "\n".join(["again " * 8] * (size // 49 + 1)),
    "five words over and over": lambda size: "one two three four five " * (size // 24 + 1),
    "a paragraph over and over": lambda size: "\n\n".join([PARAGRAPH] * (size // len(PARAGRAPH) + 1)),
    "a paragraph, other figures": lambda size: "\n\n".join(f"{PARAGRAPH} {n}" for n in range(size // 55 + 1)),
    "every line six times": lambda size: "\n".join(groups(size // 288 + 1, 8) * 6),
    "every line six times, mixed": lambda size: shuffled(size // 48 + 6),
    "set twice, narrow and wide": lambda size: set_narrow_and_wide(size // 96 + 1),
    "set twice with other words": lambda size: set_with_gaps(size // 100 + 1),
    "an article twice": lambda size: "\n\n".join([prose(size // 720 + 1)] * 2),
    "wrapped lines": lambda size: "\n".join(groups(size // 72 + 1, 12)),
    "wrapped lines with hyphens": lambda size: "-\n".join(groups(size // 73 + 1, 12)),
    "paragraphs split": lambda size: "\n\n".join(groups(size // 74 + 1, 12)),
    "dots and a letter": lambda size: "." * (size // 2) + "x\n\n" + "." * (size // 2),
    "blank lines": lambda size: "a" + "\n" * size + "b",
    "all no-break spaces": lambda size: "\u00a0" * size + "a",
    "lines of no-break spaces": lambda size: "a" + "\r\n \u00a0" * (size // 4) + "b",
    "carriage returns": lambda size: "ab\r" * (size // 3),
    "marks between letters": lambda size: "a\u200b" * (size // 2),
    "spaced letters": lambda size: "a b " * (size // 4),
    "mojibake": lambda size: "It\u00e2\u20ac\u2122s a caf\u00c3\u00a9. " * (size // 17 + 1),
    "one odd character over and over": lambda size: "\u00e2\u20ac" * (size // 2),
    "entities": lambda size: "R&amp;D &rsquo;s " * (size // 15 + 1),
    "ampersands": lambda size: "&" * size,
    "tags": lambda size: "<b>a</b> " * (size // 9 + 1),
    "tags that do not end": lambda size: "<a href=x " * (size // 10 + 1),
    "opening angles": lambda size: "<" * size,
    "opening brackets": lambda size: "[" * size,
    "tabs and blanks": lambda size: "a \t  " * (size // 5),
    "missing spaces": lambda size: "it was.The end," * (size // 15 + 1),
    "a date on every line": lambda size: "\n\n".join(["Published 14 June 2019"] * (size // 24 + 1)),
    "a byline on every line": lambda size: "\n\n".join(["By Ada Lund"] * (size // 13 + 1)),
    "a caption on every line": lambda size: "\n\n".join(["Photo: Ada Lund/Reuters"] * (size // 25 + 1)),
    "a share row on every line": lambda size: "\n\n".join(["Share on Facebook"] * (size // 19 + 1)),
    "a link on every line": lambda size: "\n\n".join(["Read more: Rents rise again"] * (size // 29 + 1)),
    "a page number on every line": lambda size: "\n\n".join(f"Page {n}" for n in range(size // 10 + 1)),
    "rules": lambda size: "---|---\n\n" * (size // 9 + 1),
    "names": lambda size: "x y\n\n" + "Ada " * (size // 4),
    "Chinese": lambda size: "\u4eca\u5929\u4e0b\u96e8\u3002" * (size // 5 + 1),
}
PARAGRAPH = "It rained all day and all night upon the roofs."


def measure(name: str, size: int) -> tuple[int, float, int]:
    """Return the size of a text, the seconds that cleaning took, and the peak of memory beyond the start, in bytes."""
    text = SHAPES[name](size)
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
    parser.add_argument("--largest", type=float, default=10.0, help="millions of characters of the largest text")
    parser.add_argument("--only", default="", help="shapes whose name holds this")
    args = parser.parse_args()
    sizes = [round(args.largest * 10**power) for power in range(2, 7)]
    heads = " ".join(f"{f'{size / 1e6:g} MB' if size >= 1e6 else f'{size / 1e3:g} KB':>8}" for size in sizes)
    print(f"{'shape':32} {heads} {'growth':>7} {'memory':>7}")
    for name in SHAPES:
        if args.only not in name:
            continue
        spent = []
        for size in sizes:
            with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
                length, seconds, peak = pool.apply(measure, (name, size))
            spent.append(seconds)
        columns = " ".join(f"{seconds:8.3f}" for seconds in spent)
        growth = spent[-1] / spent[-2] if spent[-2] else 0.0
        print(f"{name:32} {columns} {growth:7.1f} {peak / length:7.1f}", flush=True)


if __name__ == "__main__":
    main()
