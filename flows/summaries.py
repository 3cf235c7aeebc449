"""What a run did, article by article and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from copydesk.article import Article
from copydesk.edits import EditStatus
from copydesk.facts import Facts
from warehouse.records import Failure, LoadResult, Planned

KEPT = 200
"""Reports of single articles that a summary keeps: it is for people; the warehouse has all."""


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """One article: what was edited and what was found."""

    document_id: str
    name: str
    title: str | None
    edits: Mapping[str, int]
    facts: Mapping[str, int]
    suggestions: int = 0
    decisions: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, planned: Planned, article: Article, facts: Facts) -> ArticleReport:
        """Return the report of an article."""
        owners = {piece.edit_id for piece in article.log.flat()}
        edits = Counter(edit.kind for edit in article.log.edits if edit.edit_id in owners)
        suggested = sum(edit.status is EditStatus.SUGGESTED for edit in article.log.edits)
        name = planned.capture.path or planned.capture.url or planned.capture.source
        decisions = Counter(map(str, article.outcomes))
        return cls(planned.document_id, name, article.title, dict(edits), facts.counts(), suggested, dict(decisions))


@dataclass
class Summary:
    """A whole run.

    Attributes:
        found: inputs that were found.
        articles: reports of the first that were processed now; ``processed`` is the number of all.
        failures: those that were not.
        quarantined: quarantine entries by document id.
        gone: pages of which their servers say that there is nothing (any more).
        tables: rows written, by table.
        notices: lines for a person that are no failures.
        held: document -> why what came was kept back.
        decisions: what became of people's decisions about edits, by outcome.
        moved: documents whose files were renamed; ``missing``: names of files that are gone.
        new_documents: their ids; ``copies``: how many of them are copies of others.

    """

    run_id: str = ""
    found: int = 0
    articles: list[ArticleReport] = field(default_factory=list)
    processed: int = 0
    failures: list[Failure] = field(default_factory=list)
    quarantined: Counter[str] = field(default_factory=Counter)
    tables: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)
    gone: int = 0
    held: dict[str, str] = field(default_factory=dict)
    decisions: Counter[str] = field(default_factory=Counter)
    moved: int = 0
    missing: list[str] = field(default_factory=list)
    new_documents: list[str] = field(default_factory=list)
    copies: int = 0
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
        self.new_documents.extend(loaded.new_documents)
        self.hold(loaded.held)

    def hold(self, held: Mapping[str, str]) -> None:
        """Note what was kept back, and why."""
        self.held.update(held)

    def report(self, reports: Iterable[ArticleReport]) -> None:
        """Count what was processed, and keep the first reports: memory stays what it is for any number."""
        for report in reports:
            self.processed += 1
            self.decisions.update(report.decisions)
            if len(self.articles) < KEPT:
                self.articles.append(report)

    def counts(self) -> dict[str, int]:
        """Return the totals, by name: what the ``runs`` table keeps."""
        return {
            "found": self.found,
            "articles": self.processed,
            "unchanged": self.unchanged,
            "new_versions": self.new_versions,
            "rederived": self.rederived,
            "gone": self.gone,
            "held": len(self.held),
            "moved": self.moved,
            "missing": len(self.missing),
            "copies": self.copies,
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
