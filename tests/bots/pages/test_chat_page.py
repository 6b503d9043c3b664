"""The chat page and the script that embeds it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from bots.api.session import web_channel

pytestmark = pytest.mark.django_db
STATIC = Path(settings.BASE_DIR) / "bots/static/bots"


def page(query: str = "", language: str = "en") -> str:
    answer = Client().get(f"/chat/{query}", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("address", ["/", "/chat/"])
def test_the_page_bears_the_shops_name(address: str) -> None:
    channel = web_channel()
    channel.name = "Sunwood <Living>"
    channel.save()

    text = Client().get(address).content.decode()

    assert "<h1>Sunwood &lt;Living&gt;</h1>" in text


@pytest.mark.parametrize(
    ("query", "language", "expected"),
    [
        ("", "en", "en"),
        ("", "zh-CN,zh;q=0.9", "zh-hans"),
        ("?lang=zh", "en", "zh-hans"),
        ("?lang=en", "zh-CN", "en"),
        ("?lang=xx", "en", "en"),
    ],
)
def test_the_page_speaks_the_readers_language(
    query: str, language: str, expected: str
) -> None:
    assert f'<html lang="{expected}">' in page(query, language)


def test_a_chosen_language_stays() -> None:
    client = Client(headers={"Accept-Language": "en"})
    client.get("/chat/?lang=zh")

    assert '<html lang="zh-hans">' in client.get("/chat/").content.decode()


def test_the_page_has_no_inline_script_or_style() -> None:
    text = page()
    scripts = re.findall(r"<script([^>]*)>", text)

    assert scripts
    assert all("src=" in tag or "application/json" in tag for tag in scripts)
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)


def test_the_page_is_only_framed_as_the_widget() -> None:
    alone = Client().get("/chat/")
    framed = Client().get("/chat/?embed=1")

    assert alone["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self'" in alone["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors *" in framed["Content-Security-Policy"]


def test_listed_shops_alone_may_frame_it(settings: pytest.FixtureRequest) -> None:
    settings.CHAT_ORIGINS = ["https://shop.example"]  # type: ignore[attr-defined]

    policy = Client().get("/chat/?embed=1")["Content-Security-Policy"]

    assert "frame-ancestors 'self' https://shop.example" in policy


def test_the_widget_is_a_small_script() -> None:
    answer = Client().get("/widget.js", headers={"Accept-Language": "en"})

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert b'"Chat with us"' in answer.content
    assert len(answer.content) < 10_000


def test_every_file_a_page_names_is_there() -> None:
    templates = Path(settings.BASE_DIR) / "bots/templates/bots/pages"
    named = {
        name
        for template in templates.glob("*.html")
        for name in re.findall(r"{% static 'bots/([^']+)'", template.read_text())
    }
    imported = {
        f"{script.parent.name}/{name}"
        for script in STATIC.glob("*/*.js")
        for name in re.findall(r'from "\./([^"]+)"', script.read_text())
    }

    assert len(named) > 5
    assert imported
    assert all((STATIC / name).is_file() for name in named | imported)


def test_no_script_writes_what_somebody_said_as_html() -> None:
    chat = [script.read_text() for script in (STATIC / "chat").glob("*.js")]

    assert chat
    assert not any("innerHTML" in text for text in chat)
