"""The adapter of a city's approval platform over HTTP; built by `bot.bootstrap`."""
