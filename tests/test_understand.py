"""People and times as understood from what an article says of itself."""

from __future__ import annotations

import pytest

import copydesk
from copydesk.article import Article
from copydesk.document import Candidate, Document
from copydesk.pipeline import clean

PROSE = "The lamp went dark in January and stayed dark for a year, whatever the keeper wrote to the ministry. It is on."


def read(*parts: str) -> Article:
    """Return the cleaned article of some paragraphs."""
    return copydesk.clean(copydesk.read("\n\n".join(parts)))


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("3 March 2021", "2021-03-03", None),
        ("Updated 4 March 2021 10:00", None, "2021-03-04T10:00:00"),
        ("Published 3 March 2021, updated 4 March 2021", "2021-03-03", "2021-03-04"),
        ("3 March 2021 08:15 | Last modified: 4 March 2021 10:00 UTC", "2021-03-03T08:15:00", "2021-03-04T10:00:00Z"),
        ("Aktualisiert am 4. März 2021 um 10:00 Uhr", None, "2021-03-04T10:00:00"),
    ],
)
def test_labels_tell_publication_from_update(line: str, published: str | None, updated: str | None) -> None:
    """A time without a label is that of publication."""
    article = read("Lamp lights up again", line, PROSE)
    stated = [moment.isoformat() if moment else None for moment in (article.published, article.updated)]
    assert stated == [published, updated]


def test_the_first_time_of_a_kind_counts_and_the_article_comes_before_its_source() -> None:
    """What stands in the text is nearer than what a page says of itself."""
    candidates = (Candidate("published", "2021-03-09T00:00Z", "json-ld"), Candidate("updated", "2021-03-10", "http"))
    article = clean(Document(f"Lamp lights up again\n\n3 March 2021\n\n{PROSE}", candidates=candidates))
    assert article.published
    assert article.updated
    assert (article.published.isoformat(), article.published.source) == ("2021-03-03", "dateline")
    assert (article.updated.isoformat(), article.updated.source) == ("2021-03-10", "http")


def test_each_author_is_named_once_with_the_best_that_is_known() -> None:
    """The byline names them, the bio adds where one works."""
    bio = "Ida Holm is a lecturer at the University of Skarvik."
    article = read("Lamp lights up again", "By Ida Holm and Per Dahl", PROSE, PROSE.replace("lamp", "horn"), bio)
    assert [(person.name, person.affiliation) for person in article.authors] == [
        ("Ida Holm", "University of Skarvik"),
        ("Per Dahl", None),
    ]
    assert [field.field for field in article.fields] == ["title", "byline", "bio"]


@pytest.mark.parametrize(
    ("bio", "place"),
    [
        ("Ida Holm is a lecturer at the University of Skarvik. She writes on lamps.", "University of Skarvik"),
        ("Ida Holm is a fellow at the U.S. Institute for Coasts and a critic.", "U.S. Institute for Coasts"),
        ("Ida Holm is a member of the St. Olav coastal research group.", "St. Olav"),
        ("Ida Holm is a novelist and critic.", None),
    ],
)
def test_where_an_author_works_ends_with_the_sentence(bio: str, place: str | None) -> None:
    """A full stop belongs to a name behind an initial only."""
    assert read("Lamp lights up again", PROSE, PROSE.replace("lamp", "horn"), bio).authors == (
        ("Ida Holm", place, "bio"),
    )
