"""Mail: a file with many messages (mbox), or a message a file (``.eml``, and every file of a source of this kind)."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from dataclasses import replace

from copydesk.errors import CopydeskError, InputTooLarge
from flows.sources.folder import Place, land_file
from flows.sources.found import Found, Landing
from warehouse.records import Capture

MESSAGE = "message/rfc822"


def open_archive(place: Place, landing: Landing) -> Iterator[Found]:
    """Yield the messages of a file; each goes by its ``Message-ID``, or else by its number."""
    with place.path.open("rb") as stream:
        is_box = stream.read(5) == b"From "
    if not is_box:
        found = land_file(place, landing)
        yield found if found.capture is None else Found(replace(found.capture, media_type=MESSAGE))
        return
    box = mailbox.mbox(place.path, create=False)
    try:
        for number, key in enumerate(box.keys(), 1):
            yield _land(box, key, number, place, landing)
    finally:
        box.close()


def _land(box: mailbox.mbox, key: str, number: int, place: Place, landing: Landing) -> Found:
    data = box.get_bytes(key)
    name = f"{place.path}#{number}"
    try:
        if len(data) > landing.root.options.max_bytes:
            raise InputTooLarge("the message is too large.", advice="Raise read.max_mb.", source=name)
        digest = landing.keep(data, name)
    except CopydeskError as error:
        return Found(error=error)
    given = str(box[key].get("Message-ID") or "").strip().strip("<>")
    return Found(
        Capture(
            source=place.source,
            path=f"{place.name}#{given or number}",
            sha256=digest,
            size=len(data),
            media_type=MESSAGE,
            captured_at=landing.now(),
        )
    )
