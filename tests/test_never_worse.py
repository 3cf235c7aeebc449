"""An article is never replaced by something worse, and stays itself wherever it lies."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import copydesk
from copydesk.canonical import find_canonical
from copydesk.stand_ins import Before, StandIn, find_stand_in
from flows.landing import store_bytes
from flows.loading import Line
from flows.roots import Root
from flows.steps import ingest_paths, let_in
from flows.summaries import Summary
from warehouse.connect import open_warehouse
from warehouse.errors import WarehouseError
from warehouse.history import CONTRADICTED
from warehouse.integrity import find_problems
from warehouse.records import Capture, Run

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://harbour.example/news/ferry"
SENTENCES = [
    f"Pier {n} of the harbour at Skarvik was closed in the winter of {1950 + n}, when the ice came." for n in range(40)
]
ARTICLE = "\n\n".join(" ".join(SENTENCES[n : n + 4]) for n in range(0, 40, 4))
OTHER = ARTICLE.replace("the ice came", "the storm came")
CUT = "\n\n".join(ARTICLE.split("\n\n")[:2])


def page(body: str, title: str = "The piers of Skarvik", head: str = "") -> str:
    """Return a page with an article, or with what stands in for one."""
    paragraphs = "".join(f"<p>{part}</p>" for part in body.split("\n\n"))
    start = f'<html><head><title>{title}</title><meta property="og:type" content="article">{head}</head>'
    return f"{start}<body><article>{paragraphs}</article></body></html>"


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Root]:
    """Make a root; whatever a test did there, its warehouse holds together afterwards."""
    found = Root.find(tmp_path)
    found.make()
    yield found
    if found.warehouse.exists():
        with open_warehouse(found.warehouse) as warehouse:
            assert list(find_problems(warehouse.connection)) == []


def take(root: Root, text: str, hour: float, url: str | None = URL, ruleset: str = "r") -> Summary:
    """Take what was at an address (or in a file) at an hour."""
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    store_bytes(data, digest, root)
    place: dict[str, Any] = (
        {"url": url, "media_type": "text/html"} if url else {"path": "a.txt", "media_type": "text/plain"}
    )
    capture = Capture(source="web", sha256=digest, size=len(data), captured_at=NOON + timedelta(hours=hour), **place)
    run = Run.start(started_at=NOON, ruleset=ruleset, orchestrator="direct")
    summary = Summary(run_id=run.run_id)
    with open_warehouse(root.warehouse) as warehouse:
        warehouse.save_run(run)
    line = Line(root, run, summary)
    line.send([capture])
    line.finish()
    assert summary.failures == []
    return summary


def query(root: Root, sql: str) -> list[dict[str, Any]]:
    """Return rows."""
    with open_warehouse(root.warehouse, read_only=True) as warehouse:
        return warehouse.rows(sql)


def held(root: Root) -> list[str]:
    """Return as what captures wait for a person."""
    return [row["held_as"] for row in query(root, "SELECT held_as FROM held ORDER BY captured_at")]


def words(root: Root) -> list[int]:
    """Return how long the versions are, the oldest first."""
    return [row["words"] for row in query(root, "SELECT words FROM changes ORDER BY valid_from")]


WHOLE = len(ARTICLE.split())

STAND_INS = {
    "error_page": page("The page you requested could not be found.", "404 Not Found"),
    "wall": page("Checking your browser before you go on.", "Just a moment..."),
    "no_article": "<html><body><ul><li><a href='/1'>One</a></li><li><a href='/2'>Two</a></li></ul></body></html>",
    "shorter": page(CUT),
}


@pytest.mark.parametrize("kind", STAND_INS)
def test_what_is_worse_is_held_and_says_what_would_release_it(root: Root, kind: str) -> None:
    """The article stays the current one; the reason names the release."""
    take(root, page(ARTICLE), 0)
    summary = take(root, STAND_INS[kind], 1)
    assert (held(root), words(root)) == ([kind], [WHOLE])
    (reason,) = summary.held.values()
    assert "`copydesk review accept`" in reason
    assert ("seen again" in reason) == (kind == "shorter")


@pytest.mark.parametrize("kind", STAND_INS)
def test_a_better_capture_ends_the_waiting(root: Root, kind: str) -> None:
    """A, something worse, A: one version, seen until now."""
    for hour, text in enumerate((page(ARTICLE), STAND_INS[kind], page(ARTICLE))):
        take(root, text, hour)
    assert (held(root), words(root)) == ([], [WHOLE])


def test_what_is_held_is_not_read_again_until_the_rules_change(root: Root) -> None:
    """Unchanged bytes cost a look-up; with other rules they are judged anew."""
    take(root, page(ARTICLE), 0)
    take(root, STAND_INS["error_page"], 1)
    assert take(root, STAND_INS["error_page"], 9).unchanged == 1
    assert take(root, STAND_INS["error_page"], 10, ruleset="better").unchanged == 0
    assert held(root) == ["error_page"]


def test_an_error_page_that_repeats_is_still_none(root: Root) -> None:
    """Only a person lets it in."""
    take(root, page(ARTICLE), 0)
    for hour in (1, 5, 50):
        take(root, STAND_INS["error_page"], hour)
        take(root, STAND_INS["error_page"].replace("requested", "have requested"), hour + 1)
    assert words(root) == [WHOLE]


def test_a_real_cut_goes_in_when_it_stands(root: Root) -> None:
    """The same bytes an hour later; its version begins when it was first seen."""
    take(root, page(ARTICLE), 0)
    take(root, page(CUT), 1)
    take(root, page(CUT), 1.5)
    assert held(root) == ["shorter"]
    take(root, page(CUT), 2)
    assert (held(root), words(root)) == ([], [WHOLE, len(CUT.split())])
    (row,) = query(root, "SELECT valid_from FROM versions WHERE is_current")
    assert row["valid_from"] == NOON + timedelta(hours=1)


def test_a_cut_goes_in_when_its_text_stands_on_a_page_that_changes(root: Root) -> None:
    """Other bytes around the same words."""
    take(root, page(ARTICLE), 0)
    take(root, page(CUT), 1)
    take(root, page(CUT, head='<meta name="rendered" content="2">'), 3)
    assert words(root) == [WHOLE, len(CUT.split())]


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(ARTICLE.split("\n\n")[:6]),
        f"Correction: much of an earlier version of this article was wrong.\n\n{CUT}",
    ],
)
def test_a_correction_that_shortens_goes_in(root: Root, text: str) -> None:
    """Half of it went, or it says why most of it did."""
    take(root, page(ARTICLE), 0)
    take(root, page(text), 1)
    assert held(root) == []
    assert len(words(root)) == 2


def test_an_article_that_says_that_it_was_withdrawn_goes_in(root: Root) -> None:
    """Ten words are all that is left, and they say why."""
    take(root, ARTICLE, 0, url=None)
    take(root, "This article has been withdrawn. The editors regret the error.\n", 1, url=None)
    assert (held(root), words(root)) == ([], [WHOLE, 10])


def test_a_person_lets_a_capture_in(root: Root) -> None:
    """It becomes the current version, and stays it under other rules."""
    take(root, page(ARTICLE), 0)
    take(root, STAND_INS["error_page"], 1)
    (row,) = query(root, "SELECT capture_id::VARCHAR AS id FROM held")
    let_in(row["id"][:8], root)
    assert (held(root), len(words(root))) == ([], 2)
    take(root, STAND_INS["error_page"], 5, ruleset="better")
    assert (held(root), len(words(root))) == ([], 2)
    with pytest.raises(WarehouseError, match="accepted, not held"):
        let_in(row["id"][:8], root)
    with pytest.raises(WarehouseError, match="no capture has this id"):
        let_in("ffffffff", root)


def test_what_was_passed_over_cannot_be_let_in(root: Root) -> None:
    """The article was seen before and after: between, there was no other version."""
    for hour, text in enumerate((page(ARTICLE), STAND_INS["error_page"], page(ARTICLE))):
        take(root, text, hour)
    (row,) = query(root, "SELECT capture_id::VARCHAR AS id FROM captures WHERE status = 'held'")
    with pytest.raises(WarehouseError, match="seen before and after"):
        let_in(row["id"], root)


def test_there_and_back_again_and_a_late_copy(root: Root) -> None:
    """A, B, A are three versions; what an archive saw within a version that was seen before and after is held."""
    for hour, text in enumerate((ARTICLE, OTHER, ARTICLE)):
        take(root, page(text), 2 * hour)
    take(root, page(ARTICLE), 9)
    take(root, page(OTHER), 6)
    assert len(words(root)) == 3
    assert query(root, "SELECT reason FROM captures WHERE status = 'held'") == [{"reason": CONTRADICTED}]
    take(root, page(OTHER), -5)
    classes = query(root, "SELECT change_class FROM changes ORDER BY valid_from")
    assert [row["change_class"] for row in classes] == ["first", "substantive", "substantive", "substantive"]


def test_the_first_thing_fetched_is_held_when_it_is_an_error_page(root: Root) -> None:
    """There is no article yet, and this is none; a file of the same words is what a person put there."""
    take(root, STAND_INS["error_page"], 0)
    assert held(root) == ["error_page"]
    take(root, page(ARTICLE), 1)
    assert words(root) == [WHOLE]
    take(root, "Page not found: a poem\n\nIt was there.\n", 0, url=None)
    assert len(held(root)) == 0


def test_an_address_that_leads_home_keeps_its_article() -> None:
    """A redirect to the home page is no new version, whatever is written there."""
    article = copydesk.clean(copydesk.read(page(OTHER).encode(), format="html", url=URL))
    found = find_stand_in(article, Before(WHOLE, frozenset()), "https://harbour.example/")
    assert found is not None
    assert found.kind is StandIn.NO_ARTICLE
    assert find_stand_in(article, Before(WHOLE, frozenset()), f"{URL}?page=all") is None


CONSENT = "\n\n".join(
    f"We and our {n} partners keep what you choose on your device, and ask again later." for n in range(9, 36)
)


def test_a_long_wall_is_held_when_nothing_of_the_article_is_left(root: Root) -> None:
    """A consent page of 400 words; the article's own rewriting, under another title, goes in."""
    take(root, page(ARTICLE), 0)
    take(root, page(f"We value your privacy.\n\n{CONSENT}", "Your privacy choices"), 1)
    assert held(root) == ["wall"]
    take(root, page(ARTICLE.replace("Pier", "Quay").replace("harbour", "port"), "The quays of Skarvik"), 2)
    assert (held(root), len(words(root))) == ([], 2)


def test_a_page_that_bears_the_name_of_its_site_is_no_article(root: Root) -> None:
    """A home page whose teasers read like an article."""
    site = '<meta property="og:site_name" content="The Harbour Post">'
    take(root, page(ARTICLE, head=site), 0)
    take(root, page(OTHER.replace("Pier", "Mole").replace("winter", "year"), "The Harbour Post", site), 1)
    assert held(root) == ["no_article"]


# Places --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/news/ferry?utm_source=feed", URL),
        ("https://harbour.example/", None),
        ("https://other.example/news/ferry", None),
        ("/tag/boats", None),
    ],
)
def test_which_canonical_addresses_are_believed(address: str, expected: str | None) -> None:
    """On the same site, and of an article."""
    head = f'<html><head><link rel="canonical" href="{address}"></head><body>'
    assert find_canonical(head.encode(), f"{URL}?print=1") == expected


def test_one_page_at_two_addresses_is_one_document(root: Root) -> None:
    """Both name the same address as their own; without that name they are two, and known as copies."""
    head = f'<link rel="canonical" href="{URL}">'
    for hour, query_string in enumerate(("?a=1", "?b=2", "")):
        take(root, page(ARTICLE, head=head), hour, f"{URL}{query_string}")
    assert query(root, "SELECT count(*) AS n FROM documents") == [{"n": 1}]
    take(root, page(ARTICLE), 5, "https://mirror.example/ferry")
    with open_warehouse(root.warehouse) as warehouse:
        assert warehouse.refresh_stories() == 2
    (copy,) = query(root, "SELECT url, copy_of_place FROM copies")
    assert copy == {"url": "https://mirror.example/ferry", "copy_of_place": URL}


def run(root: Root) -> Summary:
    """Ingest the landing zone."""
    return ingest_paths([str(root.raw)], root)


def write(root: Root, **texts: str) -> None:
    """Put texts into the landing zone."""
    for name, text in texts.items():
        path = root.raw / name.replace("__", "/").replace("_txt", ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_renamed_folder_keeps_its_documents(root: Root) -> None:
    """Ids, history and all; a new file at an old place is a document of its own."""
    write(root, old__a_txt=ARTICLE, old__b_txt=OTHER)
    run(root)
    before = query(root, "SELECT document_id, valid_from FROM versions ORDER BY ALL")
    (root.raw / "old").rename(root.raw / "new")
    assert run(root).counts()["moved"] == 2
    assert query(root, "SELECT document_id, valid_from FROM versions ORDER BY ALL") == before
    paths = query(root, "SELECT path, former_paths FROM documents ORDER BY path")
    assert paths[0] == {"path": "new/a.txt", "former_paths": ["old/a.txt"]}
    write(root, old__a_txt=CUT)
    assert run(root).counts()["new_versions"] == 1
    write(root, old__a_txt=CUT + "\n\nMore of it.")
    assert run(root).counts()["new_versions"] == 1
    assert query(root, "SELECT count(*) AS n FROM documents") == [{"n": 3}]


def test_a_renamed_file_is_known_by_its_bytes(root: Root) -> None:
    """A copy is none: the first is still there."""
    write(root, a_txt=ARTICLE)
    run(root)
    (root.raw / "a.txt").rename(root.raw / "b.txt")
    assert run(root).counts()["moved"] == 1
    write(root, c_txt=ARTICLE)
    counts = run(root).counts()
    assert (counts["moved"], counts["copies"]) == (0, 1)
    assert query(root, "SELECT path, copy_of_place FROM copies") == [{"path": "c.txt", "copy_of_place": "b.txt"}]


def test_nobody_guesses_which_of_equal_files_was_moved(root: Root) -> None:
    """Two files of the same bytes went, one came under a third name: it is new."""
    write(root, a_txt=ARTICLE, b_txt=ARTICLE)
    run(root)
    (root.raw / "a.txt").rename(root.raw / "c.txt")
    (root.raw / "b.txt").unlink()
    counts = run(root).counts()
    assert (counts["moved"], counts["missing"]) == (0, 2)


def test_a_deleted_file_is_told_once_and_may_come_back(root: Root) -> None:
    """What it was stays; when it is there again, nothing is missing."""
    write(root, a_txt=ARTICLE, b_txt=OTHER)
    run(root)
    (root.raw / "a.txt").unlink()
    assert run(root).missing == ["a.txt"]
    assert run(root).missing == []
    assert query(root, "SELECT count(*) AS n FROM articles") == [{"n": 2}]
    write(root, a_txt=ARTICLE)
    run(root)
    assert query(root, "SELECT count(*) AS n FROM documents WHERE missing_since IS NOT NULL") == [{"n": 0}]


# Runs ----------------------------------------------------------------------------------------------------------------


def test_a_run_that_fails_as_a_whole_says_why(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason stands with the run; what was loaded before stays."""

    def refuse(*_: object) -> None:
        raise WarehouseError("the table is gone.", advice="Bring it back.")

    write(root, a_txt=ARTICLE)
    monkeypatch.setattr(Line, "send", refuse)
    with pytest.raises(WarehouseError):
        run(root)
    (row,) = query(root, "SELECT status, failures::VARCHAR AS failures FROM runs")
    assert row["status"] == "failed"
    assert json.loads(row["failures"]) == [
        {
            "source": "the run itself",
            "error": "WarehouseError",
            "reason": "the table is gone.",
            "advice": "Bring it back.",
        }
    ]


def test_a_run_whose_process_died_is_marked_by_the_next_one(root: Root) -> None:
    """One of another machine is left as it is: nobody here can know."""
    with open_warehouse(root.warehouse) as warehouse:
        for process in (f"{platform.node()} 999999999", "elsewhere 1", f"{platform.node()} {os.getppid()}"):
            begun = Run.start(started_at=NOON, ruleset="r", orchestrator="direct")
            warehouse.save_run(replace(begun, process=process))
    run(root)
    rows = query(root, "SELECT status, count(*) AS n FROM runs GROUP BY 1 ORDER BY 1")
    assert [(row["status"], row["n"]) for row in rows] == [("completed", 1), ("cut_off", 1), ("running", 2)]
