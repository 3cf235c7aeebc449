"""``copydesk forget``: documents, and everything about them, are removed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

import click

from copydesk.render import shorten
from flows.commands.outputs import opened, output_option, root_option, stoppable, write_json
from flows.roots import Root

if TYPE_CHECKING:
    from warehouse.forget import Forgotten


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would be removed, and remove nothing.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="What was removed as JSON.")
@output_option
@root_option
def forget(
    documents: tuple[str, ...], output: str, root: str | None, *, is_dry: bool, yes: bool, as_json: bool
) -> None:
    """Remove DOCUMENTs (ids, paths or addresses) and everything about them, for good.

    From the warehouse with all versions, decisions and what waits in quarantine; from the readers' copy; and their
    bytes from raw/store, unless another document has the same. Files in raw/ and elsewhere are yours and stay; a
    document comes back when somebody has it ingested again.
    """
    from flows.forgetting import find_and_try, would_come_back  # noqa: PLC0415 - `forget --help` needs no duckdb
    from flows.forgetting import forget as forget_documents  # noqa: PLC0415 - as above

    place = Root.find(root)
    found = find_and_try(documents, place)
    if not is_dry:
        if not yes:
            _ask(found)
        with stoppable("what is still there can be forgotten again"):
            found = forget_documents([known.document_id for known in found.documents], place)
    with opened(output) as out:
        if as_json:
            write_json(out, {"is_dry": is_dry, **_as_json(found)}, indent=2)
        else:
            _write(out, found, "would be forgotten" if is_dry else "forgotten")
    for words in would_come_back(found.documents, place):
        click.echo(f"the next run takes it in again: {words}", err=True)


def _ask(found: Forgotten) -> None:
    if not sys.stdin.isatty():
        raise click.UsageError("There is nobody to ask: --yes forgets, --dry-run says what would be removed.")
    _write(sys.stderr, found, "to be forgotten")
    click.confirm("forget this for good?", abort=True, err=True)


def _as_json(found: Forgotten) -> dict[str, object]:
    documents = [
        {"document_id": known.document_id, "title": known.title, "source": known.source, "place": known.place}
        for known in found.documents
    ]
    return {"documents": documents, "rows": found.rows, "bytes": found.digests, "bytes_of_others_too": found.shared}


def _write(out: TextIO, found: Forgotten, words: str) -> None:
    for known in found.documents:
        title = shorten(known.title or "(no title)", 80)
        out.write(f"{words}: {title}\n  {known.source}: {known.place}  (document {known.document_id[:8]})\n")
    parts = ", ".join(f"{n} {table}" for table, n in sorted(found.rows.items(), key=lambda item: (-item[1], item[0])))
    out.write(f"  rows   {sum(found.rows.values())}: {parts}\n")
    kept = f"; {len(found.shared)} stay, since other documents have them" if found.shared else ""
    out.write(f"  bytes  {len(found.digests)} in raw/store{kept}\n")
