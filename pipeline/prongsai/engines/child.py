"""The process in which documents are read: takes one call after the other from its standard input, and answers each.

A frame is its length in eight bytes and then its bytes. The parent sends pickled calls; the answers are a letter and bytes, or
an error as JSON: nothing that comes from a process that a document may have upset is unpickled.
"""

from __future__ import annotations

import json
import logging
import os
import pickle
import queue
import shutil
import signal
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from prongsai.engines.limits import hold_to
from prongsai.errors import Hindered, ProngsaiError
from prongsai.records import Limits

LENGTH = struct.Struct("<Q")
ALIVE, DONE, RAISED = b"a", b"d", b"r"
"""What an answer begins with: still at work, the result, or an error."""
MOST_BYTES = 1 << 32
"""No frame is longer; what claims to be was not sent by a process in its right mind."""
_signs: list[Callable[[], None]] = []


@dataclass(frozen=True, slots=True)
class Terms:
    """What a child is told first."""

    limits: Limits
    scratch: str
    """A folder of its own for temporary files, in the environment too; it is removed when the child ends, however it does."""
    log_level: int


def show_life() -> None:
    """Tells the parent that a step is done, so that the clock of the next one starts; does nothing in any other process."""
    for tell in _signs:
        tell()


def write_frame(stream: BinaryIO, frame: bytes) -> None:
    """Writes one frame and hands it on at once."""
    stream.write(LENGTH.pack(len(frame)))
    stream.write(frame)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame, None where the other side is gone, or out of its mind."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    if length > MOST_BYTES:
        return None
    frame = stream.read(length)
    return frame if len(frame) == length else None


def main() -> None:
    """Answers calls until the parent is gone."""
    # Ctrl-C reaches the parent, which decides; a child would print a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not mix with the answers, nor may a program that is started read the calls.
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    first = read_frame(asked)
    if first is None:
        return
    terms: Terms = pickle.loads(first)
    logging.basicConfig(level=terms.log_level, format="%(name)s: %(message)s")
    calls: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    try:
        hold_to(terms.limits)
        threading.Thread(target=_listen, args=(asked, calls, terms.scratch), daemon=True).start()
        _signs.append(lambda: write_frame(answers, ALIVE))
        show_life()
        while True:
            write_frame(answers, _answer(calls.get()))
    finally:
        # The parent is gone, or no memory is left even for an answer.
        _leave(terms.scratch)


def _listen(asked: BinaryIO, calls: queue.SimpleQueue[bytes], scratch: str) -> None:
    """Hands on calls until the parent is gone, however it went."""
    try:
        while (frame := read_frame(asked)) is not None:
            calls.put(frame)
    finally:
        _leave(scratch)


def _leave(scratch: str) -> None:
    """Ends this process and every program that it started, and removes what they left."""
    shutil.rmtree(scratch, ignore_errors=True)
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _answer(frame: bytes) -> bytes:
    try:
        work, arguments = pickle.loads(frame)
        result: Any = work(*arguments)
        return DONE + bytes(result)
    except MemoryError:
        return _raised("MemoryError", "it needs more memory than one document may take")
    except ProngsaiError as error:
        return _raised(type(error).__name__, error.what, error.where, error.next_step)
    except ImportError as error:
        return _raised("ImportError", str(error), error.name or "")
    except OSError as error:
        # No room on the disk or too many open files; what the system has no number for is a library's own complaint.
        kind = Hindered.__name__ if error.errno else ""
        return _raised(kind, f"{type(error).__name__}: {error.strerror or error}", next_step="Run it again" if kind else "")
    except Exception as error:  # noqa: BLE001 - whatever a library raises costs its document only
        return _raised("", f"{type(error).__name__}: {error}")


def _raised(kind: str, what: str, where: str = "", next_step: str = "") -> bytes:
    return RAISED + json.dumps([kind, what, where, next_step]).encode()
