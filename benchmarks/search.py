"""How long search takes, by CPU time, and what its index costs: on made-up articles, put straight into the tables.

    python benchmarks/search.py --articles 100000

1. The index: milliseconds an article, and bytes an article beside those of the other tables.
2. Queries: rare, usual and frequent words, phrases, filters, after a run of all but an eighth of the articles.
3. The same when that eighth has come since, a hundred articles a run: the most that lies behind the order.

Words follow Zipf's law over 200,000 of them; an article has 30 sentences of 15 words, of which 20 hold facts.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

sys.path.insert(0, str(Path(__file__).parent.parent))

from copydesk.search_query import parse_query
from schemas.ids import make_id
from schemas.tables import dtypes_of
from warehouse.connect import open_warehouse
from warehouse.search import Wanted, search
from warehouse.search_index import put_in_order, refresh
from warehouse.streams import Stream

SENTENCES, WORDS, VOCABULARY = 30, 15, 200_000
WITH_FACTS = 20
CHUNK = 2000
SMALL_RUN = 100
DEFAULTS = {pl.Int64: "0", pl.Boolean: "true", pl.Float64: "0.5", pl.String: "'0'", pl.Datetime: "now()", pl.List: "[]"}
QUERIES = {
    "a rare word": ("w90000", Wanted()),
    "three usual words": ("w300 w2000 w9000", Wanted()),
    "three frequent words": ("w1 w3 w8", Wanted()),
    "eight words": ("w2 w30 w200 w700 w1500 w4000 w20000 w90000", Wanted()),
    "a phrase": ('"w5 w9"', Wanted()),
    "a phrase that is nowhere": ('"w40 w9000 w41"', Wanted()),
    "words, a minus": ("w300 w2000 -w50", Wanted()),
    "words, days, a language": (
        "w300 w2000",
        Wanted(since=date(2024, 2, 1), until=date(2024, 3, 1), language="en"),
    ),
    "words, an entity": ("w300 w2000", Wanted(entities=["org:w7"])),
    "facts, three usual words": ("w300 w2000 w9000", Wanted(facts=True)),
    "facts, three frequent words": ("w1 w3 w8", Wanted(facts=True)),
    "facts of a kind, an entity": ("w300 w20", Wanted(kinds=["quantity"], entities=["org:w7"])),
}


def put(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Put rows into a table; columns that are not given and cannot be NULL get something."""
    needed = "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND NOT is_nullable"
    missing = {name for (name,) in connection.execute(needed, [table]).fetchall()} - set(frame.columns)
    types = dtypes_of(table)
    uuids = {"fact_key", "run_id", "capture_id", "source_id"}
    filled = [
        f"{'uuid()' if name in uuids else DEFAULTS[types[name].base_type()]} AS {name}" for name in sorted(missing)
    ]
    connection.register("made", Stream(frame))
    connection.execute(f"INSERT INTO {table} BY NAME SELECT *, {', '.join(filled)} FROM made")  # noqa: S608 - our names
    connection.unregister("made")


def articles(first: int, count: int) -> Iterator[dict[str, object]]:
    """Yield made-up articles: ids, a title, sentences."""
    random = np.random.default_rng(first)
    ranks = np.exp(random.random((count, SENTENCES * WORDS + 6)) * np.log(VOCABULARY)).astype(int)
    for number, row in enumerate(ranks, first):
        words = [f"w{rank}" for rank in row]
        sentences = [" ".join(words[n : n + WORDS]) + "." for n in range(6, len(words), WORDS)]
        yield {
            "number": number,
            "document_id": make_id("document", number),
            "version_id": make_id("version", number),
            "derivation_id": make_id("derivation", number),
            "field_id": make_id("field", number),
            "title": " ".join(words[:6]),
            "sentences": sentences,
            "entity_id": f"org:w{row[6] % 50}",
        }


def fill(connection: duckdb.DuckDBPyConnection, first: int, count: int) -> None:
    """Put made-up articles into the tables that search reads."""
    made = pl.DataFrame(list(articles(first, count))).with_columns(
        text=pl.col("sentences").list.join(" "),
        published_local=pl.datetime(2024, 1, 1) + pl.duration(days=pl.col("number") % 365),
        language=pl.lit("en"),
        path=pl.col("number").cast(pl.String),
        rows_sha256=pl.lit("x"),
        is_current=pl.lit(value=True),
        base_text=pl.col("sentences").list.join(" "),
        source_id=pl.lit(make_id("source", "made")),
    )
    names = ["document_id", "version_id", "derivation_id", "title", "published_local", "language", "rows_sha256"]
    put(connection, "documents", made.select("document_id", "path", "source_id"))
    put(connection, "versions", made.select("document_id", "version_id", "is_current"))
    put(connection, "derivations", made.select(*names, "is_current", "base_text"))
    body = pl.lit("body").alias("field")
    put(connection, "fields", made.select("field_id", "document_id", "derivation_id", "text", body))
    sentences = (
        made.select("document_id", "derivation_id", "field_id", "entity_id", sentence="sentences")
        .explode("sentence")
        .with_columns(ends=(pl.col("sentence").str.len_chars() + 1).cum_sum().over("field_id"))
        .with_columns(sentence_start=pl.col("ends") - pl.col("sentence").str.len_chars() - 1)
        .with_columns(body, rank=pl.int_range(pl.len()).over("field_id"))
    )
    for table, share in {"mentions": 1, "dates": 3, "quantities": 4, "events": 5, "quotes": 10}.items():
        facts = sentences.filter((pl.col("rank") < WITH_FACTS) & (pl.col("rank") % share == 0)).with_columns(
            start_offset="sentence_start",
            end_offset=pl.col("sentence_start") + 8,
            evidence=pl.col("sentence").str.slice(0, 8),
            fact_id=(pl.lit(table) + pl.col("derivation_id") + pl.col("rank").cast(pl.String)).map_elements(
                lambda text: make_id("fact", text), return_dtype=pl.String
            ),
        )
        left_out = ["ends", "rank"] + ([] if table == "mentions" else ["entity_id"])
        put(connection, table, facts.drop(left_out))


def measure(connection: duckdb.DuckDBPyConnection, label: str) -> None:
    """Print the CPU time of each query: the first call on a connection, and the median of five more, with its wall."""
    print(f"{label}: ms of CPU, at first and then; of the clock   found")
    for name, (text, wanted) in QUERIES.items():
        times, clock, total = [], [], None
        for _ in range(6):
            began, at = time.process_time(), time.perf_counter()
            total = search(connection, parse_query(text), wanted).total
            times.append(1000 * (time.process_time() - began))
            clock.append(1000 * (time.perf_counter() - at))
        then, seen = statistics.median(times[1:]), statistics.median(clock[1:])
        print(f"   {name:28} {times[0]:6.0f} {then:6.0f} {seen:6.0f}   {total if total is not None else '?'}")


def size_of(path: Path) -> float:
    """Return the size of a file in megabytes."""
    return path.stat().st_size / 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000, help="how many")
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "w.duckdb")
        behind = count // 8
        with open_warehouse(path) as warehouse:
            connection = warehouse.connection
            put(connection, "sources", pl.DataFrame({"source_id": [make_id("source", "made")], "name": ["made"]}))
            names = [f"org:w{number}" for number in range(50)]
            put(connection, "entities", pl.DataFrame({"entity_id": names, "name": names, "type": ["ORG"] * 50}))
            for first in range(0, count - behind, CHUNK):
                fill(connection, first, min(CHUNK, count - behind - first))
        plain = size_of(path)
        with open_warehouse(path) as warehouse:
            began = time.process_time()
            refresh(warehouse.connection)
            spent = time.process_time() - began
        indexed = size_of(path)
        print(f"1. {count - behind} articles: index {1000 * spent / (count - behind):.2f} ms an article, ", end="")
        print(f"{1000 * (indexed - plain) / (count - behind):.1f} kB beside {1000 * plain / (count - behind):.1f} kB")
        with open_warehouse(path, read_only=True) as warehouse:
            measure(warehouse.connection, f"2. {count - behind} articles of one run")
        for first in range(count - behind, count, SMALL_RUN):
            with open_warehouse(path) as warehouse:
                fill(warehouse.connection, first, min(SMALL_RUN, count - first))
                refresh(warehouse.connection)
        with open_warehouse(path, read_only=True) as warehouse:
            measure(warehouse.connection, f"3. {behind} more in small runs")
        with open_warehouse(path) as warehouse:
            began = time.process_time()
            put_in_order(warehouse.connection)
            print(f"4. put in order: {time.process_time() - began:.1f} s")


if __name__ == "__main__":
    main()
