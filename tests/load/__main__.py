"""`make load`: the webhook and the whole way, beside a bare view, in one run.

Needs PostgreSQL and Redis on 127.0.0.1 and wrk. Prints medians and ratios.
"""

import itertools
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import redis

from tests import stack
from tests.emulators.telegram import FakeTelegram
from tests.load.tasks import TABLE

ROUNDS = 5
SECONDS = 5
CONNECTIONS = 16
# The whole way: this many messages, each of another person, since the messages of one
# that wait together are answered together.
MESSAGES = 400
SECRET = "load-secret"

Work = Callable[[], None]
Count = Callable[[], int]

LUA = """
local counter = 0
local threads = 0
function setup(thread) threads = threads + 1; thread:set("id", threads) end
function request()
  counter = counter + 1
  local update = string.format("%d", {start} + id * 10000000 + counter)
  local chat = counter % 1000 + 1
  local body = '{{"update_id":' .. update .. ',"message":{{"message_id":' .. counter ..
    ',"from":{{"id":' .. chat .. ',"is_bot":false,"first_name":"Mia"}},"chat":{{"id":' ..
    chat .. ',"type":"private"}},"date":1767225600,"text":"where is my order?"}}}}'
  return wrk.format("POST", "{path}", {{["Content-Type"]="application/json",
    ["X-Telegram-Bot-Api-Secret-Token"]="{secret}"}}, body)
end
"""


@dataclass(frozen=True, kw_only=True)
class Round:
    per_second: float
    p50: float
    p99: float


class Shop(stack.Production):
    """PostgreSQL, Redis, gunicorn with threads; workers when asked for."""

    def start_web(self) -> None:
        self.manage("migrate", "-v0")
        self.shell(
            "from ecomsupport.management.commands.demo import *;"
            "c = Command(); c.load_shop(); understand.prepare()"
        )
        self.start(
            "web", "-m", "gunicorn", "ecomsupport.wsgi:application",
            "-k", "gthread", "-w", "2", "--threads", "8",
            "-b", f"127.0.0.1:{self.port}", "--log-level", "error",
        )  # fmt: skip
        self.wait_until_ready("web")

    def query(self, statement: str) -> int:
        address = self.environment["DATABASE_URL"]
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement)
            row = cursor.fetchone() if cursor.description else None
            return int(row[0]) if row else 0

    def forget_queue(self) -> None:
        redis.Redis.from_url(self.redis_url).flushdb()


def main() -> None:
    if reason := stack.services_missing():
        sys.exit(reason)
    if not shutil.which("wrk"):
        sys.exit("wrk is needed: it is a package of Debian's")
    with FakeTelegram() as fake, tempfile.TemporaryDirectory() as folder:
        shop = Shop(
            Path(folder),
            DJANGO_SETTINGS_MODULE="tests.load.settings",
            BURST_WAIT="0",
        )
        try:
            run(shop, fake, Path(folder))
        finally:
            shop.stop()


def run(shop: Shop, fake: FakeTelegram, folder: Path) -> None:
    shop.start_web()
    shop.query(TABLE)
    shop.shell(
        "from bots.models import Channel;"
        f"Channel.objects.create(kind='telegram', slug='load', name='Load',"
        f" token='{fake.token}', secret='{SECRET}', api_url='{fake.url}')"
    )
    acknowledgements(shop, folder)
    whole_way(shop, fake)


def acknowledgements(shop: Shop, folder: Path) -> None:
    """Webhook against bare view in turn, no worker running beside them."""
    webhook, plain = [], []
    for number in range(ROUNDS + 1):
        ours = hammer(shop, folder, "/webhooks/telegram/load/", number)
        theirs = hammer(shop, folder, "/bare/", number)
        shop.forget_queue()
        # The first round warms both up.
        if number:
            webhook.append(ours)
            plain.append(theirs)
            print(f"round {number}: webhook {ours}, bare {theirs}", flush=True)
    print("\nAcknowledgements at the Telegram webhook, median of", ROUNDS, "rounds")
    for name, rounds in (("webhook", webhook), ("bare view", plain)):
        print(
            f"  {name:10} {statistics.median(r.per_second for r in rounds):7.0f} /s"
            f"   p50 {statistics.median(r.p50 for r in rounds):6.1f} ms"
            f"   p99 {statistics.median(r.p99 for r in rounds):6.1f} ms"
        )
    pairs = list(zip(webhook, plain, strict=True))
    rate = statistics.median(a.per_second / b.per_second for a, b in pairs)
    p99 = statistics.median(a.p99 / b.p99 for a, b in pairs)
    print(f"  ratio      rate {rate:.2f}, p99 {p99:.2f}\n")


def hammer(shop: Shop, folder: Path, path: str, number: int) -> Round:
    script = folder / "load.lua"
    start = (number + 1) * 100_000_000
    script.write_text(LUA.format(path=path, start=start, secret=SECRET))
    printed = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency",
         "-s", str(script), shop.url + path],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "Non-2xx" not in printed, printed
    found = re.search(r"Requests/sec: +([\d.]+)", printed)
    assert found, printed
    return Round(
        per_second=float(found[1]),
        p50=_milliseconds(printed, "50%"),
        p99=_milliseconds(printed, "99%"),
    )


def _milliseconds(printed: str, share: str) -> float:
    found = re.search(rf"{share} +([\d.]+)(us|ms|s)", printed)
    assert found, printed
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


def whole_way(shop: Shop, fake: FakeTelegram) -> None:
    """From the webhook to the Bot API, two workers; beside the bare task's way."""
    shop.query("TRUNCATE bare")
    shop.query("DELETE FROM bots_inboundevent")
    shop.forget_queue()
    for number in range(2):
        shop.start_worker(f"worker{number}")
    shop.start("beat", "-m", "celery", "-A", "ecomsupport", "beat", "-s",
               str(shop.folder / "beat"))  # fmt: skip
    numbers = itertools.count(1)
    # Warm the workers up: the first message loads the classifier.
    pour(shop, "/webhooks/telegram/load/", numbers, 20)
    wait(lambda: len(fake.sent), 20)
    print(f"The whole way: {MESSAGES} messages of as many people, two workers")
    ratios = []
    for number in range(1, 4):
        before = len(fake.sent)
        ours = rate(
            lambda: pour(shop, "/webhooks/telegram/load/", numbers, MESSAGES),
            lambda before=before: len(fake.sent) - before,  # type: ignore[misc]
        )
        shop.query("TRUNCATE bare")
        theirs = rate(
            lambda: pour(shop, "/bare/", numbers, MESSAGES),
            lambda: shop.query("SELECT count(*) FROM bare WHERE done"),
        )
        ratios.append(ours / theirs)
        print(f"round {number}: {ours:.0f} replies /s; bare {theirs:.0f} tasks /s")
    print(f"  ratio      {statistics.median(ratios):.2f}")


def rate(pour_in: Work, done: Count) -> float:
    started = time.monotonic()
    pour_in()
    wait(done, MESSAGES)
    return MESSAGES / (time.monotonic() - started)


def wait(done: Count, wanted: int) -> None:
    deadline = time.monotonic() + 180
    while done() < wanted:
        if time.monotonic() > deadline:
            sys.exit(f"only {done()} of {wanted} were done")
        time.sleep(0.05)


def pour(shop: Shop, path: str, numbers: "itertools.count[int]", count: int) -> None:
    """Post messages of different people from 16 connections."""

    def post(number: int) -> None:
        chat = number
        person = {"id": chat, "is_bot": False, "first_name": "Mia"}
        answer = client.post(
            path,
            json={
                "update_id": number,
                "message": {
                    "message_id": number,
                    "from": person,
                    "chat": {"id": chat, "type": "private"},
                    "date": int(time.time()),
                    "text": "do you have a kettle?",
                },
            },
            headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
        )
        assert answer.status_code == 200, answer.text

    with (
        httpx.Client(base_url=shop.url, timeout=60) as client,
        ThreadPoolExecutor(CONNECTIONS) as crowd,
    ):
        list(crowd.map(post, itertools.islice(numbers, count)))


if __name__ == "__main__":
    main()
