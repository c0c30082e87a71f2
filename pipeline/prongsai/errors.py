"""One family of errors: each message says what went wrong, where, and what to do next; exit codes in one place."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command returns to the shell."""

    ALL_READ = 0
    SOME_NOT_READ = 1
    WRONG_USE = 2
    NOTHING_READ = 3
    DOES_NOT_ADD_UP = 4
    """The audit found something as grave as `--fail-on` names."""
    FAULT = 70
    """A fault in the program itself: `EX_SOFTWARE` of sysexits.h."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C: 128 and the signal's number, as shells count."""


class ProngsaiError(Exception):
    """The root of the family.

    `what` and `where` are for the person who reads the message, `next_step` is what that person can do about it.
    """

    exit_code = ExitCode.NOTHING_READ

    def __init__(self, what: str, where: str = "", next_step: str = "") -> None:
        self.what, self.where, self.next_step = what, where, next_step
        super().__init__(what, where, next_step)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.next_step}" if self.next_step else head


class UsageError(ProngsaiError):
    """The user asked for something that makes no sense; nothing was read."""

    exit_code = ExitCode.WRONG_USE


class NothingRead(ProngsaiError):
    """No input could be read, or there was none."""


class InputRejected(ProngsaiError):
    """One input cannot be read at all; the run goes on with the others."""

    exit_code = ExitCode.SOME_NOT_READ


class PageFailed(ProngsaiError):
    """One page cannot be read; the document goes on with the others and is `partial`."""

    exit_code = ExitCode.SOME_NOT_READ


class ToolMissing(ProngsaiError):
    """A program that a page needs is not installed."""

    exit_code = ExitCode.SOME_NOT_READ


class KnowledgeError(ProngsaiError):
    """`patterns/` holds an entry that the program does not know, or lacks one that it needs."""

    exit_code = ExitCode.WRONG_USE


class OutputError(ProngsaiError):
    """The output folder cannot be written, or does not hold a run."""

    exit_code = ExitCode.WRONG_USE
