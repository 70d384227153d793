"""Recognises what people say by its words: one module for each kind of thing said."""
