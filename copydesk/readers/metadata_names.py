"""Names of writers out of what bylines and properties hold: people, organisations, and what is neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from copydesk.moments import day_names, months, parse_stamps
from copydesk.readers.metadata_day_order import spell_out
from copydesk.readers.metadata_jobs import names_group, names_job
from copydesk.repairs.datelines import label_pattern
from copydesk.repairs.name_shapes import has_given_name, is_person

MAX_LENGTH = 400
MAX_WORDS = 6
MAX_NAMES = 24
MAX_CREDITED = 100
MAX_DATED = 40
_MARKS = "-–—|•·/,"
"""What stands between a name and a date."""
_CREDIT = re.compile(
    r"(?:this (?:post|article|story) was\s+)?(?:(?:originally )?written|posted|published|reported|words|"
    r"text(?:e|o)?|story|"
    r"interview|article|geschrieben|veröffentlicht|publiziert|verfasst|aufgezeichnet|publié|écrit|rédigé|publicado|"
    r"escrito|scritto|pubblicato|napisał|skrevet|skriven|a post|view all posts|all posts|posts|insights|ein beitrag|"
    r"ein artikel|erstellt|eingestellt|gepostet|created|submitted|contributed|alles|alle (?:artikel|beiträge|posts)|"
    r"zeige alle beiträge)?\s*(?:and photos\s*)?"
    r"\b(?:by|von|vom|par|por|di|de|door|av|af|od|przez|oleh|from|автор|текст)\b\s*[:：-]?\s+|"
    r"(?:about the |über den |über die |zum )?(?:authors?|autor(?:en|in|a|as|es)?|auteure?s?|autrice|autore|"
    r"yazar|penulis|"
    r"escribe|forfatter|reporter|writers?|words|texte?|testo|text und interview|text & foto|text und fotos?|oleh|"
    r"author's name)(?:\(s\)|/in|\*in|:in|/innen)?\s*(?:[:：-]\s*|\s)|"
    r"(?:文|記者|作者|기자|撰文)\s*[:：/／]?\s*|(?:by|von|por|par|redaktion|bearbeitung)\s*[:：]\s*",
    re.IGNORECASE,
)
"""Words before a name that say that it is the writer's."""
_LINKS = re.compile(r"\S+@\S+\.\w+|https?:\S+|www\.\S+|(?<!\w)@[\w.]+")
_BRACKETS = re.compile(r"\s*[(\[{（【][^()\[\]{}（）]*[)\]}）】]")
_PARTS = re.compile(
    r"\s*[;|•·／/]\s*|\s+(?:&|\+|and|und|sowie|et|og|och|ve|dan|и|та|with|mit|im Gespräch mit)\s+"
    r"|\s+(?:y|e|en|i|a)\s+(?=(?-i:[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
_END = re.compile(
    r"[,\s]+(?:[^\W\d]{2,9}\.?,?\s+)?\d.*|\s+(?:for|für|from|in|at|am|um|on|the|is|ist|has|pour|para|per|vor|sagt|follow|"
    r"(?:last |zuletzt |first )?updated?|last|publi\w+|veröff\w+|reviewed|former|founder|special to)\b.*|\s+[-–—]\s.*"
    r"|\s*[<>{}\\=#…:!?].*",
    re.IGNORECASE | re.DOTALL,
)
"""Where a name has certainly ended: a date, what its bearer does, marks that no name holds."""
_ROLES = frozenset(
    "editor editors editorial staff reporter reporters correspondent correspondents writer writers columnist "
    "contributor "
    "contributors contributing admin adminn administrator webmaster newsdesk desk newsroom redaktion redakteur "
    "redakteurin "
    "redaktionsteam onlineredaktion redaktör redaksi redacción redaccion redazione rédaction redaction redação redacao "
    "redakce redakcja редакция редактор journalist journalistin journaliste periodista giornalista korrespondent "
    "korrespondentin muhabir editör author authors autor autoren user guest gast anonymous anonymus unknown moderator "
    "freelance columnista reportero redaktor redaktorka volontär volontärin praktikant praktikantin chefredakteur "
    "chefredakteurin ressortleiter ressortleiterin producer fotograf photographer foto photo image bild wordpressadmin "
    "記者 기자 编辑 編集部 편집국 none null undefined developer pressestelle lifestyle political".split()
)
"""What people are called at a newspaper: no names."""
_FURNITURE = frozenset(
    "comment comments share login home read more subscribe about articles article artikel posts post mehr alle "
    "all view "
    "view published publicado publiziert geändert minutes min category uhr stand today yesterday by von no "
    "kein sign menu follow full posted interview "
    "search originally written get contact website profile biography bio link copy print save listen zuletzt".split()
)
"""Words of pages that stand where names are looked for."""
AGENCIES = frozenset("dpa AFP AP Reuters APA EFE ANSA TASS SID KNA epd DPA Xinhua IANS PTI AAP Belga".split())
_ORGANISATIONS = frozenset(
    "dpa afp ap reuters apa efe ansa tass sid kna epd ddp upi ians pti ani aap cna xinhua anadolu ajansı belga "
    "lusa news press "
    "presse agency agentur agenturen agencies agencias agence agenzia wire online media medien magazin "
    "magazine zeitung "
    "tv radio team times herald daily university universität institute institut foundation stiftung verein "
    "inc ltd llc gmbh ag studio blog newspaper network group store company bureau service services center centre "
    "ministry ministerium association verband society e.v nachrichten tech travel marketing security".split()
)
_PARTICLES = frozenset(
    "van von de der den del della di da dos das du des le la el al bin ibn ben y zu zur vom ten ter af av und of st "
    "e".split()
)
_NOT_CAPITAL = _PARTICLES | _ORGANISATIONS
_INSTITUTION = re.compile(
    r"(?:the )?(?:cent(?:er|re)|institut|institute|department|office|ministry|association|society|school|college|"
    r"council|committee|ministerium|verband)\s(?:of|for|für|der|des)\s[^,;|]{3,80}$",
    re.IGNORECASE,
)
"""Names of institutions, which may hold the words that stand between people."""
_DEGREES = re.compile(
    r"(?:Ph\.?D|M\.?D|M\.?A|B\.?A|M\.?Sc?|B\.?Sc?|R\.?D\.?N?|MBA|Jr|Sr|II|III|Esq|CPA|LL\.?M|MPH|R\.?N|[A-Z]{2,6})\.?"
)
_WORD = re.compile(r"[^\W\d_][\w.’'`´ʼ°-]*")
_COMMA = re.compile(r"\s*[,，、،]\s*")


def is_agency(text: str) -> bool:
    """Tell whether a name is that of a news agency, or holds it.

    >>> is_agency("AFP"), is_agency("Agencia EFE"), is_agency("Ida Holm")
    (True, True, False)
    """
    return not AGENCIES.isdisjoint(text.split())


class Name(NamedTuple):
    """A name as found, and whether a person can be called so."""

    text: str
    is_person: bool


def find_names(text: str) -> list[Name]:
    """Return the names in the value of a property that names writers, each once, in order.

    Taken off are credits (By, Von), addresses and handles, what stands in brackets, dates. Left out are roles alone
    (Staff Reporter, Redaktion) and whatever is not shaped like a name. ``Doe, Jane`` is Jane Doe where the text holds
    nothing else. Several words in small letters are no names.

    >>> [name.text for name in find_names("By JANE DOE and Per van Dahl, Staff Writer | j.doe@example.org")]
    ['JANE DOE', 'Per van Dahl']
    """
    if _INSTITUTION.match(text):
        return [Name(text[:MAX_LENGTH].strip(), is_person=False)]
    found: dict[str, Name] = {}
    for part in _parts(text[:MAX_LENGTH]):
        name = _name(part)
        if name is not None:
            found.setdefault(name.text.casefold(), name)
    if len(found) > 1 and all(name.text.islower() and " " not in name.text for name in found.values()):
        return []
    return _but_shouted(found.values())


def find_byline_names(text: str) -> list[Name]:
    r"""Return the names in a visible byline; a line end stands between the texts of two elements.

    Its first name may be a single word; behind it, names count until something else is said. Roles behind a name are
    cut.

    >>> [name.text for name in find_byline_names("By\nIngo Arndt Redakteur\n&\nEva Holm\nFounder\nUpdated\nPer Dahl")]
    ['Ingo Arndt', 'Eva Holm']
    """
    found: dict[str, Name] = {}
    bare = _CREDIT.sub("", text.strip(" \n"), count=1) if _CREDIT.match(text.strip(" \n")) else text
    for line in bare[:MAX_LENGTH].split("\n"):
        names = [name for part in _parts(line) if (name := _name(_without_role(part), is_strict=True))]
        if found:
            names = [name for name in names if " " in name.text or not name.is_person]
        if not names and found and re.search(r"[^\W\d_]{4}", line):
            break
        for name in names:
            found.setdefault(name.text.casefold(), name)
    return _but_shouted(found.values())


def _but_shouted(names: Iterable[Name]) -> list[Name]:
    """Leave out names in capitals beside others that are not: what stands there is the paper or a place."""
    few = list(names)[:MAX_NAMES]
    is_mixed = bool(few) and not few[0].text.isupper() and " " in few[0].text
    return [name for name in few if not (is_mixed and name.text.isupper() and " " in name.text)]


def find_credited_names(lines: Sequence[str]) -> list[Name]:
    """Return the names behind the first words of credit in some lines of a page: on the same line, or on the next.

    A name of one word is none here: the words of credit are also those of prose.

    >>> [name.text for name in find_credited_names(["Harbour", "By the sea", "By", "Ida Holm", "It rained."])]
    ['Ida Holm']
    """
    for i, given in enumerate(lines):
        line = given.lstrip(_MARKS + " ")
        credit = _CREDIT.match(line + " ") if len(line) <= MAX_CREDITED and line[:1].isupper() else None
        if credit:
            rest = line[credit.end() :].strip() or (lines[i + 1] if i + 1 < len(lines) else "")
            names = [name for name in find_byline_names(rest) if " " in name.text] if len(rest) <= MAX_CREDITED else []
            if names and rest[:1].isupper():
                return names
    return []


def is_credit(text: str) -> bool:
    """Tell whether a text is nothing but the words before a writer's name.

    >>> is_credit("Written by"), is_credit("Est. reading time")
    (True, False)
    """
    return _CREDIT.fullmatch(text.strip() + " ") is not None


def find_dated_names(lines: Sequence[str]) -> list[Name]:
    """Return the person whose name stands alone beside a date: on the same line, or on one next to it.

    >>> [name.text for name in find_dated_names(["Lamp burns again", "Anna Holm", "4 May 2024", "It rained."])]
    ['Anna Holm']
    """
    for i, given in enumerate(lines):
        line = spell_out(given, "day first")
        stamps = parse_stamps(line) if len(line) <= MAX_CREDITED else []
        if stamps:
            before, behind = line[: stamps[0].start].rstrip(), line[stamps[-1].end :].lstrip()
            beside = [text for text, mark in ((before, before[-1:]), (behind, behind[:1])) if mark and mark in _MARKS]
            near = [name for text in beside if (name := _lone_name(text))]
            near += [
                name
                for text in (*lines[i + 1 : i + 2], *lines[max(0, i - 1) : i])
                if (name := _lone_name(text)) and has_given_name(name.text)
            ]
            if near:
                return near[:1]
    return []


def _lone_name(text: str) -> Name | None:
    """Return the person that a short text names, if it holds nothing else."""
    bare = text.strip(_MARKS + " .:;")
    bare = _CREDIT.sub("", bare, count=1) if _CREDIT.match(bare) else bare
    name = _name(bare, is_strict=True) if len(bare) <= MAX_DATED and not label_pattern().search(bare) else None
    return name if name and name.is_person and is_person(name.text) and len(name.text.split()) < 4 else None


def _parts(text: str) -> Iterator[str]:
    bare = _LINKS.sub(" ", _BRACKETS.sub(" ", text)).strip(" ,.:;–—-|\n")
    bare = _CREDIT.sub("", bare, count=1) if _CREDIT.match(bare) else bare
    for part in _PARTS.split(bare):
        pieces = [piece for piece in _COMMA.split(part.strip()) if piece]
        pieces = pieces[:1] + [piece for piece in pieces[1:] if piece in AGENCIES or not _DEGREES.fullmatch(piece)]
        if len(pieces) == 2 and part == bare and all(len(piece.split()) == 1 and piece.istitle() for piece in pieces):
            pieces = [f"{pieces[1]} {pieces[0]}"]
        yield from (
            piece
            for i, piece in enumerate(pieces)
            if i == 0 or " " in piece or not piece.isascii() or piece in AGENCIES
        )


def _without_role(text: str) -> str:
    words = text.split()
    if names_group(text):
        return text
    for i, word in enumerate(words):
        if i > 1 and word.strip(".,:;").casefold() in _ROLES:
            return " ".join(words[:i])
    return text


def _name(part: str, *, is_strict: bool = False) -> Name | None:
    if _CREDIT.match(part):
        part = _CREDIT.sub("", part, count=1)
    text = part if part.isalnum() else _END.sub("", part)
    words = text.strip(" ,.:;–—-|\"“”„*»«'").split()
    if len(words) > 1 and words[-1] in ("기자", "記者", "记者"):
        words = words[:-1]
    if len(words) > 1 and words[0] in ("und", "and", "et", "og"):
        words = words[1:]
    if not words or len(words) > MAX_WORDS or not all(_WORD.match(word) or word in "&-" for word in words):
        return None
    keys = [piece for word in words for piece in re.split(r"[-_.]", word.strip(".,:;").casefold())]
    if names_group(" ".join(words)):
        return Name(" ".join(words), is_person=False)
    if _is_no_name(words, keys) or (is_strict and len(words) == 1 and (keys[0] in months() or keys[0] in day_names())):
        return None
    lower = [word for word in words if _is_small(word)]
    if len(words) > 1 and lower and (is_strict or len(lower) * 2 >= len(words)):
        return None
    is_domain = any(re.search(r"\w\.\w{2,}$", word) for word in words)
    return Name(" ".join(words), _ORGANISATIONS.isdisjoint(keys) and not is_domain)


def _is_no_name(words: Sequence[str], keys: Sequence[str]) -> bool:
    """Tell whether words say what somebody is, or belong to the page."""
    return (
        any(word.endswith("-based") for word in words)
        or names_job(keys)
        or not _ROLES.isdisjoint(keys)
        or not _FURNITURE.isdisjoint(keys[:1])
        or len("".join(words)) < 2
    )


def _is_small(word: str) -> bool:
    return word[0].islower() and word.casefold() not in _NOT_CAPITAL and not word.startswith(("d'", "d’", "al-"))
