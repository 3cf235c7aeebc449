"""Where things are: the root folder with its settings, landing zone and warehouse."""

from __future__ import annotations

import math
import os
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from copydesk.config import INSERT_KINDS, MEBIBYTE, Options, Phrases
from copydesk.errors import CopydeskError
from flows.site_settings import make_importable, read_sites

SETTINGS = "copydesk.toml"

TEMPLATE = """\
# copydesk's settings. A flag beats an environment variable (COPYDESK_...), which beats this file.

[read]
max_mb = 16            # larger inputs are refused

[clean]
min_confidence = 0.5   # less sure edits are suggested, not made

# [facts]
# spacy = "en_core_web_sm"   # an installed spaCy pipeline that finds names too

# [phrases]            # lines of your own that leave the text: whole lines, any case; * stands for any words
# read_more = ["Harbour dossier: *"]

# [fetch]              # who asks: servers see it
# contact = "mailto:desk@isle.example"

# [sources.isle]       # `copydesk add https://isle.example/feed --every 6h` writes these
# kind = "feed"
# location = "https://isle.example/feed"
# every = "6h"
"""


@dataclass(frozen=True, slots=True)
class Root:
    """A root folder.

    Attributes:
        path: the folder itself.
        options: what its ``copydesk.toml`` (or the environment) chooses.
        database: a warehouse in another place than the usual one.

    """

    path: Path
    options: Options
    database: Path | None = None

    @property
    def raw(self) -> Path:
        """The landing zone: what people drop in."""
        return self.path / "raw"

    @property
    def store(self) -> Path:
        """Received bytes, each once, under their SHA-256."""
        return self.raw / "store"

    @property
    def warehouse(self) -> Path:
        """The DuckDB file."""
        return self.database or self.path / "warehouse" / "copydesk.duckdb"

    @classmethod
    def find(cls, path: str | Path | None = None, warehouse: str | Path | None = None) -> Root:
        """Return the root at a path, in ``COPYDESK_ROOT``, or here; ``warehouse`` is another DuckDB file than its own.

        Raises:
            CopydeskError: its ``copydesk.toml`` cannot be understood.

        """
        folder = Path(path or os.environ.get("COPYDESK_ROOT") or ".").resolve()
        database = Path(warehouse).resolve() if warehouse else None
        settings = folder / SETTINGS
        return cls(folder, replace(_options(settings), sites=read_sites(settings)), database)

    def __post_init__(self) -> None:
        """Let plug-ins that lie in the root be found, in whatever process."""
        make_importable(self.options.sites, self.path)

    def make(self) -> list[Path]:
        """Make the folders and a settings file where they are missing; return what was made."""
        made = [folder for folder in (self.raw, self.warehouse.parent) if not folder.is_dir()]
        for folder in made:
            folder.mkdir(parents=True, exist_ok=True)
        settings = self.path / SETTINGS
        if not settings.exists():
            settings.write_text(TEMPLATE, encoding="utf-8")
            made.append(settings)
        return made


_KEYS = {"read.max_mb", "clean.min_confidence", "facts.spacy", *(f"phrases.{kind}" for kind in INSERT_KINDS)}
"""What a settings file may hold."""
ELSEWHERE = frozenset(("sources", "fetch"))
"""Tables that ``flows.sources.settings`` reads."""


def _options(settings: Path) -> Options:
    try:
        found = tomllib.loads(settings.read_text(encoding="utf-8")) if settings.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CopydeskError(f"not valid TOML: {error}.", advice="Mend the file.", source=str(settings)) from error
    found.pop("sites", None)  # flows.site_settings reads it
    for table, section in found.items():
        if table in ELSEWHERE:
            continue
        written = {f"{table}.{name}" for name in section} if isinstance(section, dict) else {table}
        if unknown := sorted(written - _KEYS):
            advice = f"There are {', '.join(sorted(_KEYS))}."
            raise CopydeskError(f"there is no setting {unknown[0]}.", advice=advice, source=str(settings))
    default = Options()
    max_mb = _number(settings, found, ("read", "max_mb"), default.max_bytes / MEBIBYTE)
    confidence = _number(settings, found, ("clean", "min_confidence"), default.min_confidence)
    phrases = _phrases(settings, found.get("phrases"))
    spacy = _name(settings, found, ("facts", "spacy"))
    return Options(max_bytes=int(max_mb * MEBIBYTE), min_confidence=confidence, spacy=spacy, phrases=phrases)


def _name(settings: Path, found: dict[str, object], key: tuple[str, str]) -> str | None:
    """Return a name from the environment or the settings file; None where neither has one."""
    table, name = key
    section = found.get(table)
    value = os.environ.get(f"COPYDESK_{name.upper()}") or (section.get(name) if isinstance(section, dict) else None)
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise CopydeskError(f"{table}.{name} is no name: {value!r}.", advice="Give a name.", source=str(settings))
    return value


def _phrases(settings: Path, section: object) -> Phrases:
    """Return the user's lines by kind."""
    found = []
    for kind, lines in sorted(section.items()) if isinstance(section, dict) else ():
        is_list = isinstance(lines, list) and all(isinstance(line, str) and line.strip(" *") for line in lines)
        if not is_list:
            advice = 'Write a list of lines with words in them, as ["Harbour dossier: *"].'
            raise CopydeskError(f"phrases.{kind} is no list of lines.", advice=advice, source=str(settings))
        if lines:
            found.append((kind, tuple(lines)))
    return tuple(found)


def _number(settings: Path, found: dict[str, object], key: tuple[str, str], default: float) -> float:
    """Return a positive number from the environment or the settings file."""
    table, name = key
    section = found.get(table)
    variable = f"COPYDESK_{name.upper()}"
    value = os.environ.get(variable) or (section.get(name, default) if isinstance(section, dict) else default)
    source = variable if os.environ.get(variable) else str(settings)
    try:
        number = float(str(value))
    except ValueError:
        number = -1.0
    if not (math.isfinite(number) and number >= 0):
        raise CopydeskError(f"{table}.{name} is not a number: {value!r}.", advice="Give a number.", source=source)
    return number
