"""Prefect's settings as we want them, and whether a server is configured; imports no Prefect."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # no call leaves the machine
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # a first start in a fresh home takes 19 s and more
    "PREFECT_LOGGING_LEVEL": "WARNING",
}


def apply() -> None:
    """Set what the environment leaves open. Call it before Prefect is imported: it reads its settings then."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)


def server_url() -> str | None:
    """Return the API of the Prefect server that is configured: in the environment, here, or in the active profile."""
    return os.environ.get("PREFECT_API_URL") or _url_in_folder() or _url_in_profile()


def _url_in_folder() -> str | None:
    for name, keys in (("prefect.toml", ("api", "url")), ("pyproject.toml", ("tool", "prefect", "api", "url"))):
        if url := _lookup(Path(name), keys):
            return url
    return None


def _url_in_profile() -> str | None:
    home = Path(os.environ.get("PREFECT_HOME") or "~/.prefect")
    try:
        home = home.expanduser()
    except RuntimeError:  # a user without a home has no profiles
        return None
    profiles = Path(os.environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml")
    active = os.environ.get("PREFECT_PROFILE") or _lookup(profiles, ("active",))
    return _lookup(profiles, ("profiles", active, "PREFECT_API_URL")) if active else None


def _lookup(path: Path, keys: tuple[str, ...]) -> str | None:
    try:
        found: object = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None  # Prefect itself says what is wrong with its files
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, str) and found else None
