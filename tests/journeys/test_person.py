"""A shopper asks for a person and is answered by one, in the same chat."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.shopper import Shopper
from tests.stack import Embedded

Open = Callable[..., Shopper]


class Agent:
    """Somebody at the desk, as their browser talks to it."""

    def __init__(self, shop: Embedded) -> None:
        self.http = httpx.Client(base_url=shop.url, follow_redirects=True, timeout=20)
        self.http.get("/admin/login/")
        answer = self.http.post(
            "/admin/login/?next=/desk/",
            data={
                "username": "agent",
                "password": shop.passwords["agent"],
                "csrfmiddlewaretoken": self.http.cookies["csrftoken"],
            },
        )
        assert answer.status_code == 200, answer.text

    def sees(self) -> str:
        return self.http.get("/desk/").text


@pytest.fixture
def agent(shop: Embedded) -> Iterator[Agent]:
    one = Agent(shop)
    yield one
    one.http.close()


def test_a_person_is_asked_for_and_the_bot_falls_silent(
    shopper: Open, agent: Agent
) -> None:
    emily = shopper(customer="C1003")
    emily.say("where is SO100147")
    assert "colleague" in emily.say("let me talk to a human please")
    assert "Emily" in agent.sees()
    emily.send("are you there?")
    assert [said["sender"] for said in emily.fetch(wait=2)] == ["shopper"]


def test_the_same_in_chinese(shopper: Open, agent: Agent) -> None:
    siyuan = shopper(customer="C1001")
    assert "同事" in siyuan.say("转人工")
    assert re.search("陈思远", agent.sees())
