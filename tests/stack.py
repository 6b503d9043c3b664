"""The product as it runs: real processes, embedded or with PostgreSQL and Redis."""

import contextlib
import hmac
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import redis

ROOT = Path(__file__).parent.parent
POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
REDIS = "redis://127.0.0.1:6379/0"
START_LIMIT = 240


def services_missing() -> str:
    """Why PostgreSQL and Redis cannot be used here, or ""."""
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.OperationalError:
        return "PostgreSQL does not answer on 127.0.0.1"
    try:
        redis.Redis.from_url(REDIS, socket_timeout=2).ping()
    except redis.RedisError:
        return "Redis does not answer on 127.0.0.1"
    return ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Stack:
    """Processes that share a database; ended together."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.passwords: dict[str, str] = {}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._web_secret = ""
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "ecomsupport.settings",
            "PYTHONPATH": str(ROOT),
            "SECRET_KEY": "only-for-tests",
            "CHAT_SESSION_RATE": "0",
            "CHAT_MESSAGE_RATE": "0",
            "PYTHONUNBUFFERED": "1",
            # Two test processes share two cores with everything they start.
            "OMP_NUM_THREADS": "1",
            **environment,
        }

    def manage(self, *arguments: str) -> str:
        """Run a management command; return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        """Run Python with Django set up, in a process of its own."""
        return self.manage("shell", "--no-imports", "-c", code).strip()

    def customer_hash(self, ref: str) -> str:
        """What the shop's own page would send to prove who is logged in."""
        if not self._web_secret:
            self._web_secret = self.shell(
                "from bots.models import Channel;"
                "print(Channel.objects.get(slug='web').secret)"
            )
        return hmac.new(self._web_secret.encode(), ref.encode(), "sha256").hexdigest()

    def start(self, name: str, *command: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes[name] = process
        return process

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def kill(self, name: str) -> None:
        """End a process and its children at once, as a power cut would."""
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for name in list(self.processes):
            self.processes[name].terminate()
        for name, process in list(self.processes.items()):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill(name)

    def wait_until_ready(self, name: str) -> None:
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            assert self.processes[name].poll() is None, self.log(name)
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/healthz", timeout=2).status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError(f"{name} did not start:\n{self.log(name)}")


class Embedded(Stack):
    """What `make demo` starts: one process, SQLite, the demo shop."""

    def __init__(self, folder: Path, **environment: str) -> None:
        super().__init__(
            folder,
            DATABASE_URL=f"sqlite:///{folder / 'shop.sqlite3'}",
            REDIS_URL="",
            **environment,
        )

    def start_all(self) -> None:
        self.start("demo", "manage.py", "demo", "--port", str(self.port))
        self.wait_until_ready("demo")
        for name, password in re.findall(r"Log-in +(\w+) / (\S+)", self.log("demo")):
            self.passwords.setdefault(name, password)


class Production(Stack):
    """PostgreSQL, Redis, a web process, separate workers, a timetable."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.database = f"ecomsupport_{secrets.token_hex(4)}"
        # Of Redis' sixteen databases one at random, so that runs do not meet.
        self.redis_url = REDIS.removesuffix("0") + str(secrets.randbelow(15) + 1)
        super().__init__(
            folder,
            DATABASE_URL=POSTGRES.removesuffix("postgres") + self.database,
            REDIS_URL=self.redis_url,
            **environment,
        )
        self._administrate(f'CREATE DATABASE "{self.database}"')
        redis.Redis.from_url(self.redis_url).flushdb()

    def start_all(self, *, workers: int = 2) -> None:
        self.manage("migrate", "-v0")
        self.shell(
            "from ecomsupport.management.commands.demo import *;"
            "c = Command(); c.load_shop(); understand.prepare(); web_channel()"
        )
        for number in range(workers):
            self.start_worker(f"worker{number}")
        self.start(
            "beat",
            "-m",
            "celery",
            "-A",
            "ecomsupport",
            "beat",
            "-s",
            str(self.folder / "beat"),
        )
        self.start(
            "web",
            "-m",
            "uvicorn",
            "ecomsupport.asgi:application",
            "--port",
            str(self.port),
            "--log-level",
            "warning",
            "--lifespan",
            "off",
        )
        self.wait_until_ready("web")

    def start_worker(self, name: str) -> None:
        self.start(
            name, "-m", "celery", "-A", "ecomsupport", "worker", "-P", "threads",
            "-c", "2", "-Q", "dialogue,delivery,inference,campaigns,timetable",
            "-n", f"{name}@{self.database}", "--without-mingle", "--without-gossip",
        )  # fmt: skip

    def stop(self) -> None:
        super().stop()
        redis.Redis.from_url(self.redis_url).flushdb()
        self._administrate(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def _administrate(self, statement: str) -> None:
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(statement)


@contextlib.contextmanager
def running(stack: Embedded | Production) -> Iterator[None]:
    try:
        stack.start_all()
        yield
    finally:
        stack.stop()
