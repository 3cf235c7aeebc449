"""Each kind of source, from bytes on disk or on a server to rows in the warehouse, and again."""

from __future__ import annotations

import gzip
import json
import mailbox
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from copydesk.errors import CopydeskError
from flows import steps
from flows.batches import BatchResult
from flows.roots import SETTINGS, Root
from flows.sources import pages
from flows.sources.feed import read_feed
from flows.sources.found import Found
from flows.sources.settings import Source, make_source, read_contact, read_sources
from flows.sources.sitemap import read_sitemap
from flows.steps import ingest_paths, ingest_sources
from flows.summaries import Summary
from tests.serving import Site, serving
from tests.test_flows import PROJECT, query
from warehouse.records import Fetch

LINES = (
    "The morning ferry to Skarvik was late again on Monday, and nobody on the quay could say why it was not there.",
    "The shipping line says that a pump has to be replaced, and that the part is no longer made anywhere.",
    "A workshop in the next town has offered to make one by hand, but it wants to see the drawings of it first.",
    "Until the pump is there, a smaller boat goes in the afternoon; it takes forty people and no cars at all.",
)


def page(title: str = "Ferry late", head: str = "", lines: tuple[str, ...] = LINES) -> str:
    """Return a page with an article."""
    body = "".join(f"<p>{line}</p>" for line in lines)
    article = f"<article><h1>{title}</h1>{body}</article>"
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{article}</body></html>"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """Make a root."""
    found = Root.find(tmp_path)
    found.make()
    return found


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve a site that is empty at first."""
    with serving() as found:
        yield found


def source(kind: str, *location: str, name: str = "isle", **options: Any) -> Source:  # noqa: ANN401 - as in TOML
    """Return a source on loopback that does not wait."""
    polite = {"delay": 0, "timeout": 10, "allow_private": True} if kind in ("urls", "feed", "sitemap") else {}
    return make_source(name, {"kind": kind, "location": list(location), **polite, **options})


def run(root: Root, *sources: Source) -> Summary:
    """Ingest sources."""
    return ingest_sources(sources, root)


def told(summary: Summary) -> tuple[int, int, int]:
    """Return the numbers of articles that were processed, of unchanged ones, and of failures."""
    return len(summary.articles), summary.unchanged, len(summary.failures)


# Files --------------------------------------------------------------------------------------------------------------


def test_a_folder_elsewhere_has_a_name_of_its_own(root: Root, tmp_path: Path) -> None:
    """Its files go by their paths within it: moving the folder changes no document."""
    folder = tmp_path / "elsewhere"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.txt").write_text("\n\n".join(LINES))
    assert told(run(root, source("folder", "elsewhere"))) == (1, 0, 0)
    folder.rename(tmp_path / "moved")
    assert told(run(root, source("folder", str(tmp_path / "moved")))) == (0, 1, 0)
    assert query(root, "SELECT s.name, path FROM documents JOIN sources s USING (source_id)") == [
        ("isle", "deep/a.txt")
    ]


def test_files_by_pattern(root: Root, tmp_path: Path) -> None:
    """Relative to the root; what is in the landing zone goes by the name that it has there."""
    for name in ("a.txt", "b.txt", "c.html"):
        (tmp_path / name).write_text("\n\n".join(LINES))
    (root.raw / "d.txt").write_text("\n\n".join(LINES))
    assert told(run(root, source("files", "*.txt", "raw/d.txt", "never.txt"))) == (3, 0, 1)
    names = query(root, "SELECT s.name, path FROM documents JOIN sources s USING (source_id) ORDER BY path")
    assert names == [("isle", "a.txt"), ("isle", "b.txt"), ("raw", "d.txt")]


def jsonl(path: Path, *rows: object) -> None:
    """Write JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_json_lines(root: Root) -> None:
    """An article a line, by its address or its id; what the line states joins in; a bad line is told."""
    first = {
        "id": "a",
        "text": "\n\n".join(LINES),
        "title": "Ferry late",
        "author": "Ida Holm",
        "published": "2024-03-05",
    }
    second = {"url": "https://Isle.example/b#top", "html": page("Pump"), "captured_at": "2024-03-06T10:00:00+01:00"}
    jsonl(root.raw / "a.jsonl", first, second, {"id": 3}, [4])
    summary = ingest_paths([str(root.raw)], root)
    assert told(summary) == (2, 0, 2)
    assert [failure.source.rpartition("/")[2] for failure in summary.failures] == ["a.jsonl:3", "a.jsonl:4"]
    rows = query(
        root,
        "SELECT path, url, title, authors, published_local::DATE::VARCHAR, published_source "
        "FROM current_derivations JOIN documents USING (document_id) ORDER BY path",
    )
    assert rows == [
        ("a.jsonl#2", "https://isle.example/b", "Pump", [], None, None),
        ("a.jsonl#a", None, "Ferry late", ["Ida Holm"], "2024-03-05", "jsonl"),
    ]
    assert query(root, "SELECT valid_from::VARCHAR FROM articles WHERE title = 'Pump'") == [("2024-03-06 09:00:00+00",)]


def test_an_archive_that_has_not_changed_is_not_opened(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    """One lookup; changed, or under another ruleset, it is read again, and what is in it is unchanged."""
    path = root.raw / "a.jsonl"
    jsonl(path, {"id": 1, "text": LINES[0]})
    assert told(ingest_paths([str(root.raw)], root)) == (1, 0, 0)
    assert told(ingest_paths([str(root.raw)], root)) == (0, 0, 0)
    jsonl(path, {"id": 1, "text": LINES[0]}, {"id": 2, "text": LINES[1]})
    assert told(ingest_paths([str(root.raw)], root)) == (1, 1, 0)
    monkeypatch.setattr(steps, "ruleset_of", lambda _options: "another")
    assert len(ingest_paths([str(root.raw)], root).articles) == 2


class Lost:
    """A batch whose process dies."""

    def result(self) -> BatchResult:
        """Break."""
        raise KeyboardInterrupt


def test_an_archive_is_read_only_when_its_articles_are_loaded(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its mark comes behind its last article, and is not written while that one is still under way."""
    monkeypatch.setattr("flows.loading.SCAN", 1)
    jsonl(root.raw / "a.jsonl", {"id": 1, "text": LINES[0]})
    with pytest.raises(KeyboardInterrupt):
        ingest_sources([source("folder", "raw")], root, call=lambda _process, _job: Lost())
    assert query(root, "SELECT count(*) FROM fetches") == [(0,)]
    assert told(ingest_paths([str(root.raw)], root)) == (1, 0, 0)
    assert query(root, "SELECT count(*) FROM fetches") == [(1,)]


def message(number: int, text: str) -> bytes:
    """Return a message."""
    head = f"Subject: Ferry {number}\nFrom: Ida Holm <ida@isle.example>\nDate: Tue, 05 Mar 2024 10:00:00 +0100\n"
    return f"{head}Message-ID: <{number}@isle.example>\nMIME-Version: 1.0\n\n{text}\n".encode()


def test_mail(root: Root, tmp_path: Path) -> None:
    """A box of messages, and a message a file; each goes by its Message-ID or its path."""
    box = mailbox.mbox(root.raw / "a.mbox")
    for number in (1, 2):
        box.add(message(number, LINES[number]))
    box.close()
    (root.raw / "c.eml").write_bytes(message(3, LINES[3]))
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "1709.M1.isle").write_bytes(message(4, LINES[0]))
    assert told(run(root, source("folder", "raw", name="landed"), source("mail", "new"))) == (4, 0, 0)
    rows = query(
        root, "SELECT path, title, authors, published_local::VARCHAR, published_zone FROM articles ORDER BY title"
    )
    assert [row[0] for row in rows] == ["a.mbox#1@isle.example", "a.mbox#2@isle.example", "c.eml", "new/1709.M1.isle"]
    assert [row[1] for row in rows] == [f"Ferry {number}" for number in (1, 2, 3, 4)]
    assert {str(row[2:]) for row in rows} == {str((["Ida Holm"], "2024-03-05 10:00:00", "+01:00"))}


def warc(path: Path, *pages: tuple[str, str, str, str], packed: bool = True) -> bytes:
    """Write a crawl: addresses, times, status lines, bodies."""
    written = b""
    for number, (url, time, status, body) in enumerate(pages):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: {time}\r\n"
            f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        written += gzip.compress(record) if packed else record
    path.write_bytes(written)
    return written


@pytest.mark.parametrize("packed", [True, False])
def test_a_crawl(root: Root, *, packed: bool) -> None:
    """Pages by their addresses, at the time of the crawl; an older capture of one is an older version of it."""
    name = "crawl.warc.gz" if packed else "crawl.warc"
    pages = (
        ("https://isle.example/a", "2024-03-06T10:00:00Z", "200 OK", page("Ferry late")),
        ("https://isle.example/gone", "2024-03-06T10:00:01Z", "404 Not Found", page("Sorry")),
        ("https://isle.example/a", "2024-03-05T10:00:00Z", "200 OK", page("Ferry late", lines=LINES[:3])),
        ("dns:isle.example", "2024-03-05T10:00:00Z", "200 OK", "isle"),
    )
    warc(root.raw / name, *pages, packed=packed)
    assert told(ingest_paths([str(root.raw)], root)) == (2, 0, 0)
    versions = query(root, "SELECT valid_from::VARCHAR, is_current FROM versions ORDER BY valid_from")
    assert versions == [("2024-03-05 10:00:00+00", False), ("2024-03-06 10:00:00+00", True)]
    assert query(root, "SELECT http->>'warc' FROM captures ORDER BY captured_at DESC LIMIT 1") == [(f"{name}#1",)]


def test_a_crawl_that_is_cut_off(root: Root) -> None:
    """What came before is in, the break is told, and the whole archive is taken when it is there."""
    pages = [(f"https://isle.example/{n}", "2024-03-06T10:00:00Z", "200 OK", page(f"Ferry {n}")) for n in range(3)]
    whole = warc(root.raw / "a.warc.gz", *pages)
    (root.raw / "a.warc.gz").write_bytes(whole[: len(whole) - 60])
    summary = ingest_paths([str(root.raw)], root)
    assert told(summary) == (2, 0, 1)
    (root.raw / "a.warc.gz").write_bytes(whole)
    assert told(ingest_paths([str(root.raw)], root))[2] == 0
    assert query(root, "SELECT count(*) FROM articles") == [(3,)]
    (root.raw / "b.warc").write_bytes(b"no archive at all\n" * 9)
    assert "broken or cut off" in ingest_paths([str(root.raw)], root).failures[0].reason


# The web ------------------------------------------------------------------------------------------------------------


def test_a_list_of_addresses(root: Root, site: Site, tmp_path: Path) -> None:
    """In the settings or in a file; with what the server said; again, only what has changed is sent."""
    site.marked("/a", page("Ferry late"), '"1"')
    site.page("/b", page("Pump"))
    site.status("/old", 301, Location="/b2")
    site.page("/b2", page("Pump, again"))
    (tmp_path / "list.txt").write_text(f"# ours\n{site.url}/b\n\n{site.url}/old\n")
    isle = source("urls", f"{site.url}/a#top", f"{site.url}/a", "list.txt")
    assert told(run(root, isle)) == (3, 0, 0)
    rows = query(
        root,
        "SELECT url, http->>'final_url', http->'redirects' "
        "FROM documents JOIN captures USING (document_id) ORDER BY url",
    )
    assert [row[:2] for row in rows] == [
        (f"{site.url}/{a}", f"{site.url}/{b}") for a, b in (("a", "a"), ("b", "b"), ("old", "b2"))
    ]
    assert json.loads(rows[2][2]) == [[301, f"{site.url}/old"]]
    assert told(run(root, isle)) == (0, 3, 0)
    assert (site.asked["/a"], site.headers["/a"]["If-None-Match"]) == (2, '"1"')
    assert query(root, "SELECT status FROM fetches ORDER BY url") == [(304,), (200,), (200,)]


def test_a_page_that_changes_and_changes_back(root: Root, site: Site) -> None:
    """A, B, A: three captures, three versions, whatever the server says in headers."""
    isle = source("urls", f"{site.url}/a")
    for mark, lines in (('"1"', LINES), ('"2"', LINES[:3]), ('"1"', LINES)):
        site.marked("/a", page(lines=lines), mark)
        assert told(run(root, isle)) == (1, 0, 0)
    assert query(root, "SELECT count(*), count(*) FILTER (WHERE is_current) FROM versions") == [(3, 1)]


def test_a_page_that_goes_away(root: Root, site: Site) -> None:
    """Told once, no failure, and what it was stays; it is asked for again, and may come back."""
    isle = source("urls", f"{site.url}/a", f"{site.url}/never")
    site.page("/a", page())
    first = run(root, isle)
    assert (told(first), first.notices) == ((1, 0, 0), [f"{site.url}/never: there is nothing at this address (404)."])
    site.status("/a", 410)
    second = run(root, isle)
    assert second.notices == [f"{site.url}/a: there is nothing at this address (410); what it was is kept."]
    assert (told(second), second.gone, run(root, isle).notices) == ((0, 0, 0), 2, [])
    assert query(root, "SELECT count(*) FROM articles") == [(1,)]
    assert query(root, "SELECT count(*) FROM fetches WHERE gone_at IS NOT NULL") == [(2,)]
    site.page("/a", page())
    assert told(run(root, isle)) == (0, 1, 0)
    assert query(root, "SELECT count(*) FROM fetches WHERE gone_at IS NOT NULL") == [(1,)]


def test_failures_are_told_and_the_rest_goes_in(root: Root, site: Site) -> None:
    """A refusal, a picture, a page that is cut off; nothing that was there before is lost."""
    site.page("/a", page())
    site.status("/b", 403)
    site.page("/c", b"\x89PNG\r\n\x1a\n", "image/png")
    site.page("/d", b"\x89PNG\r\n\x1a\n" + bytes(99))
    summary = run(root, source("urls", *(f"{site.url}/{name}" for name in "abcd"), "https://[", robots=False))
    assert told(summary) == (1, 0, 4)
    assert [failure.source for failure in summary.failures] == ["https://[", *(f"{site.url}/{n}" for n in "bcd")]
    assert query(root, "SELECT status, reason FROM fetches WHERE reason IS NOT NULL ORDER BY url") == [
        (403, "the server does not give it to us (403)."),
        (None, "it is no page but image/png."),
    ]
    site.cut_off("/a", b"<p>The", claimed=5000)
    assert query(root, "SELECT count(*) FROM articles") == [(1,)]


def test_the_declared_character_set_is_taken(root: Root, site: Site) -> None:
    """The header speaks where the page does not."""
    site.page("/a", page("Fähre").encode("windows-1252"), "text/html; charset=windows-1252")
    run(root, source("urls", f"{site.url}/a"))
    assert query(root, "SELECT title FROM articles") == [("Fähre",)]


def test_kept_bytes_that_are_gone_are_asked_for_again(root: Root, site: Site) -> None:
    """Marks are only sent for bytes that are still there."""
    site.marked("/a", page(), '"1"')
    isle = source("urls", f"{site.url}/a")
    run(root, isle)
    for path in root.store.rglob("*"):
        if path.is_file():
            path.unlink()
    assert told(run(root, isle)) == (0, 1, 0)
    assert any(path.is_file() for path in root.store.rglob("*"))


def test_a_run_that_is_cut_off_before_it_loads_asks_again(
    root: Root, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What servers said is written down when the pages are loaded, not before."""
    site.marked("/a", page(), '"1"')
    isle = source("urls", f"{site.url}/a")
    with monkeypatch.context() as patched:
        patched.setattr("flows.loading.process_batch", lambda _job: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(root, isle)
    assert query(root, "SELECT count(*) FROM fetches") == [(0,)]
    assert told(run(root, isle)) == (1, 0, 0)


def test_pages_are_loaded_while_others_are_waited_for(root: Root, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is stopped keeps the pages that had come, with what their servers said."""
    monkeypatch.setattr("flows.sources.pages.CHUNK", 2)
    for n in range(2):
        site.marked(f"/{n}", page(f"Ferry {n}"), '"1"')

    isle = source("urls", *(f"{site.url}/{n}" for n in range(3)))

    def stop_at_the_third(wanted: pages.Wanted, *rest: Any) -> Found:  # noqa: ANN401 - as they come
        if wanted.url == f"{site.url}/2":
            raise KeyboardInterrupt
        return found_page(wanted, *rest)

    found_page = pages.found_page
    monkeypatch.setattr(pages, "found_page", stop_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        run(root, isle)
    assert query(root, "SELECT count(*) FROM articles") == [(2,)]
    assert query(root, "SELECT count(*) FROM fetches") == [(2,)]


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Isle News</title><link>/</link><language>en-GB</language>
<item><title>Ferry &lt;em&gt;late&lt;/em&gt;</title><link>/a</link><dc:creator>Ida Holm</dc:creator>
<pubDate>Tue, 05 Mar 2024 10:00:00 +0100</pubDate><content:encoded>BODY</content:encoded></item>
<item><title>Sold out</title><link>/gone</link></item>
<item><guid isPermaLink="false">note-7</guid><title>Note</title><content:encoded>BODY</content:encoded></item>
</channel></rss>"""


def rss() -> str:
    """Return a feed: a page, a page that is gone, and a note without an address."""
    return RSS.replace("BODY", "<![CDATA[" + "".join(f"<p>{line}</p>" for line in LINES) + "]]>")


def test_a_feed(root: Root, site: Site) -> None:
    """Pages with what the feed states of them, where they do not say it themselves, and its source named."""
    site.marked("/feed", rss(), '"f"', "application/rss+xml")
    site.page("/a", page("The ferry is late"))
    isle = source("feed", f"{site.url}/feed")
    summary = run(root, isle)
    assert (told(summary), len(summary.notices)) == ((2, 0, 0), 1)
    columns = "title, authors, published_local::VARCHAR, published_zone, published_source, site, language"
    rows = query(root, f"SELECT {columns} FROM current_derivations ORDER BY title")  # noqa: S608 - our own names
    assert rows[1][0] == "The ferry is late"
    assert rows[1][1:6] == (["Ida Holm"], "2024-03-05 10:00:00", "+01:00", "feed", "Isle News")
    assert rows[0][0] == "Note"
    assert json.loads(
        query(root, "SELECT stated FROM captures JOIN documents USING (document_id) WHERE url IS NOT NULL")[0][0]
    ) == [
        ["title", "Ferry late", "feed"],
        ["author", "Ida Holm", "feed"],
        ["published", "Tue, 05 Mar 2024 10:00:00 +0100", "feed"],
        ["site", "Isle News", "feed"],
        ["language", "en", "feed"],
    ]
    assert told(run(root, isle)) == (0, 2, 0)
    assert site.headers["/feed"]["If-None-Match"] == '"f"'
    site.page("/a", page("The ferry is late", lines=LINES[:3]))
    assert told(run(root, isle)) == (1, 1, 0)


def test_a_feed_whose_texts_are_the_articles(root: Root, site: Site) -> None:
    """No page is asked for; an article goes by the address of its page all the same."""
    site.page("/feed", rss(), "application/rss+xml")
    assert told(run(root, source("feed", f"{site.url}/feed", pages=False))) == (2, 0, 0)
    assert (site.asked["/a"], query(root, "SELECT url FROM documents WHERE url IS NOT NULL")) == (
        0,
        [(f"{site.url}/a",)],
    )
    assert query(root, "SELECT min(words) > 50 FROM articles") == [(True,)]


def test_what_is_no_feed(root: Root, site: Site) -> None:
    """A page in its place is told; a feed that is gone, too."""
    site.page("/feed", page("Sorry"))
    (failure,) = run(root, source("feed", f"{site.url}/feed")).failures
    assert "no feed that can be read" in failure.reason
    (failure,) = run(root, source("feed", f"{site.url}/nowhere")).failures
    assert "404" in failure.reason


FETCH = Fetch(url="https://isle.example/feeds/all", source="isle", checked_at=datetime(2026, 3, 1, tzinfo=UTC))


def test_a_json_feed() -> None:
    """Read as the others are."""
    item = {
        "id": 1,
        "url": "../a",
        "title": "Ferry late",
        "authors": [{"name": "Ida Holm"}],
        "content_text": "It is late.",
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Isle News", "language": "de", "items": [item, 7]}
    (entry,) = read_feed(json.dumps(feed).encode(), FETCH) or []
    assert (entry.key, entry.url, entry.content) == ("1", "https://isle.example/a", ("It is late.", "text/plain"))
    assert [value for _, value, _ in entry.stated] == ["Ferry late", "Ida Holm", "Isle News", "de"]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"items": []}', b"/etc/passwd", b"<html><p>Sorry.", b"\xff\xfe\x00"]
)
def test_bytes_that_are_no_feed(data: bytes) -> None:
    """Nothing is made of them, and no file that they name is opened."""
    assert not read_feed(data, FETCH)


def test_an_atom_feed() -> None:
    """Authors, both times, and content without an address."""
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Isle</title>
    <entry><id>tag:isle,1</id><title>Ferry</title>
    <author><name>Ida Holm</name></author><author><name>ida@isle.example</name></author>
    <updated>2024-03-06T10:00:00Z</updated>
    <published>2024-03-05T10:00:00Z</published><content type="html">&lt;p&gt;Late.&lt;/p&gt;</content></entry></feed>"""
    (entry,) = read_feed(data, FETCH) or []
    assert [said[:2] for said in entry.stated] == [
        ("title", "Ferry"),
        ("author", "Ida Holm"),
        ("published", "2024-03-05T10:00:00Z"),
        ("updated", "2024-03-06T10:00:00Z"),
        ("site", "Isle"),
    ]
    assert (entry.url, entry.content) == (None, ("<p>Late.</p>", "text/html"))


def sitemap(*items: tuple[str, str], kind: str = "urlset") -> str:
    """Return a sitemap of addresses and what else stands in their elements."""
    name = "url" if kind == "urlset" else "sitemap"
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    images = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    inner = "".join(f"<{name}><loc> {url} </loc>{rest}</{name}>" for url, rest in items)
    return f'<?xml version="1.0" encoding="UTF-8"?><{kind} {spaces} {images}>{inner}</{kind}>'


NEWS = (
    "<news:news><news:publication><news:name>Isle News</news:name><news:language>en</news:language></news:publication>"
    "<news:publication_date>2024-03-05</news:publication_date><news:title>Ferry late</news:title></news:news>"
)


def test_a_sitemap_of_sitemaps(root: Root, site: Site) -> None:
    """Packed and nested, also in a circle; news state what they state; what has not changed since is not asked for."""
    site.page(
        "/sitemap.xml", sitemap((f"{site.url}/news.xml.gz", ""), (f"{site.url}/sitemap.xml", ""), kind="sitemapindex")
    )
    image = f"<image:image><image:loc>{site.url}/a.png</image:loc><image:title>Boat</image:title></image:image>"
    items = sitemap(
        (f"{site.url}/a", NEWS + image), (f"{site.url}/b", "<lastmod>2024-03-05</lastmod>"), ("nowhere", "")
    )
    site.page("/news.xml.gz", gzip.compress(items.encode()), "application/gzip")
    for name in "ab":
        site.page(f"/{name}", page(f"Ferry {name}"))
    isle = source("sitemap", f"{site.url}/sitemap.xml")
    assert told(run(root, isle)) == (2, 0, 0)
    rows = query(
        root, "SELECT title, published_local::VARCHAR, published_source, site FROM current_derivations ORDER BY title"
    )
    assert rows == [("Ferry a", "2024-03-05 00:00:00", "sitemap", "Isle News"), ("Ferry b", None, None, None)]
    assert told(run(root, isle)) == (0, 1, 0)
    assert (site.asked["/a"], site.asked["/b"], site.asked["/a.png"]) == (2, 1, 0)


def test_a_large_sitemap_takes_several_runs(root: Root, site: Site) -> None:
    """Those that were never fetched come first, then those not fetched for longest."""
    site.page("/sitemap.xml", sitemap(*((f"{site.url}/{n}", "") for n in range(5))))
    for n in range(5):
        site.page(f"/{n}", page(f"Ferry {n}"))
    isle = source("sitemap", f"{site.url}/sitemap.xml", limit=2)
    summaries = [run(root, isle) for _ in range(4)]
    assert [told(summary)[:2] for summary in summaries] == [(2, 0), (2, 0), (1, 1), (0, 2)]
    assert summaries[0].notices == ["isle: 2 pages were asked for; 3 wait for the next runs (limit)."]
    assert [site.asked[f"/{n}"] for n in range(5)] == [2, 2, 2, 1, 1]


@pytest.mark.parametrize(
    "data", [b"", b"<html/>", b"<urlset>", gzip.compress(b"<urlset/>")[:-9], gzip.compress(b" " * 10**6)]
)
def test_what_is_no_sitemap(data: bytes) -> None:
    """Broken, cut off, of another sort, or larger than allowed."""
    with pytest.raises((SyntaxError, ValueError, CopydeskError)):
        list(read_sitemap(data, 10**5))


def test_two_sources_that_list_one_page_ask_for_it_once(root: Root, site: Site) -> None:
    """And it is one document."""
    site.page("/a", page())
    two = source("urls", f"{site.url}/a"), source("urls", f"{site.url}/a", name="other")
    assert told(run(root, *two)) == (1, 0, 0)
    assert site.asked["/a"] == 1


def test_a_source_that_breaks_stops_no_other(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that fails in a way of its own is told with the source; what came before, and the others, go in."""

    def broken(*_: object) -> Iterator[tuple[dict[str, str], None]]:
        yield {"text": LINES[0]}, None
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("flows.sources.jsonl.read_lines", broken)
    jsonl(root.raw / "a.jsonl", {"text": LINES[0]})
    (root.path / "b.txt").write_text(LINES[1])
    summary = run(root, source("folder", "raw", name="one"), source("files", "b.txt", name="two"))
    assert told(summary) == (2, 0, 1)
    assert "ZeroDivisionError" in summary.failures[0].reason


# Settings -----------------------------------------------------------------------------------------------------------


def test_the_settings_of_the_page_of_sources_are_right(tmp_path: Path) -> None:
    """Its example is read as it stands, and its table has every setting."""
    text = (PROJECT / "docs" / "sources.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    settings = tmp_path / SETTINGS
    settings.write_text(example)
    assert [source.kind for source in read_sources(settings)] == ["feed", "sitemap", "warc", "mail"]
    assert read_contact(settings) == "mailto:desk@isle.example"
    assert all(f"| `{field.name}` |" in text for field in fields(Source) if field.name != "name")


@pytest.mark.parametrize("fetch", ["contact = 7", 'contact = "a\\nb"', "contract = 'x'", "contact = 'two words'"])
def test_a_contact_is_one_word(tmp_path: Path, fetch: str) -> None:
    """It goes into a header."""
    (tmp_path / SETTINGS).write_text(f"[fetch]\n{fetch}\n")
    with pytest.raises(CopydeskError, match="contact"):
        read_contact(tmp_path / SETTINGS)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("[sources.isle]\nkind = 'feed'", "sources.isle has no location"),
        ("[sources.isle]\nkind = 'rss'\nlocation = 'x'", "sources.isle.kind is 'rss'. There are folder, files"),
        ("[sources.isle]\nkind = 'feed'\nlocation = 'x'\nevry = '6h'", "no setting sources.isle.evry"),
        ("[sources.isle]\nkind = 'feed'\nlocation = 'x'\nevery = '6 parsecs'", "sources.isle.every is '6 parsecs'"),
        ("[sources.isle]\nkind = 'feed'\nlocation = 'x'\nevery = '1s'", "ten seconds at least"),
        ("[sources.isle]\nkind = 'feed'\nlocation = 'x'\ncron = 'daily'", "sources.isle.cron is 'daily'"),
        ("[sources.isle]\nkind = 'feed'\nlocation = 'x'\ncron = '0 6 * * *'\nevery = '6h'", "both every and cron"),
        ("[sources.isle]\nkind = 'feed'\nlocation = 7", "neither a text nor a list"),
        ("[sources.isle]\nkind = 'feed'\nlocation = 'x'\ndelay = 'long'", "sources.isle.delay is 'long'"),
        ("[sources.isle]\nkind = 'feed'\nlocation = 'x'\nrobots = 1", "Give true or false"),
        ("[sources.isle]\nkind = 'feed'\nlocation = 'x'\nlimit = 0", "sources.isle.limit is 0"),
        ("[sources.raw]\nkind = 'feed'\nlocation = 'x'", "cannot be called 'raw'"),
        ("[sources.'a b']\nkind = 'feed'\nlocation = 'x'", "cannot be called 'a b'"),
        ("[sources]\nisle = 'x'", "sources.isle is no table"),
        ("[[sources]]\nname = 'isle'", "sources are not tables with names"),
    ],
)
def test_settings_that_are_wrong_are_told(tmp_path: Path, table: str, words: str) -> None:
    """Which one, what is wrong, and what would be right."""
    settings = tmp_path / SETTINGS
    settings.write_text(table)
    with pytest.raises(CopydeskError) as told_of:
        read_sources(settings)
    assert words in str(told_of.value)
    assert str(settings) in str(told_of.value)
