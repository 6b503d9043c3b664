"""Reads the next batch while the database writes this one."""

import gc
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

Batch = TypeVar("Batch")


def read_ahead(batches: Iterator[Batch]) -> Generator[Batch, None, None]:
    """Yield the same; the reading, in a thread, must not touch the database.

    Meanwhile Python looks for garbage once a batch: left to itself it looks through
    the thousands of rows of one again and again, a fifth of an import's time.
    """
    # The thread tells what is wrong with a line in the language of whoever imports.
    context = copy_context()

    def read() -> Batch | None:
        return context.run(lambda: next(batches, None))

    gc.disable()
    try:
        with ThreadPoolExecutor(1, "read-ahead") as reader:
            coming = reader.submit(read)
            while (batch := coming.result()) is not None:
                coming = reader.submit(read)
                yield batch
                gc.collect(0)
    finally:
        gc.enable()
