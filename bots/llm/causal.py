"""The only module here that imports torch: loads a causal model and lets it write."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import jinja2
import torch
import transformers

from bots.llm.base import BadAnswer, ChatMessage, Unavailable

# How roles are written for a model that has no chat template of its own.
NAMES = {"system": "System", "user": "User", "assistant": "Assistant"}
NEXT_TURN = ["\nUser:", "\nSystem:", "\nAssistant:"]


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was written, and whether it was all said, ran long or was late."""

    text: str
    end: Literal["said", "long", "late"]


class Deadline(transformers.StoppingCriteria):  # type: ignore[misc]
    """Stops before a token that would be finished after the deadline."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.passed = False
        self._last: float | None = None

    def __call__(
        self, input_ids: torch.Tensor, scores: torch.Tensor, **kwargs: Any
    ) -> torch.Tensor:
        now = time.monotonic()
        # The first step reads the whole prompt: it says nothing about the others.
        step = now - self._last if self._last is not None else 0.0
        self._last = now
        self.passed = self.passed or now + step >= self.deadline
        return torch.full(
            (input_ids.shape[0],),
            self.passed,
            dtype=torch.bool,
            device=input_ids.device,
        )


class CausalModel:
    def __init__(self, model: Any, tokenizer: Any) -> None:
        self.model = model
        self.tokenizer = tokenizer

    def write(
        self, messages: Sequence[ChatMessage], *, deadline: float, max_tokens: int
    ) -> Written:
        """Continue the talk greedily. Raises `BadAnswer` where it does not fit."""
        inputs = self._encode(messages)
        room = self._room(inputs["input_ids"].shape[1])
        clock = Deadline(deadline)
        try:
            with torch.inference_mode():
                output = self.model.generate(
                    **inputs, **self._options(min(max_tokens, room), clock)
                )
        except RuntimeError as error:  # out of memory and all that CUDA reports
            raise Unavailable("The model could not run.") from error
        return self._read(output[0, inputs["input_ids"].shape[1] :], clock)

    def _encode(self, messages: Sequence[ChatMessage]) -> Any:
        harmless = [
            {"role": message.role, "content": self._inert(message.content)}
            for message in messages
        ]
        if not self.tokenizer.chat_template:
            return self._tokens(plain(harmless), special=True)
        try:
            prompt = self._templated(harmless)
        except jinja2.TemplateError:
            # Some templates know no system role.
            prompt = self._templated(folded(harmless))
        return self._tokens(prompt, special=False)

    def _templated(self, messages: list[dict[str, str]]) -> str:
        # Templates that know nothing of thinking ignore the flag.
        prompt: str = self.tokenizer.apply_chat_template(
            messages, tokenize=False, add_generation_prompt=True, enable_thinking=False
        )
        return prompt

    def _tokens(self, prompt: str, *, special: bool) -> Any:
        return self.tokenizer(
            prompt,
            return_tensors="pt",
            add_special_tokens=special,
            return_token_type_ids=False,
        ).to(self.model.device)

    def _inert(self, content: str) -> str:
        # The tokenizer reads its own marks wherever they stand, in a shopper's words
        # too; taking one away may put another together, hence the loop.
        marks = [mark for mark in self.tokenizer.all_special_tokens if mark]
        while found := [mark for mark in marks if mark in content]:
            for mark in found:
                content = content.replace(mark, "")
        return content

    def _room(self, used: int) -> int:
        limit = getattr(self.model.config, "max_position_embeddings", None)
        if limit is None:
            return 1 << 20
        if used >= limit:
            raise BadAnswer("The prompt is longer than the model can read.")
        return int(limit) - used

    def _options(self, max_tokens: int, clock: Deadline) -> dict[str, Any]:
        options: dict[str, Any] = {
            "max_new_tokens": max_tokens,
            "do_sample": False,
            # Left from sampling in many a model's folder, and complained about.
            "temperature": None,
            "top_p": None,
            "top_k": None,
            "pad_token_id": self._pad(),
            "stopping_criteria": transformers.StoppingCriteriaList([clock]),
        }
        if not self.tokenizer.chat_template:
            options |= {"stop_strings": NEXT_TURN, "tokenizer": self.tokenizer}
        return options

    def _pad(self) -> int | None:
        pad: int | None = self.tokenizer.pad_token_id
        return pad if pad is not None else self.tokenizer.eos_token_id

    def _read(self, tokens: torch.Tensor, clock: Deadline) -> Written:
        text: str = self.tokenizer.decode(tokens, skip_special_tokens=True)
        ended = bool(len(tokens)) and int(tokens[-1]) in self._ends()
        if not self.tokenizer.chat_template:
            cuts = [at for mark in NEXT_TURN if (at := text.find(mark)) >= 0]
            ended = ended or bool(cuts)
            text = text[: min(cuts, default=len(text))]
        if ended:
            return Written(text=text, end="said")
        return Written(text=text, end="late" if clock.passed else "long")

    def _ends(self) -> set[int]:
        ends = self.model.generation_config.eos_token_id
        return set(ends) if isinstance(ends, list) else {ends} - {None}


def load(name: str) -> CausalModel:
    local = Path(name).is_dir()
    tokenizer = transformers.AutoTokenizer.from_pretrained(name, local_files_only=local)
    # "auto" keeps the type the weights were saved in, bfloat16 included.
    model = transformers.AutoModelForCausalLM.from_pretrained(
        name, local_files_only=local, dtype="auto"
    )
    model.to("cuda" if torch.cuda.is_available() else "cpu")
    model.eval()
    return CausalModel(model, tokenizer)


def plain(messages: Sequence[dict[str, str]]) -> str:
    turns = [f"{NAMES[turn['role']]}: {turn['content']}" for turn in messages]
    return "\n\n".join([*turns, "Assistant:"])


def folded(messages: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The system's words put before the first of the user's."""
    rules = [turn["content"] for turn in messages if turn["role"] == "system"]
    talk = [dict(turn) for turn in messages if turn["role"] != "system"]
    if rules and talk:
        talk[0]["content"] = "\n\n".join([*rules, talk[0]["content"]])
    return talk
