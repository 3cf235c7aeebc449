"""Questions that people ask, each an SQL file ``queries/NAME.sql`` whose first comment says what it answers.

A line ``-- $name = value: words`` in that comment is a value that the reader may choose, with what it is when they do
not; an empty one is NULL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from warehouse.errors import QueryError
from warehouse.migrate import scripts

_CHOICE = re.compile(r"\$(\w+) = ([^:]*): (.+)")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the reader may choose: its name, what it is otherwise (None is NULL), and what it means."""

    name: str
    default: str | None
    words: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with its SQL.

    Attributes:
        name: the file's.
        question: in one sentence.
        about: what else there is to know of the rows.
        choices: what the reader may choose.
        sql: the file, whole.

    """

    name: str
    question: str
    about: str
    choices: tuple[Choice, ...]
    sql: str

    def parameters(self, chosen: Mapping[str, str]) -> Mapping[str, str | None]:
        """Return the value of each choice.

        Raises:
            QueryError: something was chosen that is no choice of the query.

        """
        values = {choice.name: choice.default for choice in self.choices}
        if strange := sorted(set(chosen) - set(values)):
            names = ", ".join(values) or "none"
            raise QueryError(f"{strange[0]} is no choice of {self.name}.", advice=f"There are: {names}.")
        return values | dict(chosen)


def named_queries() -> dict[str, NamedQuery]:
    """Return the questions by name, in order of the files."""
    read = (_read(name.removesuffix(".sql"), sql) for name, sql in scripts("queries").items())
    return {query.name: query for query in read}


def named_query(name: str) -> NamedQuery:
    """Return a question.

    Raises:
        QueryError: there is none of that name.

    """
    found = named_queries().get(name)
    if found is None:
        raise QueryError("there is no such query.", advice="`copydesk sql .queries` lists them.", source=name)
    return found


def _read(name: str, sql: str) -> NamedQuery:
    head = re.match(r"(?:--.*\n)+", sql)
    lines = [line.removeprefix("--").strip() for line in head[0].splitlines()] if head else []
    choices = [match for line in lines if (match := _CHOICE.fullmatch(line))]
    words = " ".join(line for line in lines if not _CHOICE.fullmatch(line))
    question, _, about = words.partition(". ")
    made = tuple(Choice(found[1], found[2].strip() or None, found[3]) for found in choices)
    return NamedQuery(name, question.rstrip(".") + ".", about, made, sql)
