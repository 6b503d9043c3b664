"""Same questions in other words: how well likeness tells them from different ones."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bots.evaluation.scores import auroc
from bots.evaluation.systems import folded
from bots.evaluation.table import head, row
from kb.encoders import encoder_for

Pair = tuple[str, str, bool]


def read_pairs(file: Path) -> Iterator[Pair]:
    with file.open(encoding="utf-8", newline="") as rows:
        for one in csv.DictReader(rows):
            yield one["a"], one["b"], one["same"] == "1"


def lines(file: Path) -> Iterator[str]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    pairs = list(read_pairs(file))
    firsts = [folded(first) for first, _, _ in pairs]
    seconds = [folded(second) for _, second, _ in pairs]
    same = np.array([told for _, _, told in pairs])
    yield f"{len(pairs)} pairs; nothing is trained on pairs"
    yield head("AUROC")
    weigh = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit(firsts)
    likeness = weigh.transform(firsts).multiply(weigh.transform(seconds)).sum(1)
    yield row("TF-IDF of characters", [auroc(np.asarray(likeness).ravel(), same)])
    encoder = encoder_for("zh")
    if encoder:
        near = (encoder.encode(firsts) * encoder.encode(seconds)).sum(1)
        yield row("Chinese encoder", [auroc(near.astype(float), same)])
