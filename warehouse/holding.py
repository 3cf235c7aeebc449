"""Never worse: why a capture is kept back, as its text tells; ``warehouse.history`` says what lets it in."""

from __future__ import annotations

from copydesk.article import Article
from copydesk.stand_ins import Before, StandIn, find_stand_in
from schemas.domains import HeldAs
from schemas.ids import hash_text
from warehouse.records import Held, Planned

BY_A_PERSON = "`copydesk review accept` lets it in."
BY_TIME = "It goes in when it is seen again an hour later, or at once with `copydesk review accept`."


def why_held(planned: Planned, article: Article) -> Held | None:
    """Return why a capture is kept back, and what would release it; None for one that goes in.

    What is loaded already, what a person let in and what repeats is never asked.
    """
    if planned.held or planned.is_let_in or planned.version_id:
        return None if planned.is_let_in else planned.held
    previous = planned.previous
    if previous and previous.base_sha256 == hash_text(article.log.base):
        return None
    address = str((planned.capture.http or {}).get("final_url") or "") or None
    before = Before(previous.words, previous.flags, previous.title, previous.marks) if previous else None
    found = find_stand_in(article, before, address)
    text = hash_text(article.text)
    if found is None or (found.kind is StandIn.SHORTER and text in planned.repeats):
        return None
    release = BY_TIME if found.kind is StandIn.SHORTER else BY_A_PERSON
    return Held(HeldAs(found.kind), f"{found.reason} {release}", text)
