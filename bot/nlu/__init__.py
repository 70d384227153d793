"""Components that run inside Rasa. Imports Rasa and `bot.domain`, nothing else of ours."""
