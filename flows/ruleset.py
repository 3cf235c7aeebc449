"""The ruleset: a hash of all that decides what is made of given bytes."""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import asdict
from functools import cache
from pathlib import Path

import copydesk
from copydesk.config import Options
from schemas import CONTRACT

SUFFIXES = {".py", ".json", ".tsv", ".txt", ".csv", ".toml"}


def ruleset_of(options: Options) -> str:
    """Return the hash, in hex, of the desk's code and data, the contract and the options; the same on every machine.

    The code of people's plug-ins is part of it: another plug-in, other rows.
    """
    chosen = CONTRACT, sorted(asdict(options).items())
    plugins = b"".join(_plugin_code(rules.plugin) for rules in options.sites if rules.plugin)
    return hashlib.sha256(_code_digest() + repr(chosen).encode() + plugins).hexdigest()


def _plugin_code(plugin: str) -> bytes:
    """Return the source of the module of a plug-in; nothing where there is none: its pages will say so."""
    try:
        found = importlib.util.find_spec(plugin.partition(":")[0])
    except (ImportError, ValueError):
        return b""
    return Path(found.origin).read_bytes() if found and found.origin and Path(found.origin).is_file() else b""


@cache
def _code_digest() -> bytes:
    folder = Path(copydesk.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in SUFFIXES and "__pycache__" not in path.parts:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()
