"""What the service is about, as frozen dataclasses and pure rules.

Imports the standard library only; everything may import it.
"""
