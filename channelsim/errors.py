"""Errors that carry a code, the values at fault, and the cure.

Every error a user can cause is a `ChannelsimError`; the command line turns `exit_code` into its own
and prints the message without a traceback.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class ChannelsimError(Exception):
    """An error whose message ends with what to change.

    Parameters
    ----------
    message
        What is wrong, with the value, and what to write instead.
    code
        Short stable name of the error, such as `unknown_reference`.
    """

    exit_code = 2

    def __init__(self, message: str, code: str = "bad_input") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class BadValue(ChannelsimError, ValueError):
    """A value that no object of the domain accepts."""


class UnknownPath(ChannelsimError, KeyError):
    """A path such as `channel_types.distributor.price` that leads nowhere."""

    def __str__(self) -> str:
        return self.message


class OutputRefused(ChannelsimError):
    """An output folder that cannot be written."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input file: where it is, what is there, what to write instead."""

    file: str
    """File or sheet the fault is in."""
    row: int | None
    """Row as a spreadsheet counts it (the header is row 1), or line of a TOML file; None for the
    file as a whole."""
    column: str | None
    """Column header or TOML key, or None where the row as a whole is at fault."""
    value: str
    """The text found there."""
    cure: str
    """What is wrong and what to write instead."""
    code: str = "bad_value"
    """Short stable name of the kind of fault."""
    severity: str = "error"
    """error: the input cannot be used; note: it can, but this is worth knowing."""

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f" {'line' if self.file.endswith('.toml') else 'row'} {self.row}"
        if self.column is not None and not self.cure.startswith(self.column):
            place += f", {self.column}"
        return f"{place}: {self.cure}"


class BadInput(ChannelsimError):
    """All the faults found in an input, at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults), code="bad_input")

    def __reduce__(self) -> tuple[type["BadInput"], tuple[tuple[Fault, ...]]]:
        return BadInput, (self.faults,)


class NoPlan(ChannelsimError):
    """No layout meets all limits, or none was found in the time allowed."""

    exit_code = 3
