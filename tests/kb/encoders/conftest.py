"""A small encoder, trained once on made-up wordings, and a fresh choice for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from kb.encoders import choosing
from kb.encoders.training.making import make_encoder
from kb.encoders.training.plan import Plan
from kb.encoders.training.words import learn_pieces

THINGS = [
    "订单",
    "快递",
    "发票",
    "退款",
    "尺码",
    "颜色",
    "优惠",
    "积分",
    "会员",
    "地址",
    "电话",
    "付款",
    "换货",
    "维修",
    "赠品",
    "包装",
]
WAYS = ("{}怎么弄", "请问{}", "{}的事情", "我要问{}", "{}在哪里看")
GROUPS = [[way.format(thing) for way in WAYS] for thing in THINGS]


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "encoder-zh"
    make_encoder(GROUPS, folder, "zh", Plan(epochs=12, batch=32))
    return folder


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    choosing._found.cache_clear()
    choosing._plugged.cache_clear()


@pytest.fixture(scope="session")
def plugged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of transformers with a BERT of random weights."""
    folder = tmp_path_factory.mktemp("plugged")
    pieces = learn_pieces(text for group in GROUPS for text in group)
    PreTrainedTokenizerFast(
        tokenizer_object=pieces, pad_token="[PAD]", model_max_length=16
    ).save_pretrained(folder)
    config = BertConfig(
        vocab_size=pieces.get_vocab_size(),
        hidden_size=384,
        num_hidden_layers=1,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder)
    return folder
