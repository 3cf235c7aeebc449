"""``copydesk undo`` and ``redo``: one edit off or on, in a text or, for good, in the warehouse."""

from __future__ import annotations

import sys

import click

from copydesk.errors import LedgerError
from copydesk.pipeline import from_log
from copydesk.render import article_to_json, shorten
from copydesk.reviews import Decision, review_edit
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.commands.targets import Target, find_target
from flows.inputs import STDIN
from flows.roots import Root


def _decide(target: str, edits: tuple[int, ...], output: str, root: Root, decision: Decision, *, as_json: bool) -> None:
    found = find_target(target, root)
    try:
        for edit in edits:
            review_edit(found.article.log, edit, decision)
    except LedgerError as error:
        error.source, error.advice = target, f"{error.advice} `copydesk explain {target}` lists them."
        raise
    if found.document_id is None:
        _on_text(found, target, edits, output, decision, as_json=as_json)
    else:
        _in_warehouse(found, edits, root, decision)


def _on_text(
    found: Target, target: str, edits: tuple[int, ...], output: str, decision: Decision, *, as_json: bool
) -> None:
    """Print the text with the edits off (or on)."""
    log = found.article.log
    changed = log.undo(*edits) if decision is Decision.UNDO else log.redo(*edits)
    article = from_log(found.article.document, changed)
    with opened(output) as out:
        if as_json:
            write_json(out, {"id": target, **article_to_json(article)}, indent=2)
        else:
            out.write(article.text if article.text.endswith("\n") else article.text + "\n")
    others = sorted((changed.inactive ^ log.inactive) - set(edits))
    if others:
        click.echo(f"with it went what is built on it: edit {', '.join(map(str, others))}", err=True)
    if STDIN not in (target, output):
        click.echo(f"wrote {output}; {target} itself is as it was.", err=True)


def _in_warehouse(found: Target, edits: tuple[int, ...], root: Root, decision: Decision) -> None:
    """Keep the decision, and derive the document anew with it."""
    from flows.steps import decide_and_rederive  # noqa: PLC0415 - a text needs no warehouse
    from flows.summaries import failure_lines  # noqa: PLC0415 - as above

    log = found.article.log
    reviews = [review_edit(log, edit, decision) for edit in edits]
    summary = decide_and_rederive(str(found.document_id), reviews, root)
    if summary.failures:
        click.echo("copydesk: the decision is kept, but the text could not be derived anew:", err=True)
        for line in failure_lines(summary.failures):
            click.echo(f"copydesk: {line}", err=True)
        sys.exit(1)
    for edit, review in zip(edits, reviews, strict=True):
        words = shorten(review.selector.exact, 60)
        verb = "undone" if decision is Decision.UNDO else "made again"
        click.echo(f"edit {edit} ({review.kind}) is {verb}, now and in every later run: {words!r}", err=True)
    for article in summary.articles:
        click.echo(f"derived anew: {article.title or article.name}", err=True)


_target = click.argument("target")
_edits = click.argument("edits", type=int, nargs=-1, required=True)
_json = click.option("--json", "as_json", is_flag=True, help="The whole article as JSON (files only).")


@click.command()
@_target
@_edits
@_json
@output_option
@root_option
def undo(target: str, edits: tuple[int, ...], output: str, root: str | None, *, as_json: bool) -> None:
    """Switch EDITS of TARGET off.

    TARGET is a file: its text without these edits is printed, the file itself stays as it is. Or it is a document's id:
    the decision is kept in the warehouse, takes effect at once and survives every later run. `copydesk explain TARGET`
    lists the edits.
    """
    _decide(target, edits, output, Root.find(root), Decision.UNDO, as_json=as_json)


@click.command()
@_target
@_edits
@_json
@output_option
@root_option
def redo(target: str, edits: tuple[int, ...], output: str, root: str | None, *, as_json: bool) -> None:
    """Switch EDITS of TARGET on again, or take up edits that were only suggested; see `copydesk undo`."""
    _decide(target, edits, output, Root.find(root), Decision.REDO, as_json=as_json)
