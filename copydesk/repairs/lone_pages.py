"""Lines that bear a page's number or name and say so, though they cut no sentence: they stand between paragraphs."""

from __future__ import annotations

import re
from functools import cache

from copydesk.repairs.page_words import page_words
from copydesk.tables import phrases

MAX_LENGTH = 120
_PART = re.compile(r"\s?[|·•‖¦]\s?|\s[—–-]\s|\s{3,}|\t")
_NUMBER = re.compile(r"(?:[A-Z]|[^\W\d_]{1,8}\.? )?\d{1,4}")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_STOP = re.compile(r"[.!?…;:][\"'”’»)]*$|[.!?] [A-Z]")
_MARKS = re.compile(
    r"[-–—~<*•|\[=]{1,2}\s?[A-Z]?\d{1,4}\s?[-–—~>*•|\]=]{1,2}"
    r"|第\s?\d{1,4}\s?[页頁]\s?(?:[，,/／]?\s?(?:共|总|總)\s?\d{1,4}\s?[页頁])?|[-–—]?\s?\d{1,4}(?:\s?[/／]\s?\d{1,4})?\s?(?:ページ|頁|쪽|페이지|页)"
    r"|\d{1,4}\s?(?:페이지|쪽)\s?(?:중|/)\s?\d{1,4}(?:\s?(?:페이지|쪽))?|(?:페이지|ページ)\s?\d{1,4}(?:\s?[/／]\s?\d{1,4})?"
)
_OF = re.compile(r"[(\[]?(?P<page>\d{1,4})\s?(?P<of>/|of|von|de|sur|di|van|z|из|od|af|av)\s?(?P<all>\d{1,4})[)\]]?")
_RATINGS = frozenset((5, 6, 7, 10, 11, 20, 100))
"""Of so many stars or points are marks, and an eleventh of September is no page."""
_VOLUME = re.compile(
    r"[^.]{0,60}\b(?:vol(?:ume)?|jg|jahrgang|année|año|tome?)[.,]?\s?[\dIVXL]{1,5}\b\W{0,3}(?:\W?\s?(?:no|nr|issue|num|iss|heft|n°|nº|№)\.?\s?\d{1,4})?"
    r"[^.!?]{0,40}",
    re.IGNORECASE,
)
_SAVED = re.compile(
    r"(?:(?:this (?:page|document|article|content|copy) was )?"
    r"(?:downloaded|printed|retrieved|accessed|saved|generated|exported)|"
    r"gedruckt|ausgedruckt|heruntergeladen|abgerufen|imprimé|téléchargé|consulté|impreso|descargado|consultado|stampato|scaricato|"
    r"impresso|baixado|afgedrukt|gedownload|wydrukowano|pobrano|распечатано|скачано)\s"
    r"(?:from|on|by|at|for|am|von|aus|le|depuis|sur|el|de|da|il|em|op|van|dnia|z|с|из|via)\b.{3,90}(?:\d|\.[a-z]{2,6}\b).{0,40}",
    re.IGNORECASE,
)
_FILE = re.compile(r"[\w ().,&-]{3,80}\.(?:pdf|docx?|indd|qxd|odt|rtf)(?:\s.{0,30})?", re.IGNORECASE)
_STAMPED = re.compile(
    r"(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d),?\s(?:(?P<clock>\d{1,2}[:.]\d\d(?:\s?[AP]M)?),?\s)?[^.!?]{3,110}",
    re.IGNORECASE,
)


@cache
def _paged() -> re.Pattern[str]:
    """Return the pattern of the word for page and its number at the end of a line, or alone."""
    page, of = page_words()
    number = rf"(?:{page})\s?[A-Z]?-?\d{{1,4}}(?:\s?(?:{of})\s?\d{{1,4}})?"
    return re.compile(
        rf"[(\[–—-]?\s?(?:{number})\s?[)\]–—-]?|[^.!?\n]{{3,80}}(?:[|·•,;–—/-]\s*|\s{{2,}}){number}", re.IGNORECASE
    )


@cache
def _media() -> frozenset[str]:
    return phrases("credits.tsv", "medium") | phrases("credits.tsv", "paper")


def is_lone_page(words: str) -> bool:
    """Tell whether a line alone tells that it is a page's number, its head or what a browser prints there.

    >>> [is_lone_page(line) for line in ("Page 12", "Harbour News | 12", "2021", "Chapter 12", "8/10")]
    [True, True, False, False, False]
    """
    if not 1 < len(words) <= MAX_LENGTH:
        return False
    if _MARKS.fullmatch(words) or _paged().fullmatch(words) or _FILE.fullmatch(words):
        return words != "-30-"
    of = _OF.fullmatch(words)
    if of:
        page, last = int(of["page"]), int(of["all"])
        return 0 < page <= last and (of["of"] != "/" or last not in _RATINGS) and last > 1
    if _SAVED.fullmatch(words):
        return words[-1] != "." or len(words) < MAX_LENGTH // 2
    stamped = _STAMPED.fullmatch(words)
    if stamped and (stamped["clock"] or re.search(r"\s[-–—|]\s", words)):
        return True
    return not _STOP.search(words) and (_is_parted(words) or _is_papers(words))


def _is_parted(words: str) -> bool:
    """Tell whether a number stands at one end of a line of names, set apart by a mark."""
    parts = [part.strip() for part in _PART.split(words) if part.strip()]
    if not 2 <= len(parts) <= 5:
        return False
    numbers = [part for part in (parts[0], parts[-1]) if _NUMBER.fullmatch(part) and not _YEAR.fullmatch(part)]
    others = [part for part in parts if part not in numbers]
    return len(numbers) == 1 and bool(others) and all(map(_is_name, others))


def _is_name(part: str) -> bool:
    """Tell whether a part of a head is a name, a date or an address."""
    tokens = part.split()
    return (
        "www." in part
        or "://" in part
        or (
            len(tokens) <= 6
            and sum(
                token[0].isupper() or token[0].isdigit() or not token[0].isascii() or len(token) < 4 for token in tokens
            )
            == len(tokens)
        )
    )


def _is_papers(words: str) -> bool:
    """Tell whether a line is a paper's name in capitals with its page, with or without a date, or volume and issue."""
    if _VOLUME.fullmatch(words) and words[0].isupper():
        return True
    tokens = words.split()
    if not 2 <= len(tokens) <= 12 or not (_NUMBER.fullmatch(tokens[0]) or _NUMBER.fullmatch(tokens[-1])):
        return False
    named = [token.strip(",.").lower() for token in tokens if not any(map(str.isdigit, token))]
    is_of_paper = any(name in _media() for name in named)
    return is_of_paper and words.upper() == words and not (_YEAR.fullmatch(tokens[-1]) or _YEAR.fullmatch(tokens[0]))
