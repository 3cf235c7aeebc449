"""Sentences that present an author in languages in which that stands last, or whose script has no capitals."""

from __future__ import annotations

import re
from functools import cache

from copydesk.tables import pattern_of

MAX_LENGTH = 260


@cache
def _presented() -> re.Pattern[str]:
    """Return the pattern of a whole paragraph that presents somebody; each part is bounded."""
    zh, ja, ko, tr, ar = (pattern_of("bios.tsv", f"penned_{language}") for language in ("zh", "ja", "ko", "tr", "ar"))
    han, kana, letters = "\u3400-\u9fff々", "\u3040-\u30ff・ \u3000", "\u0621-\u064a"
    more = r"\.?(?:\s.{0,120})?"
    turkish_name = r"[A-ZÇĞİÖŞÜ]\w+(?:\s[A-ZÇĞİÖŞÜ]\w+){1,2}"
    is_turkish = r"(?:[sş]?[ıiuü]?d[ıiuü]r|t[ıiuü]r|\solarak\s[^.]{0,40}(?:yor|maktadır|mektedir))"
    being = "(?:系|为|為|是|现为|現為|现任|現任|曾任)"
    return re.compile(
        rf"[（(【]?本?[文篇]?(?:作者|笔者|筆者|撰文者|译者)\s?{being}[^。]{{0,60}}(?:{zh}).{{0,60}}"
        rf"|[{han}]{{2,4}}(?:是一|系|现任|現任|现为|現為|，)[^。]{{0,30}}(?:{zh}).{{0,80}}"
        rf"|(?:著者|筆者|執筆者)[は：・][^。]{{0,60}}(?:{ja})(?!が).{{0,120}}"
        rf"|[{han}]{{1,4}}[ \u3000]?[{han}]{{0,4}}\s?[（(][{kana}]{{3,20}}[)）].{{0,60}}(?:{ja}).{{0,200}}"
        rf"|(?:필자|글쓴이|저자|기고자)\s?[는은:]\s?[^.]{{0,60}}(?:{ko})[^.]{{0,40}}[다임]{more}"
        rf"|[가-힣]{{2,4}}\s(?:{ko})[는은]\s[^.]{{0,80}}(?:있다|왔다|한다|이다){more}"
        rf"|(?:Yazar(?:ımız)?|{turkish_name}),?\s[^.]{{0,100}}(?:{tr}){is_turkish}{more}"
        rf"|(?:كاتبة?\sالمقال|الكاتبة?|المؤلفة?)\s[:،]?\s?(?:ه[وي]\s)?(?:{ar})\s.{{0,150}}"
        rf"|[{letters}]{{3,10}}\s[{letters}]{{3,10}}[\s،]{{1,2}}(?:{ar})\s.{{0,150}}"
    )


@cache
def _says() -> re.Pattern[str]:
    return re.compile(pattern_of("bios.tsv", "says"))


def is_presented_late(text: str) -> bool:
    """Tell whether a paragraph presents its author in Chinese, Japanese, Korean, Turkish or Arabic.

    >>> is_presented_late("著者は港大学教授。"), is_presented_late("著者は会見で涙を流した。")
    (True, False)
    """
    return len(text) <= MAX_LENGTH and _presented().fullmatch(text) is not None and not _says().search(text)
