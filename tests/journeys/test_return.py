"""Opening a return, inside the window and after it."""

from collections.abc import Callable

from tests.shopper import Shopper
from tests.stack import Embedded

Open = Callable[..., Shopper]

FIND = (
    "from orders.models import Order; from django.utils import timezone;"
    "from datetime import timedelta; from django.db.models import Count;"
    "orders = Order.objects.filter(status='delivered', cases=None,"
    " customer__language='{language}').annotate(n=Count('lines'));"
    "new = timezone.now() - timedelta(days=6);"
    "order = {condition}.first();"
    "print(order.number, order.customer.ref)"
)
INSIDE = "orders.filter(delivered_at__gt=new, n=1)"
PASSED = "orders.filter(delivered_at__lt=new - timedelta(days=10))"


def order(shop: Embedded, condition: str, language: str) -> tuple[str, str]:
    found = shop.shell(FIND.format(condition=condition, language=language))
    number, _, ref = found.partition(" ")
    return number, ref


def cases(shop: Embedded, number: str) -> str:
    return shop.shell(
        "from orders.models import Case;"
        f"print(Case.objects.filter(order__number='{number}').count())"
    )


def test_a_yes_opens_the_return_and_gives_its_number(
    shopper: Open, shop: Embedded
) -> None:
    number, ref = order(shop, INSIDE, "en")
    guest = shopper(customer=ref)
    assert "¥" in guest.say(f"I'd like to send {number} back, it is too small")
    assert cases(shop, number) == "0"
    assert "number" in guest.say("yes please")
    assert cases(shop, number) == "1"


def test_the_same_in_chinese(shopper: Open, shop: Embedded) -> None:
    number, ref = order(shop, INSIDE, "zh")
    guest = shopper(customer=ref)
    assert "¥" in guest.say(f"{number}我要退货，穿着不合适")
    assert "编号" in guest.say("好的")
    assert cases(shop, number) == "1"


def test_after_the_window_it_is_refused_with_the_day(
    shopper: Open, shop: Embedded
) -> None:
    number, ref = order(shop, PASSED, "en")
    told = shopper(customer=ref).say(f"return {number} please")
    assert "7 days" in told
    assert cases(shop, number) == "0"
