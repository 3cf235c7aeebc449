"""Score ``copydesk`` on the development bench, where that folder is there.

    python benchmarks/score.py [--bench ../shared/bench] [--only repair] [--keep FOLDER]

Runs ``copydesk clean --jsonl`` and ``copydesk facts --jsonl`` on the bench's inputs and its scorers on what comes out.
The bench holds texts that may not be published; without it, each set prints ``skipped, no data``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
COPYDESK = "import sys; from flows.cli import main; sys.exit(main())"
"""The command as a person calls it, from this clone."""


class Scored(NamedTuple):
    """A set of the bench: what is run on which gold file, and how its output is scored."""

    name: str
    gold: str
    commands: Sequence[str]
    scorer: str
    takes_gold: bool = True
    options: Sequence[str] = ()


SETS = (
    Scored("repair", "repair/cases.jsonl", ("clean",), "repair/score_repair.py", options=("--edits",)),
    Scored("real pull quotes", "seed/real_cases.jsonl", ("clean",), "repair/score_repair.py", options=("--edits",)),
    Scored("seed", "seed/article.txt", ("clean", "facts"), "seed/score_seed.py", takes_gold=False),
    Scored("html", "html/dev.jsonl.gz", ("clean",), "html/score_html.py"),
    *(
        Scored(name, f"facts/{name}/dev.jsonl", ("facts",), f"facts/{name}/score_{name}.py")
        for name in ("dates", "quantities", "events", "quotes", "names")
    ),
)


def score(entry: Scored, bench: Path, folder: Path) -> None:
    """Run the commands and the scorer of one set; their own words go to the terminal."""
    gold, given = bench / entry.gold, folder / "in.jsonl"
    if not gold.exists():
        print("skipped, no data")
        return
    run(bench / "make_input.py", gold, "-o", given)
    found = []
    for command in entry.commands:
        out = folder / f"{command}.jsonl"
        start = time.perf_counter()
        run("-c", COPYDESK, command, "--jsonl", given, "-o", out)
        print(f"copydesk {command}: {time.perf_counter() - start:.1f} s", flush=True)
        found.append(out)
    run(bench / entry.scorer, *([gold] if entry.takes_gold else []), *found, *entry.options)


def run(*words: str | Path) -> None:
    """Run Python in the clone; its failure is ours, but for 1: some inputs failed, and say so in the output."""
    done = subprocess.run([sys.executable, *map(str, words)], cwd=ROOT, check=False)  # noqa: S603 - our own commands
    if done.returncode > 1:
        sys.exit(f"failed: {' '.join(map(str, words))}")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench", help="the bench's folder")
    parser.add_argument("--only", default="", help="sets whose name holds this")
    parser.add_argument("--keep", type=Path, help="a folder for inputs and outputs; else they are thrown away")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for entry in SETS:
            if args.only in entry.name:
                folder = (args.keep or Path(scratch)) / entry.name.replace(" ", "-")
                folder.mkdir(parents=True, exist_ok=True)
                print(f"\n== {entry.name}", flush=True)
                score(entry, args.bench.resolve(), folder)


if __name__ == "__main__":
    main()
