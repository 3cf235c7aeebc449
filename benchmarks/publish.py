"""What it costs to publish: the readers' copy of a warehouse of many articles, after some of them changed.

    python -m benchmarks.publish [--articles 1000 10000 100000]

A thousand articles of about 240 words are cleaned and loaded; further ones are their rows under other ids, put in by
SQL. Then, for each number of changed articles, these are noted as changed and published: ``whole`` is the first copy,
``again`` a copy of the file that readers have (where one of them holds the other generation). Times are CPU seconds of
all threads; ``wall`` is beside them.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.load import small_text
from flows.roots import Root
from flows.steps import ingest_paths
from schemas.tables import TABLES, dtypes_of
from warehouse.connect import Warehouse, open_warehouse
from warehouse.files import files_of
from warehouse.touched import touch_rows

BASE = 1000
"""Articles that go all the way."""


def begin(root: Root) -> None:
    """Clean and load the articles."""
    root.make()
    for number in range(BASE):
        text = "\n\n".join(small_text(3 * number + part) for part in range(3))
        (root.raw / f"{number}.txt").write_text(text, encoding="utf-8")
    assert not ingest_paths([str(root.raw)], root).failures  # noqa: S101 - or the figures say nothing


def multiply(warehouse: Warehouse, times: int) -> None:
    """Put the rows of the documents in again, under other ids."""
    kept = ("source_id", "run_id", "entity_id", "person_id", "organisation_id", "location_id")
    for number in range(1, times):
        for table in TABLES:
            if "document_id" not in dtypes_of(table):
                continue
            types = dict(
                warehouse.connection.execute(
                    "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ?", [table]
                ).fetchall()
            )
            columns = ", ".join(
                f"md5(concat({name}, {number}))::UUID" if types[name] == "UUID" and name not in kept else name
                for name in dtypes_of(table)
            )
            source = f"SELECT {columns} FROM base.{table}"  # noqa: S608 - our own names
            warehouse.connection.execute(f"INSERT INTO {table} ({', '.join(dtypes_of(table))}) {source}")


def measure(warehouse: Warehouse, changed: int, *, afresh: bool = False) -> None:
    """Note articles as changed, publish, and print what it took."""
    ids = warehouse.rows(
        "SELECT document_id::VARCHAR AS id FROM documents USING SAMPLE ? ROWS".replace("?", str(changed))
    )
    touch_rows(warehouse.connection, "document_id", [row["id"] for row in ids])
    began, wall = time.process_time(), time.monotonic()
    done = warehouse.publish(afresh=afresh)
    took, wall = time.process_time() - began, time.monotonic() - wall
    assert done is not None  # noqa: S101 - something has changed
    how = "whole" if afresh else "again" if done.is_whole else f"{changed} changed"
    print(f"  {how:14} {took:7.2f} s (wall {wall:6.2f} s), {done.rows} rows put in", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000, 100_000], help="in the warehouse")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Root.find(folder)
        begin(root)
        for count in args.articles:
            path = Path(folder, f"{count}.duckdb")
            with open_warehouse(path) as warehouse:
                warehouse.connection.execute(f"ATTACH '{root.warehouse}' AS base (READ_ONLY)")
                for table in TABLES:
                    warehouse.connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM base.{table}")  # noqa: S608
                multiply(warehouse, count // BASE)
                warehouse.connection.execute("DETACH base")
                warehouse.connection.execute("CHECKPOINT")
                (facts,) = warehouse.rows("SELECT count(*) AS n FROM facts")
                print(f"{count} articles, {facts['n']} facts, {path.stat().st_size / 2**20:.0f} MiB", flush=True)
                measure(warehouse, 1, afresh=True)
                measure(warehouse, 1)
                for changed in (1, 1, 10, 100, 1000):
                    measure(warehouse, changed)
            for file in (path, files_of(path).current, *files_of(path).generations):
                file.unlink()


if __name__ == "__main__":
    main()
