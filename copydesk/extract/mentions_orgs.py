"""Organisations: by a head word, by the phrase for a government, by an acronym and its expansion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from copydesk.document import Span
from copydesk.extract.gazetteer import countries, government, slug
from copydesk.extract.mentions_base import Candidate, Draft, Word, name_runs
from copydesk.facts import Entity, EntityType, MentionKind

_SUBTYPES = {
    "university": "University College Institute Academy School Polytechnic Faculty",
    "company": """
        Corporation Corp Inc Ltd LLC PLC Company Co Group Holdings Industries Enterprises Airlines Airways Motors
        Bank Energy Records Entertainment Pictures Studios Partners Ventures Technologies Systems Telecom Media
        Insurance Brewery
        """,
    "party": "Party Alliance Bloc Democrats Greens",
    "ministry": "Ministry Department",
    "government": "Government Administration Cabinet",
    "legislature": "Parliament Senate Congress Assembly Legislature Duma",
    "court": "Court Tribunal",
    "military": """
        Army Navy Force Forces Command Corps Brigade Battalion Regiment Squadron Fleet Militia Guard Guards
        Division
        """,
    "media": """
        Times Post Herald Tribune Telegraph Journal Gazette News Press Magazine Review Daily Chronicle Observer
        Mail
        """,
    "agency": """
        Agency Authority Bureau Commission Committee Council Board Office Secretariat Inspectorate Police Service
        Services
        """,
    "ngo": """
        Foundation Association Society Federation Union League Organization Organisation Centre Center Trust Fund
        Network Club Church Campaign Coalition Front Movement Brotherhood Consortium Confederation Guild Watch
        Observatory Mission Caucus
        """,
    "team": "United Rovers Wanderers FC",
}
ORG_HEADS: Mapping[str, str] = {word: kind for kind, words in _SUBTYPES.items() for word in words.split()}
"""Words that an organisation's name ends with (or begins with, before "of"), and what it is then."""

_LEADS = frozenset(
    """
    Ministry Department University Bank Office Council Board Committee Commission Institute College Academy School
    House
    Federation Association Union League Organization Organisation Society Party Church Confederation Chamber Court
    Bureau
    Front Army Centre Center Foundation Movement Group Agency Secretariat Directorate Parliament Assembly National
    """.split()
)
_HEAD_WORDS = _LEADS | frozenset(ORG_HEADS)
_ALONE = frozenset("Parliament Senate Congress Cabinet Treasury Army Navy Duma".split())
"""Heads that may stand alone, in the middle of a sentence."""

_CONNECT = re.compile(r" (?:of|for|on|against) (?:the )?| (?:and|&) |, ")
_OF = re.compile(r" (?:of|for|on|against) (?:the )?")
_BODY_NOUN = re.compile(
    r" (government|administration|cabinet|parliament|army|navy|air force|military|armed forces|security forces|"
    r"foreign ministry|"
    r"defen[cs]e ministry|(?:[a-z]+ )?ministry|presidency|embassy|central bank|police)\b"
)
_PERSON_BODY = re.compile(r" (administration|government|regime)\b")
_COMMON_HEAD = re.compile(
    r" (?:research group|think[ -]tank|newspaper|news agency|magazine|website|airline|foundation|charity|company|"
    r"group|party|"
    r"militants|militia|rebels|institute|consultancy|project|party leader)\b"
)
_ACRONYM = re.compile(r"[A-Z][A-Z&]*[A-Z](?:-[A-Z]+)?(?:\d+)?\Z")
_NO_ORG = frozenset(
    """
    AM PM GMT UTC EST EDT PST CET TV DVD CD CEO CFO COO MP MPS PHD MBA BA MA GDP GNP VAT PC ID IT AI HIV AIDS DNA RNA
    COVID USD EUR GBP
    OK II III IV VI VII VIII IX XI XII XIII XIV XV AD BC BCE CE NOT AND THE FOR WITH SMS GPS LGBT LGBTQ VIP ATM PDF
    URL HTML SUV UFO
    WMD IED ICBM NGO NGOS SME SMES IPO FDI IP UAV PDT EDF JR SR ST MR DR NB PS RIP HD LED PR HR Q A US
    """.split()
)
_MIN_ACRONYM, _MAX_ACRONYM = 2, 7
_PARENS = re.compile(r" \((?:the )?\"?([A-Z][A-Za-z&-]{1,9}\d?)\"?[),;]")


@lru_cache(maxsize=1 << 12)
def org(name: str, subtype: str | None = None, code: str | None = None) -> Entity:
    """Return an organisation as an entity."""
    name = " ".join(name.split())
    return Entity(f"org:{slug(name)}", EntityType.ORG, name, code, subtype)


def find_orgs(draft: Draft) -> Iterator[Candidate]:
    """Yield the organisations of a passage that the tables do not know by themselves."""
    yield from _governments(draft)
    yield from _governments_of(draft)
    for run in draft.runs:
        if not _HEAD_WORDS.isdisjoint([word.text for word in run]):
            yield from _by_head(draft, run)


def _governments(draft: Draft) -> Iterator[Candidate]:
    """Yield "South Korean government", "Russian foreign ministry": a country's adjective and a body."""
    for hit in draft.hits:
        noun = _BODY_NOUN.match(draft.text, hit.end)
        if not noun or hit.entry.table not in ("demonym", "country"):
            continue
        code = hit.entry.entity.iso_alpha3 or ""
        words = draft.text[hit.start : noun.end()]
        if noun.group(1) == "government":
            yield Candidate(hit.start, noun.end(), government(code), MentionKind.NAME, "orgs.government")
        elif noun.group(1) != "police":
            entity = org(f"{countries()[code].name} {noun.group(1)}", _SUBTYPE_OF.get(noun.group(1), "agency"), code)
            yield Candidate(hit.start, hit.start + len(words), entity, MentionKind.NAME, "orgs.body", 0.9)


_SUBTYPE_OF = {
    "administration": "administration",
    "cabinet": "government",
    "parliament": "legislature",
    "army": "military",
    "navy": "military",
    "air force": "military",
    "military": "military",
    "armed forces": "military",
    "security forces": "military",
    "central bank": "bank",
    "embassy": "embassy",
}


_GOVERNMENT_OF = re.compile(r"\b[Gg]overnments? of (?:the )?$")


def _governments_of(draft: Draft) -> Iterator[Candidate]:
    """Yield "government of Kenya"."""
    for hit in draft.hits:
        lead = (
            _GOVERNMENT_OF.search(draft.text, max(0, hit.start - 24), hit.start)
            if hit.entry.table == "country"
            else None
        )
        if lead:
            entity = government(hit.entry.entity.iso_alpha3 or "")
            yield Candidate(lead.start(), hit.end, entity, MentionKind.NAME, "orgs.government")


_ORDINAL = re.compile(r"\b\d{1,4}(?:st|nd|rd|th) $")


def _by_head(draft: Draft, run: Sequence[Word]) -> Iterator[Candidate]:
    """Yield a run that ends with a head word, or that begins with one and goes on after "of"."""
    words = list(run)
    while words and words[0].text in _SKIPPED:
        words.pop(0)
    if not words:
        return
    last = max((i for i, word in enumerate(words) if word.text in _HEAD_WORDS), default=-1)
    if last < 0:
        return
    if words[last + 1 :] and words[last].text == "School" and words[last + 1].text == "District":
        last += 1
    head, start, end = words[last].text, words[0].start, words[last].end
    is_lead = head in _LEADS and last == len(words) - 1
    tail = _tail(draft, end) if is_lead else None
    if tail:
        end = tail
    elif (head not in ORG_HEADS and head != "District") or (last == 0 and not _stands_alone(draft, words[0])):
        return
    if ordinal := _ORDINAL.search(draft.before(start, 8)):
        start -= len(ordinal.group())
    if draft.text[end : end + 1] == "." and head in ("Inc", "Corp", "Co", "Ltd"):
        end += 1
    subtype = ORG_HEADS.get(head)
    entity = org(draft.text[start:end], subtype, _country_in(draft, start, end))
    yield Candidate(start, end, entity, MentionKind.NAME, "orgs.head", 0.85)


_SKIPPED = frozenset(
    """
    The A An In On At By For From With And But Or If When While As After Before Since This That Its His Her
    Their Former
    """.split()
)


def _stands_alone(draft: Draft, word: Word) -> bool:
    return word.text in _ALONE and word.start not in draft.sentence_starts


_MAX_TAIL = 120
"""How far a name may go on after "of", in characters."""


def _tail(draft: Draft, end: int) -> int | None:
    """Return where a name ends that goes on with "of ...": capitalised words, joined by "and" or "for" again."""
    if not _OF.match(draft.text, end):
        return None
    stop = None
    while (stop or end) - end < _MAX_TAIL and (connect := _CONNECT.match(draft.text, stop or end)):
        if stop and connect.group() == ", ":
            break
        position = connect.end()
        after = _cap_words(draft, position)
        if after == position:
            break
        if stop and " and " in connect.group() and not _same_kind(draft.text[position:after]):
            break
        stop = after
    return stop


_CAPS = re.compile(r"[A-Z][\w'-]*?(?='s\b|[^\w'-])(?: [A-Z][\w'-]*?(?='s\b|[^\w'-]))*")


def _cap_words(draft: Draft, position: int) -> int:
    found = _CAPS.match(draft.text + " ", position) if position == 0 else _CAPS.match(draft.text, position)
    return found.end() if found else position


def _same_kind(words: str) -> bool:
    """Tell whether words after "and" may belong to the same name: one or two, and no name of their own."""
    return len(words.split()) <= 2 and words.rsplit(maxsplit=1)[-1] not in ORG_HEADS


def _country_in(draft: Draft, start: int, end: int) -> str | None:
    inside = (hit for hit in draft.hits_in(start, end) if hit.entry.table in ("country", "demonym"))
    return next((hit.entry.entity.iso_alpha3 for hit in inside), None)


def find_person_bodies(draft: Draft, people: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield "Moon administration": a person's name and a body that is called after its head."""
    for one in people:
        noun = _PERSON_BODY.match(draft.text, one.end)
        if noun:
            entity = org(draft.text[one.start : noun.end()], "administration")
            yield Candidate(one.start, noun.end(), entity, MentionKind.NAME, "orgs.administration", 0.9)


_PARTY_WORDS = frozenset(
    "Republican Democratic Conservative Liberal Labour Communist Socialist Islamic Green Small Big".split()
)


def find_common_heads(draft: Draft, taken: Sequence[Span]) -> Iterator[Candidate]:
    """Yield a name before a common noun that says what it is: "the Acme research group"."""
    for run in name_runs(draft, taken, lambda chain: bool(_COMMON_HEAD.match(draft.text, chain[-1].end))):
        first = next((i for i, word in enumerate(run) if word.text not in _SKIPPED), len(run))
        words = run[first:]
        if (
            words
            and words[-1].text not in _PARTY_WORDS
            and _COMMON_HEAD.match(draft.text, words[-1].end)
            and words[0].start not in draft.sentence_starts
        ):
            entity = org(draft.text[words[0].start : words[-1].end])
            yield Candidate(words[0].start, words[-1].end, entity, MentionKind.NAME, "orgs.common_head", 0.7)


def expansions(draft: Draft) -> Iterator[tuple[Span, Span]]:
    """Yield (expansion, acronym) for "Long Name (LN)": the words before whose initials give the acronym."""
    for found in _PARENS.finditer(draft.text):
        letters = [c.lower() for c in found.group(1) if c.isupper()]
        words = draft.words_in(found.start() - 120, found.start())
        start = _expansion_start(words, letters)
        if start is not None and len(letters) >= _MIN_ACRONYM:
            yield Span(start, words[-1].end), Span(found.start(1), found.end(1))


def _expansion_start(words: Sequence[Word], letters: Sequence[str]) -> int | None:
    left, start = list(letters), None
    for word in reversed(words):
        parts = [part for part in re.split(r"-", word.text) if part]
        for part in reversed(parts):
            if left and part[0].lower() == left[-1]:
                left.pop()
                start = word.start
            elif part[0].isupper() and part.lower() not in _SMALL:
                return None if left else start
        if not left:
            return start if word.is_cap else None
        if word.text.islower() and word.text not in _SMALL and not left:
            break
    return None


_SMALL = frozenset("of for the and on in to de la & by".split())


def find_acronyms(draft: Draft, taken: Sequence[Span], known: Mapping[str, Entity]) -> Iterator[Candidate]:
    """Yield the acronyms that the document expands somewhere."""
    for run in name_runs(draft, taken, lambda chain: any(w.text in known for w in chain)) if known else ():
        for word in run:
            if entity := known.get(word.text):
                yield Candidate(word.start, word.end, entity, MentionKind.ACRONYM, "acronyms.expanded", 0.95)


def is_acronym(word: str) -> bool:
    """Tell whether a word has the shape of an acronym and is none of the common ones that name no body."""
    return _MIN_ACRONYM <= len(word) <= _MAX_ACRONYM and bool(_ACRONYM.match(word)) and word not in _NO_ORG
