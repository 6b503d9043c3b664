"""The public sets: where their parts lie, and what is known of others' results."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# How these sets name what none of their intents covers.
OUTSIDE = "oos"


@dataclass(frozen=True, kw_only=True)
class Part:
    texts: list[str]
    labels: list[str]


@dataclass(frozen=True, kw_only=True)
class IntentSet:
    name: str
    language: str
    train: str
    # "" where there is no test part: folds of the train part are used.
    test: str
    # Of others: system, accuracy in scope, AUROC, caught at 5 % and at 20 % rejected.
    known: tuple[tuple[str, float, float, float, float], ...] = ()


_NONE = float("nan")
INTENTS = (
    IntentSet(
        name="curekart",
        language="en",
        train="hint3/curekart_train.jsonl",
        test="hint3/curekart_eval.jsonl",
        known=(
            ("Rasa, recorded", 0.856, 0.802, _NONE, 0.577),
            ("Dialogflow, recorded", 0.793, 0.866, _NONE, 0.774),
            ("LUIS, recorded", 0.765, 0.737, _NONE, 0.562),
            ("Haptik, recorded", 0.841, 0.850, _NONE, 0.748),
            ("BERT, recorded", 0.852, 0.823, _NONE, 0.733),
        ),
    ),
    IntentSet(
        name="sofmattress",
        language="en",
        train="hint3/sofmattress_train.jsonl",
        test="hint3/sofmattress_eval.jsonl",
        known=(
            ("Rasa, recorded", 0.735, 0.779, _NONE, _NONE),
            ("Dialogflow, recorded", 0.767, 0.863, _NONE, _NONE),
            ("LUIS, recorded", 0.668, 0.779, _NONE, _NONE),
            ("Haptik, recorded", 0.751, 0.829, _NONE, _NONE),
            ("BERT, recorded", 0.755, 0.850, _NONE, _NONE),
        ),
    ),
    IntentSet(
        name="powerplay11",
        language="en",
        train="hint3/powerplay11_train.jsonl",
        test="hint3/powerplay11_eval.jsonl",
        known=(
            ("Rasa, recorded", 0.473, 0.701, _NONE, _NONE),
            ("Dialogflow, recorded", 0.631, 0.743, _NONE, _NONE),
            ("LUIS, recorded", 0.482, 0.736, _NONE, _NONE),
            ("Haptik, recorded", 0.660, 0.759, _NONE, _NONE),
            ("BERT, recorded", 0.563, 0.692, _NONE, _NONE),
        ),
    ),
    IntentSet(
        name="clinc150",
        language="en",
        train="clinc150/train.jsonl",
        test="clinc150/eval.jsonl",
        known=(("BERT, published (100 an intent)", 0.969, _NONE, 0.523, _NONE),),
    ),
    IntentSet(
        name="banking77",
        language="en",
        train="banking77/train.jsonl",
        test="banking77/eval.jsonl",
        known=(("BERT, published", 0.937, _NONE, _NONE, _NONE),),
    ),
    IntentSet(
        name="bitext",
        language="en",
        train="bitext/train.jsonl",
        test="bitext/eval.jsonl",
    ),
    IntentSet(
        name="smp2019",
        language="zh",
        train="zh_intents_smp2019/train.jsonl",
        test="",
    ),
)


def read_part(file: Path) -> Part:
    """Return texts and labels; the label of the Chinese set is its domain and intent."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    labels = [
        f"{row['domain']}.{row['intent']}" if "domain" in row else row["intent"]
        for row in rows
    ]
    return Part(texts=[row["text"] for row in rows], labels=labels)


def read_pairs(file: Path) -> Iterator[tuple[str, str, bool]]:
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield row["a"], row["b"], row["same"] == "1"


def read_reviews(file: Path) -> Part:
    with file.open(encoding="utf-8", newline="") as rows:
        held = [(row["review"], row["label"]) for row in csv.DictReader(rows)]
    return Part(texts=[text for text, _ in held], labels=[label for _, label in held])
