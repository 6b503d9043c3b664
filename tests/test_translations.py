"""Every word of ours has its Chinese, and what is compiled is what is written."""

import re
from pathlib import Path

import polib
import pytest

PO = Path(__file__).parents[1] / "bots/locale/zh_Hans/LC_MESSAGES/django.po"
CHINESE = re.compile("[\u4e00-\u9fff]")
# %(name)s, %d and {name}; "100 %" is none.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[ds]|\{\w*\}")
# A language is named in itself.
OWN_NAMES = {"English", "HTTP"}


@pytest.fixture(scope="module")
def entries() -> list[polib.POEntry]:
    return list(polib.pofile(str(PO)))


def _msgids(entry: polib.POEntry) -> list[str]:
    return [text for text in (entry.msgid, entry.msgid_plural) if text]


def _msgstrs(entry: polib.POEntry) -> list[str]:
    if entry.msgid_plural:
        return list(entry.msgstr_plural.values())
    return [entry.msgstr]


def _all_forms(catalogue: list[polib.POEntry]) -> dict[tuple[str, ...], list[str]]:
    return {
        (entry.msgctxt or "", *_msgids(entry)): _msgstrs(entry) for entry in catalogue
    }


def test_the_catalogue_is_not_a_stub(entries: list[polib.POEntry]) -> None:
    assert len(entries) > 400


def test_everything_is_said_in_chinese(entries: list[polib.POEntry]) -> None:
    missing = [
        entry.msgid
        for entry in entries
        if entry.msgid not in OWN_NAMES
        and not all(CHINESE.search(text) for text in _msgstrs(entry))
    ]
    assert missing == []


def test_chinese_has_one_plural_form(entries: list[polib.POEntry]) -> None:
    counted = [entry for entry in entries if entry.msgid_plural]
    assert counted
    assert [entry.msgid for entry in counted if list(entry.msgstr_plural) != [0]] == []


def test_placeholders_agree(entries: list[polib.POEntry]) -> None:
    seen = 0
    differing = []
    for entry in entries:
        # The plural form names every placeholder that may be used.
        wanted = sorted(PLACEHOLDER.findall(_msgids(entry)[-1]))
        seen += bool(wanted)
        if any(sorted(PLACEHOLDER.findall(text)) != wanted for text in _msgstrs(entry)):
            differing.append(entry.msgid)
    assert differing == []
    assert seen > 50


def test_nothing_is_fuzzy_or_obsolete(entries: list[polib.POEntry]) -> None:
    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete] == []


def test_what_is_compiled_is_what_is_written(entries: list[polib.POEntry]) -> None:
    compiled = polib.mofile(str(PO.with_suffix(".mo")))
    assert _all_forms(list(compiled)) == _all_forms(entries)
    assert compiled.metadata == polib.pofile(str(PO)).metadata
