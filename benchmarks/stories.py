"""What stories cost, by CPU time of all threads: all articles at once, then one more, a hundred, an older one.

    python -m benchmarks.stories [--articles 1000 10000 100000]

Articles are made up: 450 words that follow Zipf's law over 200,000 of them, in ten paragraphs, above one footer of 30
words. One in ten is a copy of another one with a word in fifty changed. They are put straight into the tables.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from benchmarks.search import VOCABULARY, put
from schemas.ids import make_id
from warehouse.connect import open_warehouse
from warehouse.stories import refresh

PARAGRAPHS, WORDS = 10, 45
COPIES, CHANGED = 10, 50
CHUNK = 2000
LETTERS = str.maketrans("0123456789", "abcdefghij")
FOOTER = " ".join(f"footer{number}".translate(LETTERS) for number in range(30)) + "."


def texts(first: int, count: int) -> list[list[str]]:
    """Return the paragraphs of made-up articles; number 10, 20 ... are copies of 9, 19 ..."""
    found = []
    for number in range(first, first + count):
        is_copy = number % COPIES == 0 and number > 0
        random = np.random.default_rng(abs(number) - is_copy + 10**9 * (number < 0))
        ranks = np.exp(random.random(PARAGRAPHS * WORDS) * np.log(VOCABULARY)).astype(int)
        if is_copy:
            ranks[::CHANGED] += 1
        words = [f"w{rank}".translate(LETTERS) for rank in ranks]
        found.append([" ".join(words[n : n + WORDS]) + "." for n in range(0, len(words), WORDS)] + [FOOTER])
    return found


def fill(connection: duckdb.DuckDBPyConnection, first: int, count: int) -> None:
    """Put made-up articles into the tables that stories are made from."""
    numbers = range(first, first + count)
    made = pl.DataFrame(
        {
            **{f"{name}_id": [make_id(name, number) for number in numbers] for name in ("document", "version")},
            "derivation_id": [make_id("derivation", number) for number in numbers],
            "number": list(numbers),
            "paragraphs": texts(first, count),
        }
    ).with_columns(
        valid_from=pl.datetime(2024, 1, 1, time_zone="UTC") + pl.duration(minutes=pl.col("number")),
        words=pl.lit(PARAGRAPHS * WORDS),
        path=pl.col("number").cast(pl.String),
        source_id=pl.lit(make_id("source", "made")),
        is_current=pl.lit(value=True),
        published_precision=pl.lit(None, dtype=pl.String),
    )
    put(connection, "documents", made.select("document_id", "path", "source_id"))
    put(connection, "versions", made.select("document_id", "version_id", "is_current", "valid_from"))
    names = ("document_id", "version_id", "derivation_id", "is_current", "words", "published_precision")
    put(connection, "derivations", made.select(*names))
    paragraphs = (
        made.select("document_id", "derivation_id", text="paragraphs")
        .explode("text")
        .with_columns(ordinal=pl.int_range(pl.len()).over("derivation_id"))
        .with_columns(paragraph_id=pl.concat_str("derivation_id", pl.col("ordinal").cast(pl.String)))
        .with_columns(
            pl.col("paragraph_id").map_elements(lambda text: make_id("paragraph", text), return_dtype=pl.String)
        )
    )
    put(connection, "paragraphs", paragraphs)


def measure(count: int) -> None:
    """Print what it costs with so many articles."""
    with tempfile.TemporaryDirectory() as folder, open_warehouse(Path(folder, "w.duckdb")) as warehouse:
        connection = warehouse.connection
        put(connection, "sources", pl.DataFrame({"source_id": [make_id("source", "made")], "name": ["made"]}))
        for first in range(0, count, CHUNK):
            fill(connection, first, min(CHUNK, count - first))
        spent = [seconds(connection)]
        (found,) = connection.execute("SELECT count(copy_of) FROM story_members").fetchone() or (0,)
        for first, more in ((count, 1), (count + 1, 100), (-1, 1)):
            fill(connection, first, more)
            spent.append(seconds(connection))
        each, one, hundred, oldest = 1000 * spent[0] / count, *spent[1:]
        print(f"{count:7}  {each:10.2f}  {one:8.2f}  {hundred:11.2f}  {oldest:9.2f}  {found:7}", flush=True)


def seconds(connection: duckdb.DuckDBPyConnection) -> float:
    """Return how long it takes to bring stories up to date."""
    began = time.process_time()
    refresh(connection)
    return time.process_time() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000, 100_000], help="how many")
    print("articles  ms each, all  s, one more  s, 100 more  s, oldest   copies")
    for count in parser.parse_args().articles:
        measure(count)


if __name__ == "__main__":
    main()
