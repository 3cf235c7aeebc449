"""The command line on texts, as a user calls it: a process of its own, its output, its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows import prefect_settings

ROOT = Path(__file__).parent.parent
FIRST = (
    "The council met on Monday and agreed, after four hours of talk, that the old bridge over the river will stay. "
    "Engineers had asked for a new one since the spring, when a lorry broke through its northern rail."
)
SECOND = (
    "Traders on the market square welcomed the vote. Many of them had feared two years of dust and detours, and a "
    "toll at the end of it; the mayor had promised neither."
)
ARTICLE = f"""\
Council keeps the old bridge

Published: 4 March 2024 9:30 am

{FIRST}

the old bridge
over the river will
stay. Engineers had

{SECOND}

Ada B Lund is an editor at the Quay Institute.
"""


def call(*args: str, stdin: bytes = b"", cwd: Path = ROOT) -> tuple[int, str, str]:
    """Call copydesk; return its exit status, stdout and stderr."""
    command = [sys.executable, "-m", "flows.cli", *args]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0"}
    done = subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=env, check=False)  # noqa: S603
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """Write the article into a file."""
    path = tmp_path / "bridge.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_clean_prints_the_body(article: Path) -> None:
    """Title, date line, bio and pull quote leave the text; what is left is the prose."""
    status, out, err = call("clean", str(article))
    assert (status, err) == (0, "")
    assert out == f"{FIRST}\n\n{SECOND}\n"


def test_stdin_is_read_where_no_file_is_named(article: Path) -> None:
    """``copydesk clean`` in a pipe does the same."""
    assert call("clean", stdin=article.read_bytes()) == call("clean", "-", stdin=article.read_bytes())
    assert call("clean", stdin=article.read_bytes())[1] == call("clean", str(article))[1]


def test_clean_as_json_holds_fields_and_edits_that_give_the_text(article: Path) -> None:
    """The whole article: applying the flat edits to the input gives the text."""
    status, out, _ = call("clean", "--json", str(article))
    found = json.loads(out)
    text, position = "", 0
    for edit in found["edits"]:
        text += ARTICLE[position : edit["raw_start"]] + edit["replacement"]
        position = edit["raw_end"]
    assert status == 0
    assert text + ARTICLE[position:] == found["text"]
    assert found["title"] == "Council keeps the old bridge"
    assert found["published_at"] == "2024-03-04T09:30:00"
    assert found["authors"] == ["Ada B Lund"]
    assert [field["name"] for field in found["fields"]] == ["title", "dateline", "bio"]


def test_clean_edits_and_diff_show_what_went(article: Path) -> None:
    """Edits as JSON lines in a pipe; the diff marks what went in the text as received."""
    _, edits, _ = call("clean", "--edits", str(article))
    assert [json.loads(line)["kind"] for line in edits.splitlines()] == [
        "title",
        "dateline",
        "pull_quote",
        "author_bio",
    ]
    _, diff, _ = call("clean", "--diff", str(article))
    assert diff.startswith("[-Council keeps the old bridge\n\n-]")
    assert "[-the old bridge\nover the river will\nstay. Engineers had\n\n-]" in diff


def test_lines_of_json_come_back_in_order_and_a_bad_one_is_an_error_line(tmp_path: Path) -> None:
    """One bad line stops nothing; the exit status says that something failed."""
    lines = [json.dumps({"id": "a", "text": "Some  text."}), "{broken", json.dumps({"id": "c"}), json.dumps([1]), ""]
    lines += [json.dumps({"id": "d", "text": ""}), json.dumps({"id": 5, "text": "More \ud83d text."})]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    status, _, err = call("clean", "--jsonl", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out.jsonl"))
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert status == 1
    assert "4 lines failed" in err
    assert [row["id"] for row in found] == ["a", None, "c", None, "d", 5]
    assert [row["error"] is None for row in found] == [True, False, False, False, False, True]
    assert "in.jsonl:2: this line is not JSON" in found[1]["error"]
    assert found[5]["text"] == "More \ufffd text."


def test_facts_have_their_words_at_their_raw_place(article: Path) -> None:
    """What stands between a fact's raw offsets is what it says, where it says so."""
    status, out, _ = call("facts", "--json", str(article))
    facts = json.loads(out)["facts"]
    assert status == 0
    for kind in ("mentions", "dates", "quantities"):
        for fact in facts[kind]:
            assert not fact["is_exact"] or ARTICLE[fact["raw_start"] : fact["raw_end"]] == fact["text"]
    assert any(fact["role"] == "published" for fact in facts["dates"])


def test_explain_says_what_an_edit_did_and_why(article: Path) -> None:
    """The table lists all edits; one of them is told in full, with the words that it repeats."""
    _, table, _ = call("explain", str(article))
    number = next(line.split()[0] for line in table.splitlines() if "pull_quote" in line)
    _, words, _ = call("explain", str(article), number)
    assert "pull_quotes.wrapped" in words
    (told,) = json.loads(call("explain", str(article), number, "--json")[1])
    position, quote = told["selector"]
    assert ARTICLE[position["start"] : position["end"]] == quote["exact"]
    assert "repeats  characters" in words


def test_facts_are_explained(tmp_path: Path) -> None:
    """`facts --why` tells of all, `explain` of one; a fact that is not there is named with the next step."""
    path = tmp_path / "a.txt"
    path.write_text("Finland joined NATO in April 2023.\n", encoding="utf-8")
    _, told, _ = call("facts", "--why", str(path))
    assert "relations.1: relations.member_of" in told
    assert "since       2023-04 from 'April 2023': dates.month_year" in told
    rows = json.loads(call("facts", "--why", "--json", str(path))[1])["facts"]
    assert rows["relations"][0]["why"]["version"] >= 1
    one = json.loads(call("explain", str(path), "relations.1", "--json")[1])
    assert (one["fact"], one["until"], one["why"]["rule"]) == ("relations.1", None, "relations.member_of")
    for name in ("relations.2", "weather.1"):
        status, _, err = call("explain", str(path), name)
        assert (status, f"there is no fact {name}" in err) == (1, True)


def test_undo_gives_the_words_back_and_leaves_the_file_alone(article: Path) -> None:
    """One edit off: the others stay."""
    _, edits, _ = call("clean", "--edits", str(article))
    title = next(json.loads(line)["edit_id"] for line in edits.splitlines() if json.loads(line)["kind"] == "title")
    status, out, _ = call("undo", str(article), str(title))
    assert status == 0
    assert out.startswith("Council keeps the old bridge\n\nThe council met")
    assert article.read_text(encoding="utf-8") == ARTICLE
    status, _, err = call("undo", str(article), "99")
    assert status == 1
    assert "there is no edit 99" in err


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "there is no text in it"),
        ("blank.txt", b" \n\t\n\xc2\xa0\n", "there is no text in it"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(64), "this is a PNG picture"),
        ("noise.txt", bytes(range(256)) * 8, "not text"),
        ("large.txt", b"a" * (17 * 1024 * 1024), "larger than 16 MB"),
    ],
)
def test_bad_input_is_named_with_its_reason_and_the_next_step(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    """One line on stderr, exit status 1, nothing on stdout."""
    path = tmp_path / name
    path.write_bytes(data)
    status, out, err = call("clean", str(path))
    assert (status, out) == (1, "")
    assert err.startswith(f"copydesk: {path}: ")
    assert words in err
    assert err.count("\n") == 1


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    """What is not a file is said to be none."""
    status, _, err = call("clean", str(tmp_path / "none.txt"))
    assert status == 1
    assert err.startswith(f"copydesk: {tmp_path / 'none.txt'}: there is no such file. Check the path")
    assert "this is a folder" in call("clean", str(tmp_path))[2]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("naïve\r\ncafé\r".encode("cp1252"), "naïve\ncafé\n"),
        ("na\u00efve".encode("utf-16"), "naïve\n"),
        ("na\u00efve".encode("utf-8-sig"), "naïve\n"),
        (b"a\x00b and some more words to be text", "ab and some more words to be text\n"),
        ("déjà vu, déjà lu, déjà bu: ".encode() + "café".encode("cp1252"), "déjà vu, déjà lu, déjà bu: café\n"),
    ],
)
def test_encodings_and_line_ends_of_all_sorts_come_out_as_text(tmp_path: Path, data: bytes, text: str) -> None:
    """Wrong, mixed and wide encodings, NUL bytes, CR and CRLF."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert call("clean", str(path))[1] == text


def test_one_line_of_five_megabytes_is_cleaned(tmp_path: Path) -> None:
    """Long lines are no special case."""
    path = tmp_path / "long.txt"
    path.write_text("word and more " * (5 * 1024 * 1024 // 14), encoding="utf-8")
    status, out, _ = call("clean", str(path))
    assert status == 0
    assert len(out) > 5_000_000


def test_a_reader_that_goes_away_is_no_failure(article: Path) -> None:
    """As with ``| head -1``: exit status 0, and not a word."""
    for command in ("facts", "explain", "clean"):
        read, write = os.pipe()
        os.close(read)
        line = [sys.executable, "-m", "flows.cli", command, str(article)]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(line, stdout=write, stderr=subprocess.PIPE, env=env, check=False)  # noqa: S603
        os.close(write)
        assert (done.returncode, done.stderr) == (0, b"")


def test_half_a_surrogate_pair_comes_out_as_json(tmp_path: Path) -> None:
    """What UTF-8 has no bytes for is written escaped."""
    path = tmp_path / "lines.jsonl"
    path.write_text('{"id": "a\\ud83d", "text": "One line."}\n')
    status, out, _ = call("clean", "--jsonl", str(path))
    assert (status, json.loads(out)["id"]) == (0, "a\ud83d")


def test_lines_that_are_no_utf8_are_read_from_stdin_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """As from a file, whatever the locale: the bytes cannot be kept, the line is."""
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8:strict")
    status, out, _ = call("clean", "--jsonl", stdin=b'{"id": 1, "text": "One \xff line."}\n')
    assert (status, json.loads(out)["id"]) == (0, 1)


def test_lines_are_not_written_over_themselves(tmp_path: Path) -> None:
    """The file would be emptied before it is read."""
    path = tmp_path / "lines.jsonl"
    path.write_text('{"id": 1, "text": "One line."}\n')
    status, _, err = call("clean", "--jsonl", str(path), "-o", str(path))
    assert (status, path.read_text()) == (1, '{"id": 1, "text": "One line."}\n')
    assert "Name another file" in err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("show", "a" * 300), "there is no such file, and no document"),
        (("show", "a" * 60 + "z"), "there is no such file, and no document"),
        (("clean", "a" * 300), "no file can have a name that long"),
        (("run", "--root", "/dev/null"), "a part of this path is a file"),
    ],
)
def test_odd_arguments_are_answered_in_a_line(args: tuple[str, ...], words: str) -> None:
    """No traceback, and no search without end."""
    status, _, err = call(*args)
    assert status == 1
    assert words in err
    assert len(err.splitlines()) == 1


def test_a_user_without_a_home_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there are no profiles of Prefect's to look at."""

    def refuse(_path: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr(Path, "expanduser", refuse)
    assert prefect_settings.server_url() is None


def test_wrong_usage_exits_with_two() -> None:
    """Unknown commands and options are wrong usage."""
    assert call("polish")[0] == 2
    assert call("clean", "--shiny")[0] == 2
    assert call("--version")[0] == 0
