"""Use cases, one module each, and the ports they need.

Imports planner and domain; called by hub, actions, desk and cli.
"""
