"""What pages say about themselves: each rule with what it leaves alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from copydesk.article import Flag
from copydesk.document import Candidate, Document
from copydesk.edits import EditLog
from copydesk.pipeline import from_log
from copydesk.readers.metadata import read_metadata
from copydesk.readers.metadata_names import find_byline_names, find_names

URL = "https://www.lighthouse.example/2021/03/14/lamp"


def page(head: str = "", body: str = "") -> str:
    """Return a page with a heading and a paragraph."""
    return f"<html lang=en-GB><head>{head}</head><body>{body}<p>The lamp went dark in January.</p></body></html>"


def linked(**properties: object) -> str:
    """Return the linked data of an article."""
    article = {"@context": "https://schema.org", "@type": "NewsArticle", **properties}
    return f'<script type="application/ld+json">{json.dumps(article)}</script>'


def read(source: str, url: str | None = URL) -> tuple[Candidate, ...]:
    """Return what a page says."""
    return tuple(read_metadata(LexborHTMLParser(source), source, url))


def first(name: str, source: str, url: str | None = URL) -> str | None:
    """Return the most believable value of a name."""
    return next((c.value for c in read(source, url) if c.name == name), None)


def authors(source: str) -> list[str]:
    """Return the authors as an article has them."""
    article = from_log(Document("x", candidates=read(source), format="html"), EditLog.of("x"))
    return [person.name for person in article.authors]


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        pytest.param(
            "<title>Lamp burns again | The Lighthouse</title>", "", "Lamp burns again", id="site by its address"
        ),
        pytest.param(
            '<meta property="og:site_name" content="Isle Post"><title>Isle Post - Lamp burns again</title>',
            "",
            "Lamp burns again",
            id="site in front",
        ),
        pytest.param(
            "<title>Lamp burns again - at last</title>", "", "Lamp burns again - at last", id="a dash of its own"
        ),
        pytest.param(
            "<title>Lamp burns again – News – Isle Post</title>",
            "<h1>Lamp burns again</h1>",
            "Lamp burns again",
            id="by h1",
        ),
        pytest.param(
            "<title>Lamp burns again</title>",
            "<h1>The Lighthouse</h1><h1>Lamp burns again</h1>",
            "Lamp burns again",
            id="two h1",
        ),
        pytest.param(
            linked(headline="Lamp burns again") + "<title>Lamp: what we know</title>",
            "<h1>Keeper&shy; lights lamp</h1>",
            "Lamp burns again",
            id="linked data before a heading that nothing confirms",
        ),
        pytest.param(
            linked(headline="Lamp latest") + '<meta property="og:title" content="Keeper lights lamp"><title>x</title>',
            "<h1>Keeper lights lamp</h1>",
            "Lamp latest",
            id="linked data against two",
        ),
        pytest.param(linked(headline="Lamp &amp; horn"), "", "Lamp & horn", id="entities in data"),
        pytest.param(
            "", "<svg><title>Arrow</title></svg><h1>Lamp burns</h1>", "Lamp burns", id="no title but a picture's"
        ),
        pytest.param("", "", None, id="nothing"),
    ],
)
def test_the_headline_is_found_without_the_site(head: str, body: str, title: str | None) -> None:
    """Names of the site go, what belongs to the headline stays."""
    assert first("title", page(head, body)) == title


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        pytest.param(linked(author={"@type": "Person", "name": "Ida Holm"}), "", ["Ida Holm"], id="a person"),
        pytest.param(
            linked(author=[{"name": "Ida Holm"}, {"name": "Per Dahl"}]), "", ["Ida Holm", "Per Dahl"], id="two"
        ),
        pytest.param(linked(author="Ida Holm and Per Dahl"), "", ["Ida Holm", "Per Dahl"], id="two in one"),
        pytest.param(linked(author="By Ida Holm, Staff Writer"), "", ["Ida Holm"], id="credit and role"),
        pytest.param(linked(author="Holm, Ida"), "", ["Ida Holm"], id="reversed"),
        pytest.param(linked(author={"name": "Staff Reporter"}), "", [], id="a role"),
        pytest.param(linked(author={"name": "Redaktion"}), "", [], id="a role in German"),
        pytest.param(
            linked(author=[{"name": "Ida Holm"}, {"name": "Lighthouse"}]), "", ["Ida Holm"], id="not the site"
        ),
        pytest.param(
            linked(author=[{"name": "Ida Holm"}, {"name": "AFP"}, {"name": "AFP"}]),
            "",
            ["Ida Holm", "AFP"],
            id="agency once",
        ),
        pytest.param(
            linked(author={"@type": "Organization", "name": "Isle Post"}),
            '<h1>Lamp</h1><p class="byline">By Per Dahl</p>',
            ["Per Dahl"],
            id="a person in the byline before an organisation",
        ),
        pytest.param('<meta name="author" content="https://example.org/ida">', "", [], id="an address"),
        pytest.param('<meta name="twitter:creator" content="@idaholm">', "", [], id="a handle"),
        pytest.param('<meta name="author" content="Ida Holm (ih@isle.example)">', "", ["Ida Holm"], id="e-mail"),
        pytest.param(
            "",
            '<h1>Lamp</h1><div class="author">Von<a>Ida Holm</a>und<a>Per Dahl</a></div>',
            ["Ida Holm", "Per Dahl"],
            id="links",
        ),
        pytest.param("", '<h1>Lamp</h1><div class="comment-author">Ida Holm</div>', [], id="who comments"),
        pytest.param("", "<h1>Lamp</h1><p>Por Ida Holm</p>", ["Ida Holm"], id="a credit without any class"),
        pytest.param("", "<h1>Lamp</h1><p>By the sea it rained</p>", [], id="no credit"),
        pytest.param("", '<h1>Lamp</h1><a rel="author">Ida Holm</a>', ["Ida Holm"], id="rel=author"),
        pytest.param("", '<h1>Lamp</h1><span itemprop="author">박지민 기자</span>', ["박지민"], id="Korean"),
    ],
)
def test_authors_are_people(head: str, body: str, names: list[str]) -> None:
    """Roles, addresses, handles and the site are nobody; each person is named once."""
    assert authors(page(head, body)) == names


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        pytest.param(
            linked(datePublished="2021-03-14T08:30:00+01:00"), "", "2021-03-14T08:30:00+01:00", id="zone kept"
        ),
        pytest.param(
            linked(datePublished="2021-03-14T08:30:00"), "", "2021-03-14T08:30:00", id="no zone, none made up"
        ),
        pytest.param(linked(datePublished="2021-03-14"), "", "2021-03-14", id="a day"),
        pytest.param(
            linked(datePublished="2021-03-14") + '<meta property="article:published_time" content="2021-03-14T08:30Z">',
            "",
            "2021-03-14T08:30:00Z",
            id="the finer of the same day",
        ),
        pytest.param(
            linked(datePublished="2021-03-14T23:30:00Z"),
            '<h1>Lamp</h1><time datetime="2021-03-15T00:30:00+01:00"></time>',
            "2021-03-15T00:30:00+01:00",
            id="the wall clock of the publisher",
        ),
        pytest.param(
            linked(datePublished="2021-03-14") + '<meta property="article:published_time" content="2020-01-01T08:30Z">',
            "",
            "2021-03-14",
            id="the more believable of two days",
        ),
        pytest.param(
            "", '<h1>Lamp</h1><span class="date">14. März 2021, 08:30 Uhr</span>', "2021-03-14T08:30:00", id="visible"
        ),
        pytest.param("", "<h1>Lamp</h1><p>14 marzo 2021 | Isle</p>", "2021-03-14", id="a line of its own"),
        pytest.param(
            "", "<h1>Lamp</h1><p>It burned on 14 March 2020.</p>", "2021-03-14", id="prose is none; the address is"
        ),
        pytest.param("", '<h1>Lamp</h1><p class="date">2021年3月15日</p>', "2021-03-15", id="Chinese"),
        pytest.param(
            "", '<div class="comment"><time datetime="2020-02-02"></time></div>', "2021-03-14", id="a comment's"
        ),
        pytest.param(linked(datePublished="soon"), "", "2021-03-14", id="no date"),
    ],
)
def test_the_time_of_publication_is_as_stated(head: str, body: str, published: str) -> None:
    """Nothing finer than stated, and the stated rules where places contradict."""
    article = from_log(Document("x", candidates=read(page(head, body)), format="html"), EditLog.of("x"))
    assert article.published
    assert article.published.isoformat() == published


def test_an_update_is_no_publication_and_contradictions_are_noted() -> None:
    """A time labelled as an update stays one; what was not believed is said."""
    source = page("", '<h1>Lamp</h1><p class="date">Updated 15 March 2021</p>')
    assert (first("published", source, None), first("updated", source, None)) == (None, "15 March 2021")
    source = page(linked(datePublished="2021-05-01"))
    (note,) = (c.value for c in read(source) if c.name == "note")
    assert "address states 2021-03-14" in note


@pytest.mark.parametrize(
    ("script", "headline"),
    [
        pytest.param('{"@type":"Article","headline":"A lamp",}', "A lamp", id="a comma too many"),
        pytest.param('<!-- {"@type":"Article","headline":"A lamp"} -->', "A lamp", id="in a comment"),
        pytest.param('//<![CDATA[\n{"@type":"Article","headline":"A lamp"}\n//]]>', "A lamp", id="in CDATA"),
        pytest.param('{"@type":"Article","headline":"A\nlamp"}', "A lamp", id="a line end in a text"),
        pytest.param('{"@type":"Person"}{"@type":"Article","headline":"A lamp"}', "A lamp", id="two in a row"),
        pytest.param(
            '{"@graph":[{"@type":"WebPage"},{"@type":"Article","headline":"A lamp"}]}', "A lamp", id="a graph"
        ),
        pytest.param('{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"A lamp"}}', "A lamp", id="nested"),
        pytest.param(r'{"@type":"Article","headline":"A lamp","x":"\d"}', "A lamp", id="a wrong escape"),
        pytest.param('{"@type":"Article","headline":"A lamp","x":"he said "no""}', "A lamp", id="beyond mending"),
        pytest.param('{"@type":"ItemList","itemListElement":[{"@type":"Article","headline":"B"}]}', None, id="others"),
        pytest.param("[" * 100_000, None, id="deep"),
    ],
)
def test_linked_data_is_read_even_where_it_is_broken(script: str, headline: str | None) -> None:
    """Small mends only; articles that a page lists are not the page's."""
    assert first("title", page(f'<script type="application/ld+json">{script}</script>')) == headline


@pytest.mark.parametrize(
    ("head", "url", "address"),
    [
        ('<link rel=canonical href="/lamp">', URL, "https://www.lighthouse.example/lamp"),
        ('<link rel=canonical href="https://m.lighthouse.example/lamp">', URL, "https://m.lighthouse.example/lamp"),
        ('<link rel=canonical href="https://other.example/lamp">', URL, None),
        ('<link rel=canonical href="https://www.lighthouse.example/">', URL, None),
        ('<link rel=canonical href="/topics/lamps">', URL, None),
        ('<link rel=canonical href="http://[broken">', URL, None),
        ('<meta property="og:url" content="https://any.example/lamp">', None, "https://any.example/lamp"),
    ],
)
def test_the_canonical_address_is_believed_on_its_own_site_only(
    head: str, url: str | None, address: str | None
) -> None:
    """Another site's, a home page's and a section's are not."""
    assert first("url", page(head), url) == address


def test_the_rest_and_the_flags() -> None:
    """Language, section, tags, licence, paywall and kind of page, each from where it stands."""
    source = page(
        linked(
            isAccessibleForFree="False", articleSection="Isles", keywords="lamp, horn", license="https://cc.example/by"
        )
    )
    for name, value in (
        ("language", "en"),
        ("section", "Isles"),
        ("tag", "lamp"),
        ("licence", "https://cc.example/by"),
    ):
        assert first(name, source) == value
    article = from_log(Document("x", candidates=read(source), format="html"), EditLog.of("x"))
    assert article.flags == {Flag.PAYWALLED}
    assert first("paywalled", page(linked(isAccessibleForFree=True))) is None
    assert first("kind", page(), "https://isle.example/") == "index"
    assert first("kind", page(linked()), URL) == "article"
    assert first("kind", page(), "https://isle.example/news/lamp-liveblog") == "live_blog"
    assert first("kind", page(), "https://isle.example/news/lively-lamp") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ida Holm, Per Dahl und Eva Lund", ["Ida Holm", "Per Dahl", "Eva Lund"]),
        ("Ida Holm, PhD", ["Ida Holm"]),
        ("Jan Holm", ["Jan Holm"]),
        ("dpa", ["dpa"]),
        ("admin", []),
        ("No Author", []),
        ("it was a dark and stormy night", []),
    ],
)
def test_names_in_properties(text: str, names: list[str]) -> None:
    """Lists are split; degrees, roles and prose are no names."""
    assert [name.text for name in find_names(text)] == names


def test_names_in_bylines_end_where_something_else_is_said() -> None:
    """What follows the names is not another."""
    assert [n.text for n in find_byline_names("By\nIda Holm\nFounder\nUpdated\n3 May 2021")] == ["Ida Holm"]
    assert find_byline_names("Read more") == []


JUNK = (
    *(
        "<meta",
        " name=author",
        " property='og:title'",
        " content=",
        "'x",
        '"',
        ">",
        "</script>",
        "<h1>",
        "</h1>",
        "<!--",
    ),
    *('<script type="application/ld+json">', '{"@type":"Article"', ',"author":', ',"@id":', "[", "]", "{", "}", "\\u"),
    *(
        "<time datetime=",
        "2021-99-99",
        "0001-01-01T00:00:00+23:59",
        "9" * 30,
        '"By A B"',
        "<a rel=author class=byline>",
    ),
    *("<link rel=canonical href='//[", "<title>", " | ", " - ", "\ud800", "<p class=date>1 May 2020"),
)


@given(st.lists(st.sampled_from(JUNK), max_size=40), st.sampled_from((None, URL, "http://[", "x:y")))
def test_no_head_makes_it_stumble(pieces: list[str], url: str | None) -> None:
    """Random junk in the head gives candidates or none, and never an error."""
    source = "".join(pieces).encode("utf-8", "replace").decode()
    candidates = read(source, url)
    from_log(Document("x", candidates=candidates, format="html"), EditLog.of("x"))


def test_large_and_deep_pages_stay_within_bounds() -> None:
    """No recursion over the tree, and no more elements than are looked at."""
    assert first("title", "<h1>Lamp</h1>" + "<div>" * 5_000) == "Lamp"
    many = "<time class=date>1 May 2020</time><a class=author>Ida Holm</a>" * 10_000
    assert first("title", f"<h1>Lamp</h1>{many}") == "Lamp"
