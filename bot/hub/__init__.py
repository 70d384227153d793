"""The life of a message: inbox, router, outbox, wake-ups and the client of Rasa.

Imports services and below.
"""
