"""`search_faqs "question"`, or `search_faqs --jsonl`: what the bot itself would find."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand

from kb.search import Result, search


class Command(BaseCommand):
    help = "Searches the FAQs as the bot does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?")
        parser.add_argument("--jsonl", action="store_true")
        parser.add_argument("--language", default="")
        parser.add_argument("--limit", type=int, default=3)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["jsonl"]:
            self._lines(sys.stdin.buffer)
            return
        given = options["query"]
        for query in [given] if given else _typed():
            found = search(query, language=options["language"], limit=options["limit"])
            self.stdout.write(_readable(found))

    def _lines(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self.stdout.write(json.dumps(_answer(line), ensure_ascii=False))
            self.stdout.flush()


def _answer(line: bytes) -> dict[str, Any]:
    try:
        found = search(**_asked(line))
    except ValueError as error:
        return {"error": str(error)}
    return {
        "hits": [
            {"ref": hit.ref, "question": hit.question, "score": hit.score}
            for hit in found.hits
        ],
        "answerable": found.answerable,
        "confidence": round(found.confidence, 4),
    }


def _asked(line: bytes) -> dict[str, Any]:
    """The arguments of a search; ValueError says what is wrong with the line."""
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(asked, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - one kind of refusal
    query, language = asked.get("query"), asked.get("language") or ""
    limit = 3 if asked.get("limit") is None else asked["limit"]
    if not isinstance(query, str):
        raise ValueError("query must be text")  # noqa: TRY004
    if not isinstance(language, str):
        raise ValueError("language must be text")  # noqa: TRY004
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise ValueError("limit must be a whole number above 0")
    return {"query": query, "language": language, "limit": limit}


def _typed() -> Iterator[str]:
    while True:
        try:
            yield input("? ")
        except EOFError:
            return


def _readable(found: Result) -> str:
    verdict = "answerable" if found.answerable else "not answerable"
    lines = [f"{verdict}, confidence {found.confidence:.2f}"]
    lines += [f"{hit.score:.2f}  {hit.ref}  {hit.question}" for hit in found.hits]
    return "\n".join(lines)
