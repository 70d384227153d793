"""The console of the help-desk agents: routes, templates, static files.

Imported by `bot.asgi` only.
"""
