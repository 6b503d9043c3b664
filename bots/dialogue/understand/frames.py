"""More training sentences, put together from frames the same way each time."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from bots.dialogue.understand import lexicon

FOLDER = Path(__file__).with_name("phrases")

_CHOICE = re.compile(r"\(([^()]*)\)")
_FIELD = re.compile(r"\{(\w+)\}")
_EACH = 12
_FILL: dict[str, dict[str, str]] = {
    "en": {
        "adjective": "waterproof|warm|light|small|big|quiet|wireless|folding|cotton|leather|"
        "wool|cheap|portable|electric|red|black|kids|mens|womens|winter|summer|"
        "bluetooth",
        "who": "my mum|my girlfriend|a five year old|my dad|a teenager|my husband|travelling|"
        "the kitchen|small flats|running|beginners|dogs|hiking",
        "price": "under 50|below 100 dollars|between 30 and 80|up to 200|around 60 pounds|"
        "for less than 40|not too expensive",
        "size": "38|42|43|m|l|xl|small|medium|large|10",
        "colour": "black|blue|red|white|green|grey|pink|navy",
        "number": "so100123|so20261101001|#w2378156|100234|so100177|884512",
        "ago": "yesterday|last week|two weeks ago|on monday|5 days ago|last friday|a month ago",
        "span": "three months|half a year|a year|two weeks|ten months|a few uses",
        "stars": "5 stars|4 stars|3 stars|five stars|4/5|3 out of 5",
        "place": "france|japan|brazil|peru|rome|paris|egypt|spain",
    },
    "zh": {
        "adjective": "防水|保暖|轻便|静音|无线|折叠|纯棉|真皮|大容量|便携|电动|黑色|儿童|"
        "男士|女士|冬天穿|夏天用|蓝牙|平价|送长辈",
        "who": "妈妈|女朋友|男朋友|爸爸|孩子|老人|学生|同事|小个子|敏感肌",
        "price": "200以内|一百到三百|300块以下|500左右|不超过100|100-200元|预算400",
        "size": "l码|m码|xl|42码|38码|s码|大号|43码",
        "colour": "黑色|白色|蓝色|灰色|红色|粉色|绿色|米色",
        "number": "so100123|so20261101001|w2378156|100234|so100177|884512",
        "ago": "昨天|上周|前天|三天前|上周五|11月1日|一周前|五号",
        "stars": "五星|四星|三星|5星|4分|3分",
        "place": "北京|上海|广州|日本|法国|成都|美国|杭州",
    },
}


def sentences() -> list[tuple[str, str]]:
    """Return (intent, sentence) pairs, each frame filled several times."""
    chance = random.Random(20261101)
    found: dict[tuple[str, str], None] = {}
    for code, fill in _FILL.items():
        things = [w for w in lexicon.words("product") if w.isascii() == (code == "en")]
        values = {name: words.split("|") for name, words in fill.items()}
        for intent, frame in _frames(FOLDER / f"frames_{code}.txt"):
            for _ in range(_EACH):
                sentence = _filled(frame, values | {"thing": things}, chance)
                found[intent, " ".join(sentence.split())] = None
    return list(found)


def _frames(file: Path) -> Iterator[tuple[str, str]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            intent, frame = line.split(":", 1)
            yield intent, frame.strip()


def _filled(frame: str, values: dict[str, list[str]], chance: random.Random) -> str:
    chosen = _CHOICE.sub(lambda match: chance.choice(match[1].split("|")), frame)
    return _FIELD.sub(lambda match: chance.choice(values[match[1]]), chosen)
