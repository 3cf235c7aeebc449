"""Exports are written beside their place and put there when they are whole."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from copydesk.errors import CopydeskError
from flows.inputs import input_error
from flows.roots import SETTINGS, Root
from warehouse.exports.chosen import Chosen, Filters, Tell, open_chosen
from warehouse.exports.formats import Format
from warehouse.files import published_path

MARK = "copydesk-export.json"
"""In the folder of an export: says what it is of, and that it may be replaced by another one."""
STDOUT = Path("/dev/stdout")


def export(form: Format, filters: Filters, place: Path, root: Root, *, force: bool, tell: Tell) -> int:
    """Write the articles that the filters choose to a path, in a format, and return how many there were.

    Killed at any moment, the path leads to nothing, to what was there before, or to the whole.

    Raises:
        CopydeskError: something is there already, or must not be replaced.
        QueryError: the condition is wrong.
        WarehouseBusy, WarehouseError: as for ``open_readers``.

    """
    if not (place == STDOUT and not form.is_folder):
        check_place(form, place, root, force=force)
    with _beside(place) as part:
        made = STDOUT if place == STDOUT else part / "new"
        if form.is_folder:
            made.mkdir()
        with open_chosen(root.warehouse, filters, part) as chosen:
            _write(form, chosen, made, tell)
        if form.is_folder:
            _mark(made, form, filters, chosen.count)
        if made != STDOUT:
            _put(made, place, part)
    return chosen.count


def check_place(form: Format, place: Path, root: Root, *, force: bool) -> None:
    """See that an export may be put at a path.

    Raises:
        CopydeskError: it may not.

    """
    name = str(place)
    real = place.resolve()
    kept = (root.raw, root.path / "warehouse", root.path / SETTINGS, root.warehouse, published_path(root.warehouse))
    if any(real.is_relative_to(path) or path.is_relative_to(real) for path in map(Path.resolve, kept)):
        raise CopydeskError("copydesk keeps its own things here.", advice="Choose another place.", source=name)
    if not real.parent.is_dir():
        raise CopydeskError(f"there is no folder {place.parent}.", advice="Make it, or choose another.", source=name)
    if not place.exists():
        return
    if place.is_dir() != form.is_folder:
        kind = "a folder" if form.is_folder else "a file"
        raise CopydeskError(f"{form.name} is written into {kind}.", advice="Choose another name.", source=name)
    if form.is_folder and not any(place.iterdir()):
        return
    if not force:
        raise CopydeskError("it is there already.", advice="Choose another name, or replace it: --force.", source=name)
    if form.is_folder and not (place / MARK).is_file():
        raise CopydeskError(
            "this folder is no export of copydesk, and is not replaced.", advice="Choose another name.", source=name
        )
    if not (form.is_folder or place.is_file()):
        raise CopydeskError("this is no file.", advice="Choose another name.", source=name)


def _write(form: Format, chosen: Chosen, place: Path, tell: Tell) -> None:
    try:
        form.write(chosen, place, tell)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise input_error(error, str(place)) from error


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """Yield a new folder on the same disk as a place, which is gone afterwards."""
    near = None if place == STDOUT else place.resolve().parent
    part = Path(tempfile.mkdtemp(prefix=f".{place.name[:100]}.part-", dir=near))
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _mark(folder: Path, form: Format, filters: Filters, count: int) -> None:
    chosen = {name: value for name, value in asdict(filters).items() if value}
    said = {"copydesk": version("copydesk"), "format": form.name, "filters": chosen, "articles": count}
    text = json.dumps(said, ensure_ascii=False, indent=2, default=str)
    (folder / MARK).write_text(text + "\n", encoding="utf-8")


def _put(made: Path, place: Path, part: Path) -> None:
    """Rename what was made to its place; a folder that is there is moved out of the way first."""
    if made.is_dir() and place.exists():
        place.rename(part / "old")
    made.rename(place)
