"""Lines that the user names in ``copydesk.toml``: what this newsroom's own pages leave in its texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copydesk.config import Phrases
from copydesk.proposals import Proposal
from copydesk.view import View

VERSION = 1

MAX_LENGTH = 400
"""Characters of a line that is compared."""


def find_user_phrases(view: View) -> Iterator[Proposal]:
    r"""Propose to take out lines that are, as a whole, one of the user's phrases; ``*`` stands for any words.

    Case and the width of white space do not count. Left alone: lines with any other word.

    >>> from copydesk.config import Options
    >>> options = Options(phrases=(("read_more", ("Harbour dossier: *",)),))
    >>> view = View("It rained.\n\nHARBOUR DOSSIER: Rain and boats\n\nThe Harbour dossier: a book.", options=options)
    >>> [(p.kind, view.text[p.start : p.end]) for p in find_user_phrases(view)]
    [('read_more', 'HARBOUR DOSSIER: Rain and boats')]
    """
    if not view.options.phrases:
        return
    pattern = _pattern(view.options.phrases)
    kinds = [kind for kind, _ in view.options.phrases]
    for i, line in enumerate(view.lines):
        if line.text_end - line.text_start <= MAX_LENGTH:
            match = pattern.fullmatch(" ".join(view.of(i).casefold().split()))
            if match:
                kind = kinds[int(str(match.lastgroup)[1:])]
                reason = "a line that the settings name"
                yield Proposal(*line.span, "", kind, "user_phrases.line", reason, 1.0, is_block=True)


@lru_cache(maxsize=8)
def _pattern(phrases: Phrases) -> re.Pattern[str]:
    """Return one pattern of all phrases, a group a kind."""
    return re.compile("|".join(f"(?P<k{n}>{'|'.join(map(_one, lines))})" for n, (_, lines) in enumerate(phrases)))


def _one(phrase: str) -> str:
    words = " ".join(phrase.casefold().split())
    return ".+".join(re.escape(part) for part in words.split("*"))
