"""A static cache with a row for each answer being written; rows differ in length."""

from dataclasses import dataclass
from typing import Any

import torch
from transformers.cache_utils import Cache, CacheLayerMixin

FIRST_ROOM = 512


@dataclass(frozen=True, kw_only=True)
class Window:
    """What a step writes to and reads: some rows, each from its own position."""

    first: int
    # For each row how many tokens it holds already.
    held: torch.Tensor
    span: int


class SeatLayer(CacheLayerMixin):  # type: ignore[misc]
    """Keys and values of one layer, written in place."""

    window: Window

    def __init__(self, seats: int) -> None:
        super().__init__()
        self._seats = seats

    def lazy_initialization(
        self, key_states: torch.Tensor, value_states: torch.Tensor
    ) -> None:
        self.keys = self._empty(key_states)
        self.values = self._empty(value_states)
        self.is_initialized = True

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *_: Any, **__: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        if not self.is_initialized:
            self.lazy_initialization(key_states, value_states)
        self._grow(self.window.span)
        return self._put(self.keys, key_states), self._put(self.values, value_states)

    def _put(self, kept: torch.Tensor, new: torch.Tensor) -> torch.Tensor:
        window = self.window
        rows = kept[window.first : window.first + new.shape[0]]
        if new.shape[0] == 1:
            at = window.span - new.shape[2]
            rows[0, :, at : window.span] = new[0]
        else:
            rows[torch.arange(new.shape[0]), :, window.held] = new[:, :, 0]
        return rows[:, :, : window.span]

    def _grow(self, span: int) -> None:
        room = self.keys.shape[2]
        while room < span:
            room *= 2
        if room > self.keys.shape[2]:
            self.keys = self._longer(self.keys, room)
            self.values = self._longer(self.values, room)

    def _longer(self, kept: torch.Tensor, room: int) -> torch.Tensor:
        new = kept.new_zeros(kept.shape[0], kept.shape[1], room, kept.shape[3])
        new[:, :, : kept.shape[2]] = kept
        return new

    def _empty(self, like: torch.Tensor) -> torch.Tensor:
        return like.new_zeros(self._seats, like.shape[1], FIRST_ROOM, like.shape[3])

    def move(self, source: int, target: int, length: int) -> None:
        for kept in (self.keys, self.values):
            kept[target, :, :length] = kept[source, :, :length]

    def copy(self, row: int, length: int) -> tuple[torch.Tensor, torch.Tensor]:
        return (
            self.keys[row, :, :length].clone(),
            self.values[row, :, :length].clone(),
        )

    def paste(self, row: int, keys: torch.Tensor, values: torch.Tensor) -> None:
        length = keys.shape[1]
        self._grow(length)
        self.keys[row, :, :length] = keys
        self.values[row, :, :length] = values

    def get_mask_sizes(self, query_length: int) -> tuple[int, int]:
        return self.window.span, 0

    def get_seq_length(self) -> int:
        return self.window.span

    def get_max_length(self) -> int:
        return -1


Copy = list[tuple[torch.Tensor, torch.Tensor]]


class Seats(Cache):  # type: ignore[misc]
    """The rows of every layer; a model takes it for its own cache."""

    def __init__(self, layers: int, seats: int) -> None:
        super().__init__(layers=[SeatLayer(seats) for _ in range(layers)])
        self.seats = seats

    def look(self, window: Window) -> None:
        for layer in self.layers:
            layer.window = window

    def move(self, source: int, target: int, length: int) -> None:
        for layer in self.layers:
            layer.move(source, target, length)

    def copy(self, row: int, length: int) -> Copy:
        return [layer.copy(row, length) for layer in self.layers]

    def paste(self, row: int, copy: Copy) -> None:
        for layer, (keys, values) in zip(self.layers, copy, strict=True):
            layer.paste(row, keys, values)
