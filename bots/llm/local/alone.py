"""Models whose memory is no plain cache: transformers writes, one answer at a time."""

import threading
import time
from typing import Any

import torch
import transformers

from bots.llm.base import Request, TooLate, Unavailable
from bots.llm.local.job import Job, Written
from bots.llm.local.loading import Causal
from bots.llm.local.writer import Writer, job_for

FULL = "full_attention"


class Watch(transformers.StoppingCriteria):  # type: ignore[misc]
    """Hands each new token to the job, and stops when that is finished."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._last: float | None = None

    def __call__(
        self, input_ids: torch.Tensor, scores: torch.Tensor, **kwargs: Any
    ) -> torch.Tensor:
        now = time.monotonic()
        # The first step reads the whole prompt: it says nothing about the others.
        step = now - self._last if self._last is not None else 0.0
        self._last = now
        self._job.add(int(input_ids[0, -1]), step=step)
        done = self._job.finished.is_set()
        return torch.full((1,), done, dtype=torch.bool, device=input_ids.device)


class Alone:
    def __init__(self, causal: Causal) -> None:
        self._causal = causal
        self._lock = threading.Lock()

    def write(self, request: Request) -> Written:
        """Return what was written by the deadline. Raises a `ModelError`."""
        job = job_for(self._causal, request)
        left = request.deadline - time.monotonic()
        if not self._lock.acquire(timeout=max(0.0, left)):
            raise TooLate("Others were still being answered.")
        try:
            with torch.inference_mode():
                self._generate(job)
        except RuntimeError as error:
            raise Unavailable("The model could not run.") from error
        finally:
            self._lock.release()
        return job.written()

    def _generate(self, job: Job) -> None:
        model = self._causal.model
        ids = torch.tensor([job.prompt], device=model.device)
        model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=job.most,
            do_sample=False,
            # Left from sampling in many a model's folder, and complained about.
            temperature=None,
            top_p=None,
            top_k=None,
            pad_token_id=next(iter(job.ends), 0),
            stopping_criteria=transformers.StoppingCriteriaList([Watch(job)]),
        )


def writer_for(causal: Causal) -> Writer | Alone:
    return Writer(causal) if seats_fit(causal.model) else Alone(causal)


def seats_fit(model: Any) -> bool:
    """Whether every layer keeps keys and values of all that was read, and no more."""
    config = model.config.get_text_config()
    kinds = set(getattr(config, "layer_types", None) or [FULL])
    windows = getattr(config, "sliding_window", None) and kinds != {FULL}
    plain = (
        kinds == {FULL} and not windows and not getattr(model, "_is_stateful", False)
    )
    return plain and config._attn_implementation == "sdpa"  # noqa: SLF001 - set nowhere else
