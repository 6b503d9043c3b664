"""The tagger: it learns where spans are, and of what kind."""

from bots.evaluation import tagger

_SAID = [
    ("红色长裙", [(0, 2, "color"), (2, 4, "kind")]),
    ("黑色短裙", [(0, 2, "color"), (2, 4, "kind")]),
    ("长裙蓝色", [(0, 2, "kind"), (2, 4, "color")]),
    ("便宜的nike鞋", [(3, 7, "brand"), (7, 8, "kind")]),
] * 3


def test_tags_and_spans_are_the_same_told_twice() -> None:
    text, told = _SAID[3]

    found = tagger.tags(text, told)

    assert found == ["O", "O", "O", "B-brand", "B-kind"]
    assert tagger.spans(found) == {(3, 4, "brand"), (4, 5, "kind")}


def test_it_learns_what_it_is_shown_and_something_beyond() -> None:
    learnt = tagger.train([(text, tagger.tags(text, told)) for text, told in _SAID])

    assert tagger.spans(learnt.tag("黑色长裙")) == {(0, 2, "color"), (2, 4, "kind")}


def test_the_same_seed_learns_the_same() -> None:
    told = [(text, tagger.tags(text, spans)) for text, spans in _SAID]

    assert (tagger.train(told).weights == tagger.train(told).weights).all()
