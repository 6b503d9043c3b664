"""Products found by a shopper's words, in Chinese and English."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

import ecomsupport
from orders import catalogue
from orders.catalogue import kept, reading
from orders.importing import import_shop
from orders.models import Product, Variant
from tests import factories

pytestmark = pytest.mark.django_db

DEMO = Path(ecomsupport.__file__).parent / "demo_shop"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    catalogue.forget()


@pytest.fixture
def shop() -> None:
    import_shop(DEMO)


def _refs(hits: list[catalogue.Hit]) -> list[str]:
    return [hit.product.ref for hit in hits]


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("跑鞋", "P101"),
        ("running shoes", "P101"),
        ("Running Shoe", "P101"),
        ("wireless headphones", "P125"),
        ("wireles headphnes", "P125"),
        ("waterproof backpack", "P110"),
        ("防水背包", "P110"),
        ("有没有双肩包？", "P109"),
        ("无线 earbuds 降噪", "P124"),
        ("电饭煲", "P119"),
        ("rice cookers", "P119"),
        ("冲锋衣", "P138"),
        ("coffee", "P118"),
        ("ＴＳＨＩＲＴ", "P137"),
    ],
)
def test_best_hit(words: str, first: str) -> None:
    assert _refs(catalogue.search(words, language="zh"))[0] == first


@pytest.mark.usefixtures("shop")
def test_the_thing_counts_more_than_what_it_is_like() -> None:
    hits = catalogue.search("蓝牙耳机", language="zh")
    assert {"P124", "P125", "P127", "P128"} <= set(_refs(hits)[:4])


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("words", ["unicorn", "独角兽", "qwrtzpsd"])
def test_nothing_alike_is_nothing(words: str) -> None:
    assert catalogue.search(words, language="en") == []


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    "words",
    [
        *("有雨伞吗", "有没有牛奶", "手套", "有洗发水吗", "雨鞋", "香水"),
        *("gloves", "a tent", "tablets", "coffee table", "laptop"),
        "perfume for a gift",
    ],
)
def test_a_trifle_in_common_is_no_hit(words: str) -> None:
    assert catalogue.search(words, language="zh") == []


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("有没有电饭锅", {"P119"}),
        ("frying pans", {"P117"}),
        ("face wash", {"P154"}),
        ("拉杆箱", {"P112"}),
        ("smartphones", {"P131", "P132"}),
        ("chopping board", {"P121"}),
        ("headphones", {"P124", "P125", "P127", "P128"}),
        ("buds and pillows", {"P149"}),
        ("枕头和浴巾", {"P149", "P151"}),
    ],
)
def test_a_kind_is_found_by_any_of_its_names(words: str, found: set[str]) -> None:
    assert set(_refs(catalogue.search(words, language="en", limit=9))) == found


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("footwear", "shoes"),
        ("鞋", "shoes"),
        ("服装有什么", "clothing"),
        ("clothes under 900", "clothing"),
        ("厨具", "kitchen"),
        ("化妆品", "beauty"),
        ("cosmetics", "beauty"),
        ("耳机音箱", "audio"),
        ("手机数码", "phones"),
        ("household goods", "home"),
        ("包包推荐一下", "bags"),
    ],
)
def test_a_department_lists_its_goods(words: str, category: str) -> None:
    found = {h.product for h in catalogue.search(words, language="zh", limit=99)}
    assert set(Product.objects.filter(category=category)) <= found


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("words", ["what do you sell?", "你们卖什么", "都有什么商品"])
def test_who_asks_for_the_range_gets_one_of_each_category(words: str) -> None:
    hits = catalogue.search(words, language="en", limit=99)
    categories = [hit.product.category for hit in hits]
    assert len(categories) == len(set(categories)) == 8


def _on_sale(*names: str) -> None:
    for number, name in enumerate(names):
        product = Product.objects.create(ref=f"N{number}", name={"zh": name})
        Variant.objects.create(product=product, sku=f"N{number}", price=Decimal(9))


@pytest.mark.parametrize("words", ["K70", "星河K70", "K70 256GB多少钱", "k70 价格"])
def test_what_goes_with_a_thing_comes_after_it(words: str) -> None:
    _on_sale("星河K70保护壳", "星河K70手机", "星河K70钢化膜")
    hits = catalogue.find(words, language="zh")
    assert hits[0].product.ref == "N1"
    assert hits[0].score > hits[1].score


def test_what_goes_with_a_thing_can_be_asked_for() -> None:
    _on_sale("星河K70手机", "星河K70保护壳")
    assert _refs(catalogue.find("K70手机壳", language="zh"))[0] == "N1"


def test_a_known_product_is_named_by_its_kind() -> None:
    _on_sale("磁吸移动电源", "降噪耳机")
    products = list(Product.objects.order_by("ref"))
    assert catalogue.which("充电宝", products, language="zh") == products[:1]


@pytest.mark.usefixtures("shop")
def test_wishes_are_kept() -> None:
    hits = catalogue.search(
        "shoe",
        language="en",
        category="Shoes",
        price_max=Decimal(400),
        options={"Size": "42", "color": "BLACK"},
        in_stock=True,
    )
    assert _refs(hits) == ["P101"]
    assert hits[0].price == Decimal("399.00")
    assert hits[0].in_stock


@pytest.mark.usefixtures("shop")
def test_words_that_say_nothing_show_all_that_fits() -> None:
    hits = catalogue.search("", language="en", category="shoes", limit=99)
    assert len(hits) == Product.objects.filter(category="shoes").count()


@pytest.mark.usefixtures("shop")
def test_stock_and_price_are_fresh() -> None:
    catalogue.search("跑鞋", language="zh")
    Variant.objects.filter(product__ref="P101").update(stock=0, price=Decimal("1.00"))
    hit = catalogue.search("晴风轻跑鞋", language="zh")[0]
    assert (hit.price, hit.in_stock) == (Decimal("1.00"), False)
    assert "P101" not in _refs(catalogue.search("跑鞋", language="zh", in_stock=True))


@pytest.mark.usefixtures("shop")
def test_a_changed_product_is_noticed() -> None:
    assert catalogue.search("独角兽", language="zh") == []
    product = Product.objects.get(ref="P101")
    product.name = {"zh": "独角兽跑鞋"}
    product.save()
    assert _refs(catalogue.search("独角兽", language="zh")) == ["P101"]


@pytest.mark.usefixtures("shop")
def test_a_product_off_sale_is_not_found() -> None:
    Product.objects.filter(ref="P119").update(active=False)
    assert "P119" not in _refs(catalogue.search("电饭煲", language="zh"))


@pytest.mark.usefixtures("shop")
def test_few_queries(django_assert_max_num_queries: object) -> None:
    catalogue.search("跑鞋", language="zh")
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        catalogue.search("running shoes", language="en")


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("P101", "P101"),
        ("请问p137-l-wht还有吗", "P137"),
        ("do you still have the Breeze lightweight running shoe in 42?", "P101"),
        ("那双轻跑鞋", "P101"),
        ("hush headphones", "P125"),
        ("rice coker", "P119"),
    ],
)
def test_product_meant(words: str, meant: str) -> None:
    best = catalogue.find(words, language="zh")[0]
    assert best.product.ref == meant
    assert best.score >= catalogue.MEANT


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("words", ["my order", "", "你好", "where is it?"])
def test_no_product_meant(words: str) -> None:
    assert catalogue.find(words, language="en") == []


@pytest.mark.usefixtures("shop")
def test_vocabulary() -> None:
    words = catalogue.vocabulary()
    assert {"41", "42"} <= words.options["size"]
    assert {"shoes", "bags"} <= words.categories
    assert "waterproof" in words.tags
    assert "晴风轻跑鞋" in words.names["zh"]


def test_empty_catalogue_answers_empty() -> None:
    assert catalogue.search("shoe", language="en") == []
    assert catalogue.search("", language="en") == []
    assert catalogue.find("shoe", language="en") == []
    assert catalogue.vocabulary().options == {}


def test_products_without_any_word_do_no_harm() -> None:
    product = Product.objects.create(ref="?", name={"en": "!!!"})
    Variant.objects.create(product=product, sku="?1", price=Decimal(1))
    assert catalogue.search("shoe", language="en") == []
    assert catalogue.find("!!!", language="en") == []


def test_what_is_slow_to_read_is_read_beside_the_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept, "_QUICK", 0.0)
    read = iter(["old", "new"])
    catalogue_read = kept.Kept(lambda: next(read))
    assert catalogue_read.now() == "old"
    factories.product()
    assert catalogue_read.now() == "old"
    assert catalogue_read._reader is not None
    catalogue_read._reader.join(10)
    assert catalogue_read.now() == "new"


def test_many_products_are_not_counted_each_time(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(kept, "_MANY", 0)
    factories.product()
    catalogue_read = kept.Kept(lambda: "read")
    catalogue_read.now()
    with django_assert_num_queries(1):
        catalogue_read.now()


def test_what_is_fresh_is_not_asked_after(django_assert_num_queries: Any) -> None:
    read = iter(range(9))
    words = kept.Kept(lambda: next(read), fresh_for=60.0)
    words.now()
    factories.product()
    with django_assert_num_queries(0):
        assert words.now() == 0
    words.forget()
    assert words.now() == 1


@pytest.mark.usefixtures("shop")
def test_of_a_large_shop_only_changes_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue.search("跑鞋", language="zh")
    monkeypatch.setattr(kept, "_QUICK", 0.0)
    monkeypatch.setattr(reading, "_OVERLAP", timedelta(0))
    Product.objects.update(updated_at=timezone.now() - timedelta(days=1))
    catalogue.forget()
    before = catalogue.search("跑鞋", language="zh", limit=99)
    changed = Product.objects.get(ref="P101")
    changed.name = {"zh": "独角兽雨伞"}
    changed.save()
    assert _refs(catalogue.search("独角兽", language="zh")) == ["P101"]
    after = catalogue.search("跑鞋", language="zh", limit=99)
    assert set(_refs(before)) >= set(_refs(after))
    assert _refs(catalogue.find("p101", language="zh")) == ["P101"]


def test_too_many_changes_are_not_read_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = reading.read_index()
    monkeypatch.setattr(reading, "_MOST", 0)
    factories.product()
    assert reading.renew(index, timezone.now()) is None
