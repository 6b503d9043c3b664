"""The public sets: where their parts lie, and what is known of others' results."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bots.evaluation.table import UNKNOWN

# How these sets name what none of their intents covers.
OUTSIDE = "oos"


@dataclass(frozen=True, kw_only=True)
class Part:
    texts: list[str]
    labels: list[str]

    def chosen(self, places: Sequence[int]) -> "Part":
        return Part(
            texts=[self.texts[i] for i in places],
            labels=[self.labels[i] for i in places],
        )

    def inside(self) -> "Part":
        """Return what is in scope."""
        return self.chosen([i for i, one in enumerate(self.labels) if one != OUTSIDE])


@dataclass(frozen=True, kw_only=True)
class IntentSet:
    name: str
    language: str
    train: tuple[str, ...]
    # "" where there is no test part: folds of the train part are used.
    test: str
    # Of others: system, accuracy in scope, AUROC, caught at 5 % and at 20 % rejected.
    known: tuple[tuple[str, float, float, float, float], ...] = ()
    # What must be known of those figures to compare with them.
    note: str = ""


INTENTS = (
    IntentSet(
        name="curekart",
        language="en",
        train=("hint3/curekart_train.jsonl",),
        test="hint3/curekart_eval.jsonl",
        known=(
            ("Rasa, recorded", 0.856, 0.802, UNKNOWN, 0.577),
            ("Dialogflow, recorded", 0.793, 0.866, UNKNOWN, 0.774),
            ("LUIS, recorded", 0.765, 0.737, UNKNOWN, 0.562),
            ("Haptik, recorded", 0.841, 0.850, UNKNOWN, 0.748),
            ("BERT, recorded", 0.852, 0.823, UNKNOWN, 0.733),
        ),
    ),
    IntentSet(
        name="sofmattress",
        language="en",
        train=("hint3/sofmattress_train.jsonl",),
        test="hint3/sofmattress_eval.jsonl",
        known=(
            ("Rasa, recorded", 0.735, 0.779, UNKNOWN, UNKNOWN),
            ("Dialogflow, recorded", 0.767, 0.863, UNKNOWN, UNKNOWN),
            ("LUIS, recorded", 0.668, 0.779, UNKNOWN, UNKNOWN),
            ("Haptik, recorded", 0.751, 0.829, UNKNOWN, UNKNOWN),
            ("BERT, recorded", 0.755, 0.850, UNKNOWN, UNKNOWN),
        ),
    ),
    IntentSet(
        name="powerplay11",
        language="en",
        train=("hint3/powerplay11_train.jsonl",),
        test="hint3/powerplay11_eval.jsonl",
        known=(
            ("Rasa, recorded", 0.473, 0.701, UNKNOWN, UNKNOWN),
            ("Dialogflow, recorded", 0.631, 0.743, UNKNOWN, UNKNOWN),
            ("LUIS, recorded", 0.482, 0.736, UNKNOWN, UNKNOWN),
            ("Haptik, recorded", 0.660, 0.759, UNKNOWN, UNKNOWN),
            ("BERT, recorded", 0.563, 0.692, UNKNOWN, UNKNOWN),
        ),
    ),
    IntentSet(
        name="clinc150",
        language="en",
        train=("clinc150/train.jsonl", "clinc150/val.jsonl"),
        test="clinc150/eval.jsonl",
        known=(
            ("SVM, published", 0.882, UNKNOWN, 0.180, UNKNOWN),
            ("Dialogflow, published", 0.908, UNKNOWN, 0.267, UNKNOWN),
            ("Rasa, published", 0.909, UNKNOWN, 0.312, UNKNOWN),
            ("MLP on sentence vectors, published", 0.934, UNKNOWN, 0.491, UNKNOWN),
            ("BERT, published", 0.962, UNKNOWN, 0.523, UNKNOWN),
        ),
        note="published: 100 examples an intent, caught at a threshold of their own",
    ),
    IntentSet(
        name="banking77",
        language="en",
        train=("banking77/train.jsonl",),
        test="banking77/eval.jsonl",
        known=(
            ("USE + ConveRT, published", 0.934, UNKNOWN, UNKNOWN, UNKNOWN),
            ("BERT, published", 0.937, UNKNOWN, UNKNOWN, UNKNOWN),
        ),
    ),
    IntentSet(
        name="bitext",
        language="en",
        train=("bitext/train.jsonl",),
        test="bitext/eval.jsonl",
    ),
    IntentSet(
        name="smp2019",
        language="zh",
        train=("zh_intents_smp2019/train.jsonl",),
        test="",
    ),
)


def read_rows(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_part(*files: Path) -> Part:
    """Return texts and labels; the label of the Chinese set is its domain and intent."""
    rows = [row for file in files for row in read_rows(file)]
    labels = [
        f"{row['domain']}.{row['intent']}" if "domain" in row else row["intent"]
        for row in rows
    ]
    return Part(texts=[row["text"] for row in rows], labels=labels)
