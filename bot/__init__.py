"""Wegweiser: guides people who came to Germany into work, over Telegram and in a terminal."""
