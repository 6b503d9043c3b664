"""The training itself: transformers' Trainer, on what devices there are."""

import math
import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from django.utils.translation import gettext as _
from transformers import (
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainingArguments,
)
from transformers.trainer_utils import get_last_checkpoint

from bots.finetuning.network import Network, loss
from bots.finetuning.plan import FinetuningError, Plan, Progress
from bots.finetuning.tokens import Example, collate

WARM_UP = 0.1
DECAY = 0.01
# The progress is told so often.
_TOLD = 0.01
_STAMP = "training.txt"


def train(
    network: Network,
    examples: Sequence[Example],
    checkpoints: Path,
    plan: Plan,
    show: Progress,
) -> float:
    """Train the network in place, a checkpoint each epoch; return the last loss.

    Raises FinetuningError where there is nothing to resume.
    """
    resumed = _prepare(checkpoints, _stamp(network, examples, plan), plan)
    telling = _Telling(show, plan.minutes)
    trainer = Trainer(
        model=network,
        args=_arguments(checkpoints, plan),
        train_dataset=list(examples),
        data_collator=collate,
        compute_loss_func=loss,
        callbacks=[telling],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train(resume_from_checkpoint=resumed)
    # Else it would go on in mixed precision.
    trainer.accelerator.unwrap_model(network, keep_fp32_wrapper=False)
    return telling.loss


def _arguments(checkpoints: Path, plan: Plan) -> TrainingArguments:
    cuda = torch.cuda.is_available()
    narrow = cuda and torch.cuda.is_bf16_supported()
    return TrainingArguments(
        output_dir=str(checkpoints),
        num_train_epochs=plan.epochs,
        per_device_train_batch_size=plan.batch,
        learning_rate=plan.rate,
        warmup_steps=WARM_UP,
        weight_decay=DECAY,
        bf16=narrow,
        fp16=cuda and not narrow,
        seed=plan.seed,
        save_strategy="epoch",
        save_total_limit=1,
        logging_first_step=True,
        logging_steps=_TOLD,
        disable_tqdm=True,
        report_to="none",
        remove_unused_columns=False,
        dataloader_pin_memory=cuda,
    )


def _prepare(checkpoints: Path, stamp: str, plan: Plan) -> str | None:
    """Return the checkpoint to go on from; else clear away what another run left."""
    written = checkpoints / _STAMP
    if plan.resume:
        known = written.is_file() and written.read_text("utf-8") == stamp
        last = get_last_checkpoint(str(checkpoints)) if known else None
        if last is None:
            raise FinetuningError(_("There is no checkpoint of this training."))
        return str(last)
    shutil.rmtree(checkpoints, ignore_errors=True)
    checkpoints.mkdir(parents=True)
    written.write_text(stamp, "utf-8")
    return None


def _stamp(network: Network, examples: Sequence[Example], plan: Plan) -> str:
    """Changes with whatever makes old checkpoints useless."""
    shapes = [tuple(weights.shape) for weights in network.parameters()]
    told = (plan.epochs, plan.batch, plan.rate, plan.seed)
    rows = [tuple(asdict(one).values()) for one in examples]
    return sha256(repr((shapes, told, rows)).encode()).hexdigest()


class _Telling(TrainerCallback):  # type: ignore[misc]
    """Tells how far the training is, and ends it in time."""

    def __init__(self, show: Progress, minutes: float) -> None:
        self.loss = math.nan
        self._show = show
        self._ends = time.monotonic() + 60 * minutes

    def on_log(
        self, args: Any, state: Any, control: Any, logs: dict[str, float], **others: Any
    ) -> None:
        if "loss" in logs:
            self.loss = logs["loss"]
            self._show(state.global_step / state.max_steps, self.loss)

    def on_step_end(self, args: Any, state: Any, control: Any, **others: Any) -> None:
        if time.monotonic() > self._ends:
            control.should_training_stop = True
