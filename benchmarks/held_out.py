"""Fixed % of the repair cases that may be read, beside that of the cases that are kept out of our own sight.

    python benchmarks/held_out.py PREDICTIONS [--bench ../shared/bench]
    python benchmarks/held_out.py --show KIND [--most 5]

Rules are tuned by looking at failures, and so fit what was looked at. Of the development cases two in five (by their
number within a kind) are therefore only scored, never read: where ``held`` falls behind ``seen``, a rule knows the
cases instead of the artifact. ``novel`` counts the edits of held cases whose first words stand in no seen case:
phrases that nobody has looked at. ``--show`` prints seen cases of a kind, and no others.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

Row = dict[str, Any]
HELD = (1, 3)
"""Cases whose number within their kind leaves these when divided by five are held out."""
PHRASE = 6
"""Words at the beginning of an artifact that tell whether two have the same phrase."""


def kind_of(case: Row) -> str:
    """Return the kind of damage, ``mixed``, or the group of a text that needs no repair."""
    return str(case["neg"] or (case["kinds"][0] if len(case["kinds"]) == 1 else "mixed"))


def split(cases: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return the cases that may be read, and those that may only be scored."""
    seen: list[Row] = []
    held: list[Row] = []
    count = Counter[str]()
    for case in cases:
        kind = kind_of(case)
        (held if count[kind] % 5 in HELD else seen).append(case)
        count[kind] += 1
    return seen, held


def load_scorer(bench: Path, topic: str = "repair") -> ModuleType:
    """Return the bench's scorer of a topic (``facts/dates``, say) as a module."""
    path = bench / topic / f"score_{Path(topic).name}.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    before = sys.path[:]
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:] = before  # a scorer puts its folder there
    return module


def phrase_of(case: Row, edit: Row) -> str:
    """Return the first words of what an edit takes out, in lower case, figures aside."""
    words = re.findall(r"[^\W\d_]+", case["raw"][edit["raw_start"] : edit["raw_end"]].casefold())
    return " ".join(words[:PHRASE])


def fixed_edits(scorer: ModuleType, case: Row, text: str, known: set[str]) -> Iterator[bool]:
    """Yield, for each edit of a case whose phrase is not known, whether it is repaired."""
    for edit in case["edits"]:
        if phrase_of(case, edit) not in known:
            marked = [{**other, "kind": "this" if other is edit else "other"} for other in case["edits"]]
            yield bool(scorer.score_case({**case, "edits": marked}, text)["fixed"]["this"][0])


def score(scorer: ModuleType, cases: Sequence[Row], texts: dict[str, str]) -> dict[str, Counter[str]]:
    """Return the counts by kind: ``seen`` and ``held`` cases, ``novel`` edits, each with ``<name>_all``."""
    seen, held = split(cases)
    known: dict[str, set[str]] = defaultdict(set)
    for case in seen:
        known[kind_of(case)].update(phrase_of(case, edit) for edit in case["edits"])
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for part, group in (("seen", seen), ("held", held)):
        for case in group:
            kind, text = kind_of(case), texts[case["id"]]
            result = scorer.score_case(case, text)
            done, total = result["fixed"][kind] if kind in result["fixed"] else (result["exact"], True)
            found[kind].update({part: int(done == total), f"{part}_all": 1})
            if part == "held" and kind in case["kinds"]:
                fixed = list(fixed_edits(scorer, case, text, known[kind]))
                found[kind].update(novel=sum(fixed), novel_all=len(fixed))
    return found


def percent(counts: Counter[str], name: str) -> str:
    """Return a share as text; a dash where there is nothing to count."""
    total = counts[f"{name}_all"]
    return f"{100 * counts[name] / total:.1f}" if total else "-"


def show(cases: Sequence[Row], kind: str, most: int) -> None:
    """Print what is damaged in some seen cases of a kind."""
    for case in [c for c in split(cases)[0] if kind_of(c) == kind][:most]:
        print(f"\n== {case['id']}")
        for edit in case["edits"]:
            start, end = edit["raw_start"], edit["raw_end"]
            before, after = case["raw"][max(0, start - 40) : start], case["raw"][end : end + 40]
            change = f"[{case['raw'][start:end]!r} -> {edit['replacement']!r}]"
            print(f"{edit['kind']} {start}-{end} {before!r} {change} {after!r}")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("predictions", nargs="?", type=Path, help="what copydesk clean --jsonl made of the cases")
    parser.add_argument("--bench", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "bench")
    parser.add_argument("--show", metavar="KIND", help="print seen cases of a kind instead")
    parser.add_argument("--most", type=int, default=5, help="how many to show")
    args = parser.parse_args()
    gold = args.bench / "repair" / "cases.jsonl"
    if not gold.exists():
        sys.exit("skipped, no data")
    cases = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    if args.show:
        show(cases, args.show, args.most)
        return
    if args.predictions is None:
        parser.error("name the file of predictions, or --show KIND")
    rows = (json.loads(line) for line in args.predictions.read_text(encoding="utf-8").splitlines())
    raw = {case["id"]: case["raw"] for case in cases}
    texts = {row["id"]: row.get("text") if row.get("text") is not None else raw[row["id"]] for row in rows}
    print(f"{'kind':24} {'seen':>6} {'held':>6} {'novel':>6} {'edits':>6}")
    for kind, counts in score(load_scorer(args.bench), cases, texts).items():
        shares = " ".join(f"{percent(counts, name):>6}" for name in ("seen", "held", "novel"))
        print(f"{kind:24} {shares} {counts['novel_all'] or '':>6}")


if __name__ == "__main__":
    main()
