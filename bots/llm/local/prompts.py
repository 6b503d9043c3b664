"""Messages written as a model wants them, and what it wrote read back."""

import json
from collections.abc import Sequence
from typing import Any

import jinja2

from bots.llm.base import ChatMessage, Request, Tool
from bots.llm.structured import instruction

# How roles are written for a model that has no chat template of its own.
NAMES = {
    "system": "System",
    "user": "User",
    "assistant": "Assistant",
    "tool": "Tool",
}
NEXT_TURN = ("\nUser:", "\nSystem:", "\nAssistant:")

Turn = dict[str, Any]


class Prompts:
    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer

    @property
    def stops(self) -> tuple[str, ...]:
        """What ends an answer, beside the model's own marks."""
        return () if self.tokenizer.chat_template else NEXT_TURN

    @property
    def margin(self) -> int:
        """Characters at the end of a text that may yet turn out to be a stop."""
        return max(map(len, self.stops), default=0)

    def tokens(self, request: Request) -> tuple[list[int], int]:
        """The prompt, and how many of its first tokens come with every question."""
        turns = self._turns(request)
        ids = self._ids(turns, request.tools)
        if turns[0]["role"] != "system" or len(turns) < 2:
            return ids, 0
        other = [turns[0], {"role": "user", "content": "."}]
        return ids, _common(ids, self._ids(other, request.tools))

    def text(self, tokens: Sequence[int]) -> str:
        text: str = self.tokenizer.decode(tokens, skip_special_tokens=True)
        cuts = [at for mark in self.stops if (at := text.find(mark)) >= 0]
        return text[: min(cuts, default=len(text))]

    def stopped(self, tokens: Sequence[int]) -> bool:
        """Whether the text begins to speak for somebody else."""
        if not self.stops:
            return False
        text = self.tokenizer.decode(tokens[-16:], skip_special_tokens=True)
        return any(mark in text for mark in self.stops)

    def _turns(self, request: Request) -> list[Turn]:
        turns = [self._turn(message) for message in request.messages]
        if request.schema:
            # Among the rules: they come with every question and are kept in memory.
            at = 0 if turns[0]["role"] == "system" else len(turns) - 1
            turns[at]["content"] += f"\n\n{instruction(request.schema)}"
        return turns

    def _turn(self, message: ChatMessage) -> Turn:
        turn: Turn = {"role": message.role, "content": self._inert(message.content)}
        if message.calls:
            turn["tool_calls"] = [
                {
                    "type": "function",
                    "id": call.id,
                    "function": {"name": call.name, "arguments": dict(call.arguments)},
                }
                for call in message.calls
            ]
        if message.call_id:
            turn["tool_call_id"] = message.call_id
        return turn

    def _ids(self, turns: list[Turn], tools: Sequence[Tool]) -> list[int]:
        if not self.tokenizer.chat_template:
            return self._tokenized(plain(turns), special=True)
        try:
            prompt = self._templated(turns, tools)
        except jinja2.TemplateError:
            # Some templates know no system role.
            prompt = self._templated(folded(turns), tools)
        return self._tokenized(prompt, special=False)

    def _templated(self, turns: list[Turn], tools: Sequence[Tool]) -> str:
        # Templates that know nothing of thinking ignore the flag.
        prompt: str = self.tokenizer.apply_chat_template(
            turns,
            tools=[described(tool) for tool in tools] or None,
            tokenize=False,
            add_generation_prompt=True,
            enable_thinking=False,
        )
        return prompt

    def _tokenized(self, prompt: str, *, special: bool) -> list[int]:
        ids: list[int] = self.tokenizer(prompt, add_special_tokens=special)["input_ids"]
        return ids

    def _inert(self, content: str) -> str:
        # The tokenizer reads its own marks wherever they stand, in a shopper's words
        # too; taking one away may put another together, hence the loop.
        marks = [mark for mark in self.tokenizer.all_special_tokens if mark]
        while found := [mark for mark in marks if mark in content]:
            for mark in found:
                content = content.replace(mark, "")
        return content


def described(tool: Tool) -> dict[str, Any]:
    return {
        "type": "function",
        "function": {
            "name": tool.name,
            "description": tool.description,
            "parameters": dict(tool.parameters),
        },
    }


def plain(turns: Sequence[Turn]) -> str:
    said = [f"{NAMES[turn['role']]}: {turn['content']}" for turn in turns]
    return "\n\n".join([*said, "Assistant:"])


def folded(turns: Sequence[Turn]) -> list[Turn]:
    """The system's words put before the first of the user's."""
    rules = [turn["content"] for turn in turns if turn["role"] == "system"]
    talk = [dict(turn) for turn in turns if turn["role"] != "system"]
    if rules and talk:
        talk[0]["content"] = "\n\n".join([*rules, talk[0]["content"]])
    return talk


def called(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Names and arguments of the tools called in a text, as most models write them."""
    found = []
    for block in text.split("<tool_call>")[1:]:
        try:
            call = json.loads(block.split("</tool_call>")[0])
            found.append((str(call["name"]), dict(call.get("arguments") or {})))
        except (ValueError, LookupError, TypeError, AttributeError):
            continue
    return found


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    for at, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return at
    return min(len(one), len(other))
