"""Copyright lines that were copied with an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.proposals import FieldSpan, Proposal
from copydesk.repairs.captions import is_credit
from copydesk.view import View

VERSION = 1

MAX_LENGTH = 420
_RESERVED = (
    r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|"
    r"tutti i diritti (?:sono )?riservati|todos os direitos reservados|alle rechten voorbehouden|все права защищены|"
    r"wszelkie prawa zastrzeżone|všechna práva vyhrazena|tüm hakları saklıdır|alla rättigheter förbehålles|"
    r"alle rettigheder forbeholdes|alle rettigheter forbeholdt|kaikki oikeudet pidätetään|minden jog fenntartva|"
    r"toate drepturile rezervate|sva prava pridržana|усі права захищено|всички права запазени|"
    r"hak cipta dilindungi|无断转载|無断転載|版权所有|版權所有|著作権|무단\s?전재|저작권자|"
    r"جميع الحقوق محفوظة|כל הזכויות שמורות"
)
"""The formula of the Buenos Aires Convention (1910) as newspapers print it."""
_OPEN = re.compile(
    rf"[\s(\[*]*(?:©|\(c\)\s|ⓒ|&copy;|copyright\b|{_RESERVED}|reproduction (?:without|in whole|of this)|"
    r"no part of this|this (?:material|content|article|story|work) (?:may|must|is protected|"
    r"is (?:subject to )?copyright)|"
    r"nachdruck|reproduction interdite|prohibida (?:su|la) reproducción|riproduzione riservata)",
    re.IGNORECASE,
)
_MUST = re.compile(
    rf"©|ⓒ|\(c\)|{_RESERVED}|\d{{4}}|reprint|permission|reproduc|redistribut|rewritten|riproduzione|nachdruck|"
    r"without|copyright (?:of|by|reserved|notice)\b|terms of use",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"\b(?:said|says|was|were|has|had|court|law|laws|lawsuit|infring\w+|sued|claims?|holder|holders|owner)\b",
    re.IGNORECASE,
)


def find_copyright_lines(view: View) -> Iterator[Proposal]:
    r"""Propose to take copyright lines out of the body.

    They open with the sign or the word, or with the formula that all rights are reserved, and are no sentence about
    copyright. Left alone: prose on the law, a picture's credit (a caption).

    >>> [p.kind for p in find_copyright_lines(View("It rained.\n\n© 2019 Harbour News. All rights reserved."))]
    ['copyright']
    """
    if not view.is_pasted or len(view.lines) < 2:
        return
    for line in view.lines:
        if line.text_end - line.text_start > MAX_LENGTH or not _OPEN.match(view.text, line.text_start, line.text_end):
            continue
        text = view.text[line.text_start : line.text_end]
        if _MUST.search(text) and not _PROSE.search(text) and not is_credit(text):
            reason, fields = "copyright line; kept as a field", (FieldSpan("copyright", line.span),)
            yield Proposal(*line.span, "", "copyright", "copyrights.line", reason, 0.93, None, fields, is_block=True)
