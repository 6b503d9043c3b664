"""Writes several answers at once: newcomers join, and the finished leave, at any token."""

import logging
import threading
import time
from queue import SimpleQueue
from typing import Any

import torch

from bots.llm.base import BadAnswer, Request, TooLate, Unavailable
from bots.llm.local.job import Job, Written
from bots.llm.local.loading import Causal
from bots.llm.local.seats import Copy, Seats, Window

logger = logging.getLogger(__name__)

SEATS = 8
# Tokens of a newcomer's prompt that are read between two tokens of the others.
CHUNK = {"cpu": 256, "cuda": 2048}
# Beginnings of prompts that are kept, and how short ones are not worth it.
HEADS = 8
SHORTEST_HEAD = 8


class Writer:
    """Greedy. One thread does all the reckoning, so that nobody else needs a lock."""

    def __init__(self, causal: Causal, *, seats: int = SEATS) -> None:
        self._causal = causal
        self._most = seats
        self._queue: SimpleQueue[Job] = SimpleQueue()
        self._chunk = CHUNK.get(causal.model.device.type, 256)
        self._rows: list[Job] = []
        self._newcomer: Job | None = None
        self._heads: dict[tuple[int, ...], Copy] = {}
        self._seats = self._empty()
        # How long the last token took.
        self._step = 0.0
        threading.Thread(target=self._run, daemon=True, name="llm").start()

    def write(self, request: Request) -> Written:
        """Return what was written by the deadline. Raises a `ModelError`."""
        job = job_for(self._causal, request)
        self._queue.put(job)
        if not job.finished.wait(max(0.0, request.deadline - time.monotonic())):
            # Its thread sees the deadline as well; what was said so far may do.
            job.end = "late"
        if job.error:
            raise job.error
        return job.written()

    @property
    def writing(self) -> int:
        """How many answers are being written now."""
        return len(self._rows)

    def _empty(self) -> Seats:
        config = self._causal.model.config.get_text_config()
        return Seats(config.num_hidden_layers, self._most)

    def _run(self) -> None:
        with torch.inference_mode():
            while True:
                self._admit()
                try:
                    self._turn()
                except RuntimeError as error:  # out of memory, whatever CUDA reports
                    logger.warning("a model could not run: %s", type(error).__name__)
                    self._give_up()

    def _give_up(self) -> None:
        for job in [*self._rows, *([self._newcomer] if self._newcomer else [])]:
            job.fail(Unavailable("The model could not run."))
        self._rows, self._newcomer = [], None
        self._heads.clear()
        self._seats = self._empty()

    def _admit(self) -> None:
        """Seat the next one; waits for it where there is nothing else to do."""
        if self._newcomer or len(self._rows) >= self._most:
            return
        while not (self._rows and self._queue.empty()):
            job = self._queue.get()
            if time.monotonic() < job.request.deadline:
                self._sit(job)
                return
            job.fail(TooLate("Others were still being answered."))

    def _sit(self, job: Job) -> None:
        self._newcomer = job
        head = tuple(job.prompt[: job.shared])
        if head in self._heads:
            self._seats.paste(len(self._rows), self._heads[head])
            job.read = len(head)

    def _turn(self) -> None:
        if self._newcomer:
            self._read(self._newcomer)
        if self._rows:
            self._write()

    def _read(self, job: Job) -> None:
        """Read the next chunk of a prompt; the last one gives the first token."""
        row, start = len(self._rows), job.read
        # A head ends where its copy is taken.
        stop = min(start + self._chunk, len(job.prompt))
        if start < job.shared < stop:
            stop = job.shared if self._worth_keeping(job) else stop
        token = self._forward(row, [start], [job.prompt[start:stop]])[0]
        job.read = stop
        if stop == job.shared and self._worth_keeping(job):
            self._keep(job, row)
        if stop < len(job.prompt):
            if time.monotonic() >= job.request.deadline:
                self._newcomer = None
                job.fail(TooLate("The prompt was not read in time."))
            return
        self._newcomer = None
        job.add(token, step=self._step)
        if not job.finished.is_set():
            self._rows.append(job)

    def _worth_keeping(self, job: Job) -> bool:
        return job.shared >= SHORTEST_HEAD and (
            tuple(job.prompt[: job.shared]) not in self._heads
        )

    def _keep(self, job: Job, row: int) -> None:
        if len(self._heads) >= HEADS:
            del self._heads[next(iter(self._heads))]
        self._heads[tuple(job.prompt[: job.shared])] = self._seats.copy(row, job.shared)

    def _write(self) -> None:
        """Write the next token of every answer."""
        began = time.monotonic()
        jobs = list(self._rows)
        tokens = self._forward(
            0, [job.held for job in jobs], [job.tokens[-1:] for job in jobs]
        )
        self._step = time.monotonic() - began
        for job, token in zip(jobs, tokens, strict=True):
            job.add(token, step=self._step)
        for row in reversed(range(len(jobs))):
            if jobs[row].finished.is_set():
                self._leave(row)

    def _leave(self, row: int) -> None:
        """Free a row; the last one moves there, so that rows stay side by side."""
        last = len(self._rows) - 1
        if row != last:
            self._seats.move(last, row, self._rows[last].held)
            self._rows[row] = self._rows[last]
        self._rows.pop()
        if self._newcomer and self._newcomer.read:
            self._seats.move(last + 1, last, self._newcomer.read)

    def _forward(self, first: int, held: list[int], tokens: list[list[int]]) -> Any:
        """The next token of some rows that lie side by side."""
        model = self._causal.model
        device = model.device
        ids = torch.tensor(tokens, device=device)
        before = torch.tensor(held, device=device)
        places = before[:, None] + torch.arange(ids.shape[1], device=device)
        span = max(held) + ids.shape[1]
        mask = torch.arange(span, device=device) <= places[:, None, :, None]
        self._seats.look(Window(first=first, held=before, span=span))
        logits = model(
            input_ids=ids,
            attention_mask=mask,
            position_ids=places,
            past_key_values=self._seats,
            use_cache=True,
            logits_to_keep=1,
        ).logits
        return logits[:, -1].argmax(-1).tolist()


def job_for(causal: Causal, request: Request) -> Job:
    """Raises `BadAnswer` where the prompt does not fit."""
    prompt, shared = causal.prompts.tokens(request)
    left = causal.room - len(prompt)
    if left <= 0:
        raise BadAnswer("The prompt is longer than the model can read.")
    return Job(
        request=request,
        prompts=causal.prompts,
        prompt=prompt,
        # The last token of a prompt is always read: it gives the first of the answer.
        shared=min(shared, len(prompt) - 1),
        most=min(request.max_tokens, left),
        ends=causal.ends,
    )
