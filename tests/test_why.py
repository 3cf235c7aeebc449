"""Why facts say what they say: every fact has a rule with a version, and steps whose words stand where they say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import copydesk
from copydesk.extract.dates import RULES
from copydesk.fact_rules import fact_rules, read_rules, rule_of
from copydesk.facts import Fact
from copydesk.why import Explainer, why_to_json

CASES = Path(__file__).parent / "cases"
KINDS = ("mentions", "dates", "quantities", "officeholders", "events", "relations", "quotes", "claims")


def texts() -> Iterator[str]:
    """Yield the texts of all cases of facts."""
    for kind in KINDS:
        for path in sorted((CASES / kind).glob("*.json")):
            yield from (case["text"] for case in json.loads(path.read_text(encoding="utf-8")))


def test_every_fact_can_be_explained() -> None:
    """It has a rule of the table, and the words of each step are those at its place."""
    seen = set[str]()
    for text in texts():
        article = copydesk.clean(copydesk.read(f"Posted: 14 June 2019\n\n{text}\n"))
        facts = copydesk.extract(article)
        explainer = Explainer(article, facts)
        found: list[Fact] = [fact for kind in KINDS for fact in getattr(facts, kind)]
        for fact in found:
            why = explainer.explain(fact)
            passage = next(p for p in article.passages if (p.field, p.ordinal) == fact.place[:2])
            assert all(step.span is None or passage.text[slice(*step.span)] == step.words for step in why.steps)
            assert why.steps
            assert json.dumps(why_to_json(why))
            seen.add(why.rule.name)
    assert {name.partition(".")[0] for name in seen} >= {
        "dates",
        "quantities",
        "quotes",
        "claims",
        "events",
        "relations",
    }


def test_every_rule_of_dates_is_in_the_table() -> None:
    """And none is there that does not exist."""
    named = {name.partition(".")[2] for name in fact_rules() if name.startswith("dates.")}
    assert named == {rule.name for rule in RULES}


def test_a_rule_is_found_by_the_longest_beginning() -> None:
    """Verbs and nouns of events are families; what no rule is called is an error."""
    assert rule_of("events.verb.sign").name == "events.verb"
    assert rule_of("concepts.known").name == "concepts.known"
    with pytest.raises(KeyError):
        rule_of("weather.sunny")


@pytest.mark.parametrize("row", [("dates.year",), ("dates.year", "one", "x"), ("Dates", "1", "x"), ("dates", "1", " ")])
def test_a_bad_line_of_the_table_is_refused(row: tuple[str, ...]) -> None:
    """It is named."""
    with pytest.raises(ValueError, match="no rule with a name, a version and words"):
        read_rules([row])


def test_a_rule_stands_there_once() -> None:
    """Two versions at once are none."""
    with pytest.raises(ValueError, match="twice"):
        read_rules([("dates", "1", "x"), ("dates", "2", "x")])
