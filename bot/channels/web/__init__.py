"""The web chat API of the widget and the chat page."""
