"""The command line. Each command is a module of ``flows.commands``, imported only when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Mapping

import click

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("roots", "Make a root folder: settings, landing zone, warehouse."),
    "add": ("add", "Add a source: a folder, a feed, a sitemap, addresses, archives."),
    "run": ("run", "Ingest files, folders, addresses and sources into the warehouse."),
    "schedule": ("schedule", "Serve a Prefect deployment for each source."),
    "clean": ("clean", "Clean a text and print it."),
    "facts": ("facts", "Print the facts of a text."),
    "explain": ("explain", "Say what each edit did, and why."),
    "undo": ("undo", "Switch an edit off."),
    "redo": ("undo", "Switch an edit on again."),
    "show": ("show", "Show an article of the warehouse with its edits and facts."),
    "diff": ("diff", "Show what a publisher changed in an article."),
    "review": ("review", "Decide on what is held, and on decisions that lost their edit."),
    "quarantine": ("quarantine", "List, show, replay or dismiss what broke a rule."),
    "backfill": ("backfill", "Derive anew what other rules made."),
    "export": ("export", "Write articles, edits and facts as Parquet, CSV, JSONL, Markdown or annotations."),
    "forget": ("forget", "Remove documents and everything about them."),
    "sql": ("sql", "Query the warehouse (read-only)."),
    "search": ("search", "Find articles and facts by their words."),
    "stories": ("stories", "List which documents are copies of which."),
    "status": ("status", "Say what the warehouse holds."),
}
"""By name: the module of ``flows.commands`` and the line for ``copydesk --help``."""

EXIT_SOME_FAILED = 1
EXIT_USAGE = 2
EXIT_QUARANTINED = 3


class ReaderGone(Exception):
    """Who reads stdout has seen enough: head, less; click would make exit status 1 of a BrokenPipeError."""


class LazyGroup(click.Group):
    """A group that imports a command when it is called, so that ``--help`` and small commands start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of ``COMMANDS``."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"flows.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Call a command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGone from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="copydesk")
def copydesk() -> None:
    """Clean text and checked facts from articles that arrive broken.

    Data goes to stdout, words about it to stderr. Exit status: 0 all well, 1 some inputs failed, 2 wrong usage,
    3 rows were quarantined (with --strict).
    """


def main() -> None:
    """Run the command line; an error of ours is one line on stderr."""
    gc.disable()  # a cold start makes many objects that stay: to look among them for garbage takes a fifth of its time
    try:
        copydesk.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("copydesk: stopped.", err=True)
        sys.exit(130)
    except ReaderGone:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        from copydesk.errors import CopydeskError  # noqa: PLC0415 - --help and --version need no copydesk
        from flows.inputs import input_error  # noqa: PLC0415 - as above

        if isinstance(error, OSError):
            error = input_error(error, str(error.filename or "here"))
        if not isinstance(error, CopydeskError):
            raise
        click.echo(f"copydesk: {error}", err=True)
        sys.exit(EXIT_SOME_FAILED)


if __name__ == "__main__":
    main()
