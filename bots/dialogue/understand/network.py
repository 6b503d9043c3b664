"""A fine-tuned network of intents and slots, run by onnxruntime; torch is not needed."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from bots.dialogue.understand.classifier import Reading
from bots.dialogue.understand.network_folder import (
    EXACT,
    SMALL,
    TOKENIZER,
    Labels,
    NetworkError,
    read_labels,
    reading,
)
from bots.dialogue.understand.network_spans import Span, Tagged, spans
from bots.dialogue.understand.network_trust import Trust, read_trust
from bots.dialogue.understand.normalise import Said, fold
from bots.dialogue.understand.vectors import Floats
from kb.encoders.batches import by_length, padded

# Pieces of these tokenizers are never longer on average: the rest would be cut anyway.
_LETTERS_A_TOKEN = 16
_MOST_AT_ONCE = 32
# A span that is less likely than not is none.
_LEAST = 0.5
# A message is read for its intent first, and for its slots right after that.
_REMEMBERED = 64

Heard = tuple[Floats, tuple[Span, ...]]


class Heads:
    """What the network says of texts, before it is calibrated. Threads may share it."""

    def __init__(self, folder: Path, *, exact: bool = False) -> None:
        """Raises NetworkError."""
        # Late: together they take a third of a second.
        import onnxruntime
        from tokenizers import Tokenizer

        self.labels = read_labels(folder)
        self._tokenizer = reading(
            folder / TOKENIZER, lambda path: Tokenizer.from_file(str(path))
        )
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.labels.tokens)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        path = folder / (EXACT if exact else SMALL)
        self._session = reading(
            path,
            lambda path: onnxruntime.InferenceSession(
                str(path), options, ["CPUExecutionProvider"]
            ),
        )
        _check(path, self._session, self.labels)

    def hear(self, texts: Sequence[str]) -> list[Heard]:
        """Return the scores of the intents, and the spans, of folded texts."""
        read = [self._tokens(text) for text in texts]
        ids = [tokens.ids for tokens in read]
        found: dict[int, Heard] = {}
        for places in by_length(ids, _MOST_AT_ONCE):
            for at, scores, tags in self._run(places, [ids[at] for at in places]):
                marked = self._tagged(read[at], tags)
                found[at] = scores, tuple(spans(texts[at], marked, _LEAST))
        return [found[at] for at in range(len(texts))]

    def _run(
        self, places: list[int], ids: list[list[int]]
    ) -> Iterator[tuple[int, Floats, Floats]]:
        tokens, mask = padded(ids)
        fed = {"input_ids": tokens, "attention_mask": mask}
        yield from zip(places, *self._session.run(None, fed), strict=True)

    def _tokens(self, text: str) -> Any:
        # Half a surrogate pair is no text to the tokenizer; a mark takes its place.
        cut = text[: self.labels.tokens * _LETTERS_A_TOKEN]
        return self._tokenizer.encode(cut.encode("utf-8", "replace").decode("utf-8"))

    def _tagged(self, tokens: Any, scores: Floats) -> list[Tagged]:
        chances = _chances(scores[: len(tokens.ids)])
        return [
            Tagged(
                start=start,
                end=end,
                tag=self.labels.tags[int(row.argmax())],
                chance=float(row.max()),
            )
            for (start, end), special, row in zip(
                tokens.offsets, tokens.special_tokens_mask, chances, strict=True
            )
            if not special
        ]


class Network:
    """Reads as the linear classifier does, and finds slots beside."""

    def __init__(self, heads: Heads, trust: Trust) -> None:
        self.heads = heads
        self.trust = trust
        self._heard = lru_cache(_REMEMBERED)(lambda text: heads.hear([text])[0])

    @property
    def labels(self) -> tuple[str, ...]:
        return self.heads.labels.intents

    @property
    def languages(self) -> tuple[str, ...]:
        return self.heads.labels.languages

    def read(self, folded: str) -> Reading:
        return self.trust.judge(self._heard(folded)[0], self.labels)

    def read_all(self, texts: Sequence[str]) -> list[Reading]:
        heard = self.heads.hear(texts)
        return [self.trust.judge(scores, self.labels) for scores, _ in heard]

    def slots(self, text: str) -> dict[str, str]:
        """Return the first words that fill each slot, as they stand in the text."""
        found: dict[str, str] = {}
        for span in self._heard(fold(text))[1]:
            found.setdefault(span.slot, text[span.start : span.end])
        return found

    def missed(self, said: Said, known: Mapping[str, Any]) -> dict[str, str]:
        """Return slots that `known` has not, of words that are no value there."""
        taken = [fold(value) for value in known.values() if isinstance(value, str)]
        return {
            slot: value
            for slot, value in self.slots(said.text).items()
            if slot not in known and not any(_alike(fold(value), it) for it in taken)
        }


def open_network(folder: Path, *, exact: bool = False) -> Network:
    """Load the network in `folder`, rounded to eight bits unless it is to be exact.

    Raises NetworkError where a file is missing, broken or of another network.
    """
    return Network(Heads(folder, exact=exact), read_trust(folder))


def _check(path: Path, session: Any, labels: Labels) -> None:
    widths = [output.shape[-1] for output in session.get_outputs()]
    if widths != [len(labels.intents), len(labels.tags)]:
        raise NetworkError(f"{path} has other labels than are listed beside it")


def _chances(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return chances


def _alike(one: str, other: str) -> bool:
    return one in other or other in one
