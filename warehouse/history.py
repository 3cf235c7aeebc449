"""The publisher's clock as pure functions: where a capture belongs, and what versions follow from the captures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from copydesk.changes import fold
from schemas.domains import CaptureStatus, ChangeClass


@dataclass(frozen=True, slots=True)
class CaptureState:
    """A capture that is loaded; ``ruleset`` is that of the run that wrote it, where that is known."""

    capture_id: str
    previous_id: str | None
    version_id: str | None
    sha256: str
    status: CaptureStatus
    captured_at: datetime
    last_seen_at: datetime
    held_as: str | None = None
    text_sha256: str | None = None
    reason: str | None = None
    ruleset: str | None = None


class Place(StrEnum):
    """How a capture relates to those of its document that are loaded."""

    SAME = "same"
    """The same bytes as the capture before it: only the time moves."""
    NEXT = "next"
    """It comes after ``before``."""
    CONTRADICTED = "contradicted"
    """Other bytes, or another text, were seen both before and after it."""


class Placed(NamedTuple):
    """Where a capture belongs: ``same`` is the capture that it is, ``before`` the one before it (of any status)."""

    place: Place
    same: CaptureState | None
    before: CaptureState | None


def in_time_order(states: Iterable[CaptureState]) -> list[CaptureState]:
    """Return captures by time; of those made at one moment, each after the one that it names as the one before."""
    by_id = {state.capture_id: state for state in states}
    depth: dict[str | None, int] = {None: 0}

    def depth_of(capture: str | None) -> int:
        chain = []
        while capture not in depth and capture in by_id:
            chain.append(capture)
            capture = by_id[capture].previous_id
        known = depth.get(capture, 0)
        for step in reversed(chain):
            known += 1
            depth[step] = known
        return known

    return sorted(by_id.values(), key=lambda state: (state.captured_at, depth_of(state.capture_id)))


def place_capture(digest: str, captured_at: datetime, states: Sequence[CaptureState]) -> Placed:
    """Say where new bytes belong among the captures of a document, which stand in time order."""
    before = [state for state in states if state.captured_at <= captured_at]
    after = states[len(before) :]
    last = before[-1] if before else None
    if last and last.sha256 == digest:
        return Placed(Place.SAME, last, before[-2] if len(before) > 1 else None)
    if after and after[0].sha256 == digest:
        return Placed(Place.SAME, after[0], last)
    if last and (captured_at < last.last_seen_at or _is_one_version(before, after)):
        return Placed(Place.CONTRADICTED, None, last)
    return Placed(Place.NEXT, None, last)


def _is_one_version(before: Sequence[CaptureState], after: Sequence[CaptureState]) -> bool:
    older = next((s.version_id for s in reversed(before) if s.status is CaptureStatus.ACCEPTED), None)
    newer = next((s.version_id for s in after if s.status is CaptureStatus.ACCEPTED), None)
    return older is not None and older == newer


def accepted_before(capture_id: str | None, states: Sequence[CaptureState]) -> CaptureState | None:
    """Return the last accepted capture up to and with the one named."""
    found = None
    for state in states if capture_id is not None else ():
        if state.status is CaptureStatus.ACCEPTED:
            found = state
        if state.capture_id == capture_id:
            return found
    return None


class VersionSpan(NamedTuple):
    """A version with its time."""

    version_id: str
    capture_id: str
    valid_from: datetime
    valid_to: datetime | None


def version_spans(states: Sequence[CaptureState]) -> list[VersionSpan]:
    """Return the versions that captures in time order make: each is valid until another begins.

    A version is one stretch: a capture that goes on with the text of the one before it belongs to its version.
    """
    opened: dict[str, CaptureState] = {}
    for state in states:
        if state.status is CaptureStatus.ACCEPTED and state.version_id is not None:
            opened.setdefault(state.version_id, state)
    starts = list(opened.items())
    ends: list[datetime | None] = [state.captured_at for _, state in starts[1:]]
    return [
        VersionSpan(version, state.capture_id, state.captured_at, end)
        for (version, state), end in zip(starts, [*ends, None], strict=False)
    ]


class Reading(NamedTuple):
    """What a derivation makes of a version, as far as readers would notice a change."""

    ruleset: str
    text: str
    metadata: tuple[object, ...]


def change_class(before: Reading | None, after: Reading | None) -> ChangeClass | None:
    """Say how a version differs from the one before it; None when no ruleset has read both.

    >>> old = Reading("r1", "He said “no”.", ("A title",))
    >>> change_class(old, old._replace(text="He said  'no'."))
    <ChangeClass.SUBSTANTIVE: 'substantive'>
    >>> change_class(old, old._replace(text='He  said "no".'))
    <ChangeClass.COSMETIC: 'cosmetic'>
    """
    if before is None or after is None or before.ruleset != after.ruleset:
        return None
    if fold(before.text) != fold(after.text):
        return ChangeClass.SUBSTANTIVE
    return ChangeClass.COSMETIC if before.metadata == after.metadata else ChangeClass.METADATA
