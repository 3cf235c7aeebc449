"""``copydesk explain``: what each edit did, and why."""

from __future__ import annotations

import click

from copydesk.errors import LedgerError
from copydesk.render import edit_to_json
from flows.commands.marked import write_edits, write_explanation
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.commands.targets import find_target
from flows.roots import Root


@click.command()
@click.argument("target")
@click.argument("edit", type=int, required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON: every edit, on or off, with W3C selectors.")
@output_option
@root_option
def explain(target: str, edit: int | None, output: str, root: str | None, *, as_json: bool) -> None:
    """Say what the edits of TARGET (a file, or a document's id) did, and why; or one EDIT in full."""
    article = find_target(target, Root.find(root)).article
    edits = article.log.edits
    if edit is not None and not 0 <= edit < len(edits):
        raise LedgerError(f"there is no edit {edit}.", advice=f"`copydesk explain {target}` lists them.", source=target)
    with opened(output) as out:
        if as_json:
            chosen = edits if edit is None else edits[edit : edit + 1]
            write_json(out, [edit_to_json(article, one) for one in chosen], indent=2)
        elif edit is None:
            write_edits(out, article)
        else:
            write_explanation(out, article, edits[edit])
