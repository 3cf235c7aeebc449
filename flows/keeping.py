"""Keeping received bytes: several at a time, since a disk takes ten at the cost of one to say that they are safe."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor

from copydesk.errors import InputError, TransientError
from flows.inputs import input_error
from flows.landing import is_kept, store_bytes
from flows.roots import Root

THREADS = 8
WAITING = 32
"""Inputs whose bytes may wait to be written; so many times the largest input is what memory has to hold."""


class Keeper:
    """Writes bytes into the store of a root. What is refused is told by ``settle``, before anything refers to it."""

    def __init__(self, root: Root) -> None:
        """Take the root whose store it is; threads begin with the first bytes that are new."""
        self.root = root
        self._threads: ThreadPoolExecutor | None = None
        self._begun: deque[tuple[Future[None], str, str]] = deque()
        self._refused: dict[str, InputError | TransientError] = {}

    def keep(self, data: bytes, digest: str, source: str) -> None:
        """Begin to keep bytes under their SHA-256 (hex); ``source`` names what they are of."""
        if is_kept(digest, len(data), self.root):
            return
        if self._threads is None:
            self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="keep")
        if len(self._begun) == WAITING:
            self._settle_one()
        self._begun.append((self._threads.submit(store_bytes, data, digest, self.root), digest, source))

    def settle(self) -> Mapping[str, InputError | TransientError]:
        """Wait until all is kept; return, by digest, what the disk refused."""
        while self._begun:
            self._settle_one()
        refused, self._refused = self._refused, {}
        return refused

    def close(self) -> None:
        """End the threads, when they have written what they hold."""
        if self._threads is not None:
            self._threads.shutdown()

    def _settle_one(self) -> None:
        future, digest, source = self._begun.popleft()
        try:
            future.result()
        except OSError as error:
            problem = input_error(error, source)
            problem.reason = f"it cannot be kept in {self.root.store}: {problem.reason}"
            self._refused[digest] = problem
