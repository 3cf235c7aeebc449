"""``copydesk search``: articles and facts by their words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TextIO

import click
from rich.padding import Padding
from rich.text import Text

from copydesk.document import Span
from copydesk.render import shorten
from copydesk.search_query import Query, parse_query
from copydesk.search_terms import read_words
from copydesk.snippets import find_matches
from flows.commands.marked import console_for
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.roots import Root

if TYPE_CHECKING:
    from warehouse.passages import Hit

_KINDS = ("mention", "date", "quantity", "officeholder", "event", "relation", "quote", "claim")
_UNWANTED = re.compile(r"-[^\W\d_]\w+")
_MARK = "bold yellow"
_TOLD = ("subkind", "subject", "object", "value", "number", "direction", "period", "modality")
"""What a fact says, as far as it does, in this order."""
_DAY = click.DateTime(["%Y-%m-%d"])


class _Words(click.Command):
    """A command whose words may begin with a minus: -strike is no cluster of options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put words with a minus behind the options."""
        end = args.index("--") if "--" in args else len(args)
        unwanted = [word for word in args[:end] if _UNWANTED.fullmatch(word)]
        rest = [word for word in args[:end] if word not in unwanted]
        return super().parse_args(ctx, [*rest, "--", *args[end + 1 :], *unwanted])


@click.command(cls=_Words)
@click.argument("words", nargs=-1, required=True)
@click.option("--facts", is_flag=True, help="Find the sentences of facts instead of articles.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Find facts of this kind; repeatable.")
@click.option("--entity", "entities", multiple=True, metavar="NAME", help="Where this name or entity_id is named, too.")
@click.option("--source", metavar="NAME", help="In articles of this source.")
@click.option("--language", metavar="CODE", help="In articles in this language: en, de ...")
@click.option("--since", type=_DAY, metavar="DAY", help="Published on this day (2026-03-01) or later.")
@click.option("--until", type=_DAY, metavar="DAY", help="Published on this day or earlier.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many to show.")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
@click.option("--warehouse", metavar="FILE", help="Another DuckDB file than the root's own.")
@output_option
@root_option
def search(  # noqa: PLR0913, PLR0917 - one an option
    words: Sequence[str],
    kinds: Sequence[str],
    entities: Sequence[str],
    source: str | None,
    language: str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    warehouse: str | None,
    output: str,
    root: str | None,
    *,
    facts: bool,
    as_json: bool,
) -> None:
    r"""Find the articles, or the facts, that WORDS are in; the best first.

    \b
    copydesk search ferry strike
    copydesk search '"pier nine" ferry -strike' --since 2026-01-01
    copydesk search --kind quantity unemployment --entity Norway
    """
    from warehouse.readers import open_readers  # noqa: PLC0415 - `search --help` needs no duckdb
    from warehouse.search import Wanted, search  # noqa: PLC0415 - as above

    query = parse_query(" ".join(words))
    days = [day.date() if day else None for day in (since, until)]
    wanted = Wanted(facts, kinds, source, language, days[0], days[1], entities)
    with open_readers(Root.find(root, warehouse).warehouse) as opened_warehouse:
        found = search(opened_warehouse.connection, query, wanted, limit)
    with opened(output) as out:
        for number, hit in enumerate(found.hits, 1):
            if as_json:
                write_json(out, _to_json(hit), default=str)
            else:
                write_hit(out, number, hit, query)
    for line in _remarks(len(found.hits), found.total, found.missing):
        click.echo(f"copydesk: {line}", err=True)


def _remarks(shown: int, total: int | None, missing: int) -> list[str]:
    """Return what is to be said beside the list."""
    lines = []
    if shown == 0:
        lines.append("nothing was found.")
    elif total is None or total > shown:
        lines.append(f"the best {shown} of {total or 'more'}; --limit shows more.")
    if missing:
        lines.append(f"{missing} articles are not in the index yet; `copydesk run` puts them in.")
    return lines


def _to_json(hit: Hit) -> Mapping[str, Any]:
    start, end = hit.snippet.span
    marks = [list(mark) for mark in hit.snippet.marks]
    found = {"score": hit.score, **hit.document, "field": hit.field, "start_offset": start, "end_offset": end}
    found |= {"snippet": hit.snippet.text, "marks": marks}
    return found | {"facts": list(hit.facts)} if hit.facts else found


def write_hit(out: TextIO, number: int, hit: Hit, query: Query) -> None:
    """Write what was found, for people: on a terminal with the words marked that were looked for."""
    console, document = console_for(out), hit.document
    title = document["title"] or document["path"] or document["url"] or "(no title)"
    matches = [Span(word.start, word.end) for word in find_matches(read_words(title), query.terms)]
    place = (str(document["published"] or "no date"), document["source"], f"document {document['document_id'][:8]}")
    console.print(Text(f"{number:3}  ").append_text(_marked(title, matches, "bold")))
    console.print(Text(f"     {'  '.join(place)}", style="dim"))
    if hit.snippet.text:
        shown = _marked(hit.snippet.text, hit.snippet.marks)
        console.print(Padding(shown, (0, 0, 0, 5)) if out.isatty() else Text("     ").append_text(shown))
    for fact in hit.facts:
        said = ", ".join(str(fact[name]) for name in _TOLD if fact[name] is not None)
        words = shorten(fact["evidence"], 60)
        console.print(Text(f"       {fact['kind']:12}  {words}  ({shorten(said, 80)})"))
    console.print()


def _marked(text: str, marks: Sequence[Span], style: str = "") -> Text:
    shown = Text(text, style=style)
    for mark in marks:
        shown.stylize(_MARK, *mark)
    return shown
