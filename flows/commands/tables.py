"""Results of queries as a table, CSV or JSON lines."""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import uuid
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import TextIO

from rich.table import Table
from rich.text import Text

from flows.commands.marked import console_for
from flows.commands.outputs import write_json

WIDEST = 80
"""Characters of a cell in a table; CSV and JSON hold the whole."""
AT_A_TIME = 1000
"""Rows of a table that are held at a time."""


def write_result(
    stream: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]], shape: str | None = None
) -> None:
    """Write rows as ``csv``, as ``json`` lines, or (None) as a table."""
    if shape == "csv":
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(["" if value is None else _csv(value) for value in row] for row in rows)
    elif shape == "json":
        names = _told_apart(columns)
        for row in rows:
            write_json(stream, dict(zip(names, map(_finite, row), strict=True)), default=_json)
    else:
        _write_table(stream, columns, iter(rows))


def _write_table(stream: TextIO, columns: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
    """Write a table, some rows at a time: the first ones give the widths."""
    console = console_for(stream)
    widths = [0] * len(columns)
    is_first = True
    while (part := list(islice(rows, AT_A_TIME))) or is_first:
        cells = [[_cell(value) for value in row] for row in part]
        widths = [max([width, *(row[i].cell_len for row in cells)]) for i, width in enumerate(widths)]
        table = Table(box=None, header_style="bold", show_header=is_first)
        for name, width in zip(columns, widths, strict=True):
            table.add_column(name, min_width=None if is_first else max(width, len(name)))
        for row in cells:
            table.add_row(*row)
        console.print(table)
        is_first = False


def _told_apart(columns: Sequence[str]) -> list[str]:
    """Give a number to columns that have the name of another: in a JSON object only one of them would be left.

    >>> _told_apart(["id", "name", "id"])
    ['id', 'name', 'id_1']
    """
    names: list[str] = []
    for column in columns:
        number, name = 0, column
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names


def _finite(value: object) -> object:
    """Write NaN and infinity as text: JSON has no number for them."""
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _cell(value: object) -> Text:
    text = "" if value is None else str(value)
    line = " ".join(text.split())
    return Text(line if len(line) <= WIDEST else line[: WIDEST - 1] + "…")


def _csv(value: object) -> object:
    return json.dumps(value, ensure_ascii=False, default=_json) if isinstance(value, list | dict) else value


def _json(value: object) -> object:
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, uuid.UUID | dt.timedelta):
        return str(value)
    return repr(value)
