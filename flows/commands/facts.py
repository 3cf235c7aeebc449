"""``copydesk facts``: a text goes in, its facts come out, each with its words and their place."""

from __future__ import annotations

import sys

import click

from copydesk.article import Article
from copydesk.config import Options
from copydesk.render import Json, facts_to_json
from copydesk.why import Explainer, why_to_json
from flows.commands.batch import run_batch
from flows.commands.marked import SHOWN_KINDS, write_accounts, write_facts
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.facts import extract_facts
from flows.inputs import STDIN, clean_file
from flows.roots import Root


@click.command()
@click.argument("file", default=STDIN)
@click.option("--json", "as_json", is_flag=True, help="As JSON, whole.")
@click.option("--jsonl", is_flag=True, help='FILE holds JSON lines ({"id", "text", "published"}); write one line each.')
@click.option("--why", is_flag=True, help="With the rule of each, its version, and how each value follows from words.")
@output_option
@root_option
def facts(file: str, output: str, root: str | None, *, as_json: bool, jsonl: bool, why: bool) -> None:
    """Print the facts of FILE (default: stdin): who, when, how much, who did what to whom, who said so."""
    options = Root.find(root).options
    if jsonl:
        failed = run_batch(file, output, options, lambda a: {**_facts_of(a, options, why=why), "error": None})
        sys.exit(1 if failed else 0)
    article = clean_file(file, options)
    with opened(output) as out:
        if as_json:
            write_json(out, {"id": file, **_facts_of(article, options, why=why)}, indent=2)
            return
        found = extract_facts(article, options)
        if why:
            write_accounts(out, article, found)
        else:
            write_facts(out, facts_to_json(article, found))
    if found.not_supported:
        click.echo(
            f"copydesk: not read in this language ({found.language}): {', '.join(found.not_supported)}.", err=True
        )


def _facts_of(article: Article, options: Options, *, why: bool) -> Json:
    found = extract_facts(article, options)
    shown = facts_to_json(article, found)
    if why:
        explainer = Explainer(article, found)
        for kind in SHOWN_KINDS:
            for row, fact in zip(shown[kind], getattr(found, kind), strict=True):
                row["why"] = why_to_json(explainer.explain(fact))
    return {"facts": shown, "language": found.language, "not_supported": list(found.not_supported)}
