"""Search in the warehouse: what is found, in which order, and an index that is always that of the articles."""

from __future__ import annotations

import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.article import Moment
from copydesk.facts import Facts
from copydesk.search_query import parse_query
from flows.commands.search import write_hit
from schemas.tables import TABLES
from tests.warehousing import RULESET, RUN, TEXT, ingest, make_article, make_capture
from warehouse import search_index
from warehouse.check import check_documents
from warehouse.connect import open_warehouse
from warehouse.errors import WarehouseError
from warehouse.files import published_path
from warehouse.passages import Hit
from warehouse.rows import document_rows
from warehouse.search import Found, Wanted, search
from warehouse.search_index import FACT_TABLES, mark_changed, put_in_order

PROJECT = Path(__file__).parent.parent


def text_of(title: str, body: str, day: str = "1 March 2026") -> str:
    """Return the text of an article."""
    return f"{title}\nPublished {day}\n\n{body}\n"


def put(path: Path, texts: Mapping[str, str], language: str | None = "en", day: int = 0) -> None:
    """Put articles of a language into a warehouse, and index them."""
    captures = [make_capture(text, name, day) for name, text in texts.items()]
    with open_warehouse(path) as wh:
        plan = wh.plan(captures, ruleset=RULESET)
    rows = []
    for planned in plan.work:
        text = texts[planned.capture.path or ""]
        day_of = datetime.strptime(text.splitlines()[1], "Published %d %B %Y")  # noqa: DTZ007 - a wall clock
        published = Moment("as written", day_of, "day", None, "dateline")
        article = replace(make_article(text), language=language, published=published)
        rows.append(document_rows(planned, article, Facts(), ruleset=RULESET, run_id=RUN))
    with open_warehouse(path) as wh:
        wh.load(check_documents(rows, ruleset=RULESET, run_id=RUN), unchanged=plan.unchanged)
        wh.refresh_search()


def find(path: Path, query: str, limit: int = 10, **wanted: Any) -> Found:  # noqa: ANN401 - the fields of Wanted
    """Search."""
    with open_warehouse(path, read_only=True) as wh:
        return search(wh.connection, parse_query(query), Wanted(**wanted), limit)


def names(path: Path, query: str, **wanted: Any) -> list[str]:  # noqa: ANN401 - as above
    """Return the paths of the documents that are found, in order."""
    return [hit.document["path"] for hit in find(path, query, **wanted).hits]


def index_of(path: Path) -> dict[str, list[str]]:
    """Return what the index says of each document, without the numbers that it goes by."""
    sql = {
        "documents": "SELECT document_id, derivation_id, made_of FROM search_documents",
        "passages": "SELECT document_id, p.* EXCLUDE (document_number) FROM search_passages p "
        "LEFT JOIN search_documents USING (document_number)",
        "terms": "SELECT document_id, t.* EXCLUDE (document_number) FROM search_terms t "
        "LEFT JOIN search_documents USING (document_number)",
    }
    with open_warehouse(path, read_only=True) as wh:
        return {name: sorted(map(repr, wh.connection.execute(one).fetchall())) for name, one in sql.items()}


def rebuild(path: Path) -> None:
    """Make the index anew from nothing."""
    with open_warehouse(path) as wh:
        for table in ("search_documents", "search_passages", "search_terms"):
            wh.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        wh.refresh_search()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a warehouse with articles in some languages, and one with facts."""
    path = tmp_path_factory.mktemp("search") / "w.duckdb"
    filler = "Rain fell on the harbour all day and nobody went out. " * 5
    put(
        path,
        {
            "title.txt": text_of("Ferry strike", f"Boats stay where they are. {filler}"),
            "often.txt": text_of("Harbour news", f"Ferries, ferries, and no ferry at all. {filler}"),
            "once.txt": text_of("Rents", f"A ferry was seen. {filler}", "5 April 2026"),
            "long.txt": text_of("Weather", f"A ferry was seen. {filler * 6}"),
            "none.txt": text_of("Bakers", f"Bread is dearer at pier nine. {filler}"),
        },
    )
    put(path, {"de.txt": text_of("Fähren", "Die Fährstraße ist gesperrt, die Ferries fahren nicht.")}, "de")
    put(path, {"ja.txt": text_of("東京", "東京都知事は会見した。")}, "ja")
    put(path, {"short.txt": text_of("Prices", "Prices fell.")}, None)
    ingest(path, {"facts.txt": TEXT})
    with open_warehouse(path) as wh:
        wh.refresh_search()
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """Return a warehouse of one's own."""
    return Path(shutil.copy(made, tmp_path / "w.duckdb"))


# Articles -----------------------------------------------------------------------------------------------------------


def test_titles_count_more_then_how_often_then_how_short(made: Path) -> None:
    """BM25 over title and text."""
    found = names(made, "ferries", language="en")
    assert set(found) == {"title.txt", "often.txt", "once.txt", "long.txt", "facts.txt"}
    assert [name for name in found if name != "facts.txt"] == ["title.txt", "often.txt", "once.txt", "long.txt"]


def test_rare_words_and_more_words_count_more(made: Path) -> None:
    """Any word will do, and who has the rare one, or both, stands first."""
    assert names(made, "harbour bread")[0] == "none.txt"
    assert names(made, "ferry strike harbour")[0] == "title.txt"
    assert "none.txt" in names(made, "ferry bread")


def test_phrases_and_what_is_not_wanted(made: Path) -> None:
    """Phrases stand word for word; a minus takes away whole articles."""
    assert names(made, '"pier nine"') == ["none.txt"]
    assert names(made, '"nine pier"') == []
    assert names(made, '"ferries" -strike', language="en") == ["often.txt"]
    assert set(names(made, "harbour -ferry")) == {"none.txt"}
    assert set(names(made, 'harbour -"a ferry was"')) == {"title.txt", "often.txt", "none.txt"}
    assert names(made, '"ferry strike"') == ["title.txt"]  # a phrase of the title


def test_other_languages(made: Path) -> None:
    """Words as they are, whatever the marks; English stems find German texts no worse; pairs of characters."""
    assert names(made, "fahrstrasse") == ["de.txt"]
    assert names(made, "FÄHREN") == ["de.txt"]
    assert "de.txt" in names(made, "Ferries")
    assert names(made, "知事") == ["ja.txt"]
    assert names(made, "東京都") == ["ja.txt"]
    assert names(made, "京東") == []
    assert names(made, "price") == ["short.txt"]


def test_filters(made: Path) -> None:
    """Source, language, days, names; each alone and together."""
    everything = set(names(made, "ferry"))
    assert set(names(made, "ferry", source="raw")) == everything
    assert names(made, "ferry", source="elsewhere") == []
    assert names(made, "ferries", language="DE") == ["de.txt"]
    assert names(made, "ferry", since=date(2026, 4, 1)) == ["once.txt"]
    assert set(names(made, "ferry", until=date(2026, 3, 31))) == everything - {"once.txt"}
    assert names(made, "ferry", since=date(2026, 4, 5), until=date(2026, 4, 5)) == ["once.txt"]
    assert names(made, "ferry", entities=["Kari Holm"]) == ["facts.txt"]
    assert names(made, "ferry", entities=["country:NOR", "denmark"]) == ["facts.txt"]
    with pytest.raises(WarehouseError, match="Atlantis: no article names it"):
        find(made, "ferry", entities=["Atlantis"])


def test_snippets_show_the_words(made: Path) -> None:
    """From the body where it has them; with their place there."""
    (hit,) = find(made, '"pier nine"').hits
    assert (hit.field, hit.snippet.text[:28]) == ("body", "Bread is dearer at pier nine")
    assert [hit.snippet.text[slice(*mark)] for mark in hit.snippet.marks] == ["pier", "nine"]
    hit = find(made, "strike").hits[0]
    assert (hit.document["title"], hit.snippet.marks) == ("Ferry strike", ())
    assert hit.snippet.text.startswith("Boats stay")
    hit = find(made, "published", since=date(2026, 4, 5)).hits[0]
    assert (hit.field, hit.snippet.text) == ("dateline", "Published 5 April 2026")


def test_the_order_is_always_the_same(path: Path) -> None:
    """Equals stand by document; what was indexed in another order is found in the same."""
    put(path, {f"copy{number}.txt": text_of("Twin", "One and the same whale.") for number in range(9)})
    found = names(path, "whale")
    assert len(found) == 9
    before = [(hit.score, hit.document["document_id"]) for hit in find(path, "whale ferry harbour").hits]
    assert [hit.document["document_id"] for hit in find(path, "whale").hits] == sorted(
        hit.document["document_id"] for hit in find(path, "whale").hits
    )
    rebuild(path)
    assert names(path, "whale") == found
    assert [(hit.score, hit.document["document_id"]) for hit in find(path, "whale ferry harbour").hits] == before


def test_totals_and_limits(path: Path) -> None:
    """How many there are is known, but for phrases when enough were found before all were read."""
    put(path, {f"{number}.txt": text_of("Whales", "A blue whale was seen.") for number in range(60)})
    found = find(path, "whale", limit=3)
    assert (len(found.hits), found.total, found.missing) == (3, 60, 0)
    assert (len(find(path, '"blue whale"', limit=3).hits), find(path, '"blue whale"', limit=3).total) == (3, None)
    assert find(path, '"blue whale"', limit=60).total == 60
    assert find(path, '"whale blue"').total == 0


# Facts --------------------------------------------------------------------------------------------------------------


def told(hits: Sequence[Hit]) -> list[tuple[str, list[str]]]:
    """Return sentences with the kinds of their facts."""
    return [(hit.snippet.text, [fact["kind"] for fact in hit.facts]) for hit in hits]


def test_rarer_words_lead_to_the_same_passages(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To score only what may be among the best finds what scoring all finds."""
    rng = random.Random(7)  # noqa: S311 - the same words each time
    usual = "harbour ferry strike council tunnel".split()
    texts = {
        f"{number}.txt": text_of(
            f"Number {number}", " ".join(rng.choices(usual, (16, 8, 4, 2, 1), k=rng.randint(5, 30)))
        )
        for number in range(60)
    }
    put(path, texts)
    queries = [" ".join(rng.sample(usual, rng.randint(2, 5))) for _ in range(12)] + ["ferry strike -tunnel"]
    whole = [find(path, query, limit=5) for query in queries]
    monkeypatch.setattr("warehouse.search.MANY_ROWS", -1)
    led = [find(path, query, limit=5) for query in queries]
    assert [[(hit.document["path"], hit.score) for hit in found.hits] for found in led] == [
        [(hit.document["path"], hit.score) for hit in found.hits] for found in whole
    ]
    assert any(found.total is None for found in led)
    assert all(found.total is not None for found in whole)


def test_facts_are_found_by_their_sentence(made: Path) -> None:
    """The sentence with all its facts but names; of kinds that are asked for, those alone."""
    third = "Traffic rose by 12 per cent in 2025, and the G7 may help next year."
    assert told(find(made, "traffic", facts=True).hits) == [(third, ["quantity", "date", "claim"])]
    assert told(find(made, "traffic", kinds=["quantity"]).hits) == [(third, ["quantity"])]
    assert told(find(made, '"12 per cent" help', kinds=["mention", "date"]).hits) == [(third, ["date", "mention"])]
    assert find(made, "traffic", kinds=["quote"]).hits == ()
    assert find(made, "traffic -help", facts=True).hits == ()
    assert find(made, "norway", facts=True, entities=["Denmark"]).hits[0].snippet.text.startswith("Norway and Denmark")
    assert find(made, "traffic", facts=True, entities=["Denmark"]).hits == ()
    (fact,) = find(made, "traffic", kinds=["quantity"]).hits[0].facts
    assert (fact["evidence"], fact["number"], fact["direction"]) == ("12 per cent", 12.0, "increase")


def test_every_kind_of_fact_can_be_found(made: Path) -> None:
    """The kinds are those of the tables, and of the view of all facts."""
    with open_warehouse(made, read_only=True) as wh:
        kinds = {kind for (kind,) in wh.connection.execute("SELECT DISTINCT kind FROM facts").fetchall()}
    assert kinds == set(FACT_TABLES)
    assert set(FACT_TABLES.values()) <= set(TABLES)
    for kind in FACT_TABLES:
        query = "norway we kari 12 help published"
        hits = find(made, query, kinds=[kind]).hits
        assert hits
        assert all(fact["kind"] == kind for hit in hits for fact in hit.facts)


# The index ----------------------------------------------------------------------------------------------------------

BODIES = st.sampled_from(["The ferry left.", "Rain, 東京.", "Bread is dearer. Ferries are not.", "A whale."])


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.dictionaries(st.sampled_from("abc"), BODIES, min_size=1), min_size=1, max_size=4))
def test_kept_up_to_date_is_the_same_as_made_anew(
    tmp_path_factory: pytest.TempPathFactory, steps: list[dict[str, str]]
) -> None:
    """Articles come, change and change back; what was indexed is what there is."""
    path = tmp_path_factory.mktemp("steps") / "w.duckdb"
    ingest(path, {"facts.txt": TEXT})
    for day, step in enumerate(steps):
        put(path, {f"{name}.txt": text_of("News", body) for name, body in step.items()}, day=day)
    kept = index_of(path)
    rebuild(path)
    assert index_of(path) == kept


def test_doing_it_again_changes_nothing(path: Path) -> None:
    """Nothing is indexed twice."""
    before = index_of(path)
    with open_warehouse(path) as wh:
        assert wh.refresh_search() == 0
    assert index_of(path) == before


def test_what_was_cut_off_is_gone_on_with(path: Path) -> None:
    """Killed between loading and indexing: the article is said to be missing, and the next run indexes it."""
    ingest(path, {"late.txt": TEXT.replace("Ferry", "Late ferry")})
    assert find(path, "late").missing == 1
    assert names(path, "late") == []
    with open_warehouse(path) as wh:
        assert wh.refresh_search() == 1
    assert names(path, "late") == ["late.txt"]
    assert find(path, "late").missing == 0


def test_documents_that_are_gone_leave_the_index(path: Path) -> None:
    """Whoever takes them out of the tables; nothing of them is left."""
    with open_warehouse(path) as wh:
        gone = wh.rows("SELECT document_id FROM documents WHERE path = 'title.txt'")[0]["document_id"]
        for table in ("documents", "versions", "derivations", "fields"):
            wh.connection.execute(f"DELETE FROM {table} WHERE document_id = ?", [gone])  # noqa: S608 - our own names
        assert names_in(wh.connection, "strike") == []
        assert wh.refresh_search() == 1
        left = "SELECT count(*) FROM search_terms t ANTI JOIN search_documents d USING (document_number)"
        assert wh.connection.execute(left).fetchone() == (0,)
        assert wh.connection.execute("SELECT count(*) FROM search_terms WHERE term = 'strik'").fetchone() == (0,)


def names_in(connection: Any, query: str) -> list[str]:  # noqa: ANN401 - a connection of DuckDB
    """Return the paths that are found on an open warehouse."""
    return [hit.document["path"] for hit in search(connection, parse_query(query)).hits]


def test_facts_that_were_replayed_are_found(path: Path) -> None:
    """A fact that comes to a derivation later is indexed with the next refresh."""
    with open_warehouse(path) as wh:
        wh.connection.execute("DELETE FROM quantities")
        ids = [
            row["id"] for row in wh.rows("SELECT document_id::VARCHAR AS id FROM documents WHERE path = 'facts.txt'")
        ]
        assert wh.refresh_search() == 0
        mark_changed(wh.connection, ids)
        assert wh.refresh_search() == 1
    assert find(path, "traffic", kinds=["quantity"]).hits == ()


def test_order_of_terms_changes_no_answer(path: Path) -> None:
    """All terms in order: found is the same, and the readers' copy gets the order, too."""
    before = [find(path, query).hits for query in ("ferry harbour", '"pier nine"')]
    with open_warehouse(path) as wh:
        wh.publish()
        put_in_order(wh.connection)
        wh.publish()
    for place in (path, published_path(path)):
        with open_warehouse(place, read_only=True) as wh:
            terms = [row["term"] for row in wh.rows("SELECT term FROM search_terms")]
        assert terms == sorted(terms)
        assert [find(place, query).hits for query in ("ferry harbour", '"pier nine"')] == before


def test_order_is_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many that came last are put in order among themselves, too many behind the order with all."""
    monkeypatch.setattr(search_index, "MOST_LOOSE", 2)
    monkeypatch.setattr(search_index, "MOST_BEHIND", 1 / 2)
    stretches = []
    for number in range(5):
        put(path, {f"{number}{name}.txt": text_of("Whales", f"A whale {name}.") for name in "abc"})
        with open_warehouse(path) as wh:
            wh.publish()
            sql = "SELECT stretch, count(*) AS n FROM search_documents GROUP BY 1 ORDER BY 1"
            stretches.append({row["stretch"]: row["n"] for row in wh.rows(sql)})
        assert index_of(published_path(path)) == index_of(path)
        assert len(find(published_path(path), "whale", limit=100).hits) == 3 * (number + 1)
    assert stretches == [{1: 12}, {1: 12, 2: 3}, {1: 12, 2: 6}, {1: 12, 2: 9}, {1: 12, 2: 12}]


def test_the_readers_copy_has_the_index(path: Path) -> None:
    """Of what came, changed and went since it was last published."""
    with open_warehouse(path) as wh:
        wh.publish()
    put(path, {"later.txt": text_of("Later", "A whale.")})
    put(path, {"once.txt": text_of("Rents", "No more.")}, day=1)
    with open_warehouse(path) as wh:
        wh.publish()
    assert index_of(published_path(path)) == index_of(path)
    assert names(published_path(path), "whale") == ["later.txt"]


def test_an_older_warehouse_says_what_to_do(path: Path) -> None:
    """Before a run has made the index."""
    with open_warehouse(path) as wh:
        wh.connection.execute("DROP TABLE search_documents")
    with pytest.raises(WarehouseError, match=r"no index for searching yet\. `copydesk run` makes one"):
        find(path, "ferry")


HOSTILE = (
    "'; DROP TABLE documents; --",
    '" OR 1=1 --',
    "ferry) UNION SELECT * FROM runs",
    "%_\\",
    "$1 ? :name {}",
    "\x00ferry\x00",
    "ferry\ud800",
    "@country:NOR",
    "ferry " * 170_000,
    '"' + "ferry " * 170_000 + '"',
    "x" * 1_000_000,
)


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_queries(made: Path, query: str) -> None:
    """They find what has their words, or are refused; nothing is run."""
    before = made.stat().st_mtime_ns
    try:
        parsed = parse_query(query)
    except Exception as error:  # noqa: BLE001 - whatever comes has to be an error of ours
        assert type(error).__name__ == "BadQuery"  # noqa: PT017 - as above
        return
    with open_warehouse(made, read_only=True) as wh:
        assert search(wh.connection, parsed).hits is not None
    assert made.stat().st_mtime_ns == before


# The command --------------------------------------------------------------------------------------------------------


def call(path: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Call copydesk search."""
    command = [sys.executable, "-m", "flows.cli", "search", "--warehouse", str(path), *args]
    env = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False)  # noqa: S603


def test_the_command_prints_plain_lines_and_json(made: Path) -> None:
    """In a pipe without colours; words about the list on stderr; a minus before a word is no option."""
    done = call(made, "ferries", "-onion", "-strike", "--limit", "1", '"no ferry"')
    assert (done.returncode, done.stderr) == (0, "")
    assert "Harbour news\n     2026-03-01  raw  document " in done.stdout
    assert "\x1b" not in done.stdout
    done = call(made, "--json", "traffic", "--kind", "quantity")
    (line,) = done.stdout.splitlines()
    found = json.loads(line)
    assert (found["path"], found["published"], found["facts"][0]["number"]) == ("facts.txt", "2026-03-01", 12.0)
    assert found["snippet"][slice(*found["marks"][0])] == "Traffic"
    done = call(made, "ferry", "--limit", "2")
    assert done.stderr == "copydesk: the best 2 of 5; --limit shows more.\n"
    assert call(made, "unheard").stderr == "copydesk: nothing was found.\n"


class _Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_words_are_marked(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the title and in the snippet."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream, query = _Terminal(), parse_query("bread baker")
    for number, hit in enumerate(find(made, "bread baker").hits, 1):
        write_hit(stream, number, hit, query)
    title, _, snippet, *_ = stream.getvalue().splitlines()
    assert re.sub(r"\x1b\[[0-9;]*m", "", title) == "  1  Bakers"
    assert "\x1b[1;33mBakers" in title
    assert "\x1b[1;33mBread" in snippet


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        ([], 2, "Missing argument"),
        ([""], 1, "nothing to look for"),
        (["ferry", "--since", "soon"], 2, "--since"),
        (["ferry", "--kind", "weather"], 2, "'weather' is not one of"),
        (["ferry", "--entity", "Atlantis"], 1, "no article names it"),
    ],
)
def test_the_command_says_what_is_wrong(made: Path, args: list[str], status: int, words: str) -> None:
    """In words, with a status."""
    done = call(made, *args)
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr
