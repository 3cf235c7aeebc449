"""Pull quotes: words of the article set a second time, large and in a box, that fall into the text when it is copied.

They are known by their content: lines of their own that repeat part of a longer paragraph, before or after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from copydesk.document import Span
from copydesk.proposals import Proposal
from copydesk.repairs.repeats import SEED, Repeat, RepeatFinder, words_near
from copydesk.view import WORD, View

VERSION = 2

MAX_LINE = 72
"""Characters of a line that is set narrow; text columns of pull quotes hold 25 to 60."""
MIN_WORDS = 6
"""Fewer words in a row stand twice by chance."""
MIN_FLAT_WORDS = 7
MAX_FLAT_WORDS = 80
MAX_HEADING = 6
"""Longer words of a heading."""
MAX_LENGTH = 1200
"""Characters of a paragraph that is set as a quotation."""
MAX_WORDS = 200
"""More words are no pull quote, however they are set (and the two copies would be slow to align)."""
NEAR = 4
"""Characters before a place that are looked at."""
MIN_COVERAGE = 0.8
MIN_DENSITY = 0.55
"""Below it the other place does not say the same, but uses the same words."""

_NAME = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*(?:\s|$)|(?:de|van|von|der|el|al|bin|da|di)\s){2,5}")
_SIGNATURE = re.compile(
    r"(?<=[\s\"'”’»❞.…])(?:[—–―]|-{1,2})\s*(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*|de|van|von|der|el|al|bin|da|di)"
    r"(?:\s(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*|de|van|von|der|el|al|bin|da|di)){1,4}(?:,\s[^.!?:;“”\"]{2,60})?$"
)
"""The speaker's name behind a dash at the end of the words."""
_MARKED = re.compile(r"(?:>\s*)?[\"“‘'«❝„]")
_OFFICE = re.compile(r",\s[^.!?:;“”\"]{2,60}$")
_DASHED = re.compile(r"(?:[—–―]|--|-\s|&[mn]dash;)\s*\S")
_OPENER = re.compile(r"[:：]\s*[\"'“‘]?$")
_LIST_ITEM = re.compile(r"\s*(?:[*•·▪‣]|\d{1,3}[.)]|[-–—]\s)")
_NO_PROSE = re.compile(r"[{}|=#_]|\w\(|;$|\t[^\t]+\t|^[^\W_][^.!?:]{0,24}:(?:\s|$)")
"""A line of code, a row of a table, a label with its value."""
_PARTS = re.compile(r"[\n:|•·]")
_CITES = re.compile(r"[:,—–-]\s*[\"'“‘«]$")
_STOP = re.compile(r"[.!?…。！？؟।۔]+[\"'”’)\]»❞]*$")


def find_wrapped_quotes(view: View) -> Iterator[Proposal]:
    r"""Propose to take out pull quotes that are set in short broken lines; the evidence of each is what it repeats.

    Left alone: block quotes, which stand once; verses and lists, which break at the ends of sentences or stand in both
    places with the same lines.

    >>> words = "Nobody in the village had seen the river so high since the winter of the great flood"
    >>> text = f"It rained. {words}, they said.\n\nNobody in the village\n\nhad seen the river so\n\nThe end came soon."
    >>> [(p.start, p.end, p.evidence) for p in find_wrapped_quotes(View(text))]
    [(109, 153, Span(start=11, end=54))]
    """
    runs = list(_narrow_runs(view))
    candidates = [run for run in runs if _repeats(view, run)] if runs and view.repeats.hits else []
    if candidates:
        yield from _Search(view, candidates).wrapped()


def find_signed_quotes(view: View) -> Iterator[Proposal]:
    r"""Propose to take out pull quotes of one paragraph above the line that names the speaker.

    They are looked for before the fields are, since such a line alone reads like a byline. Left alone: what
    ``find_flat_quotes`` leaves alone.

    >>> words = "Nobody in the village had seen the river so high since the winter of the great flood"
    >>> text = f"It rained. {words}, they said.\n\n“{words}”\n\nAnna Berg, farmer\n\nThe end came soon."
    >>> [(p.start, p.end, p.evidence) for p in find_signed_quotes(View(text))]
    [(109, 214, Span(start=11, end=95))]
    """
    lines = view.lines
    pairs = ((run, after) for run, after in zip(view.paragraphs, view.paragraphs[1:], strict=False) if len(run) == 1)
    signed = [
        run
        for run, after in pairs
        if len(after) == 1 and _is_name(view, after[0]) and _MARKED.match(view.text, lines[run[0]].text_start)
    ]
    candidates = [run for run in signed if view.repeats.hits and _is_short_repeat(view, run)]
    if candidates:
        yield from _Search(view, candidates).flat()


def find_flat_quotes(view: View) -> Iterator[Proposal]:
    r"""Propose to take out pull quotes that are a paragraph of their own; the evidence of each is what it repeats.

    Left alone: quotes that a colon leads up to; lists; paragraphs that are repeated whole or cut off, which are
    duplicates.

    >>> words = "Nobody in the village had seen the river so high since the winter of the great flood"
    >>> text = f"It rained. {words}, they said.\n\n“{words}”\n\nThe end came soon."
    >>> [(p.start, p.end, p.evidence) for p in find_flat_quotes(View(text))]
    [(109, 195, Span(start=11, end=95))]
    """
    repeats = view.repeats
    sides = [side for chain in repeats.chains for side in (chain.earlier, chain.later) if len(side) >= MIN_FLAT_WORDS]
    words = [word for side in sides for word in (side[0], side[-1])]
    numbers = {view.paragraph_number(repeats.line_start(word)) for word in words}
    candidates = [lines for lines in map(view.paragraphs.__getitem__, sorted(numbers)) if _is_short_repeat(view, lines)]
    if candidates:
        yield from _Search(view, candidates).flat()


def is_set_as_quote(view: View, paragraph: Span, other: Span) -> bool:
    """Tell whether a paragraph has a speaker's name or an opening mark that its words have not at another place."""
    if paragraph.end - paragraph.start > MAX_LENGTH:
        return False
    text, rest = view.text[slice(*paragraph)], view.paragraph_at(other.start)
    if _SIGNATURE.search(text) and not _SIGNATURE.search(view.text[max(rest.start, rest.end - MAX_LENGTH) : rest.end]):
        return True
    before = view.text[max(0, other.start - 3) : other.start].rstrip()[-1:]
    return text.startswith(">") or (bool(_MARKED.match(text)) and not _MARKED.match(before))


def _join(view: View, one: Proposal | None, other: Proposal) -> Proposal | None:
    """Return two halves of one pull quote as one; None if they are not."""
    if not one or not one.evidence or not other.evidence or view.text[one.end : other.start].strip():
        return None
    if not 0 <= other.evidence.start - one.evidence.end <= MAX_LINE:
        return None
    return one._replace(end=other.end, evidence=Span(one.evidence.start, other.evidence.end))


def _is_heading(text: str) -> bool:
    """Tell whether a paragraph without marks reads like a heading: short and no sentence, or a question."""
    words = [word for word in WORD.findall(text) if len(word) > 3]
    is_set_in_capitals = bool(words) and not text.isupper() and all(word[0].isupper() for word in words)
    return text.endswith(("?", "？")) or is_set_in_capitals or (len(words) <= MAX_HEADING and not _STOP.search(text))


def _repeats(view: View, lines: Sequence[int]) -> bool:
    """Tell whether words of some lines stand in the text a second time."""
    repeats, first, last = view.repeats, view.lines[lines[0]], view.lines[lines[-1]]
    return bool(repeats.repeats_in(repeats.between(first.start, last.end)))


def _is_name(view: View, line: int) -> bool:
    """Tell whether a line is a speaker's name, with a dash before it or with an office."""
    if view.lines[line].text_end - view.lines[line].text_start > MAX_LINE:
        return False
    text = view.of(line)
    return bool(_DASHED.match(text) or _NAME.fullmatch(_OFFICE.sub("", text)))


def _is_short_repeat(view: View, lines: Sequence[int]) -> bool:
    """Tell whether a paragraph is of a pull quote's size and a good part of it stands a second time."""
    repeats, first, last = view.repeats, view.lines[lines[0]], view.lines[lines[-1]]
    words = repeats.between(first.start, last.end)
    return MIN_FLAT_WORDS <= len(words) <= 2 * MAX_FLAT_WORDS and 3 * len(repeats.repeats_in(words)) >= len(words) - 3


def _narrow_runs(view: View) -> Iterator[range]:
    """Yield runs of two or more short lines, whatever blank lines stand between them."""
    first = 0
    for i, line in enumerate(view.lines):
        if line.text_end - line.text_start > MAX_LINE:
            if i - first > 1:
                yield range(first, i)
            first = i + 1
    if len(view.lines) - first > 1:
        yield range(first, len(view.lines))


@dataclass(frozen=True)
class _Search:
    view: View
    candidates: Sequence[range]
    """Lines that may be a pull quote: narrow runs, or paragraphs."""

    @cached_property
    def finder(self) -> RepeatFinder:
        lines = self.view.lines
        return RepeatFinder(words_near(self.view, [Span(lines[c[0]].start, lines[c[-1]].end) for c in self.candidates]))

    def wrapped(self) -> Iterator[Proposal]:
        kept: list[Span] = []
        last: Proposal | None = None
        for lines in self.candidates:
            for part in self._repeating_parts(lines):
                proposal = self._wrapped(part)
                if not proposal or any(span.overlaps(Span(proposal.start, proposal.end)) for span in kept[-4:]):
                    continue
                kept += [proposal.evidence] if proposal.evidence else []
                joined = _join(self.view, last, proposal)
                if last and not joined:
                    yield last
                last = joined or proposal
        if last:
            yield last

    def flat(self) -> Iterator[Proposal]:
        for lines in self.candidates:
            yield from self._flat(lines)

    def _words(self, lines: Sequence[int]) -> range:
        start, end = self.view.lines[lines[0]].start, self.view.lines[lines[-1]].end
        return self.finder.words.between(start, end)

    # Wrapped: a run of short broken lines -------------------------------------------------------------------------

    def _repeating_parts(self, run: range) -> Iterator[range]:
        """Yield the parts of a run whose lines follow one another in another place of the text."""
        first: int | None = None
        offsets: set[int] = set()
        for i in run:
            found = self._offsets(i)
            near = {o for o in found if not offsets.isdisjoint(range(o - SEED, o + SEED + 1))}
            if first is not None and not near:
                yield range(first, i)
                first = None
            if found and first is None:
                first, near = i, found
            offsets = near
        if first is not None:
            yield range(first, run.stop)

    def _offsets(self, line: int) -> set[int]:
        """Return how far away the seeds that begin in a line stand again."""
        words, found = self._words([line]), set[int]()
        for word in words:
            found.update(place - word for place in self.finder.places_of(word) if abs(place - word) >= len(words))
        return found

    def _wrapped(self, lines: range) -> Proposal | None:
        words = self._words(lines)
        if len(lines) < 2 or not MIN_WORDS <= len(words) <= MAX_WORDS or not self._is_broken(lines):
            return None
        repeat = self.finder.find(words, words)
        if not repeat or repeat.matched < MIN_WORDS or repeat.matched / len(words) < MIN_COVERAGE:
            return None
        if repeat.density < MIN_DENSITY or self._is_set_alike(lines, repeat) or not self._goes_on(lines, repeat):
            return None
        coverage = repeat.matched / len(words)
        lines = self._with_attribution(self._with_last_line(lines, repeat))
        if not self._is_alone(lines) and not self._has_more(repeat):
            return None
        return self._proposal(lines, repeat, "pull_quotes.wrapped", coverage * min(1.0, 0.5 + len(words) / 24))

    def _with_last_line(self, lines: range, repeat: Repeat) -> range:
        """Add a last line too short for a seed, if it goes on with the other copy's words, cut off or not."""
        after = lines.stop
        if after >= len(self.view.lines) or repeat.words.stop != self._words(lines).stop:
            return lines
        words = self._words([after])
        others = range(repeat.place.stop, repeat.place.stop + len(words))
        if not 1 <= len(words) <= SEED + 1 or others.stop > len(self.finder.words.ids):
            return lines
        one, other = [self._word(w) for w in words], [self._word(w) for w in others]
        goes_on = one[:-1] == other[:-1] and other[-1].startswith(one[-1])
        return range(lines.start, after + 1) if goes_on else lines

    def _word(self, index: int) -> str:
        return self.view.text[slice(*self.finder.span(range(index, index + 1)))].casefold()

    def _is_set_alike(self, lines: range, repeat: Repeat) -> bool:
        """Tell whether the other copy has its line breaks, or strokes for them, at the same words, as verses do."""
        shift = repeat.place.start - repeat.words.start
        breaks = [self._words([i]).start + shift for i in lines[1:]]
        starts = {
            self._words([self.view.line_at(self.finder.span(range(w, w + 1)).start)]).start
            for w in breaks
            if w < len(self.finder.words.ids)
        }
        alike = sum(any(abs(start - at) <= 1 for start in starts) or self._has_stroke(at) for at in breaks)
        return alike * 2 > len(breaks)

    def _has_stroke(self, word: int) -> bool:
        """Tell whether a stroke stands before a word, as for the line ends of a verse that is cited in prose."""
        words = self.finder.words
        return 0 < word < len(words.ids) and "/" in self.view.text[words.ends[word - 1] : words.starts[word]]

    def _is_broken(self, lines: range) -> bool:
        """Tell whether lines break off in mid-sentence, as set text does, and sentences or items do not."""
        inner = [self.view.of(i) for i in lines[:-1]]
        broken = sum(not _STOP.search(text) for text in inner)
        if sum(bool(_NO_PROSE.search(self.view.of(i))) for i in lines) * 2 >= len(lines):
            return False
        items = sum(bool(_LIST_ITEM.match(self.view.of(i))) for i in lines)
        return broken >= max(1, len(inner) / 2) and items <= 1

    def _is_alone(self, lines: range) -> bool:
        """Tell whether no other lines stand in the paragraph: those of an article that was wrapped do."""
        is_end = lines.stop == len(self.view.lines) or self.view.is_gap(lines.stop)
        return is_end and (lines.start == 0 or self.view.is_gap(lines.start))

    def _has_more(self, repeat: Repeat) -> bool:
        """Tell whether the other copy is part of a paragraph that says more."""
        paragraph = self.view.paragraph_at(self.finder.span(repeat.place).start)
        return len(self.finder.words.between(*paragraph)) > len(repeat.place) + SEED

    def _goes_on(self, lines: range, repeat: Repeat) -> bool:
        """Tell whether the words go on over a line break, in small letters or within a long line of the other copy."""
        words, shift = self.finder.words, repeat.place.start - repeat.words.start
        if any(self.view.of(i)[:1].islower() for i in lines[1:]):
            return True
        place = self.finder.span(repeat.place)
        if len(self.view.of(self.view.line_at(place.start))) <= MAX_LINE:
            return False
        breaks = [self._words([i]).start + shift for i in lines[1:]]
        inner = [at for at in breaks if repeat.place.start < at < repeat.place.stop]
        return any(not _PARTS.search(self.view.text, words.ends[at - 1], words.starts[at]) for at in inner)

    # Flat: one paragraph ------------------------------------------------------------------------------------------

    def _flat(self, lines: range) -> Iterator[Proposal]:
        signature = _SIGNATURE.search(self.view.of(lines[-1]))
        words = self._words(lines)[: -len(WORD.findall(signature.group())) if signature else None]
        text = self.view.of(lines[0])
        if not MIN_FLAT_WORDS <= len(words) <= MAX_FLAT_WORDS or _LIST_ITEM.match(text) or self._is_introduced(lines):
            return
        repeat = self.finder.find(words, words)
        if not repeat or repeat.matched < MIN_FLAT_WORDS or repeat.density < MIN_DENSITY:
            return
        with_name = self._with_attribution(lines)
        is_signed = signature is not None or len(with_name) > len(lines)
        is_set = is_signed or is_set_as_quote(self.view, self._span(lines), self.finder.span(repeat.place))
        if not is_set and (lines[0] == 0 or _is_heading(text)):
            return
        if not self._stands_in_prose(repeat, len(words), is_signed=is_signed) or self._is_cited(words, repeat):
            return
        coverage = repeat.matched / len(words)
        if coverage >= (MIN_COVERAGE if is_signed else 0.9):
            yield self._proposal(with_name, repeat, "pull_quotes.flat", coverage * min(1.0, 0.6 + len(words) / 40))

    def _span(self, lines: Sequence[int]) -> Span:
        return Span(self.view.lines[lines[0]].text_start, self.view.lines[lines[-1]].text_end)

    def _is_introduced(self, lines: range) -> bool:
        return lines[0] > 0 and bool(_OPENER.search(self.view.of(lines[0] - 1)[-NEAR:]))

    def _with_attribution(self, lines: range) -> range:
        """Add the line behind that names the speaker: after a dash, or alone behind set text or quotation marks."""
        after = lines.stop
        if after >= len(self.view.lines) or len(self.view.of(after)) > MAX_LINE:
            return lines
        text, is_last = self.view.of(after), after + 1 == len(self.view.lines) or self.view.is_gap(after + 1)
        is_set = len(lines) > 1 or bool(_MARKED.match(self.view.of(lines[0])))
        is_name = is_last and is_set and bool(_NAME.fullmatch(_OFFICE.sub("", text)))
        return range(lines.start, after + 1) if _DASHED.match(text) or is_name else lines

    def _is_cited(self, words: range, repeat: Repeat) -> bool:
        """Tell whether the other copy cites a paragraph that stands before it as a sentence of its own."""
        span = self.finder.span(repeat.place)
        return words.start < repeat.place.start and bool(
            _CITES.search(self.view.text, max(0, span.start - NEAR), span.start)
        )

    def _stands_in_prose(self, repeat: Repeat, at_least: int, *, is_signed: bool) -> bool:
        """Tell whether the other copy is part of a paragraph that has more to say, and no line of its own there.

        Words that are signed may repeat a paragraph whole: the signature tells which of the two is the quotation.
        """
        span = self.finder.span(repeat.place)
        paragraph = self.view.paragraph_at(span.start)
        line = self.view.lines[self.view.line_at(span.start)].span
        if line != paragraph and self.finder.words.between(*line) == repeat.place:
            return False  # an entry of a list: of contents, of questions
        size = len(self.finder.words.between(*paragraph))
        return size >= len(repeat.place) if is_signed else size > max(at_least, len(repeat.place)) + SEED

    def _proposal(self, lines: range, repeat: Repeat, rule: str, confidence: float) -> Proposal:
        first, last = self.view.lines[lines[0]], self.view.lines[lines[-1]]
        evidence = self.finder.span(repeat.place)
        count = f"{len(lines)} lines" if len(lines) > 1 else "a paragraph"
        reason = f"{count} that repeat{'' if len(lines) > 1 else 's'} {repeat.matched} words of another paragraph"
        span = first.start, last.end
        return Proposal(*span, "", "pull_quote", rule, reason, round(min(0.99, confidence), 3), evidence, is_block=True)
