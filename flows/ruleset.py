"""The ruleset: a hash of all that decides what is made of given bytes."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from functools import cache
from pathlib import Path

import copydesk
from copydesk.config import Options
from flows.facts import version_of_pipeline
from schemas import CONTRACT

SUFFIXES = {".py", ".json", ".tsv", ".txt", ".csv", ".toml"}


def ruleset_of(options: Options) -> str:
    """Return the hash, in hex, of the desk's code and data, the contract and the options; the same on every machine."""
    chosen = CONTRACT, sorted(asdict(options).items(), key=lambda item: item[0]), version_of_pipeline(options)
    return hashlib.sha256(_code_digest() + repr(chosen).encode()).hexdigest()


@cache
def _code_digest() -> bytes:
    folder = Path(copydesk.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in SUFFIXES and "__pycache__" not in path.parts:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()
