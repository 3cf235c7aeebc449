"""Exports: articles with their fields, edits and facts, in the formats of others.

A new format is one module that makes a ``Format``, and its line in ``FORMATS``.
"""

from __future__ import annotations

from collections.abc import Mapping

from warehouse.exports import csv_files, json_lines, markdown_files, parquet_files, web_annotations
from warehouse.exports.formats import Format

FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        parquet_files.PARQUET,
        csv_files.CSV,
        json_lines.JSONL,
        markdown_files.MARKDOWN,
        web_annotations.ANNOTATIONS,
    )
}
"""By name, in the order in which help lists them."""
