"""Documents and megabytes a second through ``copydesk.extract``, kind by kind, beside other libraries.

    python benchmarks/facts.py [--megabytes 1] [--articles FILE.jsonl] [--runs 3] [--longest 10]

The text is made up of sentences of a fixed seed with names, dates, figures, deeds and quotations, in articles of 1 to
8 KB. With ``--articles`` it is that of a file (JSON lines with ``clean`` or ``text``). All figures are processor time
of one process, the best of ``--runs``. ``reading`` is what all kinds share: tokens, sentences, words; each kind builds
on those before it and is measured without them. recognizers-text, dateparser and quantulum3 read the first
``--peer-kilobytes`` of the same articles in the same run; one that is not installed is passed over with a word.
``ratio`` is to our kinds that do the same. Last, one text as long as ``--longest`` MB beside shorter ones: does time
grow with the text and no faster?
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from copydesk.article import FieldName
from copydesk.extract import extractors
from copydesk.extract.found import Found
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.tables import read_table

SHAPES = (
    "{country} and {other} signed an agreement on {day} {date} {month} {year}, the {adjective} government said.",
    "“We have not decided when to leave {capital},” said {name}, who leads the council of {place}.",
    "Exports rose by {n} per cent to ${m}.{n} billion in {year}, compared with {m} per cent a year earlier.",
    "{name}, the former president of {country}, met {other} officials in {capital} last {day}.",
    "It was the first strike in {n} years, and nearly {m},000 workers have joined it since {month}.",
    "Analysts expect that {country} will send troops to {other} if the talks with {place} fail.",
    "But the harbour is not finished yet: the town, the union and the owners want to see the plans.",
    "{name} added that the price of a ticket could fall to £{n}, although nobody at the ministry had promised it.",
)
PEOPLE = "Anna Bell Carl Dean Emma Ford Gina Hale Ivan Jones Karen Lane Maria Nash Oscar Page Rosa Stone".split()
PUBLISHED = datetime(2024, 3, 4, tzinfo=UTC)
Work = Callable[[], object]


def make_articles(megabytes: float) -> list[str]:
    """Return articles of 1 to 8 KB, the same ones each time."""
    rng = random.Random(0)  # noqa: S311 - the same texts each time
    countries = [row for row in read_table("countries.tsv") if len(row) > 4 and row[3] and row[4]]

    def sentence() -> str:
        country, other = rng.sample(countries, 2)
        name = f"{rng.choice(PEOPLE[::2])} {rng.choice(PEOPLE[1::2])}"
        return rng.choice(SHAPES).format(
            country=country[1],
            other=other[1],
            adjective=country[3].split(";")[0],
            capital=country[4].split(";")[0],
            place=rng.choice(countries)[4].split(";")[0],
            name=name,
            day=rng.choice(("Monday", "Friday")),
            month=rng.choice(("March", "June", "October")),
            date=rng.randint(1, 28),
            year=rng.randint(1950, 2025),
            n=rng.randint(2, 99),
            m=rng.randint(2, 99),
        )

    articles, size = [], 0
    while size < megabytes * 1e6:
        paragraphs = (" ".join(sentence() for _ in range(rng.randint(2, 5))) for _ in range(rng.randint(4, 16)))
        articles.append("\n\n".join(paragraphs) + "\n")
        size += len(articles[-1].encode())
    return articles


def read_articles(path: Path) -> list[str]:
    """Return the articles of a file of JSON lines."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [row.get("clean") or row["text"] for row in rows]


def spent_on(text: str) -> Mapping[str, float]:
    """Return the processor seconds of the reading of a text and of each extractor."""
    passage = ReadingPassage(FieldName.BODY, 0, text)
    reading, found = Reading([passage], PUBLISHED), Found()
    began = time.process_time()
    _ = passage.tokens.lowers, passage.tokens.vocabulary, passage.sentences, passage.words, passage.plain
    spent = {"reading": time.process_time() - began}
    for find in extractors():
        began = time.process_time()
        found.add(list(find(reading, found)))
        spent[find.__name__.removeprefix("find_")] = time.process_time() - began
    return spent


def total(texts: Sequence[str], runs: int) -> Mapping[str, float]:
    """Return the processor seconds of each kind over all texts, the best of some runs for each text."""
    seconds: dict[str, float] = {}
    for text in texts:
        tries = [spent_on(text) for _ in range(runs)]
        for kind in tries[0]:
            seconds[kind] = seconds.get(kind, 0.0) + min(found[kind] for found in tries)
    return seconds


def peers(texts: Sequence[str]) -> Iterator[tuple[str, Sequence[str], Work | None, str]]:
    """Yield the other libraries: name, our kinds that do the same, the work on all texts, or why there is none."""
    dates, figures = ("dates",), ("quantities",)
    for name, kinds, load in (
        ("recognizers-text (dates)", dates, _recognizers_of_dates),
        ("dateparser", dates, _dateparser),
        ("recognizers-text (numbers, units)", figures, _recognizers_of_figures),
        ("quantulum3", figures, _quantulum),
    ):
        try:
            yield name, kinds, load(texts), ""
        except ImportError as error:
            yield name, kinds, None, str(error)


def _recognizers_of_dates(texts: Sequence[str]) -> Work:
    recognize = import_module("recognizers_date_time").recognize_datetime
    return lambda: [recognize(text, "en-us") for text in texts]


def _recognizers_of_figures(texts: Sequence[str]) -> Work:
    numbers, units = import_module("recognizers_number"), import_module("recognizers_number_with_unit")
    models = (numbers.recognize_number, numbers.recognize_percentage, units.recognize_currency)
    more = (units.recognize_dimension, units.recognize_temperature, units.recognize_age)
    return lambda: [recognize(text, "en-us") for recognize in (*models, *more) for text in texts]


def _dateparser(texts: Sequence[str]) -> Work:
    search = import_module("dateparser.search").search_dates
    return lambda: [search(text, languages=["en"]) for text in texts]


def _quantulum(texts: Sequence[str]) -> Work:
    vars(import_module("quantulum3.classifier")).update(USE_CLF=False)  # its models want a scikit-learn of their own
    parse = import_module("quantulum3.parser").parse
    return lambda: [parse(text) for text in texts]


def _megabytes(texts: Sequence[str]) -> float:
    return sum(len(text.encode()) for text in texts) / 1e6


def _print_kinds(texts: Sequence[str], runs: int) -> None:
    seconds, size = total(texts, runs), _megabytes(texts)
    print(f"{len(texts)} articles, {size:.2f} MB")
    print(f"{'kind':34} {'docs/s':>9} {'MB/s':>7} {'share':>6}")
    whole = sum(seconds.values())
    for kind, took in (*seconds.items(), ("all", whole)):
        print(f"{kind:34} {len(texts) / took:9.0f} {size / took:7.2f} {took / whole:6.1%}")


def _print_peers(texts: Sequence[str], runs: int) -> None:
    ours, size = total(texts, runs), _megabytes(texts)
    print(f"\nbeside others, on {len(texts)} articles, {size:.2f} MB")
    print(f"{'library':34} {'docs/s':>9} {'MB/s':>7} {'ours MB/s':>10} {'ratio':>6}")
    for name, kinds, work, reason in peers(texts):
        if work is None:
            print(f"{name:34} skipped, not to be imported here: {reason}")
            continue
        began = time.process_time()
        work()
        took, own = time.process_time() - began, ours["reading"] + sum(ours[kind] for kind in kinds)
        print(f"{name:34} {len(texts) / took:9.1f} {size / took:7.3f} {size / own:10.2f} {took / own:6.1f}")


def _print_growth(texts: Sequence[str], longest: float) -> None:
    whole = "\n\n".join(texts)
    sizes = [size for size in (longest / 100, longest / 10, longest) if size > 0]
    print("\none text, ever longer")
    print(f"{'MB':>8} {'s':>8} {'MB/s':>7}")
    for size in sizes:
        length = int(size * 1e6)
        text = (whole * (1 + length // len(whole)))[:length]
        took = sum(spent_on(text).values())
        print(f"{size:8.2f} {took:8.2f} {size / took:7.2f}")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=1.0, help="how much text is made")
    parser.add_argument("--articles", type=Path, help="JSON lines to take instead")
    parser.add_argument("--runs", type=int, default=3, help="the best of so many counts")
    parser.add_argument("--peer-kilobytes", type=int, default=50, help="how much of it the other libraries read")
    parser.add_argument("--longest", type=float, default=10.0, help="MB of the longest single text; 0 for none")
    args = parser.parse_args()
    texts = read_articles(args.articles) if args.articles else make_articles(args.megabytes)
    spent_on(texts[0])  # the tables are read once
    _print_kinds(texts, args.runs)
    few, size = [], 0
    for text in texts:
        if size < args.peer_kilobytes * 1000:
            few.append(text)
            size += len(text.encode())
    _print_peers(few, args.runs)
    if args.longest > 0:
        _print_growth(texts, args.longest)


if __name__ == "__main__":
    main()
