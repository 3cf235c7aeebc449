"""Copyright lines that were copied with an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.proposals import FieldSpan, Proposal
from copydesk.repairs.captions import is_credit
from copydesk.view import View

VERSION = 2

MAX_LENGTH = 420
_RESERVED = (
    r"(?:all )?(?:other )?rights (?:are )?reserved\b(?! (?:for|to|the|by a))|alle rechte (?:sind )?vorbehalten|"
    r"tous (?:les )?droits (?:sont )?réservés|(?:todos los )?derechos reservados|(?:tutti i )?diritti (?:sono )?riservati\b(?! all)|"
    r"(?:todos os )?direitos reservados|alle rechten voorbehouden|(?:все )?права защищены|"
    r"(?:wszelkie )?prawa zastrzeżone|všechna práva vyhrazena|(?:tüm hakları|her hakkı) (?:saklıdır|mahfuzdur)|alla rättigheter förbehålles|"
    r"alle rettigheder forbeholdes|alle rettigheter forbeholdt|kaikki oikeudet pidätetään|minden jog fenntartva|"
    r"toate drepturile rezervate|sva prava pridržana|усі права захищено|всички права запазени|"
    r"hak cipta dilindungi|无断转载|無断(?:転載|複製|転用)|(?:版权|版權)所有(?![者人])|著作権は.{0,20}(?:帰属|属し|有し)|무단\s?(?:전재|복제|배포)|저작권자(?![는가])|"
    r"(?:جميع )?(?:الحقوق محفوظة|حقوق (?:النشر|الطبع|الملكية) محفوظة)|כל הזכויות שמורות"
)
"""The formula of the Buenos Aires Convention (1910) as newspapers print it."""
_COPIED = (
    r"reproduc\w*|reprint\w*|republi\w*|redistribut\w*|re-?use\w*|copied|copying|duplicat\w*|distribut\w*|rewritten|"
    r"syndicat\w*|broadcast|transmitted"
)
"""What may not be done."""
_FORBIDDEN = (
    r"(?:written |prior |express |explicit |our |the )*(?:permission|consent|authori[sz]ation|approval|licen[cs]e)\b|"
    r"(?:strictly |expressly )?(?:prohibited|forbidden|not (?:permitted|allowed))|may not be|must not be|cannot be"
)
_ENGLISH = re.compile(
    rf"(?:[^.]{{0,120}}\b(?:{_COPIED})\b[^.]{{0,160}}\b(?:{_FORBIDDEN})|"
    rf"[^.]{{0,80}}\b(?:{_FORBIDDEN})[^.]{{0,120}}\b(?:{_COPIED})\b)",
    re.IGNORECASE,
)
_OF_TEXT = re.compile(
    r"\b(?:content|contents|article|articles|material|materials|text|story|stories|site|website|publication|work|"
    r"photos|images|copyright\w*|in whole|in part|without)\b",
    re.IGNORECASE,
)
_LICENSED = re.compile(
    r"[^.]{0,80}\b(?:licen[cs]ed|available|published|republished|distributed|shared|released)\b[^.]{0,60}\b(?:under|according to)\b"
    r"[^.]{0,40}\b(?:CC[ -]BY|CC0|creative commons|licen[cs]e)"
    r"|(?:re)?(?:printed|published|produced|used)\s(?:here\s)?(?:with|by)\s(?:the\s)?(?:kind\s)?permission\b"
    r"|(?:to\s)?(?:licen[cs]e|reuse|reprint|republish)\s(?:this|our)\s(?:article|story|content|content)\b"
    r"|(?:for\s)?(?:reprints?|licensing|syndication)\s(?:and|&|or|rights|enquir|inquir|information|permission|requests|contact)"
    r"|(?:creative commons|CC[ -]BY|CC0)[\w .,:/-]{0,60}$|(?:this \w+ )?(?:is )?licensed under (?:a )?(?:CC|creative)|republish (?:this|our) \w+ "
    r"|(?:please )?(?:do not|you may not|not to be|not for|may not be) (?:copy|re-?print|re-?produc|re-?publi|re-?distribut|re-?us)[^.]{0,90}\W*$"
    r"|(?:any )?unauthori[sz]ed (?:use|reproduction|copying|duplication|distribution|republication)[^.]{0,90}(?:prohibited|forbidden|not (?:permitted|allowed))"
    r"|(?:the )?copyright (?:of|in|to|for) (?:this|the) (?:article|story|text|content|material|work|photos?)\b[^.]{0,20} (?:belongs|remains|rests|is (?:held|owned))"
    r"|copyright (?:remains|rests|lies|belongs|stays|is (?:held|owned))\b[^.]{0,60}\W*$"
    r"|[^.]{2,40} (?:retains|reserves) (?:all|the) rights?\b[^.]{0,60}(?:this|its) (?:article|content|story|text)|"
    r"all (?:other )?trademarks|[^.]{2,40} is a (?:registered )?trademark of|(?:tm|®) ?(?:&|and) ?©"
    r"|(?:photos?|texts?|images?|words?|illustrations?|content)(?: (?:and|&) (?:photos?|texts?|images?|words?|illustrations?))? ?(?:©|copyright|\(c\)) ?(?:\d{4})?[\w .]{0,40}$"
    r"|published by [^.]{3,40} (?:ltd|inc|gmbh|llc|limited|plc)\b.*(?:regist|company)"
    r"|(?:distributed|syndicated) by (?:the )?[^.]{3,50}(?:agency|llc|inc|syndicate|services?|ltd|media|news)\W*$"
    r"|[^.]{0,60}\bfor (?:your )?(?:personal|private),? (?:and )?(?:non-?commercial )?use only|[^.]{0,40}\bsubject to (?:crown )?copyright\b"
    r"|(?:all )?(?:content|material|text)s?\b[^.]{0,60}\b(?:intellectual property|property) of|reprints? (?:and|&|/) permissions?|permissions? (?:and|&) reprints?"
    r"|(?:to )?(?:request|obtain|order|purchase) (?:a )?(?:reprints?|permissions?|licen[cs]e|reuse)|(?:for )?permission to (?:reprint|reproduce|reuse|republish)"
    r"|(?:first|originally) published (?:in|by) [^.]{3,40}\.? (?:©|copyright|all rights|reproduced|reprinted)|courtesy of [^.]{3,40}\. (?:©|all rights|used)"
    r"|(?:this|the) (?:article|story|text|content) (?:may|can) be (?:freely )?(?:re|shared|copied|used)[^.]{0,60}(?:credit|attribut|provided|licen|link|permission)"
    r"|crown copyright\b|[^.]{0,60}\b(?:is|are)\s(?:protected by|subject to|under)\scopyright\b(?!,)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:alle|sämtliche|die)\s(?:\w+\s){0,3}(?:inhalte|texte|beiträge|artikel|bilder)\b.{0,60}\b(?:urheberrechtlich|geschützt)"
    r"|(?:jede|die|eine)?\s?(?:\w+\s)?(?:vervielfältigung|weiterverbreitung|verwendung|nachdruck|weiterverwendung|übernahme)\b.{0,80}"
    r"\b(?:nur mit|genehmigung|zustimmung|untersagt|verboten|nicht gestattet|auszugsweise|erlaubnis)"
    r"|(?:das )?copyright liegt bei|(?:materiał|tekst|artykuł)\b.{0,20}chroniony praw|tous (?:les )?droits de reproduction|"
    r"reprodução (?:proibida|vedada)|reproducción prohibida"
    r"|.{0,4}(?:版权|版權|著作權)(?:归|歸|声明|聲明|說明|说明|属于|屬於)"
    r"|copyright\s[^.]{2,40}\.\s(?:vervielfältigung|weiterverwendung|nachdruck)"
    r"|(?:toute\s|la\s)?(?:reproduction(?! d[eu]s? (?:ces|tableau|oiseaux|animaux|espèces|l))|rediffusion|republication|utilisation|diffusion)\b.{0,80}\b(?:interdite?s?|autorisation|accord|réservée?s?)"
    r"|(?:queda\w*\s|está\w*\s)?(?:terminantemente\s|totalmente\s|expresamente\s|estrictamente\s)?(?:prohibid[ao]s?)\s.{0,20}"
    r"(?:reproducción|copia|difusión|distribución|uso|republicación)|prohibida\b.{0,20}\breproducción"
    r"|(?:è\s)?(?:vietata|vietato|proibita)\s.{0,20}(?:riproduzione|copia|uso|utilizzo|diffusione)|(?:©\s?)?riproduzione\s(?:riservata|vietata)"
    r"|(?:é\s|fica\s)?(?:expressamente\s)?(?:proibid[ao]|vedad[ao])s?\s.{0,20}(?:reprodução|cópia|uso|republicação|distribuição|publicação)"
    r"|(?:niets|geen (?:enkel )?deel) (?:uit|van) (?:deze|dit) .{0,80}(?:toestemming|worden)|.{0,40}\b(?:auteursrecht|copyright)\w* (?:rust|beschermd|berust)"
    r"|op (?:dit|deze) .{0,20} (?:be)?rust .{0,20}(?:copyright|auteursrecht)|overname .{0,40}(?:toestemming|verboden|toegestaan)"
    r"|(?:kopiowanie|przedruk|rozpowszechnianie|powielanie|wykorzystanie|reprodukcja)\b.{0,80}\b(?:zgody|zabronion[eya]|zgodą|zastrzeżone)"
    r"|(?:(?:любо[ей]|полная|частичная|использование|при|полное)\s)?(?:и\s\w+\s)?(?:перепечатк\w+|копировани\w+|воспроизведени\w+|цитировани\w+|"
    r"использовани\w+ (?:материалов|текстов|статьи|любых))\b.{0,100}\b(?:разрешени\w+|запрещен\w*|согласи\w+|ссылк\w+|обязательн\w+)"
    r"|(?:bu|tüm|sitede\w*)\s.{0,60}\b(?:izinsiz|izin alınmadan|kaynak gösterilmeden|yazılı izin)\b.{0,60}(?:kopyalan|yayınlan|yayımlan|kullanıl|çoğaltıl)"
    r"|izinsiz\s.{0,50}(?:kopyalan|yayınlan|yayımlan|kullanıl|çoğaltıl)"
    r"|(?:يمنع|يُمنع|يحظر|يُحظر|لا يجوز)\s.{0,30}(?:نسخ|نقل|إعادة|نشر|استخدام|اقتباس)|حقوق\s(?:النشر|الطبع|الملكية).{0,20}(?:©|محفوظة|\d{4})"
    r"|.{0,16}(?:未经|未經|不得|禁止|谢绝|严禁|嚴禁|請勿|请勿).{0,20}(?:转载|轉載|复制|複製|摘编|转摘|镜像|使用)"
    r"|(?:转载|轉載).{0,12}(?:请|請|须|需|必究|注明|註明|授权|授權)"
    r"|.{0,30}(?:無断|無許可).{0,16}(?:転載|複製|転用|使用|引用|掲載).{0,12}(?:禁|ません|お断り|ご遠慮)|.{0,20}(?:転載|複製)を?(?:固く)?禁"
    r"|.{0,30}무단\s?(?:전재|복제|배포|사용|도용)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    rf"[\s(\[*®™&]*(?:and\s)?(?:©|\(c\)\s|ⓒ|&copy;|copyright\b|copr\.\s|{_RESERVED}|(?:site\s|all\s)?(?:content|contents|text|photos)s?\s"
    r"(?:is\s|are\s)?(?:copyright|©|\(c\))|no part of this (?:\w+\s){0,2}(?:may|can|shall)|"
    r"this (?:material|content|article|story|work) (?:may not|must not|cannot|is protected|is (?:subject to )?copyright))",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"[^.!?©]{{2,60}}(?:[,.;|–—-]\s+|\s)(?:(?:©|\(c\)|copyright)\s*(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?|{_RESERVED})\W*",
    re.IGNORECASE,
)
"""A house, and the sign with a year or the formula behind it."""
_MUST = re.compile(
    rf"©|ⓒ|\(c\)|{_RESERVED}|\d{{4}}|reprint|permission|reproduc|redistribut|rewritten|"
    r"without|copyright (?:of|by|reserved|notice)\b|copyright\W+[A-Z][\w ]{2,40}\W?$|terms of use|"
    r"(?:content|contents|text|photos) (?:is |are )?(?:copyright|©)|cannot be|may not be|protected",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"©|ⓒ|\([cC]\)|[Tt]rademark|Do not re|Not for re|[Cc]reative [Cc]ommons|Registered|归|歸|声明|[Cc]opyright|COPYRIGHT|CC[ -]BY|[Ll]icen[cs]|LICEN|[Pp]ermi|[Pp]rohib|PROHIB|forbid|[Rr]eproduc|[Rr]eprint|[Rr]epubli|[Cc]onsent|"
    r"[Rr]eserved|RESERVED|authori|[Vv]orbehalten|gesch[üu]tzt|Nachdruck|ielfältig|Weiterv|Übernahme|droits|interdit|autoris|[Rr]eproducc|reservad|"
    r"[Vv]ietat|[Rr]iserv|RISERV|[Pp]roibid|[Vv]edad|[Rr]eprod|toestemming|uteursrecht|voorbehouden|[Zz]astrze|[Kk]opiowan|[Pp]rzedruk|[Пп]ерепечат|"
    r"[Пп]рава|[Кк]опирован|[Цц]итирован|[Ии]спользован|saklıdır|mahfuz|zinsiz|retains|reserves|personal use|non-?commercial|istributed by|yndicated by|intellectual|property of|freely|ERMISSION|opyleft|izin|محفوظ|يمنع|يحظر|يُمنع|يُحظر|لا يجوز|حقوق|转载|轉載|复制|複製|"
    r"版权|版權|著作権|転載|転用|무단|저작권|förbeh|forbehold|oikeudet|fenntartva|rezervate|pridržana|захищено|запазени|vyhrazena|hak cipta|שמורות"
)
_PROSE = re.compile(
    r"\b(?:said|says|was|were|has|had|court|judge|law|laws|lawsuit|infring\w+|sued|claims?|holder|holders|owner|owners|expires?|"
    r"ruled|fined|phrase|differ|began|wrote|thousands did|allows anyone|want|wants|until|strange|cost|costs|coûte|ist ein|years?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|euros|erschien|wurde|fut|fue|venduti|vendidos|"
    r"проданы|суд|侵犯|侵权|罚|逮捕|侵害|혐의|침해)\b|侵犯|侵权|罚款|逮捕|侵害|침해|혐의|法院|起诉|規定|规定|可以在|网站后来|越来越|道歉|소송|موضوع|الجدل",
    re.IGNORECASE,
)


_CAME = re.compile(
    r"\b(?:was|were|has been|have been|is|are) (?:\w+ly |first )?(?:published|republished|reprinted|reproduced|produced|"
    r"licensed|provided|written|created|protected|distributed)\b|respective owners?|rights? (?:holder|owner)s?|copyright owners?\W*$",
    re.IGNORECASE,
)
"""What is said of a text, too, in a line about its rights."""


def _is_line(text: str) -> bool:
    """Tell whether a line is about the rights in the text that it stands in."""
    if _OPEN.match(text) and _MUST.search(text):
        return True
    if _TRAILING.fullmatch(text) or _ELSEWHERE.match(text) or _LICENSED.match(text):
        return True
    return _ENGLISH.match(text) is not None and _OF_TEXT.search(text) is not None


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
        if line.text_end - line.text_start > MAX_LENGTH or not _SIGNS.search(view.text, line.text_start, line.text_end):
            continue
        text = view.text[line.text_start : line.text_end]
        if _is_line(text) and not _PROSE.search(_CAME.sub("", text)) and not is_credit(text):
            reason, fields = "copyright line; kept as a field", (FieldSpan("copyright", line.span),)
            yield Proposal(*line.span, "", "copyright", "copyrights.line", reason, 0.93, None, fields, is_block=True)
