"""What servers said of the addresses that were asked for."""

from __future__ import annotations

import polars as pl

from schemas.base import Table
from schemas.columns import LONG, SHA256, SHORT, Instant, key, number, plain, string
from schemas.rules import rule


class Fetches(Table):
    """What the server last said of an address: asked again, it need send only what has changed."""

    url: str = key("the address that was asked for, without its fragment", sql="VARCHAR")
    source: str = string("name of the source that asked last", longest=SHORT)
    status: int = number("HTTP status of the last answer; NULL when there was none", nullable=True, least=100, most=599)
    reason: str = string("why the last try brought nothing; NULL when it did", nullable=True, longest=LONG)
    final_url: str = string("address that answered in the end, after redirects", nullable=True, longest=LONG)
    etag: str = string("the server's mark of the bytes that are kept", nullable=True, longest=LONG)
    last_modified: str = string("the server's time of those bytes, as written", nullable=True, longest=SHORT)
    sha256: str = string("of the bytes that are kept; NULL when none ever came", nullable=True, pattern=SHA256)
    size_bytes: int = number("their number", nullable=True, least=0)
    media_type: str = string("what they are, as the server said", nullable=True, longest=SHORT)
    fetched_at: Instant = plain("when bytes last came", nullable=True)
    checked_at: Instant = plain("when the server was last asked")
    gone_at: Instant = plain("since when the server says that there is nothing (404, 410)", nullable=True)

    @rule("Bytes are kept without a time when they came, or the other way round.", blames=("sha256", "fetched_at"))
    def fetched_bytes_have_a_time(self) -> pl.Expr:
        """Bytes came at some time."""
        return pl.col("sha256").is_null() == pl.col("fetched_at").is_null()
