"""What became of people's decisions when the text changed: it is told, and never put on a look-alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copydesk.reviews import Decision, review_edit
from flows.cli import copydesk as command
from flows.roots import Root
from flows.steps import decide_and_rederive, ingest_paths
from flows.summaries import Summary
from warehouse.connect import open_warehouse
from warehouse.stored import stored_article

SHARE = "Share on Facebook"
FIRST = "The ferry to Skarvik was late again on Monday, and nobody on the quay could say why it was not there."
SECOND = "The shipping line says that a pump has to be replaced, and that the part is no longer made in the country."
THIRD = "A workshop in the next town has offered to make one by hand, but it wants to see the drawings first."
TEXT = f"{FIRST}\n\n{SHARE}\n\n{SECOND}\n\n{THIRD}\n"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """Make a root with an article in which a share row is kept by a person's decision."""
    found = Root.find(tmp_path)
    found.make()
    run(found, TEXT)
    document, article = stored_article(found.warehouse, document_of(found))
    (edit,) = (edit.edit_id for edit in article.log.edits if edit.kind == "share_row")
    decide_and_rederive(document, [review_edit(article.log, edit, Decision.UNDO)], found)
    return found


def run(root: Root, text: str) -> Summary:
    """Ingest the article as it is now."""
    (root.raw / "ferry.txt").write_text(text, encoding="utf-8")
    return ingest_paths([str(root.raw)], root)


def document_of(root: Root) -> str:
    """Return the id of the one document."""
    with open_warehouse(root.warehouse) as warehouse:
        return str(warehouse.rows("SELECT document_id::VARCHAR AS id FROM documents")[0]["id"])


def outcome(root: Root) -> tuple[str, bool]:
    """Return what became of the decision, and whether the share row stands in the text."""
    with open_warehouse(root.warehouse) as warehouse:
        (row,) = warehouse.rows("SELECT outcome, text FROM reviews JOIN articles USING (document_id)")
    return row["outcome"], SHARE in row["text"]


def call(root: Root, *words: str) -> Result:
    """Call copydesk."""
    return CliRunner().invoke(command, [*words, "--root", str(root.path)], catch_exceptions=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT.replace("next town", "near town"), ("carried", True)),
        (f"It rained on the harbour all day long.\n\n{TEXT}", ("moved", True)),
        (TEXT.replace(f"{SHARE}\n\n", ""), ("orphaned", False)),
        (
            f"{THIRD} {TEXT.rstrip()}\n\n{FIRST}\n\n{SHARE}\n\n{SECOND}\n\nThe end is not near.\n",
            ("ambiguous", False),
        ),
    ],
)
def test_a_decision_goes_with_its_words(root: Root, text: str, expected: tuple[str, bool]) -> None:
    """Carried, moved, lost, or one of two that look alike: then none is touched."""
    assert outcome(root) == ("carried", True)
    summary = run(root, text)
    assert outcome(root) == expected
    assert summary.decisions == {expected[0]: 1}


def test_a_lost_decision_is_told_until_it_is_taken_back(root: Root) -> None:
    """`review` lists it; without it nothing waits."""
    assert "nothing waits" in call(root, "review").stdout
    run(root, TEXT.replace(f"{SHARE}\n\n", ""))
    listed = call(root, "review")
    assert "orphaned" in listed.stdout
    assert SHARE in listed.stdout
    (decision,) = json.loads(call(root, "review", "--json").stdout)["decisions"]
    taken = CliRunner().invoke(command, ["review", "withdraw", decision["review_id"][:8], "--root", str(root.path)])
    assert taken.exit_code == 0
    assert "nothing waits" in call(root, "review").stdout
    assert call(root, "review", "--all").stdout.count("withdrawn") == 1


def test_a_decision_comes_back_with_its_words(root: Root) -> None:
    """Lost in one version, in force again in the next."""
    run(root, TEXT.replace(f"{SHARE}\n\n", ""))
    run(root, TEXT.replace("Monday", "Friday"))
    assert outcome(root) == ("carried", True)
