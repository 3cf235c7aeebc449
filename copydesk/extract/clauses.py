"""Words, verb groups, subjects and complements of English sentences, by patterns: no parser, no model.

What is not sure is left out: a word that may be a noun counts as a verb only where its neighbours say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from copydesk.document import Span
from copydesk.extract.verbs import Form, VerbForm, load
from copydesk.extract.words import Word
from copydesk.facts import Modality, Tense

MODALS: Mapping[str, Modality] = {
    "will": Modality.EXPECTED,
    "shall": Modality.EXPECTED,
    "’ll": Modality.EXPECTED,
    "wo": Modality.EXPECTED,
    "would": Modality.HYPOTHETICAL,
    "could": Modality.HYPOTHETICAL,
    "should": Modality.HYPOTHETICAL,
    "’d": Modality.HYPOTHETICAL,
    "may": Modality.POSSIBLE,
    "might": Modality.POSSIBLE,
    "can": Modality.POSSIBLE,
    "ca": Modality.POSSIBLE,
    "must": Modality.HYPOTHETICAL,
}
"""What a modal verb says of the deed. ``must`` asks for it and so does not say that it happened."""

BE = frozenset("is are was were be been being am ’re ’m".split())
HAVE = frozenset("has have had having ’ve".split())
DO = frozenset("do does did".split())
AUXILIARIES = BE | HAVE | DO | frozenset(MODALS)
NEGATIONS = frozenset("not never n’t no longer neither nor hardly cannot".split()) - {"longer"}
PRONOUNS = frozenset("i you he she it we they who this these those some many others everyone nobody".split())
RELATIVES = frozenset("who which that".split())
DETERMINERS = frozenset("the a an its his her their our my your this these those any no each every some".split())
PREPOSITIONS = frozenset(
    "of in on at by for with from to into against over under about between among through during without within "
    "across throughout inside outside near around along toward towards upon after before since until despite amid "
    "per".split()
)
SUBORDINATORS = frozenset(
    "that because when while if as although though since after before until whether unless where whereas but or "
    "so than how why what which who whom whose and yet".split()
)
ADVERBS = frozenset(
    "also even again still already just once now then later first further recently often always sometimes ever soon "
    "today yesterday tonight overnight here there too outright twice together abroad alone only perhaps maybe instead "
    "back away quite rather hard long far else both all not never n’t no longer".split()
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_ADVERBIAL = ADVERBS | WEEKDAYS
SAYING = frozenset(
    "said say says saying told announced announces declared declares claims claimed believe believes think thinks "
    "reported".split()
)
"""Words that are hardly ever nouns and that a subject cannot hold."""
_TIMES = WEEKDAYS | {"on", "today", "yesterday", "now", "then", "here", "there"}
QUOTE_MARKS = frozenset('“”"„«»‹›')
BREAKS = frozenset(";:—–()[]?!") | QUOTE_MARKS
_BEFORE_NOUNS = DETERMINERS - {"this", "these", "those", "some"} | {"’s"}
_BEFORE_IS = PRONOUNS | {"that", "there", "what"}
_BEFORE_GERUND = DETERMINERS | {"’s", "of"}
_AFTER_GERUND = PREPOSITIONS | AUXILIARIES
_SUBJECTS = PRONOUNS | RELATIVES
_NO_SUBJECTS = PREPOSITIONS | DETERMINERS | SUBORDINATORS
_FINITE = (AUXILIARIES - {"be", "been", "being", "having"}) | SAYING
_NO_AUXILIARY = DETERMINERS | BE | HAVE
_SUBJECT_MARKS = BREAKS | {",", ".", "…"}
_CLAUSE_STARTS = SUBORDINATORS - {"and"}
_VERBAL = AUXILIARIES | SAYING | (PREPOSITIONS - {"of"})
_SUBJECT_ENDS = SUBORDINATORS | AUXILIARIES | SAYING
_POINTING = frozenset(("this", "that", "these", "those", "some", "many", "which"))
_OPENERS = (
    DETERMINERS
    | PRONOUNS
    | SUBORDINATORS - {"and", "or", "but", "so", "yet"}
    | frozenset("to there it him them her us me for against".split())
)
_FULL_NAME = 2
_MAX_BRACKET = 4
_SUBJECT_REACH = 6
_PLURALS = frozenset("people men women police media data".split())
_SHORTEST_LY = 5
_LY = frozenset(
    "apply supply reply family ally rally assembly imply comply rely multiply anomaly july italy bully".split()
)
_FINAL = ".!?…,;: \n"


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries and the adverbs among them: ``words[first : head + 1]``.

    ``start`` is where its words begin when a time before them (``on Monday met``) is left out.
    """

    first: int
    start: int
    head: int
    lemma: str
    form: Form
    tense: Tense
    modality: Modality
    is_passive: bool = False
    is_infinitive: bool = False


def verb_group(words: Sequence[Word], head: int, candidates: Sequence[VerbForm]) -> VerbGroup | None:
    """Return the verb group whose head is ``words[head]``; None where the word is rather a noun or an adjective.

    >>> from copydesk.extract.verbs import forms_of
    >>> sentence = "They have not signed it".split()
    >>> words = [Word(0, 0, w, w.lower()) for w in sentence]
    >>> group = verb_group(words, 3, forms_of(["sign"])["signed"])
    >>> sentence[group.first], group.modality.value, group.tense.value
    ('have', 'negated', 'present_perfect')
    """
    first, chain = _chain(words, head)
    form = _fitting(words, first, head, candidates, chain)
    if form is None:
        return None
    negated = first < head and any(w.lower in NEGATIONS for w in words[first:head])
    modality = next((MODALS[w] for w in chain if w in MODALS), Modality.ASSERTED) if chain else Modality.ASSERTED
    infinitive = "to" in chain
    passive = form.form is Form.PARTICIPLE and (not chain or chain[-1] in BE)
    return VerbGroup(
        first,
        next(i for i in range(first, head + 1) if words[i].lower not in _TIMES or i == head) if first < head else head,
        head,
        form.lemma,
        form.form,
        _tense(form.form, chain, modality),
        Modality.NEGATED if negated else Modality.HYPOTHETICAL if infinitive else modality,
        is_passive=passive,
        is_infinitive=infinitive,
    )


def is_adverb(word: Word) -> bool:
    """Tell whether a word may stand within a verb group."""
    lower = word[3]  # by index: asked of every word around a verb
    if lower in _ADVERBIAL:
        return True
    return lower.endswith("ly") and not word.is_name and len(word.text) >= _SHORTEST_LY and lower not in _LY


def _chain(words: Sequence[Word], head: int) -> tuple[int, list[str]]:
    """Return where the group starts, and its auxiliaries (``to`` among them) in text order."""
    first, at = head, head - 1
    chain: list[str] = []
    while at >= 0 and head - at <= 8:
        word = words[at].lower
        if word in AUXILIARIES or word == "to":
            chain.insert(0, word)
            first = at
            if word == "to":
                break
        elif word == "’s" and at > 0 and words[at - 1].lower in _BEFORE_IS:
            chain.insert(0, "is")
            first = at
        elif is_adverb(words[at]):
            at -= word in WEEKDAYS and at > 0 and words[at - 1].lower == "on"
            first = at
        else:
            break
        at -= 1
    while first < head and is_adverb(words[first]) and words[first].lower not in NEGATIONS and first == 0:
        first += 1
    return first, chain


def _fitting(
    words: Sequence[Word], first: int, head: int, candidates: Sequence[VerbForm], chain: Sequence[str]
) -> VerbForm | None:
    """Return the reading of a word that its auxiliaries and neighbours allow."""
    by_form = {c.form: c for c in candidates}
    if chain:
        return _after_auxiliary(by_form, chain[-1])
    before = words[first - 1] if first else None
    if Form.ING in by_form:
        return by_form[Form.ING] if _may_be_participle(words, first, head) else None
    if before is not None and (before.lower in _BEFORE_NOUNS):
        return None
    if Form.PAST in by_form or Form.PARTICIPLE in by_form:
        return _past(words, before, head, by_form)
    return _present(words, before, head, by_form)


def _past(words: Sequence[Word], before: Word | None, head: int, by_form: Mapping[Form, VerbForm]) -> VerbForm | None:
    """Decide between a past and a participle that stands without its auxiliary: ``the accord signed by both``."""
    if Form.PAST not in by_form:
        return by_form[Form.PARTICIPLE]
    if before is not None and before.lower in PREPOSITIONS:
        return None
    reduced = head + 1 < len(words) and words[head + 1].lower == "by" and Form.PARTICIPLE in by_form
    return by_form[Form.PARTICIPLE if reduced else Form.PAST]


def _after_auxiliary(by_form: Mapping[Form, VerbForm], last: str) -> VerbForm | None:
    if last in MODALS or last in DO or last == "to":
        return by_form.get(Form.BASE)
    if last in BE:
        return by_form.get(Form.ING) or by_form.get(Form.PARTICIPLE)
    return by_form.get(Form.PARTICIPLE)


def _may_be_participle(words: Sequence[Word], first: int, head: int) -> bool:
    before = words[first - 1].lower if first else ","
    after = words[head + 1].lower if head + 1 < len(words) else ""
    is_free = before == "," or after not in _AFTER_GERUND or after in ("for", "on", "to")
    return before not in _BEFORE_GERUND and is_free


def _present(
    words: Sequence[Word], before: Word | None, head: int, by_form: Mapping[Form, VerbForm]
) -> VerbForm | None:
    """Decide whether a bare form is a verb in the present: ``officials say``, ``the report claims``."""
    form = by_form.get(Form.THIRD) or by_form.get(Form.BASE)
    if form is None or before is None or not (before.is_word or before.text in (",", "”", '"', ")", "’")):
        return None
    is_noun = form.lemma in _nouns()
    if before.lower in _SUBJECTS:
        return None if is_noun and before.lower in _POINTING else form
    if before.lower in _NO_SUBJECTS or not _agrees(words, before, head, form.form):
        return None
    return form if not is_noun or _is_no_noun(words, before, head) else None


def _agrees(words: Sequence[Word], before: Word, head: int, form: Form) -> bool:
    """Tell whether a plural or a pair stands before a bare form."""
    plural = (before.lower.endswith("s") and before.text != "US") or before.lower in _PLURALS
    return form is not Form.BASE or plural or not before.is_word or _is_pair(words, head) or _are_some_of(words, head)


def _are_some_of(words: Sequence[Word], head: int) -> bool:
    """Tell whether a plural stands before ``of`` in a subject: ``the members of the council urge``."""
    near = range(max(1, head - _SUBJECT_REACH), head)
    return any(words[at].lower == "of" and words[at - 1].lower.endswith("s") for at in near)


def _is_no_noun(words: Sequence[Word], before: Word, head: int) -> bool:
    """Tell whether a word that is often a noun is a verb here."""
    if head + 1 >= len(words):
        return True
    if not before.is_name and _has_other_verb(words[:head], head):
        return False
    if words[head].lower[-1:] != "s" and words[head + 1].lower in PREPOSITIONS:
        return False  # support for, attacks on: a bare form before a preposition is a noun
    return _opens_complement(words[head + 1]) or not _has_other_verb(words, head)


@cache
def _nouns() -> frozenset[str]:
    return frozenset(load("verbs_en.json")["also_nouns"])


def _has_other_verb(words: Sequence[Word], head: int) -> bool:
    others = (w for at, w in enumerate(words) if at != head)
    return any(w.lower in AUXILIARIES or w.lower.endswith("ed") or w.lower in ("said", "says", "told") for w in others)


def _is_pair(words: Sequence[Word], head: int) -> bool:
    return any(w.lower == "and" for w in words[max(0, head - 5) : head])


def _opens_complement(word: Word) -> bool:
    return word.lower in _OPENERS or word.is_name or word.text in QUOTE_MARKS or word.text in ",:." or is_adverb(word)


def _tense(form: Form, chain: Sequence[str], modality: Modality) -> Tense:
    if not chain:
        return Tense.PAST if form in (Form.PAST, Form.PARTICIPLE) else Tense.PRESENT
    if any(w in ("will", "shall", "’ll", "wo") for w in chain):
        return Tense.FUTURE
    if modality in (Modality.POSSIBLE, Modality.HYPOTHETICAL):
        return Tense.CONDITIONAL
    finite = chain[0]
    if finite in ("has", "have", "’ve", "having"):
        return Tense.PRESENT_PERFECT
    if finite in ("had", "was", "were", "did"):
        return Tense.PAST
    return Tense.PRESENT


def subject_span(words: Sequence[Word], first: int) -> tuple[int, int] | None:
    """Return the words (first, past the last) that stand as the subject of a verb group that starts at ``first``.

    A clause between commas after the subject is passed over: ``Ms Diaz, a lawyer from Lima, said``. None when there is
    no subject before the verb in its clause.
    """
    end = first
    if end and words[end - 1].text in (",", "—", "–", ")"):
        end = _before_insert(words, end - 1)
    start = end
    while start > 0:
        at: int | None = start - 1
        if _ends_subject(words, start - 1):
            at = _bracket_start(words, start - 1)
        if at is None:
            break
        start = at
    while start < end and (not words[start].is_word or is_adverb(words[start])):
        start += 1
    if start < end:
        return _named_before(words, start, end) or (start, end)
    return (end - 1, end) if end and words[end - 1].lower in RELATIVES else None


def _bracket_start(words: Sequence[Word], at: int) -> int | None:
    """Return where a short bracket opens that closes at a word: ``the Port Workers’ Union (PWU) officials``."""
    if words[at].text != ")":
        return None
    return next((i for i in range(at - 1, max(0, at - _MAX_BRACKET), -1) if words[i].text == "("), None)


def _named_before(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """Return the name that a description after a comma belongs to: ``Ana Ruiz, a farmer from Soria, Spain, said``."""
    described = words[start].lower in ("a", "an", "the", "who", "whose") or words[start].text.isdigit()
    if not described or start < _FULL_NAME + 1 or words[start - 1].text != ",":
        return None
    first = start - 1
    while first > 0 and words[first - 1].is_name and words[first - 1].is_word:
        first -= 1
    is_clause_start = (
        first == 0 or words[first - 1].text in BREAKS | {",", "."} or words[first - 1].lower in SUBORDINATORS
    )
    is_name = start - 1 - first >= _FULL_NAME and words[first].lower not in PREPOSITIONS | DETERMINERS
    return (first, start - 1) if is_name and is_clause_start and end > start else None


def _before_insert(words: Sequence[Word], mark: int) -> int:
    """Return the end of what stands before an insert that closes at ``mark``; ``mark`` itself where there is none."""
    opening = {",": ",", "—": "—", "–": "–", ")": "("}[words[mark].text]
    for at in range(mark - 1, max(-1, mark - 40), -1):
        if words[at].text == opening:
            after = words[at + 1]
            inserted = opening != "," or not after.is_name or after.lower in DETERMINERS or mark - at <= 3
            return at if inserted and at > 0 else mark
        if words[at].text in BREAKS:
            break
    return mark


def _ends_subject(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word[2] in _SUBJECT_MARKS:
        return True
    if word[3] == "and":
        return not _joins_nouns(words, at)
    return word[3] in _SUBJECT_ENDS


def _joins_nouns(words: Sequence[Word], at: int) -> bool:
    """Tell whether ``and`` stands within a subject: between names, or where no verb stands before it in its clause."""
    if at == 0 or at + 1 >= len(words) or not words[at - 1].is_word:
        return False
    if words[at + 1].is_name == words[at - 1].is_name:
        return True
    for index in range(at - 1, -1, -1):
        word = words[index]
        if word.text in _SUBJECT_MARKS or word.lower in _CLAUSE_STARTS:
            break
        if word.lower in _VERBAL or (word.lower.endswith("ed") and not word.is_name):
            return False
    return True


def main_subject(words: Sequence[Word]) -> tuple[int, int] | None:
    """Return the subject of the first finite verb of a sentence, as far as auxiliaries and endings tell."""
    for at in range(1, len(words)):
        word = words[at]
        if word[3] in _FINITE or (
            word[3].endswith("ed") and not word.is_name and words[at - 1].lower not in _NO_AUXILIARY
        ):
            found = subject_span(words, at)
            if found:
                return found
    return None


def trim(text: str, start: int, end: int) -> Span:
    """Return a span without white space at its start and without stops, commas and white space at its end."""
    while end > start and text[end - 1] in _FINAL:
        end -= 1
    while start < end and text[start] in " \n\t ,:;":
        start += 1
    return Span(start, end)


def complement_end(words: Sequence[Word], start: int, stops: Sequence[str] = ()) -> int:
    """Return the index past the last word of a complement that starts at ``start``.

    It runs to the end of the sentence, or to a semicolon, or a comma before one of ``stops``; what stands
    within quotation marks or brackets is passed over.
    """
    quoted = bracketed = False
    for at in range(start, len(words)):
        mark = words[at].text
        quoted = (mark in "“«„" or (mark == '"' and not quoted)) if mark in QUOTE_MARKS else quoted
        bracketed = mark in "([" or (bracketed and mark not in ")]")
        if quoted or bracketed or at == start:
            continue
        if mark == ";":
            return at
        if mark == "," and at + 1 < len(words) and words[at + 1].lower in stops:
            return at
    return len(words)
