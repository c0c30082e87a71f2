"""What the pages of a review ask of the server: questions out, answers in, as JSON."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from prongsai.errors import ProngsaiError
from prongsai.records import Verdict
from prongsai.report.review.answers import Contradicted, Given, as_told
from prongsai.report.review.checking import Refused
from prongsai.report.review.desk import Desk
from prongsai.report.words import Both, word

_MOST_ITEMS = 50
_LONGEST = {"key": 200, "seen": 100, "corrected": 400, "reason": 500, "who": 100}


def _answering(work: Callable[[Api, Any], Response]) -> Callable[[Api, Any], Response]:
    """Turns what may go wrong into an answer that a page can show, in both languages."""

    @wraps(work)
    def answered(self: Api, asked: Any) -> Response:
        try:
            return work(self, asked)
        except Refused as refusal:
            return _problem(422, refusal.message, may_insist=refusal.may_insist)
        except Contradicted as against:
            return _problem(409, word("review.contradicted"), earlier=[as_told(one) for one in against.earlier])
        except ProngsaiError as error:
            return _problem(503, word("review.trouble", what=str(error)))

    return answered


class Api:
    """The addresses under /review/api/."""

    def __init__(self, desk: Desk, who: str) -> None:
        self._desk, self._who = desk, who

    @_answering
    def queue(self, request: Request) -> Response:
        """The next unanswered entries behind one of them."""
        asked = request.query_params.get("count", "10")
        count = min(int(asked), _MOST_ITEMS) if asked.isascii() and asked.isdecimal() else 1
        items = self._desk.after(request.query_params.get("after", ""), count)
        return _json(200, items=items, standing=self._desk.standing())

    @_answering
    def item(self, request: Request) -> Response:
        """One question, and the answers to it that are in force."""
        item, answers = self._desk.find(request.query_params.get("key", "")) or (None, ())
        if item is None:
            return _problem(404, word("review.no_item"))
        return _json(200, item=item, answers=[as_told(one) for one in answers], standing=self._desk.standing())

    @_answering
    def answers(self, request: Request) -> Response:
        """How far the review is, and the answers in force on a document."""
        doc_id = request.query_params.get("doc", "")
        found = self._desk.of_document(doc_id) if doc_id else {}
        if found is None:
            return _problem(404, word("review.no_item"))
        told = {key: [as_told(one) for one in those] for key, those in found.items()}
        return _json(200, answers=told, standing=self._desk.standing())

    async def answer(self, request: Request) -> Response:
        """Takes an answer."""
        return await run_in_threadpool(self._give, await request.body())

    @_answering
    def _give(self, body: bytes) -> Response:
        key, seen, given = parse_answer(body, self._who)
        item, _ = self._desk.find(key) or (None, ())
        if item is None:
            return _problem(404, word("review.no_item"))
        if seen != item.seen:
            # Another run may have given the key to another number.
            return _problem(409, word("review.changed"))
        outcome = self._desk.give(item, given)
        told = [as_told(one) for one in outcome.in_force]
        return _json(201 if outcome.is_new else 200, answers=told, standing=self._desk.standing())


def parse_answer(body: bytes, who: str) -> tuple[str, str, Given]:
    """The key of a question, its `Item.seen` and an answer to it; `who` gave it unless it says so itself. Raises Refused."""
    try:
        given = json.loads(body)
        texts = {name: _text(given, name) for name in _LONGEST}
        earlier = given.get("supersedes", [])
        if not isinstance(earlier, list) or len(earlier) > _MOST_ITEMS * 10:
            raise ValueError("supersedes")
        return (
            texts["key"],
            texts["seen"],
            Given(
                answer_id=str(uuid.UUID(given["id"])),
                verdict=Verdict(given["verdict"]),
                corrected=texts["corrected"],
                reason=texts["reason"],
                who=texts["who"] or who,
                supersedes=frozenset(map(str, earlier)),
                insists=given.get("insists") is True,
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused("bad_request") from error


def _text(given: dict[str, Any], name: str) -> str:
    """A text without line breaks and other characters that cannot be seen."""
    text = given.get(name, "")
    if not isinstance(text, str) or len(text) > _LONGEST[name]:
        raise ValueError(name)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _problem(status: int, message: Both, **more: object) -> Response:
    return _json(status, message=message, **more)


def _json(status: int, **told: object) -> Response:
    return Response(msgspec.json.encode(told), status, media_type="application/json")
