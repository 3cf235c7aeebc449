"""Looks at sources when they are due, one after the other: schedules for people without a server."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from copydesk.errors import CopydeskError
from flows.sources.settings import Source

LONGEST_NAP = 60.0
"""Seconds: after that, the settings are read again."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that is looked at again and again: a source by its name, or what was named on the command line."""

    name: str
    every: timedelta | None = None
    cron: str | None = None

    def after(self, began: datetime) -> datetime:
        """Return when it is due again. Turns that were missed meanwhile are not made up for: one look sees all.

        >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
        >>> Turn("isle", every=timedelta(hours=6)).after(noon).hour, Turn("isle", cron="30 7 * * *").after(noon).day
        (18, 2)
        """
        if self.cron is not None:
            from cronsim import CronSim  # noqa: PLC0415 - only turns with a cron line need it

            found: datetime = next(CronSim(self.cron, began))
            return found
        return began + (self.every or timedelta(minutes=5))


def turns_of(sources: Sequence[Source], every: timedelta) -> tuple[Turn, ...]:
    """Return the turns of sources; those without a schedule have ``every``."""
    return tuple(Turn(source.name, None if source.cron else source.every or every, source.cron) for source in sources)


def watch(
    plan: Callable[[], Sequence[Turn]],
    look: Callable[[Turn], None],
    tell: Callable[[str], None],
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Look at what is due, for ever; an error is told and the next turn comes all the same.

    Args:
        plan: what is to be looked at; called again and again, so that changed settings are seen.
        look: takes one turn.
        tell: is told errors.
        now: the clock.
        sleep: waits.

    """
    due: dict[str, datetime] = {}
    while True:
        try:
            turns = {turn.name: turn for turn in plan()}
        except CopydeskError as error:
            tell(str(error))
            sleep(LONGEST_NAP)
            continue
        due = _due(turns, due, now())
        if not due:
            sleep(LONGEST_NAP)
            continue
        name = min(due, key=lambda name: due[name])
        wait = (due[name] - now()).total_seconds()
        if wait > 0:
            sleep(min(wait, LONGEST_NAP))
            continue
        began = now()
        try:
            look(turns[name])
        except CopydeskError as error:
            tell(str(error))
        due[name] = max(turns[name].after(began), now())


def _due(turns: Mapping[str, Turn], due: Mapping[str, datetime], moment: datetime) -> dict[str, datetime]:
    """Return when each turn is due: those that are new at once, those with a cron line when it says."""
    return {name: due.get(name) or (turn.after(moment) if turn.cron else moment) for name, turn in turns.items()}
