"""``copydesk add``: what a location is, and how it is written into copydesk.toml."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.add import add, name_for, write_source
from flows.commands.run import run
from flows.commands.status import status
from flows.roots import SETTINGS, TEMPLATE, Root
from flows.sources.look import look_at
from flows.sources.settings import read_sources
from tests.serving import Site, serving
from tests.test_sources import page, rss, sitemap


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve a site that is empty at first."""
    with serving() as found:
        yield found


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """Make a root."""
    found = Root.find(tmp_path)
    found.make()
    return found


def call(root: Root, *args: str) -> str:
    """Add a source; return what was said."""
    done = CliRunner().invoke(add, [*args, "--root", str(root.path)])
    assert done.exit_code == 0, done.exception
    return done.output


def test_what_people_wrote_stays(root: Root) -> None:
    """Comments, order, other sources; the new one stands at the end with what was said of it."""
    settings = root.path / SETTINGS
    settings.write_text(f'{TEMPLATE}\n[sources.tide] # ours\nkind = "folder"\nlocation = "tide"')
    said = call(root, "https://isle.example/feed", "--kind", "feed", "--every", "6h", "--delay", "2", "--no-robots")
    assert "added isle-example (feed)" in said
    text = settings.read_text()
    assert text.startswith(TEMPLATE)
    assert "[sources.tide] # ours" in text
    tide, isle = read_sources(settings)
    assert (tide.name, isle.kind, isle.schedule, isle.delay, isle.robots) == ("tide", "feed", "6h", 2, False)


def test_what_paths_are(root: Root) -> None:
    """A folder, archives by their endings, other files."""
    (root.path / "old").mkdir()
    for name in ("old", "crawl.warc.gz", "a.jsonl", "box.mbox", "a.txt"):
        call(root, name, "--name", f"s-{name}")
    assert [source.kind for source in read_sources(root.path / SETTINGS)] == [
        "folder",
        "warc",
        "jsonl",
        "mail",
        "files",
    ]


def test_a_look_tells_feeds_sitemaps_and_pages(root: Root, site: Site) -> None:
    """A page that names its feed says so; several addresses are a list."""
    site.page("/feed", rss(), "application/rss+xml")
    site.page("/sitemap.xml", sitemap(("https://isle.example/a", "")), "application/xml")
    site.page("/", page(head='<link rel="alternate" type="application/rss+xml" href="/feed">'))
    site.page("/a", page())
    found = {path: look_at(site.url + path, root, allow_private=True) for path in ("/feed", "/sitemap.xml", "/", "/a")}
    assert found == {
        "/feed": ("feed", "a feed with 3 entries"),
        "/sitemap.xml": ("sitemap", "a sitemap that lists 1"),
        "/": ("urls", f"a single page; to follow its feed: copydesk add {site.url}/feed"),
        "/a": ("urls", "a single page"),
    }
    call(root, f"{site.url}/a", f"{site.url}/", "--allow-private")
    assert read_sources(root.path / SETTINGS)[0].location == (f"{site.url}/a", f"{site.url}/")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["https://isle.example/feed", "--kind", "feed"], "this is the source isle-example already"),
        (["other", "--kind", "folder", "--name", "isle-example"], "there is a source isle-example already"),
        (["other", "--name", "raw"], "cannot be called 'raw'"),
        (["other", "--every", "often"], "sources.other.every is 'often'"),
        (["http://127.0.0.1:9/"], "not a public address"),
    ],
)
def test_what_cannot_be_added(root: Root, args: list[str], words: str) -> None:
    """It is said, and the settings stay as they are."""
    call(root, "https://isle.example/feed", "--kind", "feed")
    before = (root.path / SETTINGS).read_text()
    done = CliRunner().invoke(add, [*args, "--root", str(root.path)])
    assert words in str(done.exception)
    assert (root.path / SETTINGS).read_text() == before


@pytest.mark.parametrize("location", ['a"b\\c', "ä ö/*.txt", "tab\there", "new\nline"])
def test_odd_locations_come_back_as_they_were(tmp_path: Path, location: str) -> None:
    """Quotes, backslashes, control characters: TOML says the same."""
    settings = tmp_path / SETTINGS
    write_source(settings, "odd.name", {"kind": "files", "location": [location], "limit": 3})
    assert tomllib.loads(settings.read_text())["sources"]["odd.name"]["location"] == [location]
    assert name_for("https://") == "source"


def test_status_names_the_sources(root: Root, site: Site) -> None:
    """Those of the settings, with what the warehouse holds of each, and what fails or is gone."""
    site.page("/a", page())
    site.status("/b", 403)
    call(
        root,
        *(f"{site.url}/{name}" for name in "abc"),
        "--allow-private",
        "--name",
        "isle",
        "--delay",
        "0",
        "--every",
        "1d",
    )
    call(root, f"{site.url}/d", "--kind", "urls", "--allow-private", "--name", "closed", "--delay", "0")
    site.status("/d", 403)
    call(root, "old", "--kind", "folder")
    (root.path / "old").mkdir()
    done = CliRunner().invoke(run, ["--direct", "--root", str(root.path)])
    assert (done.exit_code, f"{site.url}/c: there is nothing" in done.output) == (1, True)
    found = json.loads(CliRunner().invoke(status, ["--json", "--root", str(root.path)]).output)["sources"]
    isle, closed, old = found
    assert (closed["documents"], closed["failing"]) == (0, 1)
    assert isle | {"last_seen_at": ""} == {
        "name": "isle",
        "kind": "urls",
        "schedule": "1d",
        "documents": 1,
        "gone": 1,
        "failing": 1,
        "last_seen_at": "",
    }
    assert (old["name"], old["documents"], old["last_seen_at"]) == ("old", 0, None)
    shown = CliRunner().invoke(status, ["--root", str(root.path)]).output
    assert "isle" in shown
    assert "1d" in shown
