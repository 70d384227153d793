"""Accounts of staff: who they are, how they sign in, and what the audit log keeps of them."""
