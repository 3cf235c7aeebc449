"""What a run did, article by article and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from copydesk.article import Article
from copydesk.edits import EditStatus
from copydesk.facts import Facts
from warehouse.records import Failure, LoadResult, Planned


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """One article: what was edited and what was found."""

    document_id: str
    name: str
    title: str | None
    edits: Mapping[str, int]
    facts: Mapping[str, int]
    suggestions: int = 0

    @classmethod
    def of(cls, planned: Planned, article: Article, facts: Facts) -> ArticleReport:
        """Return the report of an article."""
        owners = {piece.edit_id for piece in article.log.flat()}
        edits = Counter(edit.kind for edit in article.log.edits if edit.edit_id in owners)
        suggested = sum(edit.status is EditStatus.SUGGESTED for edit in article.log.edits)
        name = planned.capture.path or planned.capture.url or planned.capture.source
        return cls(planned.document_id, name, article.title, dict(edits), facts.counts(), suggested)


@dataclass
class Summary:
    """A whole run.

    Attributes:
        found: inputs that were found.
        articles: those that were processed now.
        failures: those that were not.
        quarantined: quarantine entries by document id.
        gone: pages of which their servers say that there is nothing (any more).
        tables: rows written, by table.
        notices: lines for a person that are no failures.

    """

    run_id: str = ""
    found: int = 0
    articles: list[ArticleReport] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    quarantined: Counter[str] = field(default_factory=Counter)
    tables: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)
    gone: int = 0
    unchanged: int = 0
    new_versions: int = 0
    rederived: int = 0
    seconds: float = 0.0

    def add(self, loaded: LoadResult) -> None:
        """Count what a load changed."""
        self.unchanged += len(loaded.unchanged)
        self.new_versions += len(loaded.new_versions)
        self.rederived += len(loaded.rederived)
        self.tables.update(loaded.counts)

    def counts(self) -> dict[str, int]:
        """Return the totals, by name: what the ``runs`` table keeps."""
        return {
            "found": self.found,
            "articles": len(self.articles),
            "unchanged": self.unchanged,
            "new_versions": self.new_versions,
            "rederived": self.rederived,
            "gone": self.gone,
            "failed": len(self.failures),
            "quarantined": sum(self.quarantined.values()),
        }

    def words(self) -> str:
        """Return the totals in words, without what was found and what is zero."""
        done = {name.replace("_", " "): n for name, n in self.counts().items() if name != "found"}
        return ", ".join(f"{name} {n}" for name, n in done.items() if n) or "nothing to do"


def words_of(counts: Mapping[str, int]) -> str:
    """Return counts in words, the largest first.

    >>> words_of({"dates": 12, "quotes": 0, "mentions": 124})
    '124 mentions, 12 dates'
    """
    ranked = sorted(((n, name) for name, n in counts.items() if n), key=lambda item: (-item[0], item[1]))
    return ", ".join(f"{n} {name}" for n, name in ranked) or "none"


def failure_lines(failures: Sequence[Failure]) -> list[str]:
    """Return one line a failure: the input, the reason and the next step."""
    return [f"{f.source}: {f.reason} {f.advice}".rstrip() for f in failures]
