"""``copydesk facts``: a text goes in, its facts come out, each with its words and their place."""

from __future__ import annotations

import sys

import click

from copydesk.extract import extract
from copydesk.render import facts_to_json
from flows.commands.batch import run_batch
from flows.commands.marked import write_facts
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.inputs import STDIN, clean_file
from flows.roots import Root


@click.command()
@click.argument("file", default=STDIN)
@click.option("--json", "as_json", is_flag=True, help="As JSON, whole.")
@click.option("--jsonl", is_flag=True, help='FILE holds JSON lines ({"id", "text", "published"}); write one line each.')
@output_option
@root_option
def facts(file: str, output: str, root: str | None, *, as_json: bool, jsonl: bool) -> None:
    """Print the facts of FILE (default: stdin): who, when, how much, who did what to whom, who said so."""
    options = Root.find(root).options
    if jsonl:
        failed = run_batch(file, output, options, lambda a: {"facts": facts_to_json(a, extract(a)), "error": None})
        sys.exit(1 if failed else 0)
    article = clean_file(file, options)
    found = extract(article)
    with opened(output) as out:
        if as_json:
            write_json(out, {"id": file, "facts": facts_to_json(article, found)}, indent=2)
        else:
            write_facts(out, facts_to_json(article, found))
