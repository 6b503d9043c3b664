"""What every figure is held against: a view that inserts one row and enqueues a task."""

from functools import partial

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt

from tests.load.tasks import work


@csrf_exempt
@transaction.atomic
def bare(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bare (body) VALUES (%s) RETURNING id", [request.body.decode()]
        )
        [row] = cursor.fetchone()
    transaction.on_commit(partial(work.delay, row))
    return HttpResponse()


urlpatterns: list[URLPattern | URLResolver] = [
    path("bare/", bare),
    path("", include("ecomsupport.urls")),
]
