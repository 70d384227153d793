"""Hears danger and despair before anything else."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.spoken_question import fits_spoken
from actions.steering.calmed import is_hurt_now
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.services.words.follow_up import asks_amount, is_bare_thing
from bot.services.words.noise import is_noise
from bot.services.words.story import (
    is_reported,
    speaks_of_fire_papers,
)

DESPAIR = "utter_common_despair"
"""Response to somebody who speaks of ending their own life."""


LEAST_ALARM = 0.5
"""Below it a guess of the model is believed only where a word could tell of danger."""


SURE_ALARM = 0.6
"""From this confidence on the model's `emergency` alone is believed inside a form."""


def alarm(turn: Turn, say: CollectingDispatcher) -> bool:
    """Give the emergency numbers when the words are clear, whatever the model thinks."""
    danger = app().dialogue_words.danger
    sure = turn.intent == "emergency" and turn.choice is None and not danger.is_doubtful(turn.text)
    sure = sure and (turn.confidence >= LEAST_ALARM or danger.is_hinted(turn.text))
    # between the questions of a form, an unsure guess is rather an answer: "好像有，一个冰柜"
    sure = sure and (turn.loop is None or turn.confidence >= SURE_ALARM)
    sure = sure and not speaks_of_fire_papers(turn.text) and not asks_amount(turn.text)
    sure = sure and not is_reported(turn.text) and not is_bare_thing(turn.text)  # 电梯呢
    sure = sure and not is_noise(turn.text)  # 咯叽咯叽 么哒 噗
    sure = sure and not danger.calms(turn.text) and not fits_spoken(turn)  # 灭了 谢谢
    if danger.is_put_out(turn.text) and sure_matter(turn.text) is not None:
        return False  # 执照烧没了，现在火早灭了人没事，想补一张
    if not turn.text or not (sure or danger.are_in(turn.text) or is_hurt_now(turn)):
        return False
    is_despair = danger.despairs(turn.text)
    say.utter_message(response=DESPAIR if is_despair else "utter_common_emergency")
    return True
