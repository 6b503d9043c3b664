"""The HTTP status of each refusal, and how a tool's refusals are described."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import override

from orders.refusal import SENTENCES, Code

# What is not here contradicts the state of things: 409.
_STATUSES = {
    Code.MALFORMED: 400,
    Code.BAD_EXPRESSION: 400,
    Code.NOT_ALLOWED: 403,
    Code.NOT_IDENTIFIED: 403,
    Code.UNKNOWN_TOOL: 404,
    Code.CUSTOMER_NOT_FOUND: 404,
    Code.ORDER_NOT_FOUND: 404,
    Code.CASE_NOT_FOUND: 404,
    Code.PRODUCT_NOT_FOUND: 404,
    Code.VARIANT_NOT_FOUND: 404,
    Code.KEY_REUSED: 422,
}


def status_of(code: Code) -> int:
    return _STATUSES.get(code, 409)


def described(codes: Iterable[Code]) -> Mapping[str, str]:
    """Status -> the codes that come with it, each with its sentence."""
    lines: dict[str, list[str]] = defaultdict(list)
    with override("en"):
        for code in codes:
            lines[str(status_of(code))].append(f"`{code.value}`: {SENTENCES[code]}")
    return {status: "\n\n".join(texts) for status, texts in lines.items()}
