"""A fine-tuned network reads as the classifier does, and adds slots that were missed."""

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bots.dialogue.understand.learning import train
from bots.dialogue.understand.network import Network, open_network
from bots.dialogue.understand.network_folder import NetworkError
from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.reader import Reader
from bots.finetuning import finetune
from tests.bots.finetuning.tiny import PLAN, ROWS, TEXTS, make, one_thread

ODD = [
    "",
    " ",
    "\ud800",
    "\u200b\u202e\0",
    "😀" * 300,
    "x" * 20_000,
    "字" * 400,
    "<b>&",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("bert")
    make("bert", source)
    target = source.with_name("network")
    with one_thread():
        finetune(str(source), ROWS, target, PLAN)
    return target


@pytest.fixture
def network(folder: Path) -> Network:
    return open_network(folder)


def test_the_chances_add_up(network: Network) -> None:
    chances = network.read("where is it").probabilities

    assert sum(chances.values()) == pytest.approx(1)
    assert tuple(chances) == network.labels


def test_it_reads_behind_the_same_door(network: Network) -> None:
    reader = Reader({"en": network, "zh": network})
    said = read("My KETTLE is broken")

    assert reader.best(said.folded)[0] == "repair_request"
    assert reader.best("我的帐篷到哪了")[0] == "order_status"
    assert reader.missed(said, {}) == {"product": "KETTLE"}


def test_the_classifier_fits_the_same_door() -> None:
    pairs = [(row.intent, row.text) for row in ROWS]
    reader = Reader({"en": train(pairs, outside="out_of_scope")})

    assert reader.best("my kettle is broken")[0] == "repair_request"
    assert reader.missed(read("my kettle is broken"), {}) == {}


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({}, {"product": "Kettle"}),
        ({"product": "the pot"}, {}),
        # Its words are already the value of another slot.
        ({"reason": "my kettle is broken"}, {}),
        ({"quantity": 2, "order_id": "SO1"}, {"product": "Kettle"}),
    ],
)
def test_only_what_was_missed_is_added(
    network: Network, known: dict[str, object], wanted: dict[str, str]
) -> None:
    assert network.missed(read("my Kettle is broken"), known) == wanted


def test_out_of_scope_is_below_the_edge(network: Network) -> None:
    assert network.read("write a poem of a lamp").scope < 0
    assert network.read("my lamp is broken").scope > 0


@pytest.mark.parametrize("text", ODD)
def test_any_text_is_read(network: Network, text: str) -> None:
    assert 0 <= network.read(text).confidence <= 1
    assert all(value in text for value in network.slots(text).values())


def test_company_changes_no_label(network: Network) -> None:
    together = [reading.label for reading in network.read_all(TEXTS)]

    assert together == [network.read(text).label for text in TEXTS]
    assert network.read_all([]) == []


def test_threads_share_one(folder: Path, network: Network) -> None:
    alone = [open_network(folder).read(text) for text in TEXTS[:3]]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(network.read, TEXTS[:3] * 20)) == alone * 20


def _remove(file: Path) -> None:
    file.unlink()


def _spoil(file: Path) -> None:
    file.write_bytes(b"\x08not a model")


FILES = ["labels.json", "calibration.json", "tokenizer.json", "model.int8.onnx"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [(_remove, "is missing"), (_spoil, "cannot be read")],
    ids=["missing", "broken"],
)
def test_a_bad_file_is_named(
    folder: Path,
    tmp_path: Path,
    name: str,
    spoil: Callable[[Path], None],
    reason: str,
) -> None:
    copied = _copy(folder, tmp_path / "it")
    spoil(copied / name)

    with pytest.raises(NetworkError, match=f"{name} {reason}"):
        open_network(copied)


def test_labels_of_another_network_are_refused(folder: Path, tmp_path: Path) -> None:
    copied = _copy(folder, tmp_path / "it")
    labels = json.loads((copied / "labels.json").read_text("utf-8"))
    labels["intents"].append("thank")
    (copied / "labels.json").write_text(json.dumps(labels), "utf-8")

    with pytest.raises(NetworkError, match="other labels"):
        open_network(copied)


def test_torch_is_not_imported(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; import django; django.setup();"
        "from bots.dialogue.understand.network import open_network;"
        f"open_network(Path({str(folder)!r})).read('在吗');"
        "print({'torch', 'transformers'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout == "set()\n"


def _copy(folder: Path, target: Path) -> Path:
    target.mkdir()
    for file in folder.iterdir():
        (target / file.name).write_bytes(file.read_bytes())
    return target
