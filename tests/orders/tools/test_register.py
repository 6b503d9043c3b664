"""Each tool is described once, well enough for who has never seen the shop."""

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from orders.refusal import SENTENCES, Code, Refusal
from orders.tools import TOOLS, Audience, Tool, for_models, get

ALL = pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS.keys())


def test_there_are_questions_and_writes() -> None:
    kinds = {tool.writes for tool in TOOLS.values()}
    assert kinds == {True, False}
    assert len(TOOLS) > 25


@ALL
def test_a_tool_has_the_name_of_its_function(tool: Tool) -> None:
    assert TOOLS[tool.name] is tool
    assert tool.run.__name__ == tool.name


@ALL
def test_a_description_is_a_sentence(tool: Tool) -> None:
    assert re.fullmatch(r"[A-Z].{15,}\.", tool.description)


@ALL
def test_a_schema_forbids_what_it_does_not_name(tool: Tool) -> None:
    objects = [part for part in objects_of(tool.schema) if "properties" in part]
    assert all(part["additionalProperties"] is False for part in objects)


@ALL
def test_a_schema_is_one(tool: Tool) -> None:
    Draft202012Validator.check_schema(tool.schema)
    assert tool.schema["type"] == "object"


@ALL
def test_every_error_has_its_sentence(tool: Tool) -> None:
    assert Code.MALFORMED in tool.errors
    assert set(tool.errors) <= set(SENTENCES)


def test_every_code_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Code)


@ALL
def test_a_write_is_never_for_anybody(tool: Tool) -> None:
    assert not (tool.writes and tool.audience == Audience.ANYONE)


def test_models_get_what_is_for_them() -> None:
    offered = for_models([Audience.ANYONE, Audience.CUSTOMER])
    names = {one["function"]["name"] for one in offered}
    staff = {t.name for t in TOOLS.values() if t.audience == Audience.STAFF}
    assert names == set(TOOLS) - staff
    assert "find_customer" in staff


def test_models_get_valid_schemas() -> None:
    for one in json.loads(json.dumps(for_models(Audience))):
        Draft202012Validator.check_schema(one["function"]["parameters"])
        assert one["type"] == "function"


def test_an_unknown_tool_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        get("drop_tables")
    assert refused.value.code == Code.UNKNOWN_TOOL


def objects_of(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema, *schema.get("$defs", {}).values()]
