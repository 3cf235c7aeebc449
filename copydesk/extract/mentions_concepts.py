"""Policies, treaties, documents, events, weapon systems: names that end with a telling head, and quoted terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from copydesk.document import Span
from copydesk.extract.gazetteer import PREFIXES, slug
from copydesk.extract.mentions_base import Candidate, Draft, Word
from copydesk.facts import Entity, EntityType, MentionKind

_HEADS: Mapping[EntityType, str] = {
    EntityType.POLICY: """
        Policy Initiative Plan Strategy Doctrine Programme Program Agenda Framework Roadmap Vision Scheme
        """,
    EntityType.TREATY: "Treaty Agreement Accord Accords Convention Protocol Pact Compact Armistice",
    EntityType.EVENT: """
        Forum Summit Conference Games Olympics Championship Championships Festival Cup Revolution War Crisis
        Uprising Day Massacre Expo Exhibition Dialogue Talks Election Elections Open Fair Congress
        """,
    EntityType.DOCUMENT: """
        Act Bill Constitution Charter Declaration Communiqué Communique Report Resolution Code Manifesto
        """,
    EntityType.FACILITY: """
        Airport Hospital Bridge Dam Port Harbour Harbor Base Prison Palace Square Station Hall Tower
        Museum Cathedral Mosque Temple Library Theatre Theater Hotel Highway Tunnel Canal Pipeline
        Plant Gate Airfield Arena Garden Gardens Stadium
        """,
    EntityType.REGION: """
        River Sea Ocean Mountain Mountains Island Islands Peninsula Province District County City Valley Desert
        Bay Strait Lake Gulf Region Governorate Prefecture Oblast Krai Territory Street Avenue Road Basin Delta
        Heights Village Town Township Plateau Archipelago Creek Beach Forest Park
        """,
}
HEADS: Mapping[str, EntityType] = {word: kind for kind, words in _HEADS.items() for word in words.split()}
"""The last word of a name, and what the name then names."""

_YEAR_BEFORE = re.compile(r"\b(?:19|20)\d\d(?= $)")
_PLACE_LEADS = re.compile(
    r"(?:Lake|Camp|Mount|Mt\.?|Cape|Fort|Port|Gulf of|Bay of|Strait of|Straits of|Sea of|Isle of|Province of|"
    r"Republic of) [A-Z][\w'-]+"
)
_PLACE_WORDS = frozenset("lake camp mount mt cape fort port gulf bay strait straits sea isle province republic".split())
_LOWER_DOCUMENT = re.compile(
    r"(?: [a-z][a-z-]+){0,3}? (?:strategy|doctrine|white paper|green paper|constitution|charter|"
    r"(?:criminal|penal|civil) code|declaration of independence)\b"
)
_QUOTED = re.compile(r"[‘“\"'](?<!\w.)([^‘’“”\"\n]{3,60}?)[’”\"'](?!\w)")
_PLANNED = (
    r"(?:concept|idea|notion|principle|doctrine|policy|slogan|strategy|initiative|plan|programme|program|campaign|vision|"
    r"framework|project)s?"
)
_INTRODUCES = re.compile(
    rf"\b{_PLANNED}(?: of)?,? $"
    rf"|\b{_PLANNED}\b[^.;]{{0,40}}\b(?:called|named|known as|dubbed|termed|titled|entitled) $"
    r"|\b(?:pillar|core|basis|element|part|plank|cornerstone|heart)s? of [^.;]{3,60} (?:is|are|was|were) (?:the )?$"
)
"""What stands before a quoted term that names a plan, or a part of one."""
_CALLED = re.compile(r"\b(?:so-called|dubbed|known as|called|named|branded|titled) (?:the |an? )?$")
_NAMED = re.compile(r"(?:'s|\bthe|\bits|\bhis|\bher|\btheir) $")
_BETWEEN = re.compile(r"(?: [a-z][a-z-]+){0,2} (?:partnership|alliance|pact|treaty|accord|agreement|union)\b")
_CRISIS = re.compile(
    r"(?: \([A-Z][\w&-]+\))?(?: [a-z]+)? (?:crisis|affair|scandal|dispute|incident|standoff|row|controversy|siege)\b"
)
_CRISIS_WORDS = frozenset("crisis affair scandal dispute incident standoff row controversy siege".split())
_MODEL = re.compile(r"(?<![\w-])(?:[A-Z]{1,4}-\d{1,4}[A-Z]?\d?|[A-Z]{2,4}\d{2,3})(?![\w-])")
_MODEL_LIKE = re.compile(r"[A-Z]-?\d")
_ARMS = re.compile(
    r"(?:missiles?|fighter|jets?|aircraft|bomber|tank|rifle|rocket|launcher|system|systems|helicopter|drone|submarine|"
    r"air[- ]defen[cs]e|anti-aircraft|warhead|torpedo|howitzer|radar|gun|guns|fired|shot down|arms|weapons?)\b"
)
_NEAR = 60


def concept(kind: EntityType, name: str, subtype: str | None = None, code: str | None = None) -> Entity:
    """Return a policy, a treaty, an event ... as an entity."""
    name = " ".join(name.split())
    return Entity(f"{PREFIXES[kind]}:{slug(name)}", kind, name, code, subtype)


def find_concepts(draft: Draft) -> Iterator[Candidate]:
    """Yield the concepts of a passage."""
    for hit in draft.hits:
        if hit.entry.table == "concepts":
            yield Candidate(hit.start, hit.end, hit.entry.entity, hit.entry.kind, "concepts.known", 0.95)
            yield from find_crisis(draft, Span(hit.start, hit.end))
    has_crisis = draft.has(_CRISIS_WORDS)
    for run in draft.runs:
        if run[-1].text in HEADS:
            yield from _by_head(draft, run)
        if has_crisis:
            yield from _crisis_of(draft, run)
    for found in _PLACE_LEADS.finditer(draft.text) if draft.has(_PLACE_WORDS) else ():
        yield Candidate(*found.span(), _place(found.group()), MentionKind.NAME, "places.lead", 0.7)
    yield from _operations_and_ships(draft)
    yield from _quoted(draft)
    yield from _documents(draft)
    yield from _partnerships(draft)
    yield from _models(draft)


def _place(name: str) -> Entity:
    return concept(EntityType.REGION, name)


_SKIPPED = frozenset(
    """
    The A An In On At By For From With And But Or If When While As After Before Since This That Its His Her
    Their
    """.split()
)


def _by_head(draft: Draft, run: Sequence[Word]) -> Iterator[Candidate]:
    words = list(run)
    while words and words[0].text in _SKIPPED:
        words.pop(0)
    last = len(words) - 1
    if last < 1 or words[last].text not in HEADS or _is_school_district(words, last):
        return
    kind, start, end = HEADS[words[last].text], words[0].start, words[last].end
    if kind is EntityType.EVENT and (year := _YEAR_BEFORE.search(draft.before(start, 5))):
        start -= len(year.group()) + 1
    yield Candidate(
        start, end, concept(kind, draft.text[start:end]), MentionKind.NAME, f"concepts.{kind.lower()}", 0.85
    )


def _crisis_of(draft: Draft, run: Sequence[Word]) -> Iterator[Candidate]:
    """Yield "Suez Canal crisis": any name and an affair; days, months and lone first words name none."""
    words = [word for word in run if word.text not in _SKIPPED]
    if words and not any(word.text in _CALENDAR for word in words):
        yield from find_crisis(draft, Span(words[0].start, words[-1].end))


_CALENDAR = frozenset(
    """
    January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday
    """.split()
)


def _is_school_district(words: Sequence[Word], last: int) -> bool:
    return words[last].text == "District" and words[last - 1].text == "School"


_OPERATION = re.compile(r"\bOperation:? (?:[A-Z][\w'-]+ ?){1,3}(?<! )")
_OF_PLACE = re.compile(
    r"\b(?P<head>Treaty|Convention|Peace|Pact|Accords?|Battle|Siege|Congress|Declaration) (?:of|on) (?:the )?"
    r"[A-Z][\w'-]+(?:(?: and)? [A-Z][\w'-]+){0,4}"
)
_SHIP = re.compile(r"\b(?:HMS|USS|USNS|HMAS|HMCS|INS|ROKS|FS) [A-Z][\w'-]+(?: [A-Z][\w'-]+)?")


_OPERATION_WORDS = frozenset(("operation",))
_OF_WORDS = frozenset("treaty convention peace pact accord accords battle siege congress declaration".split())
_SHIP_WORDS = frozenset("hms uss usns hmas hmcs ins roks fs".split())
_OF_KINDS = {
    "Battle": EntityType.EVENT,
    "Siege": EntityType.EVENT,
    "Congress": EntityType.EVENT,
    "Declaration": EntityType.DOCUMENT,
}


def _operations_and_ships(draft: Draft) -> Iterator[Candidate]:
    for found in _OPERATION.finditer(draft.text) if draft.has(_OPERATION_WORDS) else ():
        entity = concept(EntityType.EVENT, found.group(), "military_operation")
        yield Candidate(*found.span(), entity, MentionKind.NAME, "concepts.operation", 0.9)
    for found in _OF_PLACE.finditer(draft.text) if draft.has(_OF_WORDS) else ():
        kind = _OF_KINDS.get(found["head"], EntityType.TREATY)
        entity = concept(kind, found.group())
        yield Candidate(*found.span(), entity, MentionKind.NAME, "concepts.of", 0.85)
    for found in _SHIP.finditer(draft.text) if draft.has(_SHIP_WORDS) else ():
        entity = concept(EntityType.WEAPON_SYSTEM, found.group(), "warship")
        yield Candidate(*found.span(), entity, MentionKind.NAME, "concepts.ship", 0.9)


def find_crisis(draft: Draft, name: Span) -> Iterator[Candidate]:
    """Yield "2017 X (Y) missile crisis": an affair that bears the name of something."""
    tail = _CRISIS.match(draft.text, name.end)
    if not tail:
        return
    start = name.start
    if year := _YEAR_BEFORE.search(draft.before(start, 5)):
        start -= len(year.group()) + 1
    entity = concept(EntityType.EVENT, draft.text[start : tail.end()], "crisis")
    yield Candidate(start, tail.end(), entity, MentionKind.NAME, "concepts.crisis", 0.8, is_phrase=True)


def _quoted(draft: Draft) -> Iterator[Candidate]:
    """Yield quoted terms that are introduced as a concept, or bear a telling head."""
    text = draft.passage.text
    for found in _QUOTED.finditer(text):
        before = draft.before(found.start(), 100)
        words = found.group(1).split()
        kind = HEADS.get(words[-1]) if words else None
        if kind and len(words) > 1 and (_NAMED.search(before) or _CALLED.search(before)):
            yield _term(found, kind)
        elif _INTRODUCES.search(before):
            yield _term(found, EntityType.POLICY, "concept")


def _term(found: re.Match[str], kind: EntityType, subtype: str | None = None) -> Candidate:
    entity = concept(kind, found.group(1), subtype)
    return Candidate(*found.span(1), entity, MentionKind.NAME, "concepts.quoted", 0.9)


def _documents(draft: Draft) -> Iterator[Candidate]:
    """Yield "Russian national security strategy": a country's adjective and a kind of document."""
    for hit in draft.hits:
        if hit.entry.table != "demonym":
            continue
        if tail := _LOWER_DOCUMENT.match(draft.text, hit.end):
            name = draft.text[hit.start : tail.end()]
            entity = concept(EntityType.DOCUMENT, name, None, hit.entry.entity.iso_alpha3)
            yield Candidate(hit.start, tail.end(), entity, MentionKind.NAME, "concepts.document", 0.85)


def _partnerships(draft: Draft) -> Iterator[Candidate]:
    """Yield "X–Y strategic partnership", X and Y countries or capitals."""
    for one, other in zip(draft.hits, draft.hits[1:], strict=False):
        if draft.text[one.end : other.start] != "-" or {one.entry.table, other.entry.table} - _TIED:
            continue
        if tail := _BETWEEN.match(draft.text, other.end):
            name = draft.passage.text[one.start : tail.end()]
            subtype = "alliance" if "alliance" in name else "bilateral_partnership"
            entity = concept(EntityType.POLICY, name, subtype)
            yield Candidate(
                one.start, tail.end(), entity, MentionKind.NAME, "concepts.partnership", 0.8, is_phrase=True
            )


_TIED = frozenset(["country", "demonym", "capital"])


def _models(draft: Draft) -> Iterator[Candidate]:
    """Yield "S-400", "F-16": a model number with talk of arms around it."""
    for found in _MODEL.finditer(draft.text) if _MODEL_LIKE.search(draft.text) else ():
        around = draft.text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
        if _ARMS.search(around):
            entity = concept(EntityType.WEAPON_SYSTEM, found.group())
            yield Candidate(*found.span(), entity, MentionKind.NAME, "concepts.model", 0.7)


_ARMS_NAME = re.compile(r"\b(?:Missiles?|Rockets?|Weapons?|Defen[cs]e|Aircraft|Torpedo|Artillery|Radar)\b")


def is_weapon(draft: Draft, name: Span, end: int) -> bool:
    """Tell whether an expanded acronym is a weapon system: by its own words and by what follows it."""
    words = draft.text[name.start : name.end]
    return bool(
        _ARMS_NAME.search(words) and (words.endswith(("System", "Systems")) or _ARMS.search(draft.after(end, 20)))
    )
