"""The task of the bare view: one row is touched."""

from celery import shared_task
from django.db import connection

TABLE = "CREATE TABLE bare (id BIGSERIAL PRIMARY KEY, body TEXT, done BOOLEAN)"


@shared_task
def work(row: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bare SET done = true WHERE id = %s", [row])
