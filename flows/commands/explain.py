"""``copydesk explain``: what each edit did, and why; why a fact says what it says."""

from __future__ import annotations

import click

from copydesk.article import Article
from copydesk.errors import CopydeskError, LedgerError
from copydesk.facts import Facts
from copydesk.render import edit_to_json, facts_to_json
from copydesk.why import Explainer, why_to_json
from flows.commands.marked import SHOWN_KINDS, write_account, write_edits, write_explanation
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.commands.targets import find_fact_id, find_target
from flows.facts import extract_facts
from flows.roots import Root


@click.command()
@click.argument("target")
@click.argument("what", required=False)
@click.option(
    "--json", "as_json", is_flag=True, help="As JSON: every edit, on or off, with W3C selectors; or the fact."
)
@output_option
@root_option
def explain(target: str, what: str | None, output: str, root: str | None, *, as_json: bool) -> None:
    """Say what the edits of TARGET did, and why; or one of its edits (7) or facts (dates.2) in full.

    TARGET is a file, a document's id, or the id of a fact in the warehouse.
    """
    chosen = Root.find(root)
    fact_id = None if what else find_fact_id(target, chosen)
    if fact_id is not None or (what and not what.isdecimal()):
        article, name = fact_id or (find_target(target, chosen).article, what or "")
        _explain_fact(article, extract_facts(article, chosen.options), name, target, output, as_json=as_json)
        return
    article, edit = find_target(target, chosen).article, int(what) if what else None
    edits = article.log.edits
    if edit is not None and not 0 <= edit < len(edits):
        raise LedgerError(f"there is no edit {edit}.", advice=f"`copydesk explain {target}` lists them.", source=target)
    with opened(output) as out:
        if as_json:
            shown = edits if edit is None else edits[edit : edit + 1]
            write_json(out, [edit_to_json(article, one) for one in shown], indent=2)
        elif edit is None:
            write_edits(out, article)
        else:
            write_explanation(out, article, edits[edit])


def _explain_fact(article: Article, found: Facts, name: str, target: str, output: str, *, as_json: bool) -> None:
    """Write why the fact of a name (``dates.2``) says what it says."""
    kind, _, number = name.partition(".")
    facts = getattr(found, kind) if kind in SHOWN_KINDS else ()
    if not number.isdecimal() or not 1 <= int(number) <= len(facts):
        raise CopydeskError(f"there is no fact {name}.", advice="`copydesk facts` names them.", source=target)
    fact = facts[int(number) - 1]
    why = Explainer(article, found).explain(fact)
    with opened(output) as out:
        if as_json:
            row = facts_to_json(article, found)[kind][int(number) - 1]
            write_json(out, {"fact": name, **row, "why": why_to_json(why)}, indent=2)
        else:
            write_account(out, name, fact, why)
