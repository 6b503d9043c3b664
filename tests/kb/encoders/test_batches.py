"""Little is padded, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from kb.encoders.batches import by_length, padded

lists = st.lists(st.lists(st.integers(1, 99), min_size=1, max_size=9), min_size=1)


@given(lists, st.integers(1, 8))
def test_every_position_comes_once(rows: list[list[int]], most: int) -> None:
    batches = list(by_length(rows, most))

    assert sorted(at for batch in batches for at in batch) == list(range(len(rows)))
    assert max(map(len, batches)) <= most


@given(lists)
def test_shorter_lists_come_first(rows: list[list[int]]) -> None:
    lengths = [len(rows[at]) for batch in by_length(rows, 3) for at in batch]

    assert lengths == sorted(lengths)


@given(lists)
def test_the_mask_shows_what_is_real(rows: list[list[int]]) -> None:
    ids, mask = padded(rows)

    assert [row[real > 0].tolist() for row, real in zip(ids, mask, strict=True)] == rows
