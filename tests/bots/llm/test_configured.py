"""Which model the settings name."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from pytest_django.fixtures import Settings

from bots.llm import BACKENDS, configured, reachable
from bots.llm.openai import OpenAIModel
from bots.llm.remote import RemoteModel
from bots.llm.transformers import TransformersModel


@pytest.fixture(autouse=True)
def server(settings: Settings) -> None:
    settings.LLM_BACKEND = "openai"
    settings.LLM_BASE_URL = "http://127.0.0.1:9/v1"
    settings.LLM_MODEL = "small"
    settings.LLM_API_KEY = ""


def test_none_is_no_model(settings: Settings) -> None:
    settings.LLM_BACKEND = "none"

    assert configured() is None


def test_an_unknown_name_is_refused(settings: Settings) -> None:
    settings.LLM_BACKEND = "oracle"

    with pytest.raises(ImproperlyConfigured, match="none, openai, transformers"):
        configured()


def test_each_back_end_can_be_imported() -> None:
    assert BACKENDS
    assert all(callable(import_string(path)) for path in BACKENDS.values())


def test_threads_share_one_model() -> None:
    with ThreadPoolExecutor(8) as threads:
        models = {id(model) for model in threads.map(lambda _: configured(), range(32))}

    assert len(models) == 1
    model = configured()
    assert model
    assert isinstance(model.backend, OpenAIModel)


def test_other_settings_are_another_model(settings: Settings) -> None:
    settings.LLM_BACKEND = "transformers"

    model = configured()

    assert model
    assert isinstance(model.backend, TransformersModel)
    assert model.backend.name == "small"


def test_an_unknown_precision_is_refused(settings: Settings) -> None:
    settings.LLM_BACKEND = "transformers"
    settings.LLM_PRECISION = "int3"

    with pytest.raises(ImproperlyConfigured, match="auto, bf16, int8"):
        configured()


def test_personal_data_is_masked_unless_a_setting_says_otherwise(
    settings: Settings,
) -> None:
    first = configured()
    settings.LLM_SEND_PERSONAL_DATA = True
    second = configured()
    settings.LLM_BACKEND = "transformers"
    third = configured()

    assert [model and model.masks for model in (first, second, third)] == [
        True,
        False,
        False,
    ]


def test_what_would_be_loaded_is_asked_over_the_broker(settings: Settings) -> None:
    settings.LLM_BACKEND = "transformers"
    settings.REDIS_URL = "redis://127.0.0.1:9/0"

    there, here = reachable(), configured()

    assert there
    assert here
    assert isinstance(there.backend, RemoteModel)
    assert isinstance(here.backend, TransformersModel)


def test_a_server_is_asked_from_everywhere(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"

    assert reachable() is configured()


@pytest.mark.parametrize(
    ("backend", "missing"),
    [
        ("openai", "LLM_MODEL"),
        ("openai", "LLM_BASE_URL"),
        ("transformers", "LLM_MODEL"),
    ],
)
def test_a_missing_setting_is_named(
    settings: Settings, backend: str, missing: str
) -> None:
    settings.LLM_BACKEND = backend
    setattr(settings, missing, "")

    with pytest.raises(ImproperlyConfigured, match=missing):
        configured()


def test_a_key_no_header_may_have_is_refused_unsaid(settings: Settings) -> None:
    settings.LLM_API_KEY = "geheim\nX-Evil: 1"

    with pytest.raises(ImproperlyConfigured) as refused:
        configured()

    assert "geheim" not in str(refused.value)


def test_importing_loads_no_neural_network() -> None:
    heavy = "{'torch', 'transformers', 'torchao', 'bots.llm.local.loading'}"
    code = (
        "import sys, bots.llm, bots.llm.transformers, bots.llm.openai, "
        f"bots.llm.rendering; sys.exit(bool({heavy} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == 0
