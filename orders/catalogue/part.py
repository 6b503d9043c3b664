"""Some of the products, put so that they are found quickly; never changed once built."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from orders.catalogue.entries import Entry
from orders.catalogue.postings import Gathering, Rows
from orders.catalogue.ranks import Ranks, ranks_of
from orders.catalogue.terms import terms
from orders.text import Localized, pick

Keys: TypeAlias = NDArray[np.int64]


class Part:
    """Rows are counted from 0 within the part."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        products, codes = array("q"), Codes()
        fields, names, owners = Gathering(), Gathering(), array("i")
        categories: dict[str, array[int]] = defaultdict(lambda: array("i"))
        said = Said()
        for row, entry in enumerate(entries):
            products.append(entry.product)
            codes.add(entry.codes, row)
            fields.add(entry.terms)
            for name in entry.names.values():
                names.add(dict.fromkeys(terms(name), 0))
                owners.append(row)
            categories[entry.category.casefold()].append(row)
            said.add(entry.names)
        self.products: Keys = np.array(products, np.int64)
        self.codes = codes.sorted()
        self.fields = fields.postings()
        # A product has a name in each language: the rows of these, and whose they are.
        self.names = names.postings()
        self.owners: Rows = np.array(owners, np.int32)
        self.categories = {c: np.array(own, np.int32) for c, own in categories.items()}
        self._ranks = {one: ranks_of(names) for one, names in said.by_language.items()}

    def __len__(self) -> int:
        return len(self.products)

    def ranks(self, language: str) -> Ranks:
        """By the names in the language, or what there is instead."""
        return self._ranks.get(language, self._ranks["en"])


class Said:
    """What `pick` picks for each language that any product is named in."""

    def __init__(self) -> None:
        self.by_language: dict[str, list[str]] = {"en": []}

    def add(self, names: Localized) -> None:
        for language in names.keys() - self.by_language.keys():
            self.by_language[language] = list(self.by_language["en"])
        for language, said in self.by_language.items():
            said.append(pick(names, language))


class Codes:
    """Refs and SKUs by their hashes: half a million texts take a hundred megabytes."""

    def __init__(self) -> None:
        self._hashes, self._rows = array("q"), array("i")

    def add(self, codes: Sequence[str], row: int) -> None:
        self._hashes.extend(map(hash, codes))
        self._rows.extend([row] * len(codes))

    def sorted(self) -> "SortedCodes":
        hashes = np.array(self._hashes, np.int64)
        order = np.argsort(hashes, kind="stable")
        rows = np.array(self._rows, np.int32)
        return SortedCodes(hashes[order], rows[order])


class SortedCodes:
    def __init__(self, hashes: Keys, rows: Rows) -> None:
        self._hashes = hashes
        self._rows = rows

    def row_of(self, code: str) -> int | None:
        """The last row that was given the folded code."""
        place = int(np.searchsorted(self._hashes, hash(code), side="right")) - 1
        if place < 0 or self._hashes[place] != hash(code):
            return None
        return int(self._rows[place])
