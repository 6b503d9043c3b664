"""What a pointer sees of a message: of each token, of each clause, of the rules' guess."""

import re
from dataclasses import dataclass

from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots import reason
from bots.dialogue.understand.slots.found import BLANK, Found
from bots.dialogue.understand.slots.shop import Words

Place = tuple[int, int]

_TOKEN = re.compile(
    rf"{BLANK}+|[a-z0-9]+(?:[.'&+-]+[a-z0-9]+)*"
    # Between Latin words a space says nothing, beside Chinese it is a stop.
    r"|(?<=[\u4e00-\u9fff])\s|\s(?=[\u4e00-\u9fff])|\S"
)
# Longer messages hold several, and their first ones are what counts.
_MOST = 150
# What stands where something exact was found and taken out, and for any short pause.
_TAKEN = "#"
_PAUSE = re.compile(r"[\s,、~…]")


@dataclass(frozen=True, kw_only=True)
class Told:
    """A message and what it asks for, what of it the exact rules left, the shop's words."""

    said: Said
    rest: Said
    intent: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class Cues:
    places: list[Place]
    # For each token: where the span goes on, where it begins, where it ends.
    inside: list[list[str]]
    begin: list[list[str]]
    end: list[list[str]]
    # For tokens from and to which something is known as a whole.
    whole: dict[Place, list[str]]
    # For there being no span at all.
    nowhere: list[str]


def read(told: Told, product: Found[str] | None) -> Cues:
    """Return the cues, `product` being what the rules take for one."""
    text = told.said.folded
    places = [found.span() for found in _TOKEN.finditer(told.rest.folded)][:_MOST]
    why = reason.find(told.said)
    clauses = reason.parts(text)
    starts, stops = {start for start, _ in clauses}, {end for _, end in clauses}
    row = _Row(
        words=[_word(told, place) for place in places],
        kinds=_kinds(told, places),
        rules=_spread(places, product, why),
        intent=told.intent,
    )
    return Cues(
        places=places,
        inside=[row.inside(at) for at in range(len(places))],
        begin=[
            row.begin(at, opens=place[0] in starts) for at, place in enumerate(places)
        ],
        end=[row.end(at, closes=place[1] in stops) for at, place in enumerate(places)],
        whole=_whole(text, places, clauses, product, why, told.intent),
        nowhere=[
            "N",
            "Ni" + told.intent,
            f"Np{product is None}",
            f"Nr{why is None}",
            *("Nw" + word for word in dict.fromkeys(row.words)),
        ],
    )


def _word(told: Told, place: Place) -> str:
    word = told.rest.folded[slice(*place)]
    if word[0] == BLANK:
        return _TAKEN
    return "," if _PAUSE.match(word) else word


def _kinds(told: Told, places: list[Place]) -> list[str]:
    """Return which tokens belong to a known kind of goods: T in Chinese, K in English."""
    text, kinds = told.said.folded, told.words.kinds
    known = [range(*place) for place in told.words.things.find(text)]
    found = []
    for start, end in places:
        word = text[start:end]
        is_kind = word in kinds or word.removesuffix("s") in kinds
        in_thing = any(start in thing for thing in known)
        found.append("K" if is_kind else "T" if in_thing else "-")
    return found


def _spread(places: list[Place], *found: Found[str] | None) -> list[str]:
    """Return for each token what the rules say: B, I or O, a letter for each of them."""
    return ["".join(_tag(start, one) for one in found) for start, _ in places]


def _tag(start: int, found: Found[str] | None) -> str:
    if not found or not found.start <= start < found.end:
        return "O"
    return "B" if start == found.start else "I"


def _whole(
    text: str,
    places: list[Place],
    clauses: list[Place],
    product: Found[str] | None,
    why: Found[str] | None,
    intent: str,
) -> dict[Place, list[str]]:
    first = {start: at for at, (start, _) in enumerate(places)}
    last = {end: at for at, (_, end) in enumerate(places)}
    cues: dict[Place, list[str]] = {}

    def say(start: int, end: int, *names: str) -> None:
        if start in first and end in last and first[start] <= last[end]:
            cues.setdefault((first[start], last[end]), []).extend(names)

    if why:
        say(why.start, why.end, "Cr", "Cr" + intent)
    if product:
        say(product.start, product.end, "Cp", "Cp" + intent)
    for start, end in clauses:
        say(start, end, "Cc")
        # "The kettle leaks": what is told of the thing may be what is wanted.
        if product and start <= product.start and product.end < end:
            after = product.end + (text[product.end] == " ")
            say(after, end, "Ca")
    return cues


@dataclass(frozen=True, kw_only=True)
class _Row:
    words: list[str]
    kinds: list[str]
    rules: list[str]
    intent: str

    def _around(self, held: list[str], at: int) -> tuple[str, str, str, str, str]:
        two, one = held[at - 2] if at > 1 else "<", held[at - 1] if at else "<"
        after = held[at + 1] if at + 1 < len(held) else ">"
        later = held[at + 2] if at + 2 < len(held) else ">"
        return two, one, held[at], after, later

    def inside(self, at: int) -> list[str]:
        _, before, word, after, _ = self._around(self.words, at)
        rule, kind = self.rules[at], self.kinds[at]
        cues = ["Iw" + word, f"In{word} {after}", f"Ib{before} {word}"]
        cues += ["Ik" + kind, "Is" + _shape(word)]
        cues += [f"Ir{rule}", "Ip" + rule[0], "Iy" + rule[1], f"Iv{rule[1]}{word}"]
        if word.isascii() and len(word) > 3:
            cues += ["If" + word[:4], "Il" + word[-3:]]
        return cues

    def begin(self, at: int, *, opens: bool) -> list[str]:
        two, before, word, after, _ = self._around(self.words, at)
        _, past, rule, _, _ = self._around(self.rules, at)
        _, kind_before, kind, _, _ = self._around(self.kinds, at)
        edge = f"{opens:d}"
        return [
            *("B", "Bw" + word, "Bb" + before, f"Bbw{before} {word}"),
            *(f"Bbb{two} {before}", f"Bwn{word} {after}", "Bn" + after),
            *(f"Bk{kind_before}{kind}", "Bs" + _shape(before), f"Bx{min(at, 3)}"),
            *("Bo" + edge, f"Bow{edge}{word}", f"Bob{edge}{before}"),
            *("Bi" + self.intent, f"Bio{self.intent}{edge}"),
            f"Bib{self.intent} {before}",
            *(f"Bp{past[:1]}{rule[0]}", f"Br{past[-1:]}{rule[1]}", f"Bpr{past}{rule}"),
            *(f"Bro{rule[1]}{edge}", f"Brw{rule[1]}{word}", f"Bpw{rule[0]}{word}"),
        ]

    def end(self, at: int, *, closes: bool) -> list[str]:
        _, before, word, after, later = self._around(self.words, at)
        _, _, rule, next_rule, _ = self._around(self.rules, at)
        _, _, kind, next_kind, _ = self._around(self.kinds, at)
        edge, left = f"{closes:d}", min(len(self.words) - 1 - at, 3)
        goods, why = rule[0] + next_rule[:1], rule[1] + next_rule[-1:]
        return [
            *("E", "Ew" + word, "En" + after, f"Ewn{word} {after}"),
            *(f"Enn{after} {later}", f"Ebw{before} {word}"),
            *(f"Ek{kind}{next_kind}", "Es" + _shape(after), f"Ex{left}"),
            *("Eo" + edge, f"Eow{edge}{word}", f"Eon{edge}{after}"),
            *("Ei" + self.intent, f"Eio{self.intent}{edge}"),
            f"Ein{self.intent} {after}",
            *("Ep" + goods, "Er" + why, f"Epr{goods}{why}", f"Ero{rule[1]}{edge}"),
            *(f"Erw{why}{word}", f"Epw{goods}{word}", f"Ern{why}{after}"),
            f"Epn{goods}{after}",
        ]


def _shape(word: str) -> str:
    if word.isdigit():
        return "9"
    if word >= "\u4e00":
        return "字"
    return "a" if word[0].isalnum() else word
