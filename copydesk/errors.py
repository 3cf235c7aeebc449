"""The errors that copydesk raises on purpose.

CopydeskError             anything that copydesk itself has to say about an input or a request
├── InputError            this input cannot be read; the others go on (terminal: trying again changes nothing)
│   ├── EmptyInput        nothing but white space was received
│   ├── BinaryInput       the bytes are not text (a picture, an archive, a program ...)
│   ├── UnsupportedInput  no reader knows this format
│   └── InputTooLarge     more bytes than the options allow
├── LedgerError           an edit id that does not exist, or records that do not belong to the text
└── TransientError        may succeed when tried again (a busy disk, a server that is away)

Every error names the input it is about and says what to do next.
"""

from __future__ import annotations


class CopydeskError(Exception):
    """What went wrong, with which input, and what to do next.

    Attributes:
        reason: one sentence, without the name of the input.
        advice: what the person can do about it; may be empty.
        source: the name of the input (a path, an id, a URL); empty where none is known.
        is_transient: whether trying again may succeed.

    """

    is_transient = False

    def __init__(self, reason: str, *, advice: str = "", source: str = "") -> None:
        """Take the words; see the attributes."""
        super().__init__(reason)
        self.reason = reason
        self.advice = advice
        self.source = source

    def __str__(self) -> str:
        text = f"{self.source}: {self.reason}" if self.source else self.reason
        return f"{text} {self.advice}" if self.advice else text


class InputError(CopydeskError):
    """An input that cannot be read; the others go on."""


class EmptyInput(InputError):
    """Nothing but white space was received."""


class BinaryInput(InputError):
    """The bytes are not text."""


class UnsupportedInput(InputError):
    """No reader knows this format."""


class InputTooLarge(InputError):
    """More bytes than the options allow."""


class LedgerError(CopydeskError):
    """An edit that does not exist, or records that do not belong to the text."""


class TransientError(CopydeskError):
    """Something outside failed that may succeed when tried again."""

    is_transient = True
