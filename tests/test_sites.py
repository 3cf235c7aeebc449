"""People's own rules for the pages of a site: what they keep and drop, what they say, what a plug-in may do."""

from __future__ import annotations

import html
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import copydesk
from copydesk.config import Options, SiteRules
from copydesk.document import BlockKind, Document
from copydesk.errors import CopydeskError, InputError
from copydesk.readers.html_blocks import read_blocks
from copydesk.readers.site_rules import rules_for
from copydesk.readers.soup_blocks import parse_soup, soup_blocks
from copydesk.render import article_to_json
from flows.inputs import clean_file
from flows.roots import SETTINGS, Root
from flows.ruleset import ruleset_of

PAGES = Path(__file__).parent / "pages"
FERRY = (PAGES / "ferry.html").read_text(encoding="utf-8")
SITE = "harbourpost.example"
"""What the page's canonical address says."""


def read(rules: SiteRules, source: str = FERRY, url: str | None = None) -> Document:
    """Read a page with the rules of its site."""
    return copydesk.read(source, url=url, options=Options(sites=(rules,)))


def cleaned(rules: SiteRules, source: str = FERRY) -> dict[str, Any]:
    """Return what is made of a page, whose spans all hold: they lead to the same words in the source."""
    row = article_to_json(copydesk.clean(read(rules, source)))
    for start, end, low, high in row["spans"]:
        assert html.unescape(source[low:high]).split() == row["text"][start:end].split()
    return row


def unknown(row: dict[str, Any]) -> str:
    """Return the words of a text whose place in the source is not known."""
    covered = {i for start, end, *_ in row["spans"] for i in range(start, end)}
    return " ".join("".join(c if i not in covered else " " for i, c in enumerate(row["text"])).split())


def reasons(row: dict[str, Any]) -> dict[str, str]:
    """Return why each block was left out, by its words."""
    return {out["text"]: out["reason"] for out in row["left_out"]}


def test_drop_takes_blocks_and_pieces_of_blocks_out_and_says_so() -> None:
    """What is left keeps its place in the source, and what went has one, too."""
    row = cleaned(SiteRules(SITE, drop=("aside", "ul", "p > a")))
    assert "has offered to, but it wants to see" in row["text"]
    assert "half past eight" not in row["text"]
    why = reasons(row)
    assert why["make one by hand"] == f'[sites."{SITE}"] drop: p > a'
    assert why["We wait, and then we wait a little more"] == f'[sites."{SITE}"] drop: aside'
    assert why["Harbour master asks for a second crane"] == f'[sites."{SITE}"] drop: ul'
    assert len(unknown(row).split()) < 12, "beside the piece that is gone"
    (link,) = (out for out in row["left_out"] if out["text"] == "make one by hand")
    assert FERRY[link["source_start"] : link["source_end"]] == "make one by hand"
    assert row["text"][: link["raw_start"]].split()[-1] != "one"


def test_keep_is_the_article_whatever_the_judge_thinks() -> None:
    """All that it finds and nothing else; the title stays a field, captions and pull quotes stay edits."""
    row = cleaned(SiteRules(SITE, keep=(".article__title, .site-footer li", ".article__image")))
    assert row["text"].split("\n\n") == ["Imprint", "Privacy"]
    assert [field["name"] for field in row["fields"]] == ["caption"]
    assert reasons(row)["Ferry to Skarvik runs late for a third week"] == "the title"
    assert reasons(row)["A pump that nobody sells"] == f'outside [sites."{SITE}"] keep'
    assert not row["flags"]
    everything = cleaned(SiteRules(SITE, keep=("body",)))
    assert "Imprint" in everything["text"]
    assert everything["text"].count("wait a little more") == 1, "the pull quote"


def test_drop_goes_before_keep() -> None:
    """What both find is out."""
    row = cleaned(SiteRules(SITE, keep=("article",), drop=("li",)))
    assert "Tickets of that day" in row["text"]
    assert "half past eight" not in row["text"]


def test_where_keep_finds_nothing_the_judge_decides() -> None:
    """A site that was built anew does not lose its articles; a note says what happened."""
    document = read(SiteRules(SITE, keep=("div.no-longer-there",)))
    assert document.text == copydesk.read(FERRY).text
    assert article_to_json(copydesk.clean(document))["notes"] == [f'[sites."{SITE}"] keep finds nothing on this page']


def test_what_is_kept_of_the_head_is_no_article() -> None:
    """There is no text of it: the judge decides."""
    assert read(SiteRules(SITE, keep=("title",))).text == copydesk.read(FERRY).text


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<div>" * 100_000 + "It rained.", id="depth"),
        pytest.param("<div><p>It rained.</p>" * 3_000, id="a tree of boxes"),
        pytest.param("<p><b>It</b> rained.</p>" * 10_000, id="length"),
        pytest.param("<frameset><frame></frameset>", id="frames"),
    ],
)
def test_odd_pages_are_read_by_rules(source: str) -> None:
    """Depth and length end in no recursion, and in no square of time."""
    rules = SiteRules(SITE, keep=("div", "p"), drop=("b", "p p"), title=("h1",))
    assert (
        copydesk.read(source, format="html", url=f"https://{SITE}/", options=Options(sites=(rules,))).source == source
    )


def test_title_authors_and_date_of_the_rules_come_before_all_others() -> None:
    """Before linked data and what the text says; in the body they are fields, and leave it."""
    head = '<p class="by">By Per Dahl and Eva Lien</p><p class="on">Posted: 6 March 2024 at 08:15</p>'
    source = FERRY.replace('<div class="article__body">', f'<div class="article__body">{head}')
    row = cleaned(SiteRules(SITE, title=("h5", "h2"), author=(".by",), date=(".on",)), source)
    assert (row["title"], row["authors"]) == ("A pump that nobody sells", ["Per Dahl", "Eva Lien"])
    assert row["published_at"] == "2024-03-06T08:15:00"
    assert row["text"].startswith("The morning ferry")
    assert "A pump" not in row["text"]
    assert reasons(row)["By Per Dahl and Eva Lien"] == f'[sites."{SITE}"] author: kept as a field'
    meta = FERRY.replace("<meta charset", '<meta name="day" content="2024-03-07T09:00:00+01:00"><meta charset')
    assert cleaned(SiteRules(SITE, date=("meta[name=day]",)), meta)["published_at"] == "2024-03-07T09:00:00+01:00"


def test_a_date_that_cannot_be_read_is_noted() -> None:
    """A day that could be one of two is none, and stays in the text."""
    source = FERRY.replace("<p>Until the pump", '<p class="on">02/03/2024</p><p>Until the pump')
    document = read(SiteRules(SITE, date=(".on",)), source)
    assert any(c.name == "note" and "02/03/2024" in c.value for c in document.candidates)
    assert copydesk.clean(document).published is not None


@pytest.mark.parametrize(
    ("addresses", "site"),
    [
        (["https://example.org/a"], "example.org"),
        (["https://WWW.Example.org:8080/a"], "example.org"),
        (["https://m.example.org/a"], "example.org"),
        (["https://desk.news.example.org/a"], "news.example.org"),
        ([None, "https://example.org/a"], "example.org"),
        (["https://other.example/", "https://example.org/a"], "example.org"),
        (["https://xn--blbr-roah.example/a"], "xn--blbr-roah.example"),
        (["https://blåbær.example/a"], "xn--blbr-roah.example"),
        (["https://anexample.org/a"], None),
        (["https://org/"], None),
        (["http://[", None, ""], None),
    ],
)
def test_rules_are_those_of_the_host_and_those_below_it(addresses: Sequence[str | None], site: str | None) -> None:
    """The longest name counts; ``www`` and capitals do not."""
    sites = [SiteRules(name) for name in ("example.org", "news.example.org", "xn--blbr-roah.example")]
    found = rules_for(addresses, sites)
    assert (found.site if found else None) == site


def test_pages_of_other_sites_pay_nothing() -> None:
    """Beautiful Soup is not even loaded for them."""
    code = (
        "import sys, copydesk; from copydesk.config import *;"
        "o = Options(sites=(SiteRules('other.example', keep=('p',)),));"
        "copydesk.read(open('tests/pages/ferry.html', encoding='utf-8').read(), options=o);"
        "print('bs4' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PAGES.parents[1])  # noqa: S603
    assert done.stdout.strip() == "False"


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> SiteRules:
    """Write the functions of a plug-in; return rules that name the one that the test is parametrised with."""
    (tmp_path / "harbour_rules.py").write_text(
        """
from bs4 import BeautifulSoup

def tidy(soup):
    for item in soup.select("li"):
        item.decompose()
    soup.find("blockquote").p.string = "Tickets stay good."
    soup.select_one("h2").name = "p"
    link = soup.select_one("p > a")
    link.unwrap()

def anew(soup):
    return BeautifulSoup(str(soup.select_one(".article__body")), "html.parser")

def element(soup):
    return soup.find("ul")

def nothing(soup):
    soup.clear()

def wrong(soup):
    return "text"

def failing(soup):
    return soup.select_one("video")["src"]
""",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "harbour_rules", raising=False)
    return SiteRules(SITE, plugin=f"harbour_rules:{request.param}")


@pytest.mark.parametrize("plugin", ["tidy"], indirect=True)
def test_a_plugin_changes_the_article_and_what_it_writes_is_known_as_made(plugin: SiteRules) -> None:
    """What stays has its place in the source; what it writes has none; what it takes out is told."""
    document = read(plugin)
    assert [document.text[slice(*span)] for span in document.made] == ["Tickets stay good."]
    row = cleaned(plugin)
    assert unknown(row) == "Tickets stay good."
    assert "has offered to make one by hand, but" in row["text"]
    why = reasons(row)
    for words in ("Tickets of that day stay good until the end of the month.", "The last boat comes back at six"):
        assert next(why[text] for text in why if text.startswith(words)) == f'[sites."{SITE}"] plugin: taken out'
    assert why["Our newsletter"] == "unlike the text of an article"
    kinds = {document.text[slice(*span)]: kind for kind, span in document.blocks}
    assert kinds["A pump that nobody sells"] is BlockKind.PARAGRAPH


@pytest.mark.parametrize("plugin", ["anew"], indirect=True)
def test_a_soup_that_a_plugin_builds_anew_is_known_by_its_words(plugin: SiteRules) -> None:
    """Blocks with the words of the page's are those of the page."""
    assert read(plugin).text == copydesk.read(FERRY).text
    assert not unknown(cleaned(plugin))


@pytest.mark.parametrize("plugin", ["element"], indirect=True)
def test_a_plugin_may_return_an_element(plugin: SiteRules) -> None:
    """It is the article."""
    assert len(read(plugin).blocks) == 2


@pytest.mark.parametrize("plugin", ["nothing"], indirect=True)
def test_a_plugin_may_leave_nothing(plugin: SiteRules) -> None:
    """Then the page has no article."""
    assert article_to_json(copydesk.clean(read(plugin)))["flags"] == ["not_an_article"]


@pytest.mark.parametrize(
    ("plugin", "words"),
    [
        ("failing", "failed: TypeError: 'NoneType' object is not subscriptable (harbour_rules.py, line "),
        ("wrong", "returned str, no soup. Let it return"),
        ("missing", "cannot be loaded: module 'harbour_rules' has no attribute 'missing'. Put harbour_rules.py beside"),
    ],
    indirect=["plugin"],
)
def test_a_plugin_that_fails_is_told_with_its_line(plugin: SiteRules, words: str) -> None:
    """The input fails, with what is wrong and what to do; others go on."""
    with pytest.raises(InputError) as caught:
        read(plugin)
    assert f'[sites."{SITE}"] plugin: ' in str(caught.value)
    assert words in str(caught.value)


def test_a_plugin_beside_the_settings_is_found_and_is_part_of_the_ruleset(tmp_path: Path) -> None:
    """Another plug-in, other rows."""
    (tmp_path / SETTINGS).write_text(f'[sites."www.{SITE}"]\nplugin = "beside_settings:cut"\n', encoding="utf-8")
    module = tmp_path / "beside_settings.py"
    module.write_text("def cut(soup):\n    soup.find('h2').extract()\n", encoding="utf-8")
    options = Root.find(tmp_path).options
    assert "A pump" not in clean_file(str(PAGES / "ferry.html"), options).text
    before = ruleset_of(options)
    module.write_text("def cut(soup):\n    pass\n", encoding="utf-8")
    assert ruleset_of(Root.find(tmp_path).options) not in {before, ruleset_of(Options())}


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('["example.org"]\nkeep = "["', "no setting example.org.keep. There are"),
        ('sites = ["p"]', "sites is no table. Write"),
        ('[sites."example.org"]\nkeep = "p["', """[sites."example.org"] keep: 'p[': Malformed attribute selector"""),
        (
            '[sites."example.org"]\ndrop = ["p", "a:colour"]',
            """[sites."example.org"] drop: 'a:colour': ':colour' was""",
        ),
        ('[sites."example.org"]\ndrop = [1]', '[sites."example.org"] drop holds 1, which is no selector. Write'),
        ('[sites."example.org"]\ntitle = ""', "[sites.\"example.org\"] title holds ''"),
        ('[sites."example.org"]\nkep = "p"', '[sites."example.org"] has no setting kep. There are author, date, drop'),
        ('[sites."https://example.org/"]\nkeep = "p"', '[sites."https://example.org/"] is not what'),
        ('[sites]\n"example.org" = "p"', '[sites."example.org"] is not what a site\'s rules look like. Name a host'),
        ('[sites.example.org]\nkeep = "p"', '[sites."example"] has no setting org.'),
        ('[sites."example.org"]\nplugin = 1', "plugin is no text. Write"),
        ('[sites."example.org"]\nplugin = "tidy"', "plugin: 'tidy' names no function. Write module:function"),
        ('[sites."example.org"]\n[sites."www.Example.org"]', "names a site twice."),
    ],
)
def test_mistakes_in_the_settings_are_told_with_their_place(tmp_path: Path, toml: str, words: str) -> None:
    """File, site and key, what is wrong, and the next step."""
    (tmp_path / SETTINGS).write_text(toml, encoding="utf-8")
    with pytest.raises(CopydeskError) as caught:
        Root.find(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / SETTINGS}: ")
    assert words in str(caught.value)
    assert caught.value.advice


def test_rules_that_a_program_gives_are_checked_too() -> None:
    """When a page of their site is read."""
    with pytest.raises(CopydeskError, match="Malformed attribute selector"):
        read(SiteRules(SITE, keep=("p[",)))


def test_one_selector_or_a_list_of_them(tmp_path: Path) -> None:
    """Both are written."""
    (tmp_path / SETTINGS).write_text('[sites."Example.org"]\nkeep = "p"\ndrop = ["a", " b "]\n', encoding="utf-8")
    assert Root.find(tmp_path).options.sites == (SiteRules("example.org", keep=("p",), drop=("a", "b")),)


def letters(document: Document) -> list[str]:
    """Return all characters of a document and of what it left out, sorted, without white space."""
    return sorted("".join((document.text, *(out.text for out in document.left_out))).replace(" ", "").replace("\n", ""))


@given(
    st.lists(
        st.sampled_from(
            (
                *(
                    "<p>",
                    "</p>",
                    "<div>",
                    "</div>",
                    "<br>",
                    "<hr>",
                    "&amp;",
                    "Lamp ",
                    "x < y",
                    "<!-- -->",
                    "<b>",
                    "</b>",
                ),
                *("<li>", "<ruby>", "<rt>", "<h2>", " \n", "<td>", "<table>", '<a b"c>', "<img>", "<script>a</script>"),
            )
        ),
        max_size=30,
    )
)
def test_the_blocks_of_the_soup_are_those_of_the_page(pieces: list[str]) -> None:
    """Words and kinds, whatever the source."""
    tree = LexborHTMLParser("<html><body>" + "".join(pieces))
    page = read_blocks(tree)
    soup = parse_soup(tree.html or "")
    found = [(block.text, block.kind) for block in soup_blocks(soup.body or soup)]
    assert found == [(block.text, page.elements[block.element].kind) for block in page.blocks]


@given(
    st.lists(
        st.sampled_from(["article", "p", "aside", "a", "ul li", "h1", "body", "figure", "em", ":root"]), max_size=4
    ),
    st.lists(st.sampled_from(["p", "a", "li", "div", "blockquote p", "article"]), max_size=3),
)
def test_every_word_is_in_the_article_or_left_out(keep: list[str], drop: list[str]) -> None:
    """Whatever the rules; a field has what they keep as such."""
    document = read(SiteRules(SITE, keep=tuple(keep), drop=tuple(drop)))
    page = copydesk.read(FERRY)
    assert letters(document) == letters(page)
    assert all(0 <= out.at <= len(document.text) + 2 for out in document.left_out)


def test_json_tells_the_rule(tmp_path: Path) -> None:
    """In lines as in files, with the address that the line gives."""
    (tmp_path / SETTINGS).write_text('[sites."isle.example"]\ndrop = "h2"\n', encoding="utf-8")
    line = json.dumps({"id": 1, "html": FERRY, "url": "https://news.isle.example/ferry"})
    command = [sys.executable, "-m", "flows.cli", "clean", "--jsonl", "--root", str(tmp_path)]
    done = subprocess.run(command, input=line, capture_output=True, text=True, check=True, cwd=PAGES.parents[1])  # noqa: S603
    assert reasons(json.loads(done.stdout))["A pump that nobody sells"] == '[sites."isle.example"] drop: h2'
