"""The ``[sites]`` of a settings file: people's own rules for the pages of a site."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from copydesk.config import SELECTORS, SiteRules
from copydesk.errors import CopydeskError

_HOST = re.compile(r"[^\s/:@*]+")
_KEYS = (*SELECTORS, "plugin")


def read_sites(settings: Path) -> tuple[SiteRules, ...]:
    """Return the rules in the ``sites`` table of a settings file that is valid TOML, if it is there.

    Raises:
        CopydeskError: one cannot be understood; it names the file, the site and the key.

    """
    section = tomllib.loads(settings.read_text(encoding="utf-8")).get("sites", {}) if settings.is_file() else {}
    if not isinstance(section, dict):
        raise _mistaken(settings, "sites is no table.", 'Write [sites."example.org"] with its keys below.')
    sites = tuple(_rules(settings, str(site), table) for site, table in section.items())
    if len({rules.site for rules in sites}) < len(sites):
        raise _mistaken(settings, "sites names a site twice.", "Put its rules into one table; www. means nothing.")
    make_importable(sites, settings.parent)
    return tuple(replace(rules, plugin_sha256=_digest(rules.plugin)) for rules in sites)


def _digest(plugin: str) -> str:
    """Return the hash of the module of a plug-in, in hex; nothing where there is none: its pages will say so."""
    try:
        found = importlib.util.find_spec(plugin.partition(":")[0]) if plugin else None
    except (ImportError, ValueError):
        return ""
    is_file = found is not None and found.origin is not None and Path(found.origin).is_file()
    return hashlib.sha256(Path(str(found.origin)).read_bytes()).hexdigest() if found and is_file else ""


def make_importable(sites: Iterable[SiteRules], folder: Path) -> None:
    """Let plug-ins be found in a folder, after all that is installed."""
    if any(rules.plugin for rules in sites) and str(folder) not in sys.path:
        sys.path.append(str(folder))


def _rules(settings: Path, site: str, table: object) -> SiteRules:
    from copydesk.readers.site_rules import host_name  # noqa: PLC0415 - where there are rules
    from copydesk.readers.site_said import check_rules  # noqa: PLC0415

    named = f'[sites."{site}"]'
    if not _HOST.fullmatch(site) or not isinstance(table, dict):
        advice = 'Name a host and put the rules below it: [sites."example.org"], then keep = "div.article-body".'
        raise _mistaken(settings, f"{named} is not what a site's rules look like.", advice)
    if unknown := sorted(table.keys() - set(_KEYS)):
        raise _mistaken(settings, f"{named} has no setting {unknown[0]}.", f"There are {', '.join(sorted(_KEYS))}.")
    keep, drop, title, author, date = (
        tuple(_selectors(settings, f"{named} {key}", table.get(key, []))) for key in SELECTORS
    )
    plugin = table.get("plugin", "")
    if not isinstance(plugin, str):
        raise _mistaken(settings, f"{named} plugin is no text.", 'Write module:function, as "tidy:tidy_article".')
    rules = SiteRules(host_name(site), keep, drop, title, author, date, plugin)
    try:
        check_rules(rules)
    except CopydeskError as error:
        error.source = str(settings)
        raise
    return rules


def _selectors(settings: Path, named: str, value: object) -> Iterator[str]:
    """Yield the selectors that a key holds: one, or a list of them."""
    for selector in value if isinstance(value, list) else [value]:
        if not isinstance(selector, str) or not selector.strip():
            advice = 'Write a CSS selector or a list of them, as ["div.article-body", "div.live-ticker"].'
            raise _mistaken(settings, f"{named} holds {selector!r}, which is no selector.", advice)
        yield selector.strip()


def _mistaken(settings: Path, reason: str, advice: str) -> CopydeskError:
    return CopydeskError(reason, advice=advice, source=str(settings))
