"""Edits and facts as annotations of the W3C Web Annotation Data Model (2017), in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from copydesk.anchors import TextPositionSelector, TextQuoteSelector
from copydesk.document import Span
from copydesk.edits import FlatEdit

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
Json = dict[str, Any]


def annotate_place(source: str, text: str, span: Span) -> Json:
    """Return a place in a text as a target: by its position (in code points) and by its words.

    >>> annotate_place("a.txt", "one two", Span(4, 7))["selector"][0]
    {'type': 'TextPositionSelector', 'start': 4, 'end': 7}
    """
    selectors = [TextPositionSelector(*span).to_json(), TextQuoteSelector.of(text, span).to_json()]
    return {"type": "SpecificResource", "source": source, "selector": selectors}


def annotate(
    iri: str, motivation: str, bodies: Iterable[tuple[str, str]], said: Mapping[str, object], targets: list[Json]
) -> Json:
    """Return an annotation.

    Args:
        iri: its id.
        motivation: of the data model: editing, identifying, classifying ...
        bodies: purpose and text of what it says.
        said: all that is known, which goes into one more body as JSON.
        targets: the places that it is about, each alone.

    """
    found: list[Json] = [{"type": "TextualBody", "purpose": purpose, "value": text} for purpose, text in bodies]
    written = json.dumps(said, ensure_ascii=False, default=str)
    found.append({"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": written})
    return {"id": iri, "type": "Annotation", "motivation": motivation, "body": found, "target": targets}


def places_in_clean_text(pieces: Iterable[FlatEdit]) -> Mapping[int, Span]:
    """Return where edits stand in the clean text, by edit: from its first piece to its last; empty for what is gone.

    >>> places_in_clean_text([FlatEdit(0, 4, "", 1), FlatEdit(6, 8, " - ", 2)])
    {1: Span(start=0, end=0), 2: Span(start=2, end=5)}
    """
    found: dict[int, Span] = {}
    shift = 0
    for piece in pieces:
        start = piece.raw_start + shift
        end = start + len(piece.replacement)
        found[piece.edit_id] = Span(found[piece.edit_id].start, end) if piece.edit_id in found else Span(start, end)
        shift += len(piece.replacement) - (piece.raw_end - piece.raw_start)
    return found
