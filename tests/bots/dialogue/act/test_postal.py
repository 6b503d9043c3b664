"""Addresses as they are said, taken apart."""

import pytest

from bots.dialogue.act.postal import city, line, parse, postcode, recipient


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        (
            "浙江省杭州市西湖区文三路123号4栋501室",
            {
                "region": "浙江省",
                "city": "杭州市",
                "line1": "西湖区文三路123号4栋501室",
            },
        ),
        ("北京市朝阳区建国路88号", {"city": "北京市", "line1": "朝阳区建国路88号"}),
        (
            "上海浦东新区世纪大道100号",
            {"city": "上海", "line1": "浦东新区世纪大道100号"},
        ),
        (
            "广州市天河区体育东路118号，邮编510620",
            {"city": "广州市", "line1": "天河区体育东路118号", "postcode": "510620"},
        ),
        ("文三路123号", {"line1": "文三路123号"}),
        (
            "12 King Street, London SW1A 1AA",
            {"line1": "12 King Street", "city": "London", "postcode": "SW1A 1AA"},
        ),
        (
            "500 Oak Avenue, Apt 3, Austin, TX 78704, USA",
            {
                "line1": "500 Oak Avenue",
                "line2": "Apt 3",
                "city": "Austin",
                "region": "TX",
                "postcode": "78704",
                "country": "US",
            },
        ),
        ("12 King Street", {"line1": "12 King Street"}),
        ("no idea", {"city": "no idea"}),
    ],
)
def test_an_address_is_taken_apart(said: str, parts: dict[str, str]) -> None:
    assert parse(said) == parts


@pytest.mark.parametrize(
    ("said", "expected"),
    [("London", "London"), ("in Leeds.", "Leeds"), ("在深圳", "深圳"), ("why?", "")],
)
def test_a_city_is_said_by_itself(said: str, expected: str) -> None:
    assert city(said) == expected


def test_each_language_has_its_order() -> None:
    address = {"line1": "文三路123号", "city": "杭州市", "postcode": "310012"}
    assert line(address, chinese=True) == "杭州市 文三路123号 310012"
    assert line(address, chinese=False) == "文三路123号, 杭州市, 310012"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("文三路123号，收件人李雷，电话13912345678", "李雷"),
        ("收货人改成：王小明", "王小明"),
        ("12 King Street, London, recipient: Mary Ann Lee", "Mary Ann Lee"),
        ("12 King Street, London", ""),
    ],
)
def test_who_receives_it(said: str, name: str) -> None:
    assert recipient(said) == name


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("bs1 4er", "BS1 4ER"),
        ("the postcode is 310012", "310012"),
        ("邮编是310012", "310012"),
        ("12 King Street", ""),
        ("yes", ""),
    ],
)
def test_postcode_by_itself(said: str, code: str) -> None:
    assert postcode(said) == code
