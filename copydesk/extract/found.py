"""What the extractors have found so far: later ones build on earlier ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from copydesk.facts import Claim, Date, Entity, Event, Mention, Officeholder, Quantity, Quote, Relation

if TYPE_CHECKING:
    from copydesk.extract.named import Named

Finding = Entity | Mention | Date | Quantity | Officeholder | Event | Relation | Quote | Claim
"""What an extractor yields."""


@dataclass
class Found:
    """Facts by kind, in the order in which the extractors run."""

    entities: dict[str, Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    officeholders: list[Officeholder] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    named: dict[tuple[str, int, int], Named] = field(default_factory=dict)
    """The mentions by passage, as far as ``named.named_in`` has been asked for them."""

    def add(self, findings: Iterable[Finding]) -> None:
        """Take what an extractor yields; an entity that is known already stays as it was."""
        lists: dict[type, list[Any]] = {
            Mention: self.mentions,
            Date: self.dates,
            Quantity: self.quantities,
            Officeholder: self.officeholders,
            Event: self.events,
            Relation: self.relations,
            Quote: self.quotes,
            Claim: self.claims,
        }
        for finding in findings:
            if isinstance(finding, Entity):
                self.entities.setdefault(finding.entity_id, finding)
            else:
                lists[type(finding)].append(finding)
