"""One family of errors: each message says what went wrong, where, and what to do next; exit codes in one place."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
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
    may_pass = False
    """Whether the same input may fare better another time; what failed so is not kept as the result of reading it."""

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


class InputLost(InputRejected):
    """An input that was there when the run began is gone by now, changed, or shut."""

    may_pass = True


class PageFailed(ProngsaiError):
    """One page cannot be read; the document goes on with the others and is `partial`."""

    exit_code = ExitCode.SOME_NOT_READ


class Hindered(PageFailed):
    """What reads a page, or a whole document, failed or was short of something: no fault of the page."""

    may_pass = True


class Died(ProngsaiError):
    """The process that read a document ended: a crash in a library, or the system or somebody killed it."""

    exit_code = ExitCode.SOME_NOT_READ
    may_pass = True


class TooSlow(Died):
    """The process was ended because nothing came from it for as long as a page may take."""


class OutOfMemory(ProngsaiError):
    """A document needs more memory than it may take."""

    exit_code = ExitCode.SOME_NOT_READ
    may_pass = True


class ToolMissing(ProngsaiError):
    """A program that a page needs is not installed."""

    exit_code = ExitCode.SOME_NOT_READ
    may_pass = True


class Unreachable(ProngsaiError):
    """A server with inputs stayed away for longer than it was waited for."""

    exit_code = ExitCode.SOME_NOT_READ
    may_pass = True


class KnowledgeError(ProngsaiError):
    """`patterns/` holds an entry that the program does not know, or lacks one that it needs."""

    exit_code = ExitCode.WRONG_USE


class EngineLost(ProngsaiError):
    """The cluster that reads the documents is gone; what it has read is kept."""

    exit_code = ExitCode.WRONG_USE


class OutputError(ProngsaiError):
    """The output folder cannot be written, or does not hold a run."""

    exit_code = ExitCode.WRONG_USE


@contextmanager
def explained(doing: str, folder: str) -> Iterator[None]:
    """Turns what the disk complains of while `doing` something, like "write the tables", into an OutputError that says what to do."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot {doing}: {error.strerror or error}", folder, _next_step(error)) from error


def _next_step(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Free some space on that disk, or write fewer formats with --format. What was read is kept"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "Choose a folder that you may write to, and close its files in other programs"
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return "A file stands where a folder is needed: choose another folder"
    return "Choose another folder, or try again"
