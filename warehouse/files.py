"""The files of a warehouse: the one that is written, and the copies that are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Files:
    """The files of the readers' copy of a warehouse.

    Attributes:
        current: what readers open: a second name of one of the generations.
        generations: the two files that take turns.

    """

    current: Path
    generations: tuple[Path, Path]

    @property
    def idle(self) -> Path:
        """The generation that is not shown."""
        first, second = self.generations
        is_shown = self.current.exists() and first.exists() and self.current.samefile(first)
        return second if is_shown else first


def published_path(path: Path) -> Path:
    """Return where the readers' copy of a warehouse is.

    >>> published_path(Path("warehouse/copydesk.duckdb")).as_posix()
    'warehouse/copydesk_published.duckdb'
    """
    return path.with_name(f"{path.stem}_published{path.suffix}")


def files_of(path: Path) -> Files:
    """Return the files of the readers' copy of a warehouse."""
    current = published_path(path)
    first, second = (current.with_name(f".{current.stem}.{number}{current.suffix}") for number in (0, 1))
    return Files(current, (first, second))
