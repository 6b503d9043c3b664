"""Numbers are the same however they are written."""

import pytest

from bots.llm.numerals import canonical, normal
from bots.llm.quantities import quantities

SAME = [
    (
        "day",
        "7",
        ["7天", "七天", "7 天", "７天", "7 days", "seven days", "a 7-day window"],
    ),
    ("day", "1", ["1天", "一天", "1 day", "one day", "a day"]),
    ("day", "0.5", ["半天", "0.5天", "half a day", "half day"]),
    (
        "day",
        "2-3",
        ["两三天", "2-3天", "2~3天", "2到3天", "二至三天", "two to three days"],
    ),
    ("day", "7-15", ["between 7 and 15 days", "7–15 days", "七到十五天"]),
    (
        "workday",
        "3",
        ["3个工作日", "三个工作日", "3 working days", "three business days"],
    ),
    ("hour", "1.5", ["一个半小时", "1.5小时", "1.5 hours", "one and a half hours"]),
    ("month", "6", ["6个月", "六个月", "six months"]),
    ("cny", "99", ["¥99", "￥99", "99元", "九十九元", "RMB 99", "99 yuan", "99块"]),
    ("cny", "250", ["二百五十元", "250.00元", "two hundred and fifty yuan"]),
    (
        "cny",
        "12000",
        ["1.2万元", "12千元", "12,000元", "一万二千元", "twelve thousand yuan"],
    ),
    ("cny", "10000", ["万元", "1万元", "一万元", "10000元"]),
    ("usd", "5", ["$5", "US$5", "5美元", "five dollars"]),
    ("percent", "15", ["15%", "百分之十五", "15 percent", "fifteen per cent"]),
    ("date", "2025-11-01", ["2025-11-1", "2025年11月1日", "November 1st, 2025"]),
    ("date", "11-01", ["11月1日", "十一月一日", "1 November", "Nov 1"]),
    ("clock", "18:00", ["18:00", "6pm", "下午6点", "下午六点", "6:00 p.m."]),
    ("clock", "9:30", ["9:30", "九点半", "9:30 am", "早上9点30分"]),
]


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [(unit, value, text) for unit, value, texts in SAME for text in texts],
)
def test_it_is_read_alike(unit: str, value: str, text: str) -> None:
    (found,) = quantities(canonical(normal(text)))

    assert (found.unit, found.value) == (unit, value)


@pytest.mark.parametrize(
    "text", ["一般", "一定", "一个", "十分", "one of them", "万一", "五"]
)
def test_words_are_no_numbers(text: str) -> None:
    assert quantities(canonical(normal(text))) == []


@pytest.mark.parametrize(
    ("bound", "text"),
    [
        ("min", "满¥99包邮"),
        ("min", "at least ¥99"),
        ("min", "¥99 or more"),
        ("min", "99元以上"),
        ("min", "不少于99元"),
        ("max", "不满¥99"),
        ("max", "below ¥99"),
        ("max", "no more than ¥99"),
        ("max", "99元以内"),
        ("max", "少于99元"),
        ("", "运费¥99"),
        ("", "it costs ¥99"),
    ],
)
def test_a_bound_is_seen(bound: str, text: str) -> None:
    (found,) = quantities(canonical(normal(text)))

    assert found.bound == bound
