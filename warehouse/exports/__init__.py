"""Exports: articles with their fields, edits and facts, in the formats of others.

A new format is one module of this package, with a ``FORMAT``, and its line in ``FORMATS``. Nothing is loaded before a
format is asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.exports.formats import Format

FORMATS: Mapping[str, tuple[str, str]] = {
    "parquet": ("parquet_files", "a folder a table, partitioned by source"),
    "csv": ("csv_files", "a file a table"),
    "jsonl": ("json_lines", "a line an article"),
    "markdown": ("markdown_files", "a file an article, with front matter"),
    "annotations": ("web_annotations", "W3C Web Annotations (JSON-LD) of edits and facts, beside both texts"),
}
"""By name: the module, and the line for ``copydesk export --help``."""


def find_format(name: str) -> Format:
    """Return a format by its name in ``FORMATS``."""
    found: Format = importlib.import_module(f"warehouse.exports.{FORMATS[name][0]}").FORMAT
    return found
