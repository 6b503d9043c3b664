"""The systems that are compared: two plain ones, and the product's own classifier."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bots.dialogue.understand.classifier import Encoder
from bots.dialogue.understand.kept import encoded
from bots.dialogue.understand.learning import train
from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.vectors import blocks
from bots.evaluation.scores import Floats
from bots.evaluation.sets import OUTSIDE, Part
from kb.encoders import Vectors


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The labels in scope that a system gives, and how surely each text is in scope."""

    system: str
    labels: list[str]
    scores: Floats


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the systems share: the encoder, if any, and where its vectors are kept."""

    encoder: Encoder | None
    folder: Path
    language: str

    def vectors(self, texts: Sequence[str]) -> Vectors | None:
        if self.encoder is None:
            return None
        return encoded(self.encoder, [folded(text) for text in texts], self.folder)


def folded(text: str) -> str:
    return read(text).folded


def answers(train_part: Part, texts: Sequence[str], desk: Desk) -> Iterator[Answers]:
    """Yield each system's answers to `texts`, trained on the train part only."""
    yield _plain(train_part, texts, desk)
    if desk.encoder:
        yield _dense(train_part, texts, desk)
        yield _ours(train_part, texts, desk, None)
    yield _ours(train_part, texts, desk, desk.encoder)


def _plain(part: Part, texts: Sequence[str], desk: Desk) -> Answers:
    """TF-IDF of characters and words, and a linear support vector machine."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    kinds = [("char", (1, 3))]
    if desk.language == "en":
        kinds = [("char_wb", (2, 4)), ("word", (1, 2))]
    features = make_union(
        *[
            TfidfVectorizer(analyzer=kind, ngram_range=sizes, sublinear_tf=True)
            for kind, sizes in kinds
        ]
    )
    machine = make_pipeline(features, LinearSVC(random_state=0))
    held = part.inside()
    machine.fit(held.texts, held.labels)
    margins = machine.decision_function(list(texts))
    best = machine.classes_[margins.argmax(1)].tolist()
    return Answers(system="TF-IDF SVM", labels=best, scores=margins.max(1))


def _dense(part: Part, texts: Sequence[str], desk: Desk) -> Answers:
    """Sentence vectors, and logistic regression."""
    from sklearn.linear_model import LogisticRegression

    held = part.inside()
    machine = LogisticRegression(C=10.0, max_iter=200)
    machine.fit(desk.vectors(held.texts), held.labels)
    chances = machine.predict_proba(desk.vectors(texts))
    best = machine.classes_[chances.argmax(1)].tolist()
    return Answers(system="encoder LR", labels=best, scores=chances.max(1))


def _ours(
    part: Part, texts: Sequence[str], desk: Desk, encoder: Encoder | None
) -> Answers:
    pairs = [(b, folded(a)) for a, b in zip(part.texts, part.labels, strict=True)]
    vectors = desk.vectors(part.texts) if encoder else None
    ours = train(pairs, outside=OUTSIDE, encoder=encoder, vectors=vectors)
    meanings = desk.vectors(texts) if encoder else None
    labels, scores = [], []
    for at, text in enumerate(texts):
        row = ours.model.vectors.row(blocks(folded(text)))
        meaning = None if meanings is None else meanings[at]
        reading = ours.judge(row, meaning)
        labels.append(_in_scope(reading.probabilities))
        scores.append(reading.scope)
    system = "ours" if encoder or desk.encoder is None else "ours, no encoder"
    return Answers(system=system, labels=labels, scores=np.array(scores))


def _in_scope(chances: dict[str, float]) -> str:
    kept = {label: chance for label, chance in chances.items() if label != OUTSIDE}
    return max(kept, key=lambda label: kept[label])
