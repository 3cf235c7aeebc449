"""Time and memory of the ledger on a large text, beside a plain string replacement of the same edits.

    python benchmarks/ledger.py [--edits 1000000] [--megabytes 10] [--profile STEP]

Two stages are taken: the first puts in, takes out and changes characters all over the text; the second works on its
result and cuts what the first put in. ``seconds`` are those of the processor, each step done once; ``ratio`` is to
the plain replacement of the same two stages by slices and one join. ``kept`` is the growth of the resident memory that
the step's result causes, ``peak`` the growth on the way, both as multiples of the text's own size in memory; where the
system does not say (no /proc), they are left out.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import random
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from copydesk.edits import EditLog
from copydesk.proposals import Proposal

T = TypeVar("T")
STATUS, PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")
RESET_PEAK = "5"
"""See proc(5): sets VmHWM back to the present size."""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=1_000_000, help="number of edits, both stages together")
    parser.add_argument("--megabytes", type=float, default=10, help="size of the base text")
    parser.add_argument("--profile", metavar="STEP", help="profile one step instead, by its name in the table")
    args = parser.parse_args()
    base = make_text(int(args.megabytes * 1e6))
    print(f"{len(base) / 1e6:g} MB, {args.edits:,} edits")
    run(Table(sys.getsizeof(base), args.profile), base, args.edits)


def run(table: Table, base: str, edits: int) -> None:
    """Do each step once and print its line."""
    one = make_proposals(len(base), edits // 2, seed=1)
    middle = table.step("plain: stage 1", partial(replace_plainly, base, one))
    two = make_proposals(len(middle), edits // 2, seed=2)
    expected = table.step("plain: stage 2", partial(replace_plainly, middle, two))
    table.reference = table.total

    log = table.step("stage 1", partial(EditLog.of(base).stage, "one", one))
    table.step("text 1", partial(text_of, log))
    both = table.step("stage 2", partial(log.stage, "two", two))
    del log, one, two
    if table.step("text 2", partial(text_of, both)) != expected:
        sys.exit("the ledger's text is not that of the plain replacement")
    table.step("flat", both.flat)
    table.step("offsets", lambda: both.offsets)
    table.step("undo every second", lambda: both.undo(*range(0, len(both), 2)).text)
    if table.step("undo all", lambda: both.undo(*range(len(both))).text) != base:
        sys.exit("undoing all does not give the base text")
    stored = table.step("edits", lambda: both.edits)
    again = table.step("replay", partial(EditLog.replay, base, stored))
    if again.text != both.text:
        sys.exit("replaying does not give the text")
    print(f"{'all of the ledger':20} {table.total - table.reference:8.2f}")


def text_of(log: EditLog) -> str:
    """Return the text of a log, made anew."""
    return log.text


class Table:
    """Prints a line for each step."""

    def __init__(self, size: int, profile: str | None) -> None:
        """Take the size of the text in bytes and the step to be profiled, if any."""
        self.size, self.profile = size, profile
        self.total = self.reference = 0.0
        print(f"{'step':20} {'seconds':>8} {'ratio':>6} {'kept':>6} {'peak':>6}")

    def step(self, name: str, work: Callable[[], T]) -> T:
        """Do some work, print its time and memory, return its result."""
        gc.collect()
        before = resident("VmRSS")
        if before is not None:
            PEAK.write_text(RESET_PEAK)
        profile = cProfile.Profile() if name == self.profile else None
        start = time.process_time()
        result = profile.runcall(work) if profile else work()
        seconds = time.process_time() - start
        self.total += seconds
        ratio = f"{seconds / self.reference:6.1f}" if self.reference else " " * 6
        print(f"{name:20} {seconds:8.2f} {ratio} {self.growth('VmRSS', before)} {self.growth('VmHWM', before)}")
        if profile:
            pstats.Stats(profile).sort_stats("tottime").print_stats(15)
        return result

    def growth(self, key: str, before: int | None) -> str:
        """Return how much memory was added, as a multiple of the text."""
        now = resident(key)
        return "" if now is None or before is None else f"{(now - before) / self.size:6.1f}"


def resident(key: str) -> int | None:
    """Return a size of this process in bytes: VmRSS now, VmHWM at its peak; None where the system does not say."""
    if not STATUS.exists():
        return None
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(key))
    return int(line.split()[1]) * 1024


def make_text(length: int) -> str:
    """Return words of random letters."""
    rng = random.Random(0)  # noqa: S311 - the same text each time
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyzé", k=rng.randint(2, 10))) for _ in range(5_000)]
    return " ".join(rng.choices(words, k=length // 6))[:length].ljust(length)


def make_proposals(length: int, count: int, seed: int) -> Sequence[Proposal]:
    """Return sorted, disjoint proposals spread evenly: insertions, deletions and replacements of up to 3 characters."""
    rng, step = random.Random(seed), length / count  # noqa: S311 - the same edits each time
    room = max(1, int(step) - 3)
    found = []
    for i in range(count):
        start = int(i * step) + rng.randrange(room)
        taken, put = rng.choice(((0, "+"), (1, ""), (2, ""), (1, "x"), (3, "--"), (1, "\n")))
        found.append(Proposal(start, min(length, start + taken), put, "kind", "rule"))
    return found


def replace_plainly(text: str, proposals: Sequence[Proposal]) -> str:
    """Return the text with proposals carried out by slices and one join."""
    pieces, at = [], 0
    for proposal in proposals:
        pieces += [text[at : proposal.start], proposal.replacement]
        at = proposal.end
    return "".join([*pieces, text[at:]])


if __name__ == "__main__":
    main()
