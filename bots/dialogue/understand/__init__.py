"""Understanding: what the words of one turn ask for, and what they tell."""

import logging

from bots.dialogue.turn import Intent, Understanding, Utterance
from bots.dialogue.understand import context, flags, language, sentiment, store
from bots.dialogue.understand import intents as wishes
from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.reader import LANGUAGES
from bots.dialogue.understand.slots import extract, languages, learnt

__all__ = ["prepare", "understand"]

logger = logging.getLogger(__name__)

_PERSON = Intent(name="human_agent", confidence=1.0)


def prepare() -> None:
    """Load the models, or train them where they never were; takes seconds then."""
    # Once read, so that the word lists are in memory too.
    store.load().read("hello 你好")
    for spoken in LANGUAGES:
        learnt.load(spoken)


def understand(utterance: Utterance) -> Understanding:
    """Say what the utterance means; whatever it holds, there is an answer."""
    try:
        return _understand(utterance)
    except Exception:
        # A message that breaks a rule of ours must still reach a person.
        logger.exception("an utterance could not be understood")
        lost = Intent(name="out_of_scope", confidence=0.0)
        spoken = utterance.language or "en"
        return Understanding(language=spoken, sentiment="neutral", intents=(lost,))


def _understand(utterance: Utterance) -> Understanding:
    model = store.load()
    said = read(utterance.text)
    setting = context.setting(utterance, model.best)
    rest = languages.unsaid(said)
    more = rest is not said
    found = wishes.decide(
        wishes.Message(said=rest, setting=setting, model=model, was_more=more)
    )
    raised = flags.find(said.folded)
    if raised.danger:
        # Nothing else matters until a person has read this.
        found = (_PERSON, *(one for one in found if one.name != _PERSON.name))
    names = frozenset(intent.name for intent in found)
    slots = extract(said, names, setting.expecting, utterance.at)
    return Understanding(
        language=language.detect(said.text, _spoken(utterance)),
        sentiment=sentiment.judge(said.folded, names),
        intents=found,
        # The typed extractors are exact; a network only adds what they have missed.
        slots={**model.missed(said, slots), **slots},
        urgent=raised.urgent,
        abusive=raised.abusive,
        danger=raised.danger,
    )


def _spoken(utterance: Utterance) -> str:
    """Return the language spoken so far: of the talk, or of its last lines."""
    if utterance.language or not utterance.history:
        return utterance.language
    lines = [text for _, text in utterance.history[-4:]]
    return language.detect(" ".join(line[:200] for line in lines))
