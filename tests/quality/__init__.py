"""House rules that a machine can check: sizes, texts, documents, what may be committed."""
