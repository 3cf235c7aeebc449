"""Never worse: which captures are kept back, and what lets them in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from copydesk.article import Article
from copydesk.stand_ins import Before, StandIn, find_stand_in
from schemas.domains import CaptureStatus, HeldAs
from schemas.ids import hash_text
from warehouse.history import CaptureState
from warehouse.records import Held, Planned

REPEATS_AFTER = timedelta(hours=1)
"""A shorter text that stands an hour later is what the publisher means, and no page cut off on its way."""
CONTRADICTED = "Another text was seen both before and after this one."
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
    before = Before(previous.words, previous.flags) if previous else None
    found = find_stand_in(article, before, address)
    text = hash_text(article.text)
    if found is None or (found.kind is StandIn.SHORTER and text in planned.repeats):
        return None
    release = BY_TIME if found.kind is StandIn.SHORTER else BY_A_PERSON
    return Held(HeldAs(found.kind), f"{found.reason} {release}", text)


def is_due(state: CaptureState, seen_at: datetime) -> bool:
    """Tell whether a held capture is let in because it is seen (again) at a time."""
    is_short = state.status is CaptureStatus.HELD and state.held_as == HeldAs.SHORTER
    return is_short and seen_at - state.captured_at >= REPEATS_AFTER


def is_contradicted(capture_id: str, states: Sequence[CaptureState]) -> bool:
    """Tell whether the text before a capture was seen again after it."""
    at = next(number for number, state in enumerate(states) if state.capture_id == capture_id)
    older = [s.version_id for s in states[:at] if s.status is CaptureStatus.ACCEPTED]
    newer = [s.version_id for s in states[at:] if s.status is CaptureStatus.ACCEPTED]
    return bool(older and newer) and older[-1] == newer[0]


def repeated_texts(states: Sequence[CaptureState], seen_at: datetime) -> frozenset[str]:
    """Return the texts that were held since the last accepted capture and are let in when seen at a time."""
    found: set[str] = set()
    for state in reversed(states):
        if state.status is CaptureStatus.ACCEPTED:
            break
        if state.text_sha256 and is_due(state, seen_at):
            found.add(state.text_sha256)
    return frozenset(found)
