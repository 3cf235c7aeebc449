"""Lines of print that need no page's number: issues and volumes, what is stamped on pages, what databases add."""

from __future__ import annotations

import re
from functools import cache

from copydesk.moments import day_names, months
from copydesk.repairs.name_shapes import is_house, is_medium
from copydesk.tables import phrases

MAX_LENGTH = 120
MAX_NAME = 9
"""Words of a periodical's name or a section beside its number."""
MIN_FIGURES = 2
"""Of a line that gives a volume or an issue: figures, of which a year or a page may be one."""
_AROUND = " ®.-–—*•·|[](){}<>«»‹›→←▶◀►◄▲△↑^_=~"
_TOKEN = re.compile(r"№|n[°º]|n\.[ºo°]|[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,]*(?:st|nd|rd|th|p|c)?|[€$£]", re.IGNORECASE)
_PAGE = re.compile(r"[A-Z]?\d{1,3}|\d{1,3}[A-Z]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROMAN = re.compile(r"[ivxlc]+", re.IGNORECASE)
_EASTERN_ISSUE = re.compile(
    r"[^。，]{0,24}(?:第\s?\d{1,6}\s?[期号號卷]|[総总總]第\s?\d{1,6}\s?[期号號]|제\s?\d{1,6}\s?[호권])[^。，]{0,30}"
)
_SIGNED = re.compile(
    r"(?-i:[^\W\d_a-zà-ÿ])[\w.'’-]+(?:(?:,| and| &) (?-i:[^\W\d_a-zà-ÿ])[\w.'’-]+){0,2},? et al\.?"
    r"|(?:e-?ISSN|ISBN(?:-1[03])?|PMID|PMCID|arXiv|SSRN)[:\s]\s?[\dA-Zv][\w./() ,-]{4,60}"
    r"|(?-i:[A-Z])[\w.]{0,14}\s(?:(?-i:[A-Z&])[\w.]{0,14}\s){0,5}(?:19|20)\d\d,\s\d{1,4}(?:\s?\(\d{1,3}\))?,\s(?:e?\d{1,6}(?:[–-]\d{1,6})?)(?:\.\sdoi.{0,40})?"
    r"|[^.!?]{3,70}\s\d{1,3}\s?\(\d{1,3}\)\s?[:,]\s?(?:pp?\.?\s)?\d{1,5}[–-]\d{1,5}.{0,30}"
    r"|(?:chapter|kapitel|chapitre|capítulo|capitolo|hoofdstuk|rozdział|глава)\s\w{1,8}\s?[:.|–-]\s?(?:[^.!?]{3,50}\s)?\d{2,3}"
    r"|all use subject to .{3,80}|(?:electronic copy |full text |this paper is |also )?available at:? (?:https?://|www\.)\S+"
    r"|file:///\S+|document [a-z]{3,}\w{6,}\d\w{0,8}"
    r"|https?://\S+\s?\[\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}.{0,16}\]"
    r"|(?:(?:previous|prev|zurück|précédent|anterior|back)\W{1,4})?1(?:[\s|·,]{1,3}\d{1,2}){2,12}(?:\W{1,4}(?:next|weiter|suivant|siguiente|próxima|last|»|>|…)){0,2}"
    r"|(?:embargoed|under embargo|not for (?:release|publication) (?:before|until)|sperrfrist|sous embargo|embargo)\b"
    r"[^.]{3,70}\d[^.]{0,20}"
    r"|draft\W{1,4}(?:not for|do not|for (?:discussion|comment|consultation|review))[^.]{0,50}"
    r"|(?:published|printed|issued|published and printed) (?:by|in) [^.]{3,70},? (?:19|20)\d\d"
    r"|(?:LexisNexis|ProQuest|Factiva|NewsBank|EBSCO(?:host)?|JSTOR|PressReader(?:\.com)?|Nexis(?: Uni)?|"
    r"Newspapers\.com)®?\s?(?:[+\d ]{0,20}|[^\w]{0,3}\w{0,14})",
    re.IGNORECASE,
)
_ENDS = '.!?…;,"”’'
_STAMPS = frozenset(
    "draft embargo embargoed sperrfrist pressreader lexisnexis proquest factiva newsbank jstor nexis".split()
)
_ARTICLES = frozenset("the le la les el il lo o a de der die das het".split())
_HEADED = re.compile(
    r"(?P<head>[^.!?:;\n]{12,80}?)[\s|•·/]+(?P<number>\d{2,3})|(?P<first>\d{2,3})[\s|•·/]+(?P<tail>[^.!?:;\n]{12,80})"
)
_LONG_NUMBER = re.compile(r"\d[/.-]\d\d|\d{4}")
_OPEN = frozenset(
    "of top under over to in at by and or section part chapter rule article catch for the no number from".split()
)


def is_page_line(words: str) -> bool:
    """Tell whether a line between paragraphs is one of print: an issue's, a stamp, a database's, a paging bar.

    >>> [is_page_line(line) for line in ("Vol. XLV, No. 22", "Not for circulation", "Vol. 2 is the best", "Part 4")]
    [True, True, False, False]
    """
    if not 2 < len(words) <= MAX_LENGTH or (words[-1] in _ENDS and " et al" not in words):
        return False
    if words.strip(_AROUND).casefold() in _whole():
        return True
    if not any(map(str.isdigit, words)):
        return _SIGNED.fullmatch(words) is not None or _is_label(words)
    return (
        _SIGNED.fullmatch(words) is not None
        or _is_label(words)
        or _is_document(words)
        or _is_issue(words)
        or _is_headed(words)
        or _is_dated_head(words)
        or _EASTERN_ISSUE.fullmatch(words) is not None
    )


def is_periodical(words: str) -> bool:
    """Tell whether a text is a periodical's name: it ends or begins with a word of such names.

    >>> [is_periodical(name) for name in ("The Harbour Gazette", "Diário do Vale", "Le Port")]
    [True, True, False]
    """
    tokens = words.split()
    first = next((token for token in tokens[:2] if token.casefold() not in _ARTICLES), "").casefold()
    return is_medium(words) or (len(tokens) > 1 and first in phrases("page_lines.tsv", "masthead") and is_house(words))


def is_stamp(words: str) -> bool:
    """Tell whether a line without a figure is one of those that are stamped on pages: a cheap look.

    >>> is_stamp("« Previous page"), is_stamp("The next page was blank")
    (True, False)
    """
    if len(words) > MAX_LENGTH or (words[-1] in _ENDS and " et al" not in words):
        return False
    first = words.split(None, 1)[0].strip(_AROUND + ":").casefold()
    if first not in _first_words() and " et al" not in words and words[0] not in _AROUND:
        return False
    return words.strip(_AROUND).casefold() in _whole() or _SIGNED.fullmatch(words) is not None or _is_label(words)


@cache
def _first_words() -> frozenset[str]:
    """Return the first words of stamps and labels, lower case."""
    known = phrases("page_lines.tsv", "whole", "label")
    return frozenset(words.split()[0].strip(_AROUND + ":") for words in known) | _STAMPS


@cache
def _whole() -> frozenset[str]:
    return phrases("page_lines.tsv", "whole")


@cache
def _classes() -> tuple[frozenset[str], frozenset[str]]:
    """Return words of issues, and all that may stand beside them in a line without a name."""
    issue = phrases("page_lines.tsv", "issue")
    beside = phrases("page_lines.tsv", "beside") | frozenset(months()) | day_names()
    return issue, frozenset(word for words in beside for word in words.split())


def _is_issue(words: str) -> bool:
    """Tell whether a line gives a volume or an issue with its date or pages, and at most a name besides."""
    issue, beside = _classes()
    tokens = _TOKEN.findall(words)
    figures = told = 0
    names = list[str]()
    for n, token in enumerate(tokens):
        small = token.casefold()
        if token[0].isdigit():
            figures += 1
        elif small in issue and _has_figure_near(tokens, n):
            told += 1
        elif small in beside or _ROMAN.fullmatch(token):
            figures += token.isupper() and _ROMAN.fullmatch(token) is not None
        else:
            names.append(token)
    if not told or figures + told - 1 < MIN_FIGURES or len(names) > MAX_NAME or words[-1] in "!?:":
        return False
    is_named = names and names[0].casefold() in phrases("page_lines.tsv", "masthead")
    small = sum(name[0].islower() for name in names)
    return small <= 2 if is_named else not small or (not names[0][0].islower() and small * 2 <= len(names))


def _has_figure_near(tokens: list[str], n: int) -> bool:
    near = tokens[n + 1 : n + 2] + tokens[max(0, n - 1) : n]
    return any(token[0].isdigit() or (token.isupper() and _ROMAN.fullmatch(token)) for token in near)


@cache
def _document() -> re.Pattern[str]:
    known = sorted(phrases("page_lines.tsv", "document"), key=len, reverse=True)
    words = "|".join(re.escape(each) for each in known)
    return re.compile(
        rf"(?P<house>[^.!?\n]{{3,50}}\s)?(?:{words})[\s.:]*(?:n[o°º.]+|nr\.?|№)?\s?"
        rf"(?:(?-i:[A-Z]{{0,6}})[-/ ]?)?\d[\d/.-]*(?P<rest>[^.!?]{{0,60}})",
        re.IGNORECASE,
    )


def _is_document(words: str) -> bool:
    """Tell whether a line is a paper's number in a series, with a house before it and a date behind it."""
    match = _document().fullmatch(words)
    if match is None or words[-1] in ".!?:" or (len(words.split()) < 3 and not _LONG_NUMBER.search(words)):
        return False
    others = ((match["house"] or "") + " " + match["rest"]).split()
    return all(not word[0].islower() or len(word) < 4 for word in others) and words[0].isupper()


def _is_label(words: str) -> bool:
    """Tell whether a line is a label of a database with a value: one word alone is none but in capitals."""
    label, colon, value = words.partition(":")
    if not colon or label.casefold().strip() not in phrases("page_lines.tsv", "label"):
        return False
    if not value.strip() and label not in ("BODY", "FULL TEXT", "ABSTRACT"):
        return False
    return " " in label or "-" in label or (label.isupper() and len(label) > 3)


def _is_dated_head(words: str) -> bool:
    """Tell whether a line is a page's number, names in capitals and a date, without a mark between them."""
    tokens = words.replace(",", " ").split()
    if not 3 < len(tokens) <= MAX_NAME + 3 or words[-1] in ".!?:;":
        return False
    paged = [n for n in (0, len(tokens) - 1) if _PAGE.fullmatch(tokens[n]) and not _YEAR.fullmatch(tokens[n])]
    if len(paged) != 1 or (paged[0] == 0 and _is_day_or_month(tokens[1])):
        return False
    others = [token for n, token in enumerate(tokens) if n != paged[0]]
    names = [token for token in others if not token[0].isdigit() and not _is_day_or_month(token)]
    dated = any(map(_is_day_or_month, others)) and any(map(_YEAR.fullmatch, others))
    return dated and 0 < len(names) <= MAX_NAME and not any(name[0].islower() and len(name) > 3 for name in names)


def _is_day_or_month(token: str) -> bool:
    small = token.casefold()
    return small in months() or small in day_names()


def _is_headed(words: str) -> bool:
    """Tell whether a title of some words has a page's number at its end or beginning, and is set as heads are."""
    match = _HEADED.fullmatch(words)
    if match is None:
        return False
    head = (match["head"] or match["tail"]).strip(" |•·/")
    tokens = head.split()
    if len(tokens) < 4 or tokens[-1].casefold() in _OPEN or int(match["number"] or match["first"]) < 10:
        return False
    return head.isupper() or (" / " in head and all(token[0].isupper() or len(token) < 4 for token in tokens))
