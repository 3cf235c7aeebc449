"""``copydesk clean``: a text goes in, the clean text comes out."""

from __future__ import annotations

import sys

import click

from copydesk.article import Article
from copydesk.render import article_to_json, edits_to_json
from flows.commands.batch import run_batch
from flows.commands.marked import write_diff, write_edits
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.inputs import STDIN, clean_file
from flows.roots import Root


@click.command()
@click.argument("file", default=STDIN)
@click.option("--json", "shape", flag_value="json", help="The whole article as JSON: text, fields, edits.")
@click.option("--edits", "shape", flag_value="edits", help="A table of the edits.")
@click.option("--diff", "shape", flag_value="diff", help="The text as received, with what went and what came.")
@click.option(
    "--jsonl",
    is_flag=True,
    help='FILE holds JSON lines ({"id", "text"} or html, url); write one line each.',
)
@output_option
@root_option
def clean(file: str, shape: str | None, output: str, root: str | None, *, jsonl: bool) -> None:
    """Clean FILE (default: stdin) and print the text.

    Title, date lines, bylines and author bios become fields; pull quotes and other repeats leave the text; every edit
    is recorded and can be undone. `copydesk explain FILE` says why.
    """
    options = Root.find(root).options
    if jsonl:
        sys.exit(1 if run_batch(file, output, options, article_to_json) else 0)
    article = clean_file(file, options)
    with opened(output) as out:
        if shape == "json":
            write_json(out, {"id": file, **article_to_json(article)}, indent=2)
        elif shape == "edits" and out.isatty():
            write_edits(out, article)
        elif shape == "edits":
            for edit in edits_to_json(article):
                write_json(out, edit)
        elif shape == "diff":
            write_diff(out, article)
        else:
            out.write(_with_line_feed(article))


def _with_line_feed(article: Article) -> str:
    return article.text if article.text.endswith("\n") or not article.text else article.text + "\n"
