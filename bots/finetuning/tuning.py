"""From an encoder and labelled text to a network's folder."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from bots.dialogue.understand.network import Heads
from bots.dialogue.understand.network_folder import (
    CALIBRATION,
    LABELS,
    TOKENIZER,
    Labels,
    write_json,
)
from bots.dialogue.understand.network_spans import Span
from bots.finetuning.calibrating import calibrate
from bots.finetuning.plan import Figures, FinetuningError, Plan, Progress, silent
from bots.finetuning.rows import Labelled, part
from kb.encoders.folder import replace_folder

FIGURES = "figures.json"


def finetune(
    encoder: str,
    rows: Sequence[Labelled],
    target: Path,
    plan: Plan,
    show: Progress = silent,
) -> Figures:
    """Fine-tune `encoder`, a folder or a name, on `rows`; put the network in `target`.

    Raises FinetuningError, and leaves what was in `target`. Checkpoints lie beside it
    until it is finished.
    """
    # Late: they bring torch.
    from transformers import set_seed

    from bots.finetuning.exporting import export
    from bots.finetuning.loading import load
    from bots.finetuning.network import Network as Tuned
    from bots.finetuning.tokens import examples, tag_names
    from bots.finetuning.training import train

    kept, held = _parted(rows, plan.seed)
    loaded = load(encoder)
    labels = Labels(
        encoder=Path(encoder).name,
        languages=plan.languages,
        intents=tuple(sorted({row.intent for row in kept})),
        tags=tag_names(kept),
        tokens=loaded.tokens,
    )
    # The heads are made by chance, too.
    set_seed(plan.seed)
    network = Tuned(loaded.encoder, len(labels.intents), len(labels.tags))
    told = examples(kept, loaded.tokenizer, labels)
    checkpoints = target.with_name(f"{target.name}-checkpoints")
    loss = train(network, told, checkpoints, plan, show)
    figures: list[Figures] = []

    def fill(folder: Path) -> None:
        export(network, folder)
        loaded.tokenizer.save(str(folder / TOKENIZER))
        write_json(folder / LABELS, labels)
        figures.append(_finish(folder, held, len(kept), loss))

    replace_folder(target, fill)
    shutil.rmtree(checkpoints)
    return figures[0]


def _parted(
    rows: Sequence[Labelled], seed: int
) -> tuple[list[Labelled], list[Labelled]]:
    kept, held = part(rows, seed)
    if not held or len({row.intent for row in kept}) < 2:
        raise FinetuningError(_("There is too little labelled text to learn from."))
    return kept, held


def _finish(
    folder: Path, held: Sequence[Labelled], learnt: int, loss: float
) -> Figures:
    """Calibrate the network as it will be used, and measure it."""
    heads = Heads(folder)
    heard = heads.hear([row.text for row in held])
    trust = calibrate(
        [scores for scores, _ in heard],
        [row.intent for row in held],
        heads.labels.intents,
    )
    write_json(folder / CALIBRATION, trust)
    readings = [trust.judge(scores, heads.labels.intents) for scores, _ in heard]
    right = [
        reading.label == row.intent for reading, row in zip(readings, held, strict=True)
    ]
    figures = Figures(
        learnt=learnt,
        held=len(held),
        right=sum(right) / len(right),
        slots=_f1([set(row.spans) for row in held], [set(spans) for _, spans in heard]),
        loss=loss,
    )
    write_json(folder / FIGURES, figures)
    return figures


def _f1(wanted: Sequence[set[Span]], found: Sequence[set[Span]]) -> float:
    """Return 1 where nothing is wanted and nothing found."""
    hits = sum(len(a & b) for a, b in zip(wanted, found, strict=True))
    told = sum(map(len, wanted)) + sum(map(len, found))
    return 2 * hits / told if told else 1.0
