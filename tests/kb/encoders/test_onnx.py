"""Vectors come in the order of the texts, of length one, whatever the texts are."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.encoders.onnx import OnnxEncoder, open_encoder
from tests.kb.encoders.conftest import GROUPS

TEXTS = [text for group in GROUPS for text in group] + ["很长" * 40, "短"]
ODD = ["", " ", "\ud800", "\u200b\u202e\0", "😀" * 300, "x" * 20_000, "<b>&", "한국어"]


@pytest.fixture(scope="module")
def encoder(trained: Path) -> OnnxEncoder:
    found = open_encoder(trained)
    assert found
    return found


def test_a_row_of_length_one_for_each_text(encoder: OnnxEncoder) -> None:
    vectors = encoder.encode(TEXTS)

    assert vectors.shape == (len(TEXTS), encoder.dim)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_no_texts_give_no_rows(encoder: OnnxEncoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_company_does_not_change_a_vector(encoder: OnnxEncoder) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])

    # What is rounded to eight bits depends on the batch a little.
    assert ((encoder.encode(TEXTS) * alone).sum(1) > 0.99).all()


def test_the_small_form_is_near_the_exact_one(
    encoder: OnnxEncoder, trained: Path
) -> None:
    exact = open_encoder(trained, exact=True)

    assert exact
    assert exact.name != encoder.name
    assert ((encoder.encode(TEXTS) * exact.encode(TEXTS)).sum(1) > 0.98).all()


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_have_vectors(encoder: OnnxEncoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(st.characters()), max_size=5))
def test_any_texts_have_vectors(encoder: OnnxEncoder, texts: list[str]) -> None:
    assert np.isfinite(encoder.encode(texts)).all()


def test_threads_share_one(encoder: OnnxEncoder) -> None:
    alone = [encoder.encode([text]) for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: encoder.encode([text]), TEXTS))

    assert np.array_equal(alone, together)


def test_torch_is_not_imported(trained: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kb.encoders.onnx import open_encoder;"
        f"open_encoder(Path({str(trained)!r})).encode(['在吗']);"
        "print({'torch', 'transformers'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout == "set()\n"
