"""One folder a channel: parse the payload, send the reply, the routes.

Imported by `bot.asgi` only.
"""
