"""``copydesk diff``: what a publisher changed between two versions of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

import click
from rich.text import Text

from copydesk.changes import Change, FactChange, SentenceChange
from flows.commands.marked import COME, GONE, console_for
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.roots import Root

if TYPE_CHECKING:
    from warehouse.compared import Comparison, VersionName

STYLES = {Change.GONE: GONE, Change.NEW: COME, Change.CHANGED: "bold", Change.MOVED: "dim"}


@click.command()
@click.argument("document")
@click.option("--from", "before", metavar="VERSION", help="The older version (default: the one before --to).")
@click.option("--to", "after", metavar="VERSION", help="The newer version (default: the current one).")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@output_option
@root_option
def diff(document: str, before: str | None, after: str | None, output: str, root: str | None, *, as_json: bool) -> None:
    """Show what changed in DOCUMENT (its id): sentences, metadata, and the facts that came, went or changed.

    VERSION is a number (1 is the first), a version's id, or a day or time at which it was the valid one.
    """
    from warehouse.compared import VersionName, compare_versions  # noqa: PLC0415 - `diff --help` needs no duckdb
    from warehouse.readers import open_readers  # noqa: PLC0415 - as above

    with open_readers(Root.find(root).warehouse) as warehouse:
        found = compare_versions(warehouse, document.lower(), before, after)
    with opened(output) as out:
        if isinstance(found, VersionName):
            if as_json:
                write_json(out, {"versions": [_version(found)]}, indent=2)
            click.echo(
                f"there is one version, since {found.valid_from:%Y-%m-%d %H:%M} UTC: nothing to compare", err=True
            )
            return
        if not found.is_fair:
            click.echo(
                "no ruleset has read both versions, so some differences may be ours: copydesk backfill", err=True
            )
        if as_json:
            write_json(out, _as_json(found), indent=2)
        else:
            _write(out, found)


def _as_json(found: Comparison) -> dict[str, Any]:
    return {
        "document_id": found.document_id,
        "title": found.title,
        "from": _version(found.before),
        "to": _version(found.after),
        "same_ruleset": found.is_fair,
        "metadata": [{"name": name, "before": old, "after": new} for name, (old, new) in found.metadata.items()],
        "sentences": [{"change": s.change.value, "before": s.before, "after": s.after} for s in found.sentences],
        "facts": [
            {
                "change": fact.change.value,
                "kind": _either(fact).kind,
                "before": fact.before._asdict() if fact.before else None,
                "after": fact.after._asdict() if fact.after else None,
            }
            for fact in found.facts
        ],
    }


def _version(version: VersionName) -> dict[str, Any]:
    return {
        "number": version.number,
        "version_id": version.version_id,
        "valid_from": version.valid_from.isoformat(),
        "valid_to": version.valid_to.isoformat() if version.valid_to else None,
        "change_class": version.change_class,
    }


def _write(out: TextIO, found: Comparison) -> None:
    console = console_for(out)
    console.print(Text(found.title or "(no title)", style="bold"))
    for version in (found.before, found.after):
        until = f" to {version.valid_to:%Y-%m-%d %H:%M}" if version.valid_to else " until now"
        words = (
            f"  version {version.number}   {version.valid_from:%Y-%m-%d %H:%M}{until}   {version.change_class or ''}"
        )
        console.print(Text(words.rstrip()))
    for name, (old, new) in found.metadata.items():
        console.print(Text(f"  {name}   {old or '(none)'} → {new or '(none)'}"))
    if not (found.sentences or found.facts or found.metadata):
        console.print(Text("  the same words: only spacing, marks or what lies around the article differs"))
    if found.sentences:
        console.print(Text("text", style="bold"))
    for change in found.sentences:
        console.print(_sentence(change, in_colour=out.isatty()))
    if found.facts:
        console.print(Text("facts", style="bold"))
    for fact in found.facts:
        console.print(_fact(fact))


def _sentence(change: SentenceChange, *, in_colour: bool) -> Text:
    line = Text(f"  {change.change:8} ", style="")
    for piece in change.pieces():
        if piece.change is None or change.change is not Change.CHANGED:
            line.append(piece.text, style=STYLES[change.change] if change.change is not Change.CHANGED else "")
        elif in_colour:
            line.append(piece.text, style=STYLES[piece.change])
        else:
            line.append(f"[-{piece.text}-]" if piece.change is Change.GONE else f"{{+{piece.text}+}}")
    return line


def _fact(fact: FactChange) -> Text:
    line = Text(f"  {fact.change:8} {_either(fact).kind:13} ")
    if fact.before:
        line.append(fact.before.words(), style=GONE)
    if fact.before and fact.after:
        line.append(" → ")
    if fact.after:
        line.append(fact.after.words(), style=COME)
    return line


def _either(fact: FactChange) -> Any:  # noqa: ANN401 - a FactState: one of the two is there
    return fact.after or fact.before
