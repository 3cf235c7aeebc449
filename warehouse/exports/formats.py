"""What a format is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from warehouse.exports.chosen import Chosen, Tell


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write articles.

    Attributes:
        name: what it is called on the command line.
        is_folder: it writes into a folder, which is there and empty; otherwise one file.
        write: writes what was chosen to a path, and tells how far it is. The same articles give the same bytes.

    """

    name: str
    is_folder: bool
    write: Callable[[Chosen, Path, Tell], None]
