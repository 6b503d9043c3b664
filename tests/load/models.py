"""A language model on this machine: our writer beside transformers' own `generate`.

`python -m tests.load.models` builds a model of random weights, 0.16 B parameters in the
manner of Qwen's, and lets both write by turns: the machine's other work hits them alike.
"""

import argparse
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

from bots.llm.base import ChatMessage, Request
from bots.llm.local.loading import Causal, ready
from bots.llm.local.prompts import Prompts
from bots.llm.local.writer import Writer

SHAPE: dict[str, Any] = {
    "vocab_size": 32_768,
    "hidden_size": 768,
    "intermediate_size": 3_072,
    "num_hidden_layers": 16,
    "num_attention_heads": 12,
    "num_key_value_heads": 4,
    "tie_word_embeddings": True,
    "max_position_embeddings": 4_096,
    # None of the tokens: every answer runs to its last token.
    "eos_token_id": None,
}
CROWD = 8
RULES = "You answer for a shop, in one to three sentences. " * 12
QUESTION = "Where is my order number {at}? It should have come on Monday, I am waiting."
TEMPLATE = "{% for m in messages %}[{{ m.role }}]{{ m.content }}\n{% endfor %}[answer]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--tokens", type=int, default=48)
    options = parser.parse_args()
    torch.manual_seed(0)
    model = Qwen2ForCausalLM(Qwen2Config(**SHAPE)).eval()
    size = sum(weight.numel() for weight in model.parameters()) / 1e6
    print(f"{size:.0f} M parameters, {torch.get_num_threads()} threads, {_device()}")
    Bench(model, options.tokens).report(options.rounds)
    if torch.cuda.is_available():
        batched(model, options.tokens)


def _device() -> str:
    if torch.cuda.is_available():
        return str(torch.cuda.get_device_name())
    return f"CPU ({torch.backends.cpu.get_cpu_capability()})"


@dataclass(frozen=True, kw_only=True)
class Round:
    """Seconds of one turn of each."""

    generate: float
    one: float
    crowd: float
    forward: float
    first_token: float


class Bench:
    def __init__(self, model: Any, tokens: int) -> None:
        self.tokens = tokens
        self.tokenizer = _tokenizer()
        plain = ready(model, self.tokenizer)
        self.model = plain.model
        light = Qwen2ForCausalLM(Qwen2Config(**SHAPE)).eval()
        light.load_state_dict(model.state_dict())
        self.causal = ready(light, self.tokenizer, precision="int8")
        self.writer = Writer(self.causal, seats=CROWD)

    def report(self, rounds: int) -> None:
        self._round()
        found = [self._round() for _ in range(rounds)]
        plain = [self.tokens / r.generate for r in found]
        one = [self.tokens / r.one for r in found]
        crowd = [self.tokens * CROWD / r.crowd for r in found]
        self._say("generate, one at a time", plain)
        self._say("ours int8, one request", one)
        self._say(f"ours int8, {CROWD} requests at once", crowd)
        self._ratio("one request", one, plain, "≥ 1.7")
        self._ratio(f"{CROWD} requests", crowd, plain, "≥ 4")
        self._ratio(
            "first token beside the prefill",
            [r.first_token for r in found],
            [r.forward for r in found],
            "≤ 1.3",
        )
        middle = statistics.median
        print(
            f"  prefill {middle(r.forward for r in found) * 1000:.0f} ms,"
            f" first token {middle(r.first_token for r in found) * 1000:.0f} ms"
        )

    def _round(self) -> Round:
        return Round(
            generate=seconds(lambda: self._generate(0)),
            one=seconds(lambda: self._write(0)),
            crowd=seconds(self._write_together),
            forward=seconds(self._forward),
            first_token=self._first_token(),
        )

    def _generate(self, at: int) -> None:
        ids = self._ids(at)
        with torch.inference_mode():
            self.model.generate(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
                max_new_tokens=self.tokens,
                do_sample=False,
                pad_token_id=0,
            )
        _settle()

    def _forward(self) -> None:
        """The prompt read by the same model, without anything around it."""
        ids = self._ids(0, fresh=True)
        with torch.inference_mode():
            self.causal.model(input_ids=ids, logits_to_keep=1)
        _settle()

    def _write(self, at: int) -> None:
        written = self.writer.write(request(at, self.tokens))
        assert written.completion_tokens == self.tokens

    def _write_together(self) -> None:
        threads = [
            threading.Thread(target=self._write, args=(at,)) for at in range(CROWD)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _first_token(self) -> float:
        """Until the first piece is told, of a prompt that no cache knows."""
        began = time.perf_counter()
        told: list[float] = []
        asked = request(0, 2, fresh=True)
        self.writer.write(
            Request(
                messages=asked.messages,
                deadline=asked.deadline,
                max_tokens=2,
                tell=lambda _: told.append(time.perf_counter()),
            )
        )
        return told[0] - began

    def _ids(self, at: int, *, fresh: bool = False) -> torch.Tensor:
        ids, _ = Prompts(self.tokenizer).tokens(request(at, 1, fresh=fresh))
        return torch.tensor([ids], device=self.model.device)

    def _say(self, what: str, rates: list[float]) -> None:
        low, middle, high = min(rates), statistics.median(rates), max(rates)
        print(f"  {what:32}{middle:8.1f} tok/s  ({low:.1f}–{high:.1f})")

    def _ratio(
        self, what: str, ours: list[float], plain: list[float], wanted: str
    ) -> None:
        ratios = [mine / theirs for mine, theirs in zip(ours, plain, strict=True)]
        low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
        print(
            f"  {what:32}{middle:8.2f} ×      ({low:.2f}–{high:.2f}), wanted {wanted}"
        )


def batched(model: Any, tokens: int) -> None:
    """Transformers' continuous batching, which is made for GPUs, on the same prompts."""
    causal = Causal(model=model, prompts=Prompts(_tokenizer()))
    prompts = [causal.prompts.tokens(request(at, 1))[0] for at in range(CROWD)]
    options = {"max_new_tokens": tokens, "do_sample": False, "eos_token_id": -1}
    took = [seconds(lambda: model.generate_batch(prompts, **options)) for _ in range(3)]
    rate = CROWD * tokens / statistics.median(took)
    print(f"  {CROWD} requests, generate_batch {rate:.1f} tok/s")


def request(at: int, tokens: int, *, fresh: bool = False) -> Request:
    # A fresh beginning is one that was never seen, and as long.
    start = f" w{time.monotonic_ns() // 1000 % 30_000 if fresh else 0} "
    return Request(
        messages=(
            ChatMessage(role="system", content=start + RULES),
            ChatMessage(role="user", content=QUESTION.format(at=1000 + at)),
        ),
        deadline=time.monotonic() + 600,
        max_tokens=tokens,
    )


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _settle() -> None:
    if torch.cuda.is_available():
        torch.cuda.synchronize()


def _tokenizer() -> Any:
    """Words are one token each, whatever they say."""
    words = sorted({*(RULES + QUESTION).split(), "[system]", "[user]", "[answer]"})
    words += [f"w{at}" for at in range(SHAPE["vocab_size"] - len(words) - 1)]
    known = {word: at for at, word in enumerate(["?", *words])}
    raw = Tokenizer(models.WordLevel(known, unk_token="?"))
    raw.pre_tokenizer = pre_tokenizers.Split(" ", "isolated")
    made = PreTrainedTokenizerFast(tokenizer_object=raw, unk_token="?")
    made.chat_template = TEMPLATE
    return made


if __name__ == "__main__":
    main()
