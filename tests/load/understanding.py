"""`python -m tests.load.understanding`: what understanding a message takes, and holds.

One process, one thread. Start-up and memory are those of a fresh process that has Django
and all the models loaded.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecomsupport.settings")
os.environ.setdefault("SECRET_KEY", "only-for-tests")

import django
from django.utils import timezone

GOLD = Path(__file__).parents[1] / "gold"
ROUNDS = 3
STARTS = 5
LONG = 10_000
BATCH = 64


def main() -> None:
    if "--start" in sys.argv:
        _start()
        return
    starts = [_started() for _ in range(STARTS + 1)][1:]
    seconds, held = zip(*starts, strict=True)
    print(f"start-up: median {statistics.median(seconds):.1f} s")
    print(f"memory: {max(held)} MB at most")
    django.setup()
    from bots.dialogue.turn import Utterance
    from bots.dialogue.understand import prepare, store, understand
    from bots.dialogue.understand.normalise import read

    prepare()
    now = timezone.now()

    def ask(text: str) -> None:
        understand(Utterance(text=text, at=now))

    for language in ("en", "zh"):
        texts = _texts(language)
        times = _times(ask, texts)
        print(
            f"{language}: {len(texts)} messages,"
            f" p50 {times[len(times) // 2]:.2f} ms, p95 {times[len(times) * 95 // 100]:.2f} ms,"
            f" {1000 / statistics.mean(times):.0f} /s one by one"
        )
        classifier = store.load().classifiers[language]
        folded = [read(text).folded for text in texts]
        started = time.perf_counter()
        for at in range(0, len(folded), BATCH):
            classifier.read_all(folded[at : at + BATCH])
        took = time.perf_counter() - started
        print(
            f"{language}: intents alone, {BATCH} at a time: {len(texts) / took:.0f} /s"
        )
        long = (" ".join(texts) * 5)[:LONG]
        print(
            f"{language}: {LONG:,} characters: {_times(ask, [long])[0]:.1f} ms at least"
        )


def _times(call: Callable[[str], None], texts: Sequence[str]) -> list[float]:
    """The best of some rounds of each text in milliseconds, sorted; nothing is warm."""
    from bots.dialogue.understand import store

    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        # What was read before is remembered; here every message is a new one.
        store.load().read.cache_clear()
        for text in texts:
            started = time.perf_counter()
            call(text)
            took = (time.perf_counter() - started) * 1000
            best[text] = min(took, best.get(text, took))
    return sorted(best.values())


def _texts(language: str) -> list[str]:
    lines = (GOLD / f"gold_{language}.jsonl").read_text("utf-8").splitlines()
    return list(dict.fromkeys(json.loads(line)["text"] for line in lines if line))


def _started() -> tuple[float, int]:
    began = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "tests.load.understanding", "--start"],
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - began, int(run.stdout)


def _start() -> None:
    django.setup()
    from bots.dialogue.understand import prepare

    prepare()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


if __name__ == "__main__":
    main()
