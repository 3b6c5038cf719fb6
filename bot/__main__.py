"""`python -m bot` is the command `wegweiser`."""

from bot.cli import app

if __name__ == "__main__":
    app()
