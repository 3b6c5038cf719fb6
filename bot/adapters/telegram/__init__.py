"""Telegram: updates become events, replies become messages."""
