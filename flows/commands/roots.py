"""``copydesk init``: a root folder."""

from __future__ import annotations

import click

from flows.inputs import input_error
from flows.roots import Root


@click.command()
@click.argument("folder", default=".")
def init(folder: str) -> None:
    """Make FOLDER (default: here) a root: settings, a landing zone for articles, a place for the warehouse."""
    root = Root.find(folder)
    try:
        made = root.make()
    except OSError as error:
        raise input_error(error, str(root.path)) from error
    for path in made:
        click.echo(f"made {path}", err=True)
    click.echo(f"{root.path} is ready: put articles into {root.raw} and call `copydesk run`.", err=True)
