"""Stories follow from the texts that there are: whatever came, changed and went before."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.likeness import Likeness, Wording, find_likeness
from copydesk.shingles import plain_words_of
from schemas.ids import make_id
from warehouse import stories
from warehouse.migrate import migrate

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DEFAULTS = {"VARCHAR": "''", "BOOLEAN": "true", "BIGINT": "0", "UUID": "uuid()", "JSON": "'[]'", "VARCHAR[]": "[]"}


class Desk:
    """A warehouse in memory, whose articles come and go as a test wants."""

    def __init__(self) -> None:
        """Make its tables."""
        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'")
        migrate(self.connection, Path("memory"))

    def put(self, table: str, **values: object) -> None:
        """Put in a row; what is not given and cannot be NULL gets something."""
        needed = self.connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? AND NOT is_nullable", [table]
        ).fetchall()
        filled = {name: DEFAULTS.get(kind, "now()") for name, kind in needed if name not in values}
        names = ", ".join([*values, *filled])
        wanted = ", ".join(["?"] * len(values) + list(filled.values()))
        self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({wanted})", list(values.values()))  # noqa: S608

    def come(self, name: str, paragraphs: Sequence[str], minute: int) -> str:
        """Let an article come, or change; its first version was seen at a minute."""
        self.go(name)
        text = "\n\n".join(paragraphs)
        ids = {f"{kind}_id": make_id(kind, name) for kind in ("document", "version")}
        ids["derivation_id"] = make_id("derivation", name, text)
        words = sum(len(plain_words_of(one)) for one in paragraphs)
        document, derivation = ids["document_id"], ids["derivation_id"]
        self.put(
            "versions", document_id=document, version_id=ids["version_id"], valid_from=NOON + timedelta(0, minute * 60)
        )
        self.put("derivations", **ids, clean_sha256=sha256(text.encode()).hexdigest(), words=words)
        for ordinal, one in enumerate(paragraphs):
            self.put("paragraphs", document_id=document, derivation_id=derivation, ordinal=ordinal, text=one)
        return document

    def go(self, name: str) -> str:
        """Let an article go."""
        document = make_id("document", name)
        for table in ("versions", "derivations", "paragraphs"):
            self.connection.execute(f"DELETE FROM {table} WHERE document_id = ?", [document])  # noqa: S608 - our names
        return document

    def refresh(self) -> int:
        """Bring stories up to date."""
        return stories.refresh(self.connection)

    def tables(self) -> list[list[Any]]:
        """Return all that is known of stories."""
        names = ("story_texts", "story_members")
        return [self.connection.execute(f"FROM {name} ORDER BY document_id").fetchall() for name in names]

    def clear(self) -> None:
        """Let all go, without a word."""
        for table in ("versions", "derivations", "paragraphs", "story_texts", "story_members"):
            self.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Make a warehouse once."""
    found = Desk()
    yield found
    found.connection.close()


def make_pool(seed: int) -> dict[str, tuple[list[str], int]]:
    """Return made-up articles, many of them made from others, with the minutes at which they were seen."""
    dice = random.Random(seed)  # noqa: S311 - made-up texts
    footer = " ".join(f"about{n}" for n in range(dice.choice((8, 30))))
    pool: dict[str, tuple[list[str], int]] = {}
    for number in range(10):
        own = [" ".join(f"w{dice.randrange(5000)}" for _ in range(30)) for _ in range(dice.choice((1, 3, 5)))]
        if pool and dice.random() < 0.7:
            texts = dice.choice(list(pool.values()))[0]
            first = dice.randrange(len(texts))
            taken = texts[first : first + dice.randint(1, 6)]
            own = dice.choice(([*own[:1], *taken], taken, [*taken, *own], list(texts)))
        if dice.random() < 0.5:
            own = [*own, footer]
        pool[f"n{number}"] = own, dice.randrange(8)
    return pool


def in_batches(dice: random.Random, names: Sequence[str]) -> Iterator[list[str]]:
    """Yield names in a random order, some at a time."""
    left = dice.sample(names, len(names))
    while left:
        size = dice.randint(1, 6)
        yield left[:size]
        left = left[size:]


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_comes_changes_and_goes_leaves_no_trace(desk: Desk, seed: int) -> None:
    """In other batches, with other texts in between that change or go again: the same tables."""
    dice = random.Random(seed)  # noqa: S311 - made-up texts
    pool, other = make_pool(seed), make_pool(seed + 1)
    desk.clear()
    for name, (texts, minute) in pool.items():
        desk.come(name, texts, minute)
    desk.refresh()
    expected = desk.tables()
    desk.clear()
    passing = dice.sample(list(other), 4)
    for names in in_batches(dice, [*pool, *(f"x{name}" for name in passing)]):
        for name in names:
            if name in pool and dice.random() < 0.3:  # what it was before
                desk.come(name, *other[name])
                desk.refresh()
            desk.come(name, *(pool.get(name) or other[name[1:]]))
        desk.refresh()
    for names in in_batches(dice, [f"x{name}" for name in passing]):
        gone = [desk.go(name) for name in names]
        if dice.random() < 0.5:
            desk.connection.execute("BEGIN")
            stories.leave(desk.connection, gone)
            desk.connection.execute("COMMIT")
        else:
            desk.refresh()
    assert desk.tables() == expected
    assert desk.refresh() == 0


def test_a_footer_makes_nobody_follow(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article that is older than all with its footer has none of them compared; nor has it when it goes."""
    desk.clear()
    dice = random.Random(7)  # noqa: S311 - as above
    footer = " ".join(f"about{n}" for n in range(30))
    texts = [[*(" ".join(f"w{dice.randrange(9**6)}" for _ in range(60)) for _ in range(6)), footer] for _ in range(30)]
    for number, one in enumerate(texts[1:], 1):
        desk.come(f"n{number}", one, number)
    desk.refresh()
    compared = []

    def compare(later: Wording, earlier: Wording) -> Likeness | None:
        compared.append(later)
        return find_likeness(later, earlier)

    monkeypatch.setattr(stories, "find_likeness", compare)
    desk.come("n0", texts[0], 0)
    desk.refresh()
    desk.go("n0")
    desk.refresh()
    assert len(compared) == 0
    desk.come("n0", [*texts[9][:4], footer], 0)
    assert desk.refresh() == 2
    assert len(compared) == 1
