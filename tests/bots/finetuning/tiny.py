"""Tiny encoders of random weights, and text that they can learn by heart."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors, trainers
from transformers import (
    BertConfig,
    BertModel,
    DistilBertConfig,
    DistilBertModel,
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaModel,
)

from bots.dialogue.understand.network_folder import Labels
from bots.dialogue.understand.network_spans import Span
from bots.finetuning import Labelled, Plan
from bots.finetuning.tokens import tag_names
from kb.encoders.training.words import learn_pieces

THINGS = ["kettle", "lamp", "红色杯子", "jacket", "phone", "sofa", "帐篷", "chair"]
WAYS = {
    "order_place": ["i want to buy a {}", "我要买{}", "one {} please", "buy {} now"],
    "repair_request": ["my {} is broken", "{}坏了 能修吗", "mend my {}", "{} defekt"],
    "order_status": [
        "where is my {} now",
        "我的{}到哪了",
        "{} not here yet",
        "快递 {}",
    ],
    "out_of_scope": ["write a poem of a {}", "写一首{}的诗", "{} homework", "{}政治"],
}
PLAN = Plan(epochs=10, batch=8, rate=5e-3)
PLACES = 40
SIZE = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}


def row(intent: str, way: str, thing: str) -> Labelled:
    start = way.index("{}")
    span = Span(start=start, end=start + len(thing), slot="product")
    return Labelled(text=way.format(thing), intent=intent, spans=(span,))


ROWS = [
    row(intent, way, thing)
    for intent, ways in WAYS.items()
    for way in ways
    for thing in THINGS
]
TEXTS = [one.text for one in ROWS]
LABELS = Labels(
    encoder="it",
    languages=("en", "zh"),
    intents=tuple(sorted({row.intent for row in ROWS})),
    tags=tag_names(ROWS),
    tokens=38,
)


def bert(folder: Path) -> None:
    config = BertConfig(
        vocab_size=_word_pieces(folder),
        intermediate_size=64,
        max_position_embeddings=PLACES,
        **SIZE,
    )
    BertModel(config).save_pretrained(folder)


def distilbert(folder: Path) -> None:
    """One that knows no kinds of tokens."""
    config = DistilBertConfig(
        vocab_size=_word_pieces(folder),
        dim=32,
        n_layers=2,
        n_heads=2,
        hidden_dim=64,
        max_position_embeddings=PLACES,
    )
    DistilBertModel(config).save_pretrained(folder)


def roberta(folder: Path) -> None:
    """Bytes for pieces, the padding's number 1, and places that count from it."""
    tokenizer = Tokenizer(models.BPE())
    # Each Chinese letter alone: a piece of several would end inside the next word.
    alone = pre_tokenizers.Split(Regex("[\u4e00-\u9fff]"), "isolated")
    bytewise = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([alone, bytewise])
    special = ["<s>", "<pad>", "</s>"]
    trainer = trainers.BpeTrainer(
        vocab_size=600,
        special_tokens=special,
        show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator(TEXTS, trainer)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>"
    ).save_pretrained(folder)
    config = RobertaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        intermediate_size=64,
        max_position_embeddings=PLACES,
        type_vocab_size=1,
        **SIZE,
    )
    RobertaModel(config).save_pretrained(folder)


def make(kind: str, folder: Path) -> None:
    torch.manual_seed(0)
    KINDS[kind](folder)


KINDS: dict[str, Callable[[Path], None]] = {
    "bert": bert,
    "distilbert": distilbert,
    "roberta": roberta,
}


def _word_pieces(folder: Path) -> int:
    pieces = learn_pieces(TEXTS)
    PreTrainedTokenizerFast(
        tokenizer_object=pieces, pad_token="[PAD]", unk_token="[UNK]"
    ).save_pretrained(folder)
    return int(pieces.get_vocab_size())


@contextmanager
def one_thread() -> Iterator[None]:
    """Threads that wait for each other take longer than networks as small as these."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
