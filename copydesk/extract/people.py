"""People: who is named in full, and who is meant by a family name afterwards.

A run of capitalised words is a person when a title or a role stands before it, when it begins with a known given
name or an initial, when it has the shape of an East Asian name (family name, then a hyphenated given name), or
when its surroundings speak of a person ("..., 42, ..."; "... said"; "..., a spokesman for"). A family name alone
is linked to the full name that the document gives; nothing is linked across documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from copydesk.document import Span
from copydesk.extract.gazetteer import slug, word_list
from copydesk.extract.mentions_base import PARTICLES, Candidate, Draft, Word, name_runs
from copydesk.extract.mentions_orgs import ORG_HEADS
from copydesk.facts import Entity, EntityType, MentionKind
from copydesk.tables import read_table

MINISTRY_WORDS = frozenset(
    """
    Foreign External Internal Economic Economy Affairs Relations Trade Commerce Industry Finance Treasury Budget
    Planning
    Defence Defense War Security Interior Justice Home Health Welfare Education Culture Science Technology Environment
    Energy Agriculture Fisheries Transport Transportation Infrastructure Labour Labor Employment Housing Sport Sports
    Tourism
    Information Communications Unification Development Cooperation Immigration State Women Youth Social Public Works
    Rural International
    Urban Water Mines Oil Petroleum Resources National Homeland Religious Minorities
    """.split()
)
"""Words that names of ministries are made of."""

_MAX_NAME = 4
NOT_NAMES = frozenset(
    """
    The A An In On At By For From With And But Or If When While As After Before Since Until This That These Those It
    He She
    They We You I His Her Their Our My Its There Here What Who Why How Where Which Not No Yes All Both Each Some Many
    Most
    Other Another Such More Less Much Any Every Few New Old First Second Third Last Next Former Late January February
    March
    April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday
    Sunday
    Image File Photo Source Sources Related Also However Meanwhile According Despite Although Though Because So Then
    Thus
    Today Yesterday Tomorrow Now One Two Three Four Five Six Seven Eight Nine Ten God Internet Web North South East West
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Republican Republicans Democrat Democrats Democratic Conservative
    Liberal Labour Communist Socialist Islam Islamic Islamist Muslim Muslims Christian Christians Jewish Jews Catholic
    Catholics Protestant Sunni Shia Shiite Arab Arabs Hispanic Latino Black White Bible Earth
    """.split()
)
_SPEAKS = re.compile(
    r",? (?:has |had |also |later |then )?(?:said|says|told|tells|added|adds|argued|argues|noted|notes|stated|"
    r"states|explained|"
    r"explains|commented|claimed|claims|wrote|writes|tweeted|warned|warns|insisted|denied|denies|believes|thinks)\b"
)
_APPOSITION = re.compile(
    r", (?:\d{1,2}\b|aged \d|who\b|(?:an?|the|its|his|her|their) (?:[\w'-]+ ){0,4}(?:president|minister|director|"
    r"chief|head|leader|"
    r"chair\w*|spokes\w+|professor|analyst|adviser|advisor|founder|author|editor|student|lawyer|man|woman|boy|girl|"
    r"activist|"
    r"expert|researcher|economist|manager|secretary|ambassador|commander|officer|general|candidate|politician|"
    r"journalist))"
)
_IS_SOMEBODY = re.compile(r" (?:is|was) (?:an?|the) (?:[\w'-]+ ){0,2}\w*(?:er|or|ist|ian|ant|ent|ow|ief|man|ate)\b")
_MINISTER_OF = re.compile(r"(?:[Mm]inister|[Ss]ecretary|[Aa]dvis[eo]r) (?:of|for) $")
_ROLES = frozenset(
    """
    spokesman spokeswoman spokesperson analyst leader president minister premier chancellor professor activist
    journalist author writer actor actress singer director coach captain founder economist lawyer candidate senator
    governor mayor secretary commander general chairman chairwoman chief head editor historian expert adviser advisor
    dictator billionaire creator striker midfielder goalkeeper driver rider king queen prince princess emperor
    ambassador envoy judge named wife husband son daughter brother sister father mother predecessor successor
    """.split()
)
_ROLE_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(_ROLES))}) $")


@cache
def titles() -> Mapping[str, tuple[str, str]]:
    """Return the class and kind of each title, by its lower case words."""
    return {row[0]: (row[1], row[2]) for row in read_table("titles.tsv")}


@cache
def _title_words() -> frozenset[str]:
    """Return the words that titles end with."""
    return frozenset(title.rstrip(".").split()[-1] for title in titles() if " of " not in title)


@lru_cache(maxsize=1 << 14)
def is_title(word: str) -> bool:
    """Tell whether a capitalised word is (the end of) a title, or the plural of one."""
    base = word.lower().removesuffix("-designate").removesuffix("-elect").removeprefix("then-").removeprefix("ex-")
    base = base.removeprefix("vice-").removeprefix("deputy-")
    return base in _title_words() or _singular(base) in _title_words()


def last_title(words: Sequence[Word]) -> int:
    """Return the index of the last title among some words; -1 for none."""
    for at in range(len(words) - 1, -1, -1):
        if is_title(words[at].text):
            return at
    return -1


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def speaks_like_a_person(after: str) -> bool:
    """Tell whether the words after a name are said of people: "... said", "..., 42,", "..., a lawyer"."""
    return bool(_SPEAKS.match(after) or _APPOSITION.match(after))


def is_given(word: str, *, strict: bool = False) -> bool:
    """Tell whether a word is a known given name; with ``strict``, one that is no ordinary word too."""
    first = word.lower().split("-")[0]
    names = word_list("given_names.txt")
    known = first in names or word.lower() in names
    return (known and "?" + first not in names) if strict else known or "?" + first in names


def is_family_first(word: str) -> bool:
    """Tell whether a word is a family name that stands before the given name."""
    return word.lower() in word_list("family_names_first.txt")


def find_people(drafts: Sequence[Draft], blocked: Sequence[Sequence[Span]]) -> Iterator[Sequence[Candidate]]:
    """Yield the people of each passage; ``blocked`` are spans that belong to other names."""
    full = [list(_full_names(draft, walls)) for draft, walls in zip(drafts, blocked, strict=True)]
    known = _short_forms([c for candidates in full for c in candidates])
    borne = _titles_borne(drafts, full)
    for draft, walls, found in zip(drafts, blocked, full, strict=True):
        linked = [_linked(draft, c, known, borne) for c in found]
        firm = [wall for wall in walls if not _is_rather_a_person(draft, wall, known)]
        yield [*linked, *_short_names(draft, firm, linked, known)]


_TITLE_BEFORE = re.compile(r"([^\W\d]+)\.? $")
_COURTESIES = frozenset("mr mrs ms miss dr sir dame lord lady prof professor".split())


def _title_of(draft: Draft, start: int) -> str:
    """Return the title word right before a name, in lower case; empty for none and for mere courtesies."""
    found = _TITLE_BEFORE.search(draft.before(start, 20))
    word = found.group(1).lower() if found else ""
    return word if word not in _COURTESIES and is_title(word) else ""


def _titles_borne(drafts: Sequence[Draft], full: Sequence[Sequence[Candidate]]) -> Mapping[str, frozenset[str]]:
    """Return the title words that each person bears in the document."""
    pairs = [(c.entity.entity_id, _title_of(d, c.start)) for d, found in zip(drafts, full, strict=True) for c in found]
    borne: dict[str, frozenset[str]] = {}
    for key, title in pairs:
        borne[key] = borne.get(key, frozenset()) | ({title} if title else frozenset())
    return borne


_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|to|of|outside|around) (?:the )?$")


def _is_rather_a_person(draft: Draft, wall: Span, known: Mapping[str, Entity]) -> bool:
    """Tell whether a place's name is the family name of somebody whom the document names in full."""
    tables = {hit.entry.table for hit in draft.hits_in(wall.start, wall.start + 1)}
    if not tables <= {"city", "capital", "region"}:
        return False
    entity = known.get(draft.text[wall.start : wall.end])
    is_family = (
        entity is not None and len(_parts(entity.name)) > 1 and family_name(entity.name) == _parts(entity.name)[-1]
    )
    return is_family and not _PLACE_BEFORE.search(draft.before(wall.start))


def _full_names(draft: Draft, walls: Sequence[Span]) -> Iterator[Candidate]:
    for run in name_runs(draft, walls):
        if len(run) == 1 and not _ends_with_role(draft.before(run[0].start)):
            continue  # a lone word is a name only behind a role
        words, is_titled = _without_titles(draft, run)
        if not words or len(words) > _MAX_NAME + 2:
            continue
        found = _person(draft, words, is_titled=is_titled)
        if found:
            yield found


def _without_titles(draft: Draft, run: Sequence[Word]) -> tuple[Sequence[Word], bool]:
    """Cut what stands before the name: ordinary words, titles and the names of ministries."""
    words = list(run)
    while words and words[0].text in NOT_NAMES and not (words[0].text == "A" and draft.after(words[0].end, 1) == "."):
        words.pop(0)
    last = last_title(words)
    if last >= 0:
        if last == len(words) - 1 and last > 0 and is_given(words[0].text, strict=True):
            return words, False
        return words[last + 1 :], True
    before = draft.before(words[0].start) if words else ""
    if before.endswith((" of ", " for ")) and _MINISTER_OF.search(before):
        cut = max((i for i, word in enumerate(words) if word.text in MINISTRY_WORDS), default=-1)
        return words[cut + 1 :], cut >= 0
    if before.endswith((" and ", ", ")) and words and words[0].text in MINISTRY_WORDS:
        cut = max(i for i, word in enumerate(words) if word.text in MINISTRY_WORDS)
        return words[cut + 1 :], True
    return words, _ends_with_role(before)


def _ends_with_role(before: str) -> bool:
    """Tell whether a text ends with the word of a role and a space."""
    if not before.endswith(" "):
        return False
    last = before[before.rfind(" ", 0, -1) + 1 : -1]
    return last in _ROLES if last.isalpha() else bool(_ROLE_BEFORE.search(before))


_NUMBERED = re.compile(r" \d")
_NO_PERSON = NOT_NAMES | frozenset(ORG_HEADS)
"""Words that no person's name has."""


def _person(draft: Draft, words: Sequence[Word], *, is_titled: bool) -> Candidate | None:
    if not _NO_PERSON.isdisjoint([w.text for w in words if w.text != "A"]) or not _is_name_like(words):
        return None
    is_product = len(words) == 1 and _NUMBERED.match(draft.after(words[0].end, 4))  # the Bishop Pass 15
    if is_titled and len(words) <= _MAX_NAME and not is_product:
        return _candidate(draft, words, "people.title", 0.95)
    if len(words) == 1:
        return None
    if is_given(words[0].text) or _is_initial(words[0].text):
        return _candidate(draft, words, "people.given_name", 0.9)
    if is_east_asian(words):
        return _candidate(draft, words, "people.east_asian", 0.9)
    return _candidate(draft, words, "people.context", 0.8) if _acts_like_a_person(draft, words) else None


def _acts_like_a_person(draft: Draft, words: Sequence[Word]) -> bool:
    after = draft.after(words[-1].end, 80)
    if speaks_like_a_person(after):
        return True
    return words[0].start in draft.sentence_starts and bool(_IS_SOMEBODY.match(after))


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def is_east_asian(words: Sequence[Word]) -> bool:
    """Tell whether words have the shape of a Korean or Chinese name, family name first."""
    texts = [word.text for word in words]
    if not is_family_first(texts[0]):
        return False
    given = texts[1]
    if "-" in given and given.split("-", 1)[1].islower():
        return True
    return len(texts) in (2, 3) and texts[0].lower() not in _ALSO_ENGLISH and given.isalpha() and not given.isupper()


_ALSO_ENGLISH = frozenset(
    "an do no so he long song sun won young park min ban bang gong pan ha son wan tan may chin chi bo go so le".split()
)


def _is_name_like(words: Sequence[Word]) -> bool:
    if len(words[-1].text) == 1 or words[-1].text.isupper():
        return False
    for _, _, text in words:
        if text.isupper() and len(text) > 2:
            return False
        if not text.isalpha() and (not any(map(str.isalpha, text)) or any(map(str.isdigit, text))):
            return False
    return True


def _candidate(draft: Draft, words: Sequence[Word], rule: str, confidence: float) -> Candidate:
    start, end = words[0].start, words[-1].end
    if words[-1].text in ("Jr", "Sr") and draft.text[end : end + 1] == ".":
        end += 1
    return Candidate(start, end, person(draft.text[start:end]), MentionKind.NAME, rule, confidence)


@lru_cache(maxsize=1 << 12)
def person(name: str) -> Entity:
    """Return a person as an entity."""
    name = " ".join(name.split())
    return Entity(f"person:{slug(name)}", EntityType.PERSON, name)


def _parts(name: str) -> Sequence[str]:
    return [part for part in name.replace(".", " ").split() if part not in ("Jr", "Sr") and len(part) > 1]


def family_name(name: str) -> str:
    """Return the family name of a full name, with its particles left out.

    >>> family_name("Kim Dae-jung"), family_name("Ursula van der Doe"), family_name("John Q. Public Jr.")
    ('Kim', 'Doe', 'Public')
    """
    parts = [part for part in _parts(name) if part not in PARTICLES]
    if not parts:
        return name
    words = [Word(0, len(part), part) for part in parts]
    is_first = len(parts) > 1 and is_east_asian(words) and ("-" in parts[1] or not is_given(parts[0], strict=True))
    return parts[0] if is_first else parts[-1]


def _short_forms(found: Sequence[Candidate]) -> Mapping[str, Entity]:
    """Return who is meant by a short form: the first full name with that family name, else with that given name.

    A family name that two people of the document share is bare of a title only: "President Doe" stays apart.
    """
    families: dict[str, Entity] = {}
    givens: dict[str, Entity] = {}
    shared: set[str] = set()
    for candidate in sorted(found, key=lambda c: len(_parts(c.entity.name)) < 2):
        parts = _parts(candidate.entity.name)
        family = _bare(family_name(candidate.entity.name))
        known = families.setdefault(family, candidate.entity)
        if len(parts) > 1:
            givens.setdefault(parts[0], candidate.entity)
            shared |= {family} if known != candidate.entity else set()
    return givens | families | {_TITLED + name: families[name] for name in families if name not in shared}


_BY_FIRST_NAME = frozenset("king queen pope emperor sultan emir sheikh prince princess".split())
"""Who bears such a title is called by another name than a family's: King Hussein is no Saddam Hussein."""

_TITLED = "title "
"""What stands before a family name in the table of short forms where a title stands before it in the text."""


def _linked(
    draft: Draft, candidate: Candidate, known: Mapping[str, Entity], borne: Mapping[str, frozenset[str]]
) -> Candidate:
    """Give a lone family name the entity of the full name, unless its title is not that person's."""
    first, *more = candidate.entity.name.split()
    other = known.get(first) if more and candidate.rule == "people.title" and not is_given(first) else None
    if other and other != candidate.entity and family_name(other.name) == first and "-" not in more[0]:
        end = candidate.start + len(first)
        return Candidate(candidate.start, end, other, MentionKind.SHORT_NAME, "people.short_name", 0.7)
    name, title = candidate.entity.name, _title_of(draft, candidate.start)
    entity = known.get(_TITLED + name if candidate.rule == "people.title" else name)
    if entity is None or entity == candidate.entity:
        return candidate
    titles_of = borne.get(entity.entity_id, frozenset())
    if title and title not in titles_of and (titles_of or title in _BY_FIRST_NAME):
        return candidate
    return Candidate(candidate.start, candidate.end, entity, MentionKind.SHORT_NAME, "people.short_name", 0.9)


def _short_names(
    draft: Draft, walls: Sequence[Span], found: Sequence[Candidate], known: Mapping[str, Entity]
) -> Iterator[Candidate]:
    taken = [*walls, *(Span(c.start, c.end) for c in found)]

    def may_hold(chain: Sequence[Word]) -> bool:
        return not known.keys().isdisjoint([w.text for w in chain]) or any("-" in w.text for w in chain)

    for run in name_runs(draft, taken, may_hold if known else lambda _: False):
        words = [word for word in run if not is_title(word.text) and word.text not in NOT_NAMES]
        if len(words) > 1 and words[0].text.lower() in PARTICLES:
            words = [words[0]._replace(end=words[1].end, text=words[1].text), *words[2:]]
        if len(words) == 1 and (entity := known.get(words[0].text) or known.get(_bare(words[0].text))):
            yield Candidate(words[0].start, words[0].end, entity, MentionKind.SHORT_NAME, "people.short_name", 0.85)


def _bare(name: str) -> str:
    """Return a family name without its Arabic article."""
    return _ARTICLE.sub("", name)


_ARTICLE = re.compile(r"(?:[Aa]l|[Ee]l|[Aa]s|[Aa]d|[Aa]n|[Aa]r|[Aa]sh|[Aa]t|[Aa]z)-(?=[A-Z])")
