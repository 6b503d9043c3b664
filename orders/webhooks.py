"""Where the shop's system tells what has changed: verify, take in, answer."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from orders import intake
from orders.connectors import signing
from orders.models import Connector


@csrf_exempt
def receive(request: HttpRequest) -> HttpResponse:
    """Answer 200 to what is stored, now or before; a 409 is to be sent again later."""
    if request.method != "POST":
        refused = problem(405, "A webhook is called with POST.")
        refused["Allow"] = "POST"
        return refused
    secret = _secret()
    if not secret:
        return problem(404, "Events of the shop are not expected.")
    now = timezone.now()
    try:
        ident = signing.verify(secret, request.headers, now, request.body)
        intake.take_in(ident, request.body, now)
    except RequestDataTooBig:
        return problem(413, "The body is too large.")
    except signing.BadSignatureError as error:
        return problem(401, str(error))
    except intake.MalformedError as error:
        return problem(400, str(error))
    except intake.NotYetError as error:
        return problem(409, str(error))
    return HttpResponse()


def problem(status: int, detail: str) -> JsonResponse:
    """Answer as RFC 9457 says."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _secret() -> str:
    inbound = Connector.objects.filter(port=Connector.Port.INBOUND, active=True)
    row = inbound.first()
    return row.secret if row else ""


urlpatterns = [path("shop/", receive, name="shop-webhook")]
