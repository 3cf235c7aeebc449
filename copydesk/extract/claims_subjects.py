"""Of what the author claims something, and whether it is claimed at all (English).

Left alone: questions, conditions (``if it is weak``), what is wanted or ensured (``make sure that it is stable``), and
clauses whose subject is not found whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.document import Span
from copydesk.extract.clauses import AUXILIARIES, BREAKS, PREPOSITIONS, VerbGroup, subject_span, trim
from copydesk.extract.cue_words import is_past
from copydesk.extract.verbs import Form
from copydesk.extract.voices import find_voice
from copydesk.extract.words import Word

_SUPPOSING = frozenset("if whether unless lest when whenever once until before how what so than where".split())
_WANTED = frozenset("ensure ensures ensured ensuring sure so such imperative important essential hope unknown".split())
_JOINS = frozenset(("and", "or"))
_DEGREES = frozenset("too very so more most quite less rather far".split())
_RELATIVE = frozenset(("that", "who"))
_ONES = frozenset("is was has does".split())
_MANY = frozenset("are were have do".split())


def is_asked(words: Sequence[Word]) -> bool:
    """Tell whether a sentence is a question."""
    return any(w.text == "?" for w in words[-2:])


def on_line(text: str, start: int, end: int) -> Span:
    """Return a span as far as its line goes, without spaces and stops."""
    found = text.find("\n", start, end)
    return trim(text, start, found if found >= 0 else end)


def find_subject(
    text: str, words: Sequence[Word], group: VerbGroup, *, is_relative: bool = False
) -> tuple[int, int] | None:
    """Return the subject of a verb of the author's, whole; None where it is none, or where nothing is claimed of it.

    Args:
        text: the text of the passage.
        words: those of the sentence.
        group: the verb.
        is_relative: whether ``which`` may be the subject.

    """
    found = subject_span(words, group.first)
    if found is None:
        return None
    if found[1] - found[0] == 1 and words[found[0]].lower in _RELATIVE | {"which"}:
        return found if is_relative and words[found[0]].lower == "which" else None
    subject = find_voice(text, words, found, is_ing=group.form is Form.ING)
    if subject is None or _is_torn(words, subject, group):
        return None
    return subject if _is_claimed_of(words, subject) else None


def _is_claimed_of(words: Sequence[Word], subject: tuple[int, int]) -> bool:
    """Tell whether the clause that a subject opens is claimed: no condition, no purpose."""
    before = words[subject[0] - 1].lower if subject[0] else ""
    if before in _SUPPOSING or (subject[0] > 1 and words[subject[0] - 2].lower == "how"):
        return False
    return not (before == "that" and words[subject[0] - 2].lower in _WANTED)


def _is_torn(words: Sequence[Word], subject: tuple[int, int], group: VerbGroup) -> bool:
    """Tell whether a subject is only the end of a longer one: of a list, or of one with a clause of its own."""
    first, last = subject
    before = words[first - 1] if first else None
    if before is not None and before.lower in _JOINS | {"than"} and not _has_verb(words[: first - 1]):
        return True
    if before is not None and before.text in BREAKS and before.text not in ";—–:" and words[first].lower not in _JOINS:
        return before.text not in '“"‘'
    if words[first].lower in PREPOSITIONS or (before is not None and before.lower in _DEGREES):
        return True
    finite = words[group.first].lower
    is_many = words[last - 1].lower.endswith("s") and not words[last - 1].lower.endswith(("ss", "us", "is"))
    alone = last - first == 1
    return alone and ((finite in _ONES and is_many and not words[first].is_name) or words[first].lower.endswith("ly"))


def _has_verb(words: Sequence[Word]) -> bool:
    return any(w.lower in AUXILIARIES or is_past(w.lower) for w in words[1:])
