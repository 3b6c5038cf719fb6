"""Decisions without I/O: what a question means, who is responsible, what to say."""
