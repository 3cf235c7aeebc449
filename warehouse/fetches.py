"""What servers said of addresses: read before they are asked again, written when the answers are loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields

import duckdb

from warehouse.records import Fetch
from warehouse.touched import touch_rows
from warehouse.transactions import transaction

_NAMES = [field.name for field in fields(Fetch)]
_COLUMNS = ", ".join("size_bytes" if name == "size" else name for name in _NAMES)
_READ = f"SELECT {_COLUMNS} FROM fetches WHERE url IN (SELECT unnest(?))"  # noqa: S608 - our own names
_FORGET = "DELETE FROM fetches WHERE url IN (SELECT unnest(?))"
_TYPES = {"status": "BIGINT", "size": "BIGINT", "fetched_at": "TIMESTAMPTZ", "checked_at": "TIMESTAMPTZ"}
_TYPES["gone_at"] = "TIMESTAMPTZ"
_LISTS = ", ".join(f"unnest(?::{_TYPES.get(name, 'VARCHAR')}[])" for name in _NAMES)
_WRITE = f"INSERT INTO fetches ({_COLUMNS}) SELECT {_LISTS}"


def read_fetches(connection: duckdb.DuckDBPyConnection, urls: Sequence[str]) -> Mapping[str, Fetch]:
    """Return what is known of some addresses, by address."""
    rows = connection.execute(_READ, [list(urls)]).fetchall()
    return {row[0]: Fetch(**dict(zip(_NAMES, row, strict=True))) for row in rows}


def save_fetches(connection: duckdb.DuckDBPyConnection, fetches: Sequence[Fetch]) -> None:
    """Write down what servers said, in place of what they said before; of one address twice, the last counts."""
    latest = {fetch.url: fetch for fetch in fetches}
    if not latest:
        return
    columns = [list(column) for column in zip(*map(astuple, latest.values()), strict=True)]
    with transaction(connection):
        connection.execute(_FORGET, [list(latest)])
        connection.execute(_WRITE, columns)
        touch_rows(connection, "url", latest)
