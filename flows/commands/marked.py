"""Edits and facts as tables and coloured texts for a terminal."""

from __future__ import annotations

from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from copydesk.article import Article
from copydesk.edits import Edit
from copydesk.facts import Fact, Facts
from copydesk.render import marked_pieces, shorten
from copydesk.why import Explainer, Why

GONE, COME = "red strike", "green"
WORDS = 60
"""Characters of an edit's words in a table."""

_FACT_COLUMNS = {
    "mentions": ("entity_id", "kind"),
    "dates": ("value", "role"),
    "quantities": ("value", "unit", "direction", "period", "baseline"),
    "officeholders": ("person", "title_norm", "country", "status"),
    "events": ("plover", "cameo", "modality", "date"),
    "relations": ("subject", "predicate", "object", "since", "until"),
    "quotes": ("kind", "speaker"),
    "claims": ("kind", "modality", "holder"),
}


SHOWN_KINDS = tuple(_FACT_COLUMNS)
"""The kinds of facts that are shown, as `Facts` calls them."""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Let the command line say what it means that nobody reads any more."""
        raise BrokenPipeError


def console_for(stream: TextIO) -> Console:
    """Return a console that writes to a stream: in colour on a terminal, plain and wide elsewhere.

    What is printed is text and no markup: square brackets of articles and queries stay what they are.
    """
    is_terminal = stream.isatty()
    width = None if is_terminal else 160
    return _Console(file=stream, highlight=False, markup=False, soft_wrap=not is_terminal, width=width)


def write_edits(stream: TextIO, article: Article) -> None:
    """Write a table of the edits in the order of the text; those that later edits took over whole are only counted."""
    table = Table("edit", "kind", "characters", "words", "why", "sure", box=None, header_style="bold")
    absorbed = article.log.absorbed()
    for edit in sorted(article.log.edits, key=lambda e: (e.raw_start, e.edit_id)):
        if edit.edit_id in absorbed:
            continue
        words = shorten(article.document.text[edit.raw_start : edit.raw_end], WORDS)
        shown = f"{words} → {edit.replacement!r}" if edit.replacement else words
        style = "" if edit.status == "active" else "dim"
        place = f"{edit.raw_start}-{edit.raw_end}"
        sure = f"{edit.confidence:.2f}" if edit.status == "active" else edit.status.value
        table.add_row(str(edit.edit_id), edit.kind, place, Text(shown), Text(edit.reason), sure, style=style)
    console = console_for(stream)
    console.print(table)
    if absorbed:
        console.print(Text(f" {len(absorbed)} more edits lie within these (--json has all)", style="dim"))


def write_diff(stream: TextIO, article: Article) -> None:
    """Write the text as received, with what was taken out struck through and what was put in in green.

    Where there are no colours, [-gone-] and {+come+} stand for them.
    """
    is_terminal = stream.isatty()
    shown = Text()
    for piece in marked_pieces(article):
        if piece.edit_id is None:
            shown.append(piece.text)
        elif is_terminal:
            shown.append(piece.text, style=COME if piece.is_inserted else GONE)
        else:
            shown.append(f"{{+{piece.text}+}}" if piece.is_inserted else f"[-{piece.text}-]")
    if is_terminal:
        console_for(stream).print(shown)
    else:
        stream.write(shown.plain + "\n")


def write_facts(stream: TextIO, facts: dict[str, list[dict[str, Any]]]) -> None:
    """Write one table a kind of fact: the words, their place as received, and what they say."""
    console = console_for(stream)
    for kind, columns in _FACT_COLUMNS.items():
        rows = facts.get(kind, [])
        if not rows:
            continue
        table = Table(
            "fact", "words", "characters", *columns, title=f"{kind} ({len(rows)})", title_justify="left", box=None
        )
        for number, row in enumerate(rows, 1):
            values = ("" if row.get(column) is None else str(row[column]) for column in columns)
            place = f"{row['raw_start']}-{row['raw_end']}"
            table.add_row(f"{kind}.{number}", Text(shorten(row["text"], WORDS)), place, *values)
        console.print(table)
        console.print()


def write_explanation(stream: TextIO, article: Article, edit: Edit) -> None:
    """Write what one edit did and why, with the words that it took and the words that it repeats."""
    console, text = console_for(stream), article.document.text
    head = f"edit {edit.edit_id}: {edit.kind} ({edit.rule}), characters {edit.raw_start}-{edit.raw_end}"
    console.print(Text(f"{head}, {edit.status.value}, confidence {edit.confidence:.2f}", style="bold"))
    console.print(Text(f"  why      {edit.reason}"))
    console.print(Text(f"  words    {shorten(text[edit.raw_start : edit.raw_end], 2 * WORDS)!r}"))
    if edit.replacement:
        console.print(Text(f"  instead  {edit.replacement!r}"))
    if edit.evidence:
        words = shorten(text[slice(*edit.evidence)], 2 * WORDS)
        console.print(Text(f"  repeats  characters {edit.evidence.start}-{edit.evidence.end}: {words!r}"))
    for field in edit.fields:
        console.print(Text(f"  kept as  {field.name}: {shorten(text[slice(*field.span)], 2 * WORDS)!r}"))
    if edit.depends_on:
        console.print(Text(f"  needs    edit {', '.join(map(str, edit.depends_on))}"))


def write_accounts(stream: TextIO, article: Article, facts: Facts) -> None:
    """Write why each fact says what it says."""
    explainer = Explainer(article, facts)
    for kind in SHOWN_KINDS:
        for number, fact in enumerate(getattr(facts, kind), 1):
            write_account(stream, f"{kind}.{number}", fact, explainer.explain(fact))


def write_account(stream: TextIO, name: str, fact: Fact, why: Why) -> None:
    """Write why one fact says what it says: its rule, its words, their place as received, and the steps."""
    console = console_for(stream)
    place = f"characters {why.raw.start}-{why.raw.end}"
    console.print(Text(f"{name}: {fact.rule}, {place}, confidence {fact.confidence:.2f}", style="bold"))
    console.print(Text(f"  rule        {why.rule.name}, version {why.rule.version}: {why.rule.about}"))
    console.print(Text(f"  words       {shorten(why.words, 2 * WORDS)!r}"))
    if not why.is_exact:
        console.print(Text(f"  received    {shorten(why.received, 2 * WORDS)!r}"))
    for step in why.steps:
        words = f" from {shorten(step.words, WORDS)!r}" if step.words and step.words != step.value else ""
        console.print(Text(f"  {step.name:11} {shorten(step.value, 2 * WORDS)}{words}: {step.how}"))
    console.print(Text(f"  sentence    {shorten(why.sentence, 2 * WORDS)!r}"))
