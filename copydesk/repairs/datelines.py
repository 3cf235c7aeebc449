"""Lines that say when an article was published or updated, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copydesk.moments import STAMP
from copydesk.proposals import FieldSpan, Proposal
from copydesk.view import View

VERSION = 1

PUBLISHED = (
    "published publication posted issued created date dated veröffentlicht erstellt erschienen datum publié "
    "publicado fecha "
    "pubblicato publicerad publisert udgivet opublikowano publikováno yayınlanma yayınlandı gepubliceerd опубликовано"
)
UPDATED = (
    "updated modified edited revised amended corrected aktualisiert geändert änderung aktualisierung modifié "
    "jour actualizado "
    "aggiornato atualizado bijgewerkt uppdaterad oppdatert opdateret zaktualizowano aktualizováno güncelleme "
    "güncellendi "
    "обновлено"
)
_FILLER = "first last on at the time letzte um am le à mis mise el a las was by story article"
"""Words of date lines beside the times themselves; the labels are those of the languages whose months are read."""

LABEL = re.compile(
    rf"\b(?:(?P<updated>{'|'.join(UPDATED.split())})|(?P<published>{'|'.join(PUBLISHED.split())}))\b", re.IGNORECASE
)
_WORDS = re.compile(rf"\b(?:{'|'.join((PUBLISHED + ' ' + UPDATED + ' ' + _FILLER).split())})\b", re.IGNORECASE)
_AGO = re.compile(r"\b(?:\d+|an?|one|two|few)\s+(?:min(?:ute)?|hour|hr|day|week|month|year)s?\s+ago\b", re.IGNORECASE)
_LEFT_OVER = re.compile(r"[\w]")
_ZONE_NAME = re.compile(r"\b(?:[A-Z]{2,4}T|GMT|UTC)\b")
MAX_LENGTH = 160
HEAD_LINES = 8
"""How far from either end of the text such lines stand."""


@lru_cache(maxsize=256)
def is_date_line(text: str) -> bool:
    """Tell whether a line holds times of publication and nothing but labels and marks beside them.

    >>> is_date_line("Published : 4 Jun 2019 06:37 PM | Updated : 7 Sep 2020"), is_date_line("He left on 14 June 2019")
    (True, False)
    """
    if len(text) > MAX_LENGTH:
        return False
    rest, stamps = STAMP.subn(" ", text)
    rest, agos = _AGO.subn(" ", rest)
    if not stamps and not (agos and LABEL.search(text)):
        return False
    return not _LEFT_OVER.search(_WORDS.sub(" ", _ZONE_NAME.sub(" ", rest)))


def find_date_lines(view: View) -> Iterator[Proposal]:
    r"""Propose to take date lines at the top or the end out of the body.

    Left alone: dates in the middle of a text, and lines with any other word in them.

    >>> [p.fields[0] for p in find_date_lines(View("Title\n\nUpdated 7 September 2020\n\nText."))]
    [FieldSpan(name='dateline', span=Span(start=7, end=31))]
    """
    if not view.is_pasted or len(view.paragraphs) < 2:
        return
    count = len(view.lines)
    for i in (*range(min(HEAD_LINES, count)), *range(max(HEAD_LINES, count - HEAD_LINES // 2), count)):
        if is_date_line(view.of(i)):
            span = view.lines[i].span
            reason, fields = "date line; kept as a field", (FieldSpan("dateline", span),)
            yield Proposal(
                span.start, span.end, "", "dateline", "datelines.line", reason, 0.97, None, fields, is_block=True
            )
