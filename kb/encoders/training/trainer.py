"""Trains a two-layer network so that pairs are nearer than anything else in a batch."""

import random
import time
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from kb.encoders.batches import padded
from kb.encoders.exporting import Pooled
from kb.encoders.training.pairs import Pair
from kb.encoders.training.plan import Plan, Progress, silent

WIDTH, LAYERS, HEADS, INNER = 192, 2, 4, 768
TOKENS = 32
TEMPERATURE = 0.05
RATE = 6e-4
# No step may count more than this.
LONGEST_GRADIENT = 1.0
# So many batches are sorted by length together: little is padded.
TOGETHER = 20
# Never chosen by a soft-max.
NEVER = -1e4


def train(
    pairs: Sequence[Pair],
    tokenizer: Tokenizer,
    plan: Plan,
    progress: Progress = silent,
) -> Pooled:
    """Return the trained network."""
    torch.manual_seed(plan.seed)
    tokenizer.enable_truncation(TOKENS)
    network = new_network(tokenizer.get_vocab_size())
    network.train()
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE)
    for share, batch in _batches(pairs, plan):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - share)
        loss = _loss(network, tokenizer, batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), LONGEST_GRADIENT)
        optimizer.step()
        progress(share, float(loss.detach()))
    return network


def new_network(pieces: int) -> Pooled:
    config = BertConfig(
        vocab_size=pieces,
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=INNER,
        max_position_embeddings=TOKENS,
        attn_implementation="eager",
    )
    return Pooled(BertModel(config, add_pooling_layer=False))


def _batches(
    pairs: Sequence[Pair], plan: Plan
) -> Iterator[tuple[float, Sequence[Pair]]]:
    """Yield the share of the work done before each batch, by steps or by time."""
    rng, started, done = random.Random(plan.seed), time.monotonic(), 0
    steps = ceil(len(pairs) / plan.batch) * plan.epochs
    for _ in range(plan.epochs):
        for batch in _shuffled(pairs, plan.batch, rng):
            spent = (time.monotonic() - started) / (60 * plan.minutes)
            share = max(done / steps, spent)
            if share >= 1:
                return
            yield share, batch
            done += 1


def _shuffled(
    pairs: Sequence[Pair], most: int, rng: random.Random
) -> Iterator[Sequence[Pair]]:
    """Yield each pair once, among others that are about as long."""
    order = rng.sample(pairs, len(pairs))
    for start in range(0, len(order), most * TOGETHER):
        part = sorted(order[start : start + most * TOGETHER], key=_letters)
        batches = [part[at : at + most] for at in range(0, len(part), most)]
        yield from rng.sample(batches, len(batches))


def _letters(pair: Pair) -> int:
    return max(map(len, (pair.text, pair.same, pair.other)))


def _loss(network: Pooled, tokenizer: Tokenizer, batch: Sequence[Pair]) -> Any:
    """The loss of finding, for each text, its own among all texts of the batch."""
    contrast = [pair for pair in batch if pair.other]
    texts = [
        *(pair.text for pair in batch),
        *(pair.same for pair in batch),
        *(pair.other for pair in contrast),
    ]
    ids, mask = padded([encoding.ids for encoding in tokenizer.encode_batch(texts)])
    vectors = network(torch.from_numpy(ids), torch.from_numpy(mask))
    asked, offered = vectors[: len(batch)], vectors[len(batch) :]
    scores = asked @ offered.T / TEMPERATURE
    scores = scores.masked_fill(_same_group(batch, len(contrast)), NEVER)
    return torch.nn.functional.cross_entropy(scores, torch.arange(len(batch)))


def _same_group(batch: Sequence[Pair], contrasts: int) -> torch.Tensor:
    """Where a text stands before another of its own group that is not its partner."""
    groups = torch.tensor([pair.group for pair in batch])
    same = (groups[:, None] == groups[None, :]) & ~torch.eye(
        len(batch), dtype=torch.bool
    )
    strangers = torch.zeros((len(batch), contrasts), dtype=torch.bool)
    return torch.cat([same, strangers], dim=1)
