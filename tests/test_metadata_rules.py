"""Where the places of a page contradict each other: the rules for dates, titles and names."""

from __future__ import annotations

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from copydesk.readers.metadata import read_metadata
from copydesk.readers.metadata_day_order import read_both_ways, spell_out
from copydesk.readers.metadata_names import find_byline_names, find_credited_names, find_dated_names, find_names

PROSE = "<p>The lamp went dark in January, and nobody could say why.</p>"


def said(name: str, body: str, head: str = "", *, lang: str = "en", url: str | None = None) -> list[str]:
    """Return what a page with a heading says under a name."""
    source = f"<html lang={lang}><head>{head}</head><body>{body}{PROSE}</body></html>"
    return [c.value for c in read_metadata(LexborHTMLParser(source), source, url) if c.name == name]


def day(body: str, head: str = "", *, lang: str = "en", url: str | None = None) -> str | None:
    """Return the first statement of publication."""
    return next(iter(said("published", body, head, lang=lang, url=url)), None)


@pytest.mark.parametrize(
    ("lang", "url", "published"),
    [
        pytest.param("en", None, None, id="English alone tells nothing"),
        pytest.param("en-GB", None, "2024-04-03", id="Britain"),
        pytest.param("en-US", None, "2024-03-04", id="America"),
        pytest.param("en-US", "https://isle.example.ie/lamp", "2024-04-03", id="the address before the locale"),
        pytest.param("en", "https://isle.example/en-us/lamp", "2024-03-04", id="the country in the path"),
        pytest.param("en-CA", None, None, id="Canada writes both"),
        pytest.param("es", "https://isle.example/lamp", "2024-04-03", id="Spanish"),
        pytest.param("en", "https://lamp.example.io/", None, id="a domain that anybody uses"),
        pytest.param("en", "https://[broken", None, id="no address"),
    ],
)
def test_figures_are_read_in_the_order_of_the_country(lang: str, url: str | None, published: str | None) -> None:
    """03/04/2024 is one of two days; where nothing tells, none."""
    assert day("<h1>Lamp</h1><p>03/04/2024</p>", lang=lang, url=url) == published


def test_another_place_tells_which_day_the_figures_mean() -> None:
    """Also against the country; and a date that cannot be read keeps those of teasers away."""
    assert day('<h1>Lamp</h1><p>03/04/2024</p><time datetime="2024-03-04T08:00"></time>', lang="en-GB") == (
        "2024-03-04T08:00"
    )
    assert day('<h1>Lamp</h1><p>03/04/2024</p><span class="date">1 May 2021</span>') is None


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("31.10.23", "2023-10-31"),
        ("1.2.99, 12:30", "1999-02-01, 12:30"),
        ("31/10/23", "2023-10-31"),
        ("31.10.2023", "31.10.2023"),
        ("02/30/2024", "02/30/2024"),
        ("version 1.2.34.5", "version 1.2.34.5"),
        ("1-2-24", "1-2-24"),
        ("3/4", "3/4"),
    ],
)
def test_figures_that_can_be_read_in_one_way_are_spelled_out(text: str, spelled: str) -> None:
    """Others, and what needs no help, stay."""
    assert spell_out(text, None) == spelled


def test_the_reading_of_figures_is_noted() -> None:
    """A person can see what was made of them."""
    assert said("note", "<h1>Lamp</h1><p>Posted 31.10.23</p>") == [
        "date line states Posted 31.10.23, which was read as 2023-10-31"
    ]
    assert not said("note", "<h1>Lamp</h1><p>31.10.2023</p>")


@pytest.mark.parametrize(
    ("body", "head", "published"),
    [
        pytest.param(
            '<h1>Lamp</h1><p>4 May 2021</p><div><span class="date">9 June 2022</span></div>',
            "",
            "4 May 2021",
            id="the line next to the heading before an element",
        ),
        pytest.param(
            "<p>4 May 2021</p><p>Isle</p><h1>Lamp</h1>", "", "4 May 2021", id="the line in front of the heading"
        ),
        pytest.param(
            '<h1>Lamp</h1><span class="date">9 June 2022</span>',
            "<title>Lamp | Isle | 04.05.2021</title>",
            "04.05.2021",
            id="at the end of the title",
        ),
        pytest.param(
            "<h2>Lamp burns</h2><p>4 May 2021</p>", "<title>Lamp burns</title>", "4 May 2021", id="under an h2"
        ),
    ],
)
def test_the_nearest_date_is_believed(body: str, head: str, published: str) -> None:
    """What stands with the heading is the article's."""
    assert day(body, head) == published


def reissued(published: str, modified: str) -> str:
    """Return linked data with two times."""
    return (
        f'<script type="application/ld+json">{{"@type":"Article","headline":"Lamp","datePublished":"{published}",'
        f'"dateModified":"{modified}"}}</script>'
    )


@pytest.mark.parametrize(
    ("published", "modified", "line", "believed"),
    [
        pytest.param("2024-05-01", "2024-05-01", "4 May 2021", "4 May 2021", id="issued again"),
        pytest.param("2024-05-01", "2024-06-01", "4 May 2021", "2024-05-01", id="updated later"),
        pytest.param("2024-05-01", "2024-05-01", "30 April 2024", "2024-05-01", id="a day is no contradiction"),
        pytest.param("2024-05-01", "2021-05-04", "4 May 2021", "2024-05-01", id="the day of the update"),
        pytest.param(
            "2024-05-01",
            "2024-05-01",
            "Open again for all: the Isle fair on 4 May 2021",
            "2024-05-01",
            id="no date alone",
        ),
        pytest.param("2024-04-03", "2024-04-03", "03/04/2024", "2024-04-03", id="the same in figures"),
    ],
)
def test_a_page_that_was_issued_again_keeps_the_date_that_it_shows(
    published: str, modified: str, line: str, believed: str
) -> None:
    """Published no earlier than updated is the page's own time, not the article's."""
    assert day(f"<h1>Lamp</h1><p>{line}</p>", reissued(published, modified), lang="en-US") == believed


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        pytest.param(
            reissued("2024-05-01", "2024-06-01").replace('"Lamp"', '"A lamp is lit"')
            + "<title>Lamp lit at last</title>",
            "<h1>Lamp lit at last</h1>",
            "A lamp is lit",
            id="linked data first",
        ),
        pytest.param(
            '<title>A lamp is lit</title><meta property="og:title" content="A lamp is lit">',
            "<h1>Isle news A lamp is lit</h1>",
            "A lamp is lit",
            id="without the kicker",
        ),
        pytest.param(
            reissued("2024-05-01", "2024-06-01").replace('"Lamp"', '"All about lamps."')
            + '<meta name="description" content="All about lamps">',
            "<h1>A lamp is lit</h1>",
            "A lamp is lit",
            id="no summary",
        ),
        pytest.param("<title>27.01.2022 A lamp is lit</title>", "", "A lamp is lit", id="without a date in front"),
        pytest.param(
            '<title>A lamp is lit | IHO</title><meta property="og:site_name" content="Isle Harbour Office">',
            "",
            "A lamp is lit",
            id="initials of the site",
        ),
        pytest.param("<title>A lamp is lit</title>", "<h1>News</h1>", "A lamp is lit", id="no section"),
        pytest.param(
            '<title>Keeper Blog: A lamp is lit</title><meta property="og:title" content="A lamp is lit">',
            "<h1>Keeper Blog</h1>",
            "A lamp is lit",
            id="the heading is the site",
        ),
        pytest.param("<title>灯塔重新点亮-海岛网</title>", "", "灯塔重新点亮", id="an eastern site"),
        pytest.param("<title>Lamp - lit at last</title>", "", "Lamp - lit at last", id="a dash within stays"),
    ],
)
def test_the_title_is_the_headline_alone(head: str, body: str, title: str) -> None:
    """Without kickers, sites, sections and dates."""
    assert said("title", body, head)[0] == title


def test_an_archive_is_not_the_site() -> None:
    """The address within tells whose page it is."""
    url = "https://web.archive.org/web/20140226054445/http://www.keeperblog.example/2013/08/07/lamp/"
    head = '<title>Keeper Blog</title><meta name="description" content="x">'
    assert said("title", "<h1>Keeper Blog</h1><h1>A lamp is lit</h1>", head, url=url)[0] == "A lamp is lit"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ida Holm, Marketing Director", ["Ida Holm"]),
        ("Former Minister", []),
        ("Co-Founder", []),
        ("Isle Post Staff", ["Isle Post Staff"]),
        ("Staff Writers", []),
        ("Our Editorial Team", []),
        ("FOGHORN online", ["FOGHORN online"]),
        ("Center for Lamps and Horns", ["Center for Lamps and Horns"]),
        ("content; design; code", []),
        ("Erstellt von Ida Holm", ["Ida Holm"]),
    ],
)
def test_jobs_and_groups_in_properties(text: str, names: list[str]) -> None:
    """What somebody does is no name; a house's people are an organisation."""
    found = find_names(text)
    assert [name.text for name in found] == names
    assert all(name.is_person == (name.text == "Ida Holm") for name in found)


def test_bylines_hold_no_months_and_no_groups_of_nobody() -> None:
    """A month alone is a date's; a month in a name is not."""
    assert [name.text for name in find_byline_names("Dec\n19\nIda Holm")] == ["Ida Holm"]
    assert [name.text for name in find_byline_names("April Holm")] == ["April Holm"]
    assert [name.text for name in find_credited_names(["Lamp", "- Redaktion: Ida Holm (Sprecherin)"])] == ["Ida Holm"]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Lamp", "11.12.2019 - Ida Holm"], ["Ida Holm"]),
        (["Lamp", "Anna Holm", "11.12.2019"], ["Anna Holm"]),
        (["Lamp", "Last Modified", "11.12.2019"], []),
        (["Lamp", "Harbour Fair", "11.12.2019"], []),
        (["Lamp", "It burned on 11.12.2019."], []),
    ],
)
def test_a_name_beside_a_date(lines: list[str], names: list[str]) -> None:
    """A mark between them tells, or else a given name."""
    assert [name.text for name in find_dated_names(lines)] == names


def test_who_is_named_beside_the_house() -> None:
    """Meta elements that say what others hold; a full name for one to sign in with; an agency's line."""
    head = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ida Holm">'
    assert said("author", "<h1>Lamp</h1>", head) == ["Ida Holm"]
    head = '<meta name="author" content="idaholm">'
    assert said("author", '<h1>Lamp</h1><p class="byline">By Ida Holm</p>', head)[0] == "Ida Holm"
    assert said("author", "<h1>Lamp</h1><p>Por Agencia EFE</p>", lang="es") == ["Agencia EFE"]


@pytest.mark.parametrize("junk", ["1", "1/", "1.", "a ", "A", "-", " | ", "|-", "和-", "\u4e2d"])
def test_long_junk_takes_no_longer_than_its_length(junk: str) -> None:
    """A million characters; seconds would be a pattern that looks at them again and again."""
    text = junk * (1_000_000 // len(junk))
    started = time.process_time()
    spell_out(text, "day first")
    read_both_ways(text)
    find_names(text)
    find_byline_names(text)
    find_dated_names([text])
    said("title", f"<h1>{text}</h1>", f"<title>{text}</title>")
    assert time.process_time() - started < 10
