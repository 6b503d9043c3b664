"""Questions: what can be asked, by whom; nothing here writes."""

from typing import Any

from django.utils.translation import get_language

from orders import aftersales, arithmetic, catalogue, changes, lookup, policy
from orders.acting import By
from orders.models import Customer, Order, Product, Variant
from orders.refusal import Code, Refusal
from orders.tools import arguments as args
from orders.tools import results
from orders.tools.tool import Audience, tool

_ORDER = (Code.ORDER_NOT_FOUND,)
_QUOTE = (
    Code.ORDER_NOT_FOUND,
    Code.NOT_DELIVERED,
    Code.WINDOW_PASSED,
    Code.CASE_OPEN,
    Code.NO_ITEMS,
    Code.LINE_NOT_IN_ORDER,
    Code.TOO_MANY_PIECES,
    Code.METHOD_NOT_FOUND,
)
_SWAP = (Code.NEW_ITEM_UNKNOWN, Code.OTHER_PRODUCT, Code.SOLD_OUT, Code.SAME_VARIANT)


@tool(
    args.FindCustomer, Audience.STAFF, writes=False, errors=(Code.CUSTOMER_NOT_FOUND,)
)
def find_customer(given: args.FindCustomer, by: By) -> Any:
    """Find a customer by e-mail, by phone, or by name and postcode."""
    found = None
    if given.email:
        found = lookup.customer_by_email(given.email)
    elif given.phone:
        having = lookup.customers_by_phone(given.phone)
        found = having[0] if len(having) == 1 else None
    elif given.name and given.postcode:
        found = lookup.customer_by_name_postcode(given.name, given.postcode)
    if found is None:
        raise Refusal(Code.CUSTOMER_NOT_FOUND)
    return {"customer": found.ref}


@tool(
    args.OfCustomer, Audience.CUSTOMER, writes=False, errors=(Code.CUSTOMER_NOT_FOUND,)
)
def get_customer(given: args.OfCustomer, by: By) -> Any:
    """A customer's profile, address and payment methods."""
    return results.customer(whose(given.customer, by))


@tool(
    args.ListOrders, Audience.CUSTOMER, writes=False, errors=(Code.CUSTOMER_NOT_FOUND,)
)
def list_orders(given: args.ListOrders, by: By) -> Any:
    """The customer's orders, newest first."""
    customer = whose(given.customer, by)
    orders, book = lookup.orders_of(customer, limit=given.limit), policy.book()
    return {"orders": [results.order(order, by.at, book) for order in orders]}


@tool(args.OfOrder, Audience.CUSTOMER, writes=False, errors=_ORDER)
def get_order(given: args.OfOrder, by: By) -> Any:
    """One order: lines, money, shipments, newest event, cases, and which writes are
    possible now.
    """
    return results.order(order_for(given.number, by), by.at)


@tool(args.OfOrder, Audience.CUSTOMER, writes=False, errors=_ORDER)
def order_options(given: args.OfOrder, by: By) -> Any:
    """What can be done with an order now, and why not the rest."""
    return results.possible(order_for(given.number, by), by.at)


@tool(args.OfCase, Audience.CUSTOMER, writes=False, errors=(Code.CASE_NOT_FOUND,))
def get_case(given: args.OfCase, by: By) -> Any:
    """Where an after-sales case or its refund stands."""
    case = lookup.case_numbered(given.ref, by.customer)
    if case is None:
        raise Refusal(Code.CASE_NOT_FOUND)
    return {"case": results.case(case)}


@tool(args.SearchProducts, Audience.ANYONE, writes=False, errors=())
def search_products(given: args.SearchProducts, by: By) -> Any:
    """Find products by words, category, price range, options, stock."""
    hits = catalogue.search(
        given.words,
        language=(get_language() or "en")[:2],
        category=given.category or "",
        price_min=args.decimal(given.price_min),
        price_max=args.decimal(given.price_max),
        options=given.options,
        in_stock=given.in_stock,
        limit=given.limit,
    )
    return {"products": [results.hit(hit) for hit in hits]}


@tool(args.Nothing, Audience.ANYONE, writes=False, errors=())
def list_categories(given: args.Nothing, by: By) -> Any:
    """The categories that the shop sells."""
    found = Product.objects.filter(active=True).order_by("category")
    return {"categories": list(found.values_list("category", flat=True).distinct())}


@tool(args.OfProduct, Audience.ANYONE, writes=False, errors=(Code.PRODUCT_NOT_FOUND,))
def get_product(given: args.OfProduct, by: By) -> Any:
    """A product with its variants, prices and stock."""
    products = Product.objects.prefetch_related("variants")
    product = products.filter(ref=given.ref).first()
    if product is None:
        raise Refusal(Code.PRODUCT_NOT_FOUND)
    return results.product(product)


@tool(args.OfVariant, Audience.ANYONE, writes=False, errors=(Code.VARIANT_NOT_FOUND,))
def get_variant(given: args.OfVariant, by: By) -> Any:
    """One variant by its SKU."""
    variants = Variant.objects.select_related("product")
    variant = variants.filter(sku=given.sku).first()
    if variant is None:
        raise Refusal(Code.VARIANT_NOT_FOUND)
    return results.variant(variant)


@tool(args.Nothing, Audience.ANYONE, writes=False, errors=())
def get_terms(given: args.Nothing, by: By) -> Any:
    """The shop's terms in force: windows, fees, reasons, limits."""
    return results.terms(policy.in_force(by.at))


@tool(args.Calculate, Audience.ANYONE, writes=False, errors=(Code.BAD_EXPRESSION,))
def calculate(given: args.Calculate, by: By) -> Any:
    """Work out a sum, so that nobody does it in their head: exactly, to 28 digits."""
    try:
        value = arithmetic.calculate(given.expression)
    except arithmetic.BadExpressionError as error:
        raise Refusal(Code.BAD_EXPRESSION) from error
    return {"result": results.number(value)}


@tool(
    args.QuoteItems,
    Audience.CUSTOMER,
    writes=False,
    errors=(
        Code.ORDER_NOT_FOUND,
        Code.NOT_PENDING,
        Code.CLOSED,
        Code.NO_ITEMS,
        Code.LINE_NOT_IN_ORDER,
        Code.TOO_MANY_PIECES,
        *_SWAP,
    ),
)
def quote_items(given: args.QuoteItems, by: By) -> Any:
    """What changing items of a pending order would cost."""
    order = order_for(given.number, by)
    change = changes.quote_items(order, args.swaps(given.swaps), now=by.at)
    return results.item_change(change)


@tool(
    args.QuoteReturn,
    Audience.CUSTOMER,
    writes=False,
    errors=(*_QUOTE, Code.METHOD_NOT_ALLOWED),
)
def quote_return(given: args.QuoteReturn, by: By) -> Any:
    """What returning items would pay back, how, and until when."""
    return results.quote(
        aftersales.quote_return(
            order_for(given.number, by),
            args.counts(given.items),
            now=by.at,
            method=given.method,
            ground=given.ground,
        )
    )


@tool(
    args.QuoteRefund,
    Audience.CUSTOMER,
    writes=False,
    errors=(*_QUOTE, Code.NOT_SENT, Code.INVALID_GROUND, Code.METHOD_NOT_ALLOWED),
)
def quote_refund(given: args.QuoteRefund, by: By) -> Any:
    """What would be paid back for goods that are lost, damaged or wrong."""
    return results.quote(
        aftersales.quote_refund(
            order_for(given.number, by),
            args.counts(given.items),
            ground=given.ground,
            now=by.at,
            method=given.method,
        )
    )


@tool(
    args.QuoteExchange,
    Audience.CUSTOMER,
    writes=False,
    errors=(*_QUOTE, *_SWAP, Code.BALANCE_TOO_LOW),
)
def quote_exchange(given: args.QuoteExchange, by: By) -> Any:
    """What exchanging items for other variants would cost."""
    return results.quote(
        aftersales.quote_exchange(
            order_for(given.number, by),
            args.swaps(given.swaps),
            method=given.method,
            now=by.at,
        )
    )


def whose(ref: str | None, by: By) -> Customer:
    """The customer that is meant: a shopper's own self; for staff, whom they name."""
    if by.customer is not None:
        if ref not in {None, by.customer.ref}:
            raise Refusal(Code.CUSTOMER_NOT_FOUND)
        return by.customer
    found = lookup.customer(ref) if ref else None
    if found is None:
        raise Refusal(Code.CUSTOMER_NOT_FOUND)
    return found


def order_for(number: str, by: By) -> Order:
    """An order by its exact number; to a shopper, somebody else's is not found."""
    order = lookup.order_numbered(number, by.customer)
    if order is None:
        raise Refusal(Code.ORDER_NOT_FOUND)
    return order


QUESTIONS = (
    find_customer,
    get_customer,
    list_orders,
    get_order,
    order_options,
    get_case,
    search_products,
    list_categories,
    get_product,
    get_variant,
    get_terms,
    calculate,
    quote_items,
    quote_return,
    quote_refund,
    quote_exchange,
)
