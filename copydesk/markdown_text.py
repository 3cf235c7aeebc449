"""Plain text as Markdown (CommonMark) that shows the same characters, and front matter that YAML reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from copydesk.document import BlockKind


class Part(NamedTuple):
    """A paragraph and what it is."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH


_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""What YAML 1.2 wants escaped beside what JSON escapes."""
_MARKUP = re.compile(r"[\\`*\[~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w{1,40};)")
"""Characters that would be taken for emphasis, code, links, tags or entities."""
_LINE_START = re.compile(r"(?=#{1,6}(?:\s|$)|>|[-+](?:\s|$)|=+\s*$|-[-\s]*$|:?-+:?\s*$)")
_CLOSING = re.compile(r"(?<!#)#+$")
_NUMBER = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")
_LITERAL = (BlockKind.TABLE, BlockKind.PREFORMATTED)


def write_front_matter(values: Mapping[str, object]) -> str:
    r"""Return values as YAML front matter; what is empty or None is left out.

    >>> print(write_front_matter({"title": 'Say "no": why?', "authors": ["Ida Holm"], "site": None}), end="")
    ---
    title: "Say \"no\": why?"
    authors: ["Ida Holm"]
    ---
    """
    said = (f"{name}: {_scalar(value)}\n" for name, value in values.items() if value not in (None, "", [], ()))
    return f"---\n{''.join(said)}---\n"


def _scalar(value: object) -> str:
    """Write a value as JSON, which is YAML, but for characters that YAML does not print."""
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))


def write_markdown(title: str | None, parts: Iterable[Part]) -> str:
    """Return a title and paragraphs as Markdown; lines within a paragraph stay lines."""
    blocks = [f"# {_heading(title)}"] if title and title.strip() else []
    blocks += [block for part in parts if (block := _block(part))]
    return "\n\n".join(blocks) + "\n"


def _block(part: Part) -> str:
    lines = [line.strip() for line in part.text.splitlines() if line.strip()]
    if not lines:
        return ""
    if part.kind in _LITERAL:
        return _fenced(part.text)
    if part.kind is BlockKind.HEADING:
        return f"## {_heading(part.text)}"
    text = "\\\n".join(_line(line) for line in lines)
    mark = {BlockKind.QUOTE: "> ", BlockKind.LIST_ITEM: "- "}.get(part.kind, "")
    more = "> " if mark == "> " else " " * len(mark)
    return mark + text.replace("\n", f"\n{more}")


def _heading(words: str) -> str:
    return _CLOSING.sub(r"\\\g<0>", _inline(" ".join(words.split())))


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text.strip(chr(10))}\n{fence}"


def _line(line: str) -> str:
    return _NUMBER.sub(r"\1\\", _inline(line), count=1) if _NUMBER.match(line) else _start(_inline(line))


def _start(line: str) -> str:
    return f"\\{line}" if _LINE_START.match(line) else line


def _inline(text: str) -> str:
    r"""Return words with a backslash before what would be markup.

    >>> print(_inline("f_x * 2 < 3 [sic] _so_"))
    f_x \* 2 < 3 \[sic] \_so\_
    """
    return _MARKUP.sub(r"\\\g<0>", text)
