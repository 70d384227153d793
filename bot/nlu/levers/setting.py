"""Name and values of the setting that chooses levers; imports nothing of Rasa."""

SETTING = "XIAOER_RASA_LEVERS"
ALL = "all"
NONE = "none"
