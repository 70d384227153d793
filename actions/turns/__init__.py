"""One turn: the message, what happened before it, what is talked about, what is offered."""
