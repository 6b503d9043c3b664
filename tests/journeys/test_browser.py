"""Two people side by side: a shopper in the chat, an agent at the desk."""

import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.stack import Embedded

CHROMIUM = Path("/usr/bin/chromium")
# Two cores are shared with everything else that runs.
PATIENCE = 30_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there"),
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module")
def browser(shop: Embedded) -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=arguments
        )
        # Playwright's loop runs in this thread; Django must not mind.
        os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield running
        running.close()


class Problems:
    """What a page complained about: nothing, in a journey that went well."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        page.on("pageerror", lambda error: self.found.append(str(error)))
        page.on(
            "console",
            lambda line: self.found.append(line.text) if line.type == "error" else None,
        )


def someone(browser: Browser, *, width: int = 1280, **context: str) -> BrowserContext:
    made = browser.new_context(
        viewport={"width": width, "height": 800},
        locale=context.get("locale", "en-GB"),
    )
    made.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    return made


@pytest.fixture
def shopper(browser: Browser, shop: Embedded) -> Iterator[Page]:
    with someone(browser, width=390) as context:
        page = context.new_page()
        page.goto(shop.url)
        yield page


# What other journeys of this shop left for a person.
CLEAR = (
    "from bots.desk import tickets; from bots.models import Ticket;"
    "from django.contrib.auth.models import User;"
    "boss = User.objects.get(username='agent');"
    "waiting = Ticket.objects.filter(status='open').values_list('pk', flat=True);"
    "[tickets.resolve(key, boss) for key in list(waiting)]"
)


@pytest.fixture
def agent(browser: Browser, shop: Embedded) -> Iterator[Page]:
    """At a desk where nobody waits yet."""
    shop.shell(CLEAR)
    with someone(browser) as context:
        page = context.new_page()
        page.goto(f"{shop.url}/desk/")
        page.fill("[name=username]", "agent")
        page.fill("[name=password]", shop.passwords["agent"])
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/desk/**")
        yield page


def say(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.press("#text", "Enter")


def test_a_talk_goes_to_a_person_and_back(shopper: Page, agent: Page) -> None:
    problems = [Problems(page) for page in (shopper, agent)]
    waiting = agent.locator(".row")
    expect(waiting).to_have_count(0)

    # The shopper asks for a person; the desk shows it without a reload.
    say(shopper, "I want to talk to a person please")
    expect(shopper.locator(".line.bot").first).to_be_visible()
    expect(waiting).to_have_count(1)
    expect(waiting).to_contain_text("nobody yet")

    # The agent opens it, sees the shopper type, and answers.
    waiting.click()
    expect(agent.locator(".line.shopper")).to_contain_text("talk to a person")
    shopper.locator("#text").press_sequentially("I am")
    expect(agent.locator("#typing")).to_be_visible()
    agent.locator("#text").press_sequentially("Hello")
    expect(shopper.locator("#typing")).to_be_visible()
    say(agent, "Hello, what can I do for you? <b>")

    # The shopper reads it without a reload, as text, and answers in turn.
    answer = shopper.locator(".line.agent")
    expect(answer).to_contain_text("what can I do for you? <b>")
    say(shopper, "My kettle leaks")
    expect(agent.locator(".line.shopper").last).to_contain_text("My kettle leaks")
    expect(agent.locator(".line.agent .foot")).to_contain_text("read")

    # Resolved with a note: the bot answers again.
    agent.get_by_role("button", name="Resolve").click()
    agent.fill("#note", "sends a new one")
    agent.locator("#close-yes").click()
    expect(agent.locator(".notice")).to_be_visible()
    expect(agent.locator("#side")).to_contain_text("sends a new one")
    expect(waiting).to_have_count(0)
    expect(shopper.locator("#state-text")).to_contain_text("Assistant")
    assert [problem.found for problem in problems] == [[], []]


def test_what_a_colleague_closed_is_not_answered(
    shopper: Page, agent: Page, shop: Embedded
) -> None:
    say(shopper, "I want to talk to a person please")
    agent.locator(".row").click()
    agent.fill("#text", "Too late")
    address = agent.locator("#composer").get_attribute("data-send") or ""
    close = address.replace("reply", "resolve")
    # A colleague resolves it while this page has not heard of it yet.
    agent.route("**/desk/events*", lambda route: route.abort())
    token = agent.locator("#csrf input").get_attribute("value") or ""
    agent.request.post(
        shop.url + close, headers={"X-CSRFToken": token, "Referer": shop.url}
    )
    agent.evaluate(
        "url => import('/static/bots/desk/server.js')"
        ".then(({act}) => act(url, {text: 'Too late', client_id: crypto.randomUUID()}))"
        ".then(wrong => { document.title = wrong; })",
        address,
    )
    agent.wait_for_function("document.title === 'closed'")
    expect(shopper.locator(".line.agent")).to_have_count(0)


def test_a_reload_keeps_the_talk(shopper: Page) -> None:
    say(shopper, "hello")
    expect(shopper.locator(".line.bot").first).to_be_visible()
    said = shopper.locator(".line").count()

    shopper.reload()

    expect(shopper.locator(".line")).to_have_count(said)


def test_what_is_said_offline_is_sent_later(shopper: Page) -> None:
    say(shopper, "hello")
    expect(shopper.locator(".line.bot").first).to_be_visible()

    shopper.context.set_offline(True)
    say(shopper, "are you there?")
    expect(shopper.locator(".line.pending")).to_have_count(1)
    expect(shopper.locator("#banner")).to_be_visible()

    shopper.context.set_offline(False)
    expect(shopper.locator(".line.pending")).to_have_count(0)
    expect(shopper.locator(".line.shopper")).to_have_count(2)
    expect(shopper.locator("#banner")).to_be_hidden()


def test_a_new_conversation_forgets_the_old(shopper: Page) -> None:
    say(shopper, "hello")
    expect(shopper.locator(".line.bot").first).to_be_visible()

    shopper.get_by_role("button", name="New conversation").click()
    shopper.get_by_role("button", name="Start anew").click()

    expect(shopper.locator(".line")).to_have_count(0)
    expect(shopper.locator("#welcome")).to_be_visible()


@pytest.fixture
def shop_page(shop: Embedded, tmp_path: Path) -> Iterator[str]:
    """A page of the shop's own, on another origin, with the widget in it."""
    script = f"<script async src='{shop.url}/widget.js'></script>"
    (tmp_path / "index.html").write_text(f"<title>Shop</title><h1>Shop</h1>{script}")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_shops_page_shows_the_chat_in_a_frame(
    browser: Browser, shop_page: str
) -> None:
    with someone(browser) as context:
        page = context.new_page()
        page.goto(shop_page)
        page.get_by_role("button", name="Chat with us").click()
        text = page.frame_locator("iframe").locator("#text")
        expect(text).to_be_focused()
        text.fill("hello")
        text.press("Enter")
        answer = page.frame_locator("iframe").locator(".line.bot").first
        expect(answer).to_be_visible()

        # Escape closes it; the talk is still there when it opens again.
        text.press("Escape")
        expect(page.locator("iframe")).to_be_hidden()
        page.get_by_role("button", name="Chat with us").click()
        expect(answer).to_be_visible()


def test_nothing_is_wider_than_a_small_phone(
    browser: Browser, shop: Embedded, agent: Page
) -> None:
    agent.set_viewport_size({"width": 360, "height": 740})
    with someone(browser, width=360) as context:
        page = context.new_page()
        page.goto(shop.url)
        for each in (page, agent):
            assert each.evaluate("document.documentElement.scrollWidth") <= 360
