"""Lines that bear a page's number or name and say so, though they cut no sentence: they stand between paragraphs."""

from __future__ import annotations

import re
from functools import cache

from copydesk.moments import day_names, months
from copydesk.repairs.name_shapes import is_medium, media
from copydesk.repairs.page_lines import is_page_line, is_periodical
from copydesk.repairs.page_words import SEPARATED, page_words

MAX_LENGTH = 120
MAX_PARTS = 5
"""Pieces of a head between bars: a name and its number, with a date and a section."""
MAX_WORDS = 12
MAX_NAME = 6
SURE_PARTS = 3
"""Pieces between dashes from which on a line is no score and no heading."""
_BARS = re.compile(r"[|·•∙‖¦]")
_NUMBER = re.compile(r"[A-Z]?\d{1,4}|\d{1,3}[A-Z]|(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_STOP = re.compile(r"[.!?…;:][\"'”’»)]*$|[.!?] [A-Z]")
_MARKS = re.compile(
    r"[-–—－~<*•|\[=]{1,6}\s?[A-Z]?\d{1,4}\s?[-–—－~>*•|\]=]{1,6}"
    r"|\d{1,4}\s?\|\s?(?:page|p\sa\sg\se)|(?:page|p\sa\sg\se)\s?\|\s?\d{1,4}"
    r"|第\s?[A-Z]?\d{1,4}\s?[页頁版面]\s?(?:[，,/／]?\s?[共总總]\s?\d{1,4}\s?[页頁])?"
    r"|[-–—]?\s?\d{1,4}(?:\s?[/／]\s?\d{1,4})?\s?(?:ページ|頁|쪽|페이지|页)"
    r"|\d{1,4}\s?(?:페이지|쪽)\s?[중/]\s?\d{1,4}(?:\s?(?:페이지|쪽))?|(?:페이지|ページ)\s?\d{1,4}(?:\s?[/／]\s?\d{1,4})?"
    r"|.{0,20}\d{4}[年년]\s?\d{1,2}[月월]\s?\d{1,2}[日일].{0,12}第?\s?[A-Z]?\d{1,3}\s?[面版页頁면]"
    r"|(?:https?://)?(?:dx\.)?doi(?:\.org/|:)\s?10\.\S+|ISSN:?\s\d{4}-\d{3}[\dX].{0,60}|about:blank.{0,12}"
    r"|(?-i:iv|vi{0,3}|ix|x{1,3}(?:iv|v?i{0,3}|ix)?)(?<=..)"
    r"|(?:this )?page (?:is |was )?intentionally left blank.?"
    r"|.{3,60}\s\d{1,3}\s?\((?:19|20)\d\d\)\s?\d{1,4}[–-]\d{1,4}"
    r"|[^.]{3,40}\bet\sal\.?,?\s\|?\s?\d{1,4}|\d{1,4}\s\|?\s?[^.]{3,40}\bet\sal\.?",
    re.IGNORECASE,
)
_OF = re.compile(r"[(\[]?(?P<page>\d{1,4})\s?(?P<of>/|of|von|de|sur|di|van|z|из|od|af|av)\s?(?P<all>\d{1,4})[)\]]?")
_RATINGS = frozenset((5, 6, 7, 10, 11, 20, 100))
"""Of so many stars or points are marks, and an eleventh of September is no page."""
_VOLUME = re.compile(
    r"[^.]{0,60}\b(?:vol(?:ume)?|jg|jahrgang|año|tome?)[.,]?\s?[\dIVXL]{1,5}\b\W{1,4}(?:no|nr|issue|num|iss|heft|n°|nº|№)\.?\s?\d{1,4}"
    r"[^.!?]{0,40}",
    re.IGNORECASE,
)
_SAVED = re.compile(
    r"(?:(?:(?:this )?(?:page|document|article|content|copy) (?:was )?)?"
    r"(?:downloaded|(?:last )?printed|retrieved|accessed|(?:last )?saved|generated|exported)|druckansicht|druckdatum|"
    r"print date|date d'impression|fecha de impresión|data di stampa|data de impressão|document téléchargé|"
    r"gedruckt|ausgedruckt|heruntergeladen|abgerufen|imprimé|téléchargé|consulté|impreso|descargado|consultado|stampato|"
    r"scaricato|impresso|baixado|afgedrukt|gedownload|wydrukowano|pobrano|распечатано|скачано|yazdırıldı)"
    r"(?:\s?:|\s(?=\d)|(?:\sdate)?\s(?:from|on|by|at|for|am|von|aus|le|depuis|sur|el|de|da|il|em|op|van|dnia|z|с|из|via)\b).{3,90}(?:\d|\.[a-z]{2,6}\b)"
    r".{0,40}",
    re.IGNORECASE,
)
_FILE = re.compile(r"[\w ().,&-]{3,80}\.(?:pdf|docx?|indd|qxd|odt|rtf)(?:\s.{0,30})?", re.IGNORECASE)
_STAMPED = re.compile(
    r"(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d),?\s"
    r"(?:(?P<clock>\d{1,2}[:.]\d\d(?:\s?[AP]M)?),?\s)?[^.!?]{3,110}",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"^(?P<before>[^\d,|–—·]*)\W{0,3}(?:[^\W\d_]+(?:day|-feira)?,?\s)?(?:\d{1,2}\.?\s(?:de\s)?[^\W\d_]+\s(?:de\s|del\s)?(?:19|20)\d\d|[^\W\d_]+\s\d{1,2},\s(?:19|20)\d\d)"
    r"\W{0,3}(?P<behind>[^\d,|–—·]*)$"
)
_SITE = re.compile(r"(?:www\.)?[\w-]+(?:\.[a-z]{2,6}){1,2}", re.IGNORECASE)
_DASH = re.compile(r"\s[-–—|]\s")


@cache
def _paged() -> re.Pattern[str]:
    """Return the pattern of the word for page and its number: alone, or set apart at one end of a line."""
    page, of = page_words()
    last = rf"(?:{of})\s?\d{{1,4}}|(?:-|–|&|and|und|et|y|e|en|и)\s?\d{{1,4}}"
    number = rf"(?:{page})\s?[:#]?\s?[A-Z]?-?\d{{1,4}}(?:\s?(?:{last}))?"
    mark = r"(?:\s?[|·•,;/]\s*|\s[–—-]\s|\s{2,})"
    dated = r"[^!?\n]{0,60}(?:19|20)\d\d\W{0,3}"
    bars = rf"[^.!?\n]{{3,60}}\|[^.!?\n]{{3,40}}\s\d{{1,4}}\s(?:{of})\s\d{{1,4}}"
    alone = rf"[(\[–—-]{{0,2}}\s?(?:{number})\s?[)\]–—-]{{0,2}}(?:\s\(cont[^)]*\))?"
    return re.compile(
        rf"{alone}|[^!?\n]{{3,80}}{mark}{number}|{number}{mark}[^.!?\n]{{3,60}}|{dated}\s{number}|{bars}", re.IGNORECASE
    )


def is_lone_page(words: str) -> bool:
    """Tell whether a line alone tells that it is a page's number, its head or what a browser prints there.

    >>> [is_lone_page(line) for line in ("Page 12", "Harbour News | 12", "2021", "Chapter 12", "8/10")]
    [True, True, False, False, False]
    """
    words = words.strip("«»‹›→←▶◀ ")
    if not 1 < len(words) <= MAX_LENGTH:
        return False
    if _MARKS.fullmatch(words) or _paged().fullmatch(words) or _FILE.fullmatch(words):
        return words != "-30-"
    of = _OF.fullmatch(words)
    if of:
        page, last = int(of["page"]), int(of["all"])
        return 0 < page <= last and (of["of"] != "/" or last not in _RATINGS) and last > 1
    if _is_saved(words) or is_page_line(words):
        return True
    return not _STOP.search(words) and (_is_parted(words) or _is_papers(words))


def _is_saved(words: str) -> bool:
    """Tell whether a line says when a page was printed or fetched, as a browser does."""
    if _SAVED.fullmatch(words):
        return words[-1] != "." or len(words) < MAX_LENGTH // 2
    stamped = _STAMPED.fullmatch(words)
    return stamped is not None and bool(stamped["clock"] or _DASH.search(words))


def _is_parted(words: str) -> bool:
    """Tell whether a number stands at one end of a line of names, set apart by a mark."""
    parts = [part.strip() for part in SEPARATED.split(words) if part.strip()]
    if not 1 < len(parts) <= MAX_PARTS or (len(parts) < SURE_PARTS and not _BARS.search(words)):
        return False
    ends = parts if len(parts) > SURE_PARTS else (parts[0], parts[-1])
    numbers = [part for part in ends if _NUMBER.fullmatch(part) and not _YEAR.fullmatch(part)]
    others = [part for part in parts if part not in numbers]
    return len(numbers) == 1 and bool(others) and all(map(_is_name, others))


def _is_name(part: str) -> bool:
    """Tell whether a part of a head is a name, a date or an address."""
    tokens = part.split()
    if "www." in part or "://" in part or _SITE.fullmatch(part):
        return True
    return len(tokens) <= MAX_NAME and all(
        not token[0].islower() or not token[0].isascii() or len(token) < MAX_NAME - 2 or _is_of_date(token)
        for token in tokens
    )


def _is_of_date(token: str) -> bool:
    return token.strip(",.") in months() or token.strip(",.") in day_names()


def _is_papers(words: str) -> bool:
    """Tell whether a line is a paper's name with its page, with or without a date, or volume and issue."""
    if _VOLUME.fullmatch(words) and words[0].isupper():
        return True
    tokens = words.split()
    if not 1 < len(tokens) <= MAX_WORDS:
        return False
    ends = [token for token in (tokens[0], tokens[-1]) if _NUMBER.fullmatch(token) and not _YEAR.fullmatch(token)]
    named = [token.strip(",.").lower() for token in tokens if not any(map(str.isdigit, token))]
    if words.isupper() and any(name in media() for name in named):
        return bool(ends) or (len(named) > SURE_PARTS - 1 and _YEAR.search(words) is not None)
    if not ends or _YEAR.search(words):
        return _is_dated(words)
    return is_medium(words.removeprefix(ends[0]).removesuffix(ends[0]).strip())


def _is_dated(words: str) -> bool:
    """Tell whether a line is a paper's name with a date, or a title and a paper behind a bar."""
    head, bar, paper = words.rpartition("|")
    is_sites = "|" in head and _SITE.fullmatch(paper.strip()) is not None
    if bar and (is_medium(paper.strip()) or is_sites) and head.strip()[:1].isupper():
        return True
    date = _DATED.search(words)
    return date is not None and is_periodical(date["before"].strip(" ,|–—-·") or date["behind"].strip(" ,|–—-·"))
