"""Handing in an application in the chat: its questions, its papers, what is put right."""
