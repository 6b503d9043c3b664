"""Measures the English encoder: `python -m tests.kb.encoders.measure`."""

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "var" / "models" / "encoder-en"
PHRASES = ROOT / "bots" / "dialogue" / "understand" / "phrases" / "en"
TEXTS = [
    line
    for file in sorted(PHRASES.glob("*.txt"))
    for line in file.read_text("utf-8").splitlines()[:40]
]


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """On the clock, and of the processor: on a busy machine only that one tells."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def one_by_one(encode: Callable[[list[str]], object]) -> str:
    spent = np.median([seconds(partial(encode, [t])) for t in TEXTS[:300]], axis=0)
    return f"{spent[0] * 1e3:.1f} ms ({spent[1] * 1e3:.1f} of the processor)"


def in_batches(encode: Callable[[list[str]], object]) -> str:
    _, spent = seconds(lambda: encode(TEXTS))
    return f"{len(TEXTS) / spent:.0f} texts a second of the processor"


def resident() -> float:
    """Megabytes of memory in use (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def onnx(exact: bool) -> np.ndarray:
    from kb.encoders.onnx import open_encoder

    before = resident()
    found = []
    wall, cpu = seconds(lambda: found.append(open_encoder(FOLDER, exact=exact)))
    encoder = found[0]
    assert encoder
    encoder.warm()
    print(encoder.name)  # noqa: T201
    print(f"  start {wall:.2f} s ({cpu:.2f} of the processor)")  # noqa: T201
    print(f"  one {one_by_one(encoder.encode)}")  # noqa: T201
    print(f"  batches {in_batches(encoder.encode)}")  # noqa: T201
    print(f"  memory {resident() - before:.0f} MB")  # noqa: T201
    return np.asarray(encoder.encode(TEXTS))


def eager() -> None:
    """As most programs do it: transformers, batches of 32 in the order of the texts."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    from kb.encoders.packaged import packaged

    torch.set_num_threads(1)
    folder = packaged()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()

    def encode(texts: list[str]) -> None:
        with torch.inference_mode():
            for at in range(0, len(texts), 32):
                batch = tokenizer(
                    texts[at : at + 32], padding=True, truncation=True, max_length=64,
                    return_tensors="pt",
                )  # fmt: skip
                model(**batch).last_hidden_state.mean(1)

    encode(["warm"])
    print("transformers, eager")  # noqa: T201
    print(f"  one {one_by_one(encode)}")  # noqa: T201
    print(f"  batches {in_batches(encode)}")  # noqa: T201
    print(f"  memory of the process {resident():.0f} MB")  # noqa: T201


def main() -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    print(f"{len(TEXTS)} texts; bare process {resident():.0f} MB")  # noqa: T201
    small = onnx(exact=False)
    likeness = (small * onnx(exact=True)).sum(1)
    print(f"cosine of both: mean {likeness.mean():.4f}, least {likeness.min():.4f}")  # noqa: T201
    eager()


if __name__ == "__main__":
    main()
