"""Texts that mean the same, made into pairs with what only looks alike beside them."""

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

# So many others of its group each text meets.
PARTNERS = 3
# How many of the texts that look most like one are candidates for its contrast.
NEAREST = 8
CHUNK = 512


class BadLineError(Exception):
    """A line of a file of pairs cannot be read; its words say which and why."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    text: str
    same: str
    # Looks like `text` and means something else; "" where there is none.
    other: str = ""
    # Texts of one group mean the same: none is held against another.
    group: int


def read_groups(path: Path) -> Iterator[list[str]]:
    """Yield the `texts` of each line that mean the same. Raises `BadLineError`."""
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                texts = json.loads(line)["texts"]
                yield [text for text in map(str.strip, texts) if text]
            except (ValueError, TypeError, KeyError) as error:
                raise BadLineError(f"{path}:{number}: {error!r}") from error


def make_pairs(groups: Iterable[Sequence[str]], seed: int) -> list[Pair]:
    """Pair each text with others of its group, and with a stranger that looks like it."""
    rng = random.Random(seed)
    kept = [sorted(set(group)) for group in groups]
    texts = [text for group in kept for text in group]
    owners = np.repeat(np.arange(len(kept)), [len(group) for group in kept])
    if not texts:
        return []
    pairs: list[Pair] = []
    for at, strangers in enumerate(_strangers(texts, owners)):
        group = [text for text in kept[owners[at]] if text != texts[at]]
        for same in rng.sample(group, min(PARTNERS, len(group))):
            other = texts[rng.choice(strangers)] if strangers else ""
            pairs.append(
                Pair(text=texts[at], same=same, other=other, group=int(owners[at]))
            )
    return pairs


def _strangers(texts: list[str], owners: npt.NDArray[np.int64]) -> Iterator[list[int]]:
    """For each text, those of other groups that have the most letters in common."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform(texts)
    for start in range(0, len(texts), CHUNK):
        likeness = (rows[start : start + CHUNK] @ rows.T).toarray()
        for row, owner in zip(likeness, owners[start : start + CHUNK], strict=True):
            row[owners == owner] = 0.0
            best = np.argsort(-row)[:NEAREST]
            yield [int(at) for at in best if row[at] > 0]
