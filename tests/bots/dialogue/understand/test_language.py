"""Which language a message is in."""

import pytest

from bots.dialogue.understand.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("iphone 手机壳", "zh"),
        ("SF123 到哪了", "zh"),
        ("我要refund 耳机坏了", "zh"),
        ("can you ship to 上海", "en"),
        ("where is my order", "en"),
        ("注文はどこですか", "ja"),
        ("주문이 어디에 있나요", "ko"),
        ("Где мой заказ?", "ru"),
        ("أين طلبي", "ar"),
        ("dónde está mi pedido", "es"),
        ("wo ist meine bestellung", "de"),
    ],
)
def test_the_main_script_decides(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text", ["tuihuo", "wo yao tuikuan", "nihao", "SO100123 dao na le"]
)
def test_romanised_chinese_is_chinese(text: str) -> None:
    assert detect(text) == "zh"


@pytest.mark.parametrize("text", ["", "???", "100123", "👍", "ok", "a@b.example"])
def test_wordless_text_keeps_the_language_spoken(text: str) -> None:
    assert detect(text, "zh") == "zh"
    assert detect(text) == "en"
