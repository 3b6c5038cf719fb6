"""Thin ways in and out: YAML, CSV, SQL, the encoder, the terminal, Telegram."""
