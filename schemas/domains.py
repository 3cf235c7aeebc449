"""Value domains that belong to the warehouse alone; the others are those of copydesk."""

from __future__ import annotations

from enum import StrEnum


class CaptureStatus(StrEnum):
    """What became of the bytes."""

    ACCEPTED = "accepted"
    HELD = "held"
    """Kept back, with a reason: it would make the document worse."""
    FAILED = "failed"
    """No text could be read from it."""


class HeldAs(StrEnum):
    """Why a capture is held."""

    CONTRADICTED = "contradicted"
    """Another text was seen both before and after it."""
    UNDERIVED = "underived"
    """What was made of it waits in quarantine."""
    ERROR_PAGE = "error_page"
    WALL = "wall"
    """A subscription, a log-in, a consent or a test for robots stands before the article."""
    NO_ARTICLE = "no_article"
    """The address shows a home page, or a list."""
    SHORTER = "shorter"
    """Much of the article is gone."""


class ChangeClass(StrEnum):
    """How a version differs from the one before it."""

    FIRST = "first"
    COSMETIC = "cosmetic"
    """The same words: spacing, quotation marks, dashes, case, or what lies around the article."""
    METADATA = "metadata"
    """The same body under another title, author or date."""
    SUBSTANTIVE = "substantive"


class RunStatus(StrEnum):
    """How far a run came."""

    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    STOPPED = "stopped"
    """A person stopped it; the next run goes on."""
    CUT_OFF = "cut_off"
    """Its process died, and the next run noticed."""


class ReviewKind(StrEnum):
    """What a person decided."""

    UNDO = "undo"
    """The edit is to be off."""
    REDO = "redo"
    """The edit, or the suggestion, is to be on."""


class ReviewStatus(StrEnum):
    """Whether a decision is in force."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class QuarantineStatus(StrEnum):
    """What became of an entry of the quarantine."""

    WAITING = "waiting"
    REPLAYED = "replayed"
    """It keeps the rules now and was loaded."""
    DISMISSED = "dismissed"
    """A person decided that it is not wanted."""
