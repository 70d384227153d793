"""The desk: who waits, who serves, what an agent sees and sends, how people take over."""
