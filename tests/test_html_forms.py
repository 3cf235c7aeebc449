"""Pages in other forms: live blogs, galleries, lists, frames, AMP, XHTML, and sources that the parser swallows."""

from __future__ import annotations

import html
import json
import subprocess
import sys
from pathlib import Path

import pytest

import copydesk
from copydesk.article import Article, Flag
from copydesk.config import MEBIBYTE, Options
from copydesk.document import Document
from copydesk.readers.html_spans import locate

FERRY = (Path(__file__).parent / "pages" / "ferry.html").read_text(encoding="utf-8")
BODY = FERRY.partition('<div class="article__body">')[2].partition("</article>")[0]
PROSE = "".join(
    f"<p>On {day} the council of the isle talked for four hours about the old bridge, and agreed on nothing at all. "
    f"The mayor said on {day} evening that she would ask again.</p>\n"
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
)
HEAD = "<title>The council and the bridge</title>"


def linked(kind: str, **properties: object) -> str:
    """Return linked data of a type."""
    thing = {"@context": "https://schema.org", "@type": kind, **properties}
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def read(source: str, url: str | None = None) -> Article:
    """Read and clean a page."""
    return copydesk.clean(copydesk.read(source, format="html", url=url))


def kind_of(article: Article) -> str | None:
    """Return what kind of page it is."""
    return next((c.value for c in article.document.candidates if c.name == "kind"), None)


def coverage(document: Document) -> float:
    """Return the share of the letters whose place in the source is known, and rightly so."""
    places = locate(document).places
    assert document.source is not None
    for start, end, low, high in places:
        assert html.unescape(document.source[low:high]).split() == document.text[start:end].split()
    letters = sum(not c.isspace() for c in document.text)
    return sum(not c.isspace() for p in places for c in document.text[p.start : p.end]) / letters


def test_an_article_says_so() -> None:
    """By its linked data; without any, its text is enough, and no kind is made up."""
    article = read(FERRY)
    assert (kind_of(article), set(article.flags)) == ("article", set())
    bare = read(f"<html><head>{HEAD}</head><body><article><h1>The bridge</h1>{PROSE}</article></body></html>")
    assert (kind_of(bare), set(bare.flags)) == (None, set())
    assert bare.text.count("The mayor said") == 5


def test_a_live_blog_is_an_article_with_a_flag() -> None:
    """All its posts are its text."""
    posts = "".join(f'<div class="post"><time datetime="2024-03-0{i}T10:00Z"></time>{PROSE}</div>' for i in range(1, 4))
    posts = "".join(posts.replace("four hours", f"{n} hours", 1) for n in ("two", "three"))
    source = FERRY.replace(BODY, f"<div>{posts}</div>").replace("NewsArticle", "LiveBlogPosting")
    article = read(source)
    assert (kind_of(article), set(article.flags)) == ("live_blog", {Flag.LIVE_BLOG})
    assert article.document.text.count("The mayor said") == 30
    assert read(FERRY, "https://harbourpost.example/boats/live-updates/2").flags == {Flag.LIVE_BLOG}


def test_a_gallery_says_so_and_keeps_its_captions() -> None:
    """By linked data or address."""
    shots = "".join(
        f'<figure><img src="/{n}.jpg"><figcaption>The {n} boat at the old quay on a windy day.</figcaption></figure>'
        for n in ("first", "second", "third")
    )
    source = FERRY.replace("</ul>\n<blockquote>", f"</ul>{shots}<blockquote>")
    article = read(source.replace("NewsArticle", "ImageGallery"))
    assert kind_of(article) == "gallery"
    assert kind_of(read(source, "https://harbourpost.example/photos/boats")) == "gallery"
    assert [f.text.split()[1] for f in article.fields if f.field == "caption"] == ["ferry", "first", "second", "third"]
    assert "windy day." not in article.text


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("", "https://harbourpost.example/"),
        (linked("CollectionPage"), "https://harbourpost.example/boats"),
        (linked("ItemList"), None),
        ("", "https://harbourpost.example/tag/ferry"),
        ("", None),
    ],
)
def test_a_list_of_articles_is_none(head: str, url: str | None) -> None:
    """By linked data, by address, or by what is on it."""
    teasers = "".join(f'<li><a href="/{n}">Harbour master asks for crane number {n}</a></li>' for n in range(30))
    article = read(f"<!doctype html><html><head>{head}{HEAD}</head><body><ul>{teasers}</ul></body></html>", url)
    assert article.flags == {Flag.NOT_AN_ARTICLE}
    assert not article.text
    assert len(article.document.left_out) == 30


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("<h1>404</h1><p>We cannot find this page.</p>", id="not found"),
        pytest.param("<form><input name=a><label>Name</label><button>Send</button></form>", id="a form"),
        pytest.param("<div id=root></div><script>start({'text': '<p>It rained.</p>'})</script>", id="a program"),
    ],
)
def test_what_is_no_article_is_flagged(body: str) -> None:
    """With an empty text; that is no error."""
    article = read(f"<!doctype html><html><head><title>Lamp</title></head><body>{body}</body></html>")
    assert (article.text, set(article.flags), kind_of(article)) == ("", {Flag.NOT_AN_ARTICLE}, "not_an_article")


def test_amp_pages_are_read() -> None:
    """Their elements are those of HTML with other names; the canonical address leads to the page itself."""
    source = FERRY.replace("<html ", "<html ⚡ ").replace("<img ", "<amp-img layout=responsive width=1 height=1 ")
    style = "<style amp-boilerplate>body{visibility:hidden}</style><noscript><style amp-boilerplate></style></noscript>"
    menu = '<amp-sidebar id=menu hidden><ul><li><a href="/a">All the news of the isle</a></li></ul></amp-sidebar>'
    ad = '<amp-ad type="x"><div fallback>Here an advertisement would be shown</div></amp-ad>'
    source = source.replace("</head>", f"{style}</head>").replace("<header", f"{menu}<header", 1)
    document = read(source.replace("<h2>", f"{ad}<h2>"), "https://amp.harbourpost.example/boats/ferry").document
    plain = copydesk.read(FERRY)
    assert document.text == plain.text
    assert coverage(document) == 1
    address = next(c.value for c in document.candidates if c.name == "url")
    assert address == "https://www.harbourpost.example/boats/ferry-to-skarvik"


XML = '<?xml version="1.0" encoding="{}"?>\n'
XHTML = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
    f'<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="da"><head>{HEAD}<meta name="a" content="b" /></head>'
    f"<body><h1>The council and the bridge</h1>{PROSE.replace('mayor', 'borgmester på Ærø')}<hr /></body></html>"
)


@pytest.mark.parametrize("encoding", ["UTF-8", "iso-8859-1", "windows-1252"])
def test_a_preamble_of_xml_makes_no_difference_but_names_the_encoding(encoding: str) -> None:
    """It is a page, in the encoding that it declares, and its language is known."""
    article = copydesk.clean(copydesk.read((XML.format(encoding) + XHTML).encode(encoding)))
    assert article.document.format == "html"
    assert article.text.count("borgmester på Ærø") == 5
    assert article.language == "da"
    assert coverage(article.document) == 1


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(XML + XHTML.replace("<title>", '<script src="a.js" type="text/javascript"/><title>'), id="script"),
        pytest.param(XML + XHTML.replace(HEAD, "<title/>"), id="title"),
        pytest.param(XHTML.replace("<h1>", '<iframe src="a"/><h1>'), id="iframe"),
        pytest.param(XHTML.replace("<h1>", '<textarea name="q"/><h1>'), id="textarea"),
        pytest.param(XHTML.replace("<h1>", "<button>Menu<h1>"), id="an unclosed button"),
        pytest.param(XHTML.replace("<h1>", '<nav><a href="/">Home</a><h1>'), id="an unclosed menu"),
        pytest.param(XHTML.replace("<h1>", "<noscript><h1>").replace("<hr />", "</noscript>"), id="noscript"),
        pytest.param(
            XHTML.replace("<body>", '<frameset cols="20,80"><frame src="a"><noframes><body>').replace(
                "</body>", "</body></noframes></frameset>"
            ),
            id="frames",
        ),
    ],
)
def test_what_the_parser_swallows_is_read_with_beautiful_soup(source: str) -> None:
    """A script that XHTML closes in itself takes the rest of the page with it, for browsers and the fast parser."""
    article = read(source)
    assert article.text.count("The borgmester på Ærø said on") == 5
    assert not article.flags
    assert coverage(article.document) == 1


def test_frames_alone_are_no_article() -> None:
    """What is in them is on other pages."""
    article = read(f'<html><head>{HEAD}</head><frameset cols="20,80"><frame src="a"><frame src="b"></frameset></html>')
    assert (article.text, set(article.flags)) == ("", {Flag.NOT_AN_ARTICLE})


@pytest.mark.parametrize(
    "piece",
    [
        "<script>document.write('<p>Not a word of this</p>')</script>",
        "<script>if (a < b) { c('</div><p>Not a word') }</script>",
        "<style>p:before { content: 'Not a word' }</style>",
        "<!-- <p>Not a word of this</p> -->",
        "<template><p>Not a word of this</p></template>",
        "<noscript><img src='/a.gif'>Not a word of this</noscript>",
        "<svg><text>Not a word</text><title>Not a word</title></svg>",
        "<iframe src='/a'>Not a word of this</iframe>",
    ],
)
@pytest.mark.parametrize("place", ["</p>", "<h2>", "it wants to see"])
def test_what_is_not_shown_is_not_read(piece: str, place: str) -> None:
    """Wherever it stands; the words around it stay together, and stay known in the source."""
    document = copydesk.read(FERRY.replace(place, piece + place))
    assert "Not a word" not in document.text
    assert document.text == copydesk.read(FERRY).text
    assert coverage(document) == 1


@pytest.mark.parametrize("blob", ["<img src='data:image/png;base64,{}'>", "<script>var page = '{}'</script>"])
def test_a_page_of_20_mb_is_read(blob: str) -> None:
    """Where the limit allows it; pictures and programs within it are passed over."""
    source = FERRY.replace("<h2>", blob.format("iVBORw0K" * (20 * MEBIBYTE // 8)) + "<h2>")
    document = copydesk.read(source, options=Options(max_bytes=32 * MEBIBYTE))
    assert document.text == copydesk.read(FERRY).text
    assert coverage(document) == 1


def test_pages_that_are_not_swallowed_need_no_beautiful_soup() -> None:
    """Pages without an article are many, and pay nothing for it."""
    code = (
        "import sys, copydesk; copydesk.read('<html>' + '<p><a href=a>Harbour master asks for a crane</a>' * 20);"
        "print('bs4' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])  # noqa: S603
    assert done.stdout.strip() == "False"
