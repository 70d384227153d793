"""Use cases, one module each, in a folder for each field, and the ports they need.

Imports planner and domain; called by hub, actions, desk and cli. What people type is read in
`reading`, recognised by its words in `words`, and matched with the catalogue in `finding`.
"""
