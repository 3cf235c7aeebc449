"""Names that a pipeline of the user's finds stand beside ours; spaCy is there for those who have it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import copydesk
from copydesk.config import Options
from copydesk.errors import CopydeskError
from copydesk.extract.pipelines import find_names_with
from copydesk.facts import Facts
from flows import facts as flow
from flows.roots import Root

TEXT = "Kenya and zorblat trading agreed. “We will sell,” said qux on Monday."


def spans(text: str, **labels: str) -> SimpleNamespace:
    """Return what a pipeline gives back: words with their labels."""
    ents = [
        SimpleNamespace(start_char=text.index(word), end_char=text.index(word) + len(word), label_=label)
        for word, label in labels.items()
    ]
    return SimpleNamespace(ents=ents)


def named(found: Facts) -> dict[str, str]:
    """Return the entities by the rule that found each."""
    return {m.entity_id: m.rule for m in found.mentions}


def test_names_are_added_where_none_of_ours_stand() -> None:
    """Ours stay; labels of figures and dates are left alone; what builds on names knows the new ones."""
    article = copydesk.clean(copydesk.read(TEXT))
    find = find_names_with(lambda text: spans(text, Kenya="ORG", zorblat="ORG", qux="PERSON", Monday="DATE"))
    found = copydesk.extract(article, names=[find])
    assert named(found)["country:KEN"].startswith("places.")
    assert {i: r for i, r in named(found).items() if r.startswith("pipeline")} == {
        "org:zorblat": "pipeline.org",
        "person:qux": "pipeline.person",
    }
    assert [q.speaker for q in found.quotes] == ["person:qux"]


def test_without_a_pipeline_nothing_changes() -> None:
    """The default is our own rules alone."""
    article = copydesk.clean(copydesk.read(TEXT))
    assert flow.extract_facts(article, Options()) == copydesk.extract(article)
    assert flow.version_of_pipeline(Options()) == ""


def test_a_pipeline_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    flow._load.cache_clear()  # noqa: SLF001 - as in a fresh process
    article = copydesk.clean(copydesk.read(TEXT))
    with pytest.raises(CopydeskError, match=r"spaCy is not installed.*copydesk\[spacy\]"):
        flow.extract_facts(article, Options(spacy="en_core_web_sm"))


def test_the_settings_name_it(tmp_path: Path) -> None:
    """Under `facts.spacy`; what is no name is refused."""
    (tmp_path / "copydesk.toml").write_text('[facts]\nspacy = "blank:en"\n')
    assert Root.find(tmp_path).options.spacy == "blank:en"
    (tmp_path / "copydesk.toml").write_text("[facts]\nspacy = 3\n")
    with pytest.raises(CopydeskError, match=r"facts\.spacy is no name"):
        Root.find(tmp_path)


@pytest.mark.filterwarnings("ignore")
def test_a_blank_pipeline_of_spacy() -> None:
    """The real thing, without a model: a blank pipeline with a rule of its own."""
    spacy: Any = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    article = copydesk.clean(copydesk.read(TEXT))
    assert copydesk.extract(article, names=[find_names_with(pipeline)]) == copydesk.extract(article)
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "qux"}])
    found = copydesk.extract(article, names=[find_names_with(pipeline)])
    assert named(found)["person:qux"] == "pipeline.person"
    flow._load.cache_clear()  # noqa: SLF001 - another test has made spaCy seem absent
    assert flow.version_of_pipeline(Options(spacy="blank:en")).startswith("en_")
    with pytest.raises(CopydeskError, match="there is no such spaCy pipeline"):
        flow.extract_facts(article, Options(spacy="xx_no_such_pipeline"))
