"""``copydesk show``: an article of the warehouse, whole."""

from __future__ import annotations

import click
from rich.text import Text

from copydesk.render import article_to_json, facts_to_json
from flows.commands.marked import console_for, write_diff, write_edits, write_facts
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.commands.targets import find_target
from flows.facts import extract_facts
from flows.roots import Root


@click.command()
@click.argument("target")
@click.option("--json", "as_json", is_flag=True, help="Article and facts as JSON.")
@click.option("--diff", "as_diff", is_flag=True, help="The text as received, with what went and what came.")
@output_option
@root_option
def show(target: str, output: str, root: str | None, *, as_json: bool, as_diff: bool) -> None:
    """Show TARGET (a document's id, or a file): its head, text, edits and facts."""
    chosen = Root.find(root)
    article = find_target(target, chosen).article
    facts = facts_to_json(article, extract_facts(article, chosen.options))
    with opened(output) as out:
        if as_json:
            write_json(out, {"id": target, **article_to_json(article), "facts": facts}, indent=2)
            return
        if as_diff:
            write_diff(out, article)
            return
        console = console_for(out)
        console.print(Text(article.title or "(no title)", style="bold"))
        people = (f"{p.name} ({p.affiliation})" if p.affiliation else p.name for p in article.authors)
        moments = (("published", article.published), ("updated", article.updated))
        head = [("by", ", ".join(people)), *((name, m.isoformat() if m else "") for name, m in moments)]
        for name, words in (*head, ("flags", ", ".join(sorted(article.flags)))):
            if words:
                console.print(Text(f"{name:10} {words}"))
        out.write(f"\n{article.text.rstrip()}\n\n")
        write_edits(out, article)
        out.write("\n")
        write_facts(out, facts)
