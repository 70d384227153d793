"""A reference approval platform: speaks the contract so that a city, and our tests, can try it.

It is no product: one SQLite file, no accounts, loopback only. Imported by `bot.operations` only.
"""
