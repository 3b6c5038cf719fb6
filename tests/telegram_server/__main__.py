"""Run the server by itself, to try a bot by hand: `python -m tests.telegram_server`."""

import argparse
import asyncio
from contextlib import suppress

from .server import BotApiServer


async def _serve(token: str, port: int) -> None:
    async with BotApiServer(token, port=port) as server:
        print(f"{server.url} (token {token}); stop with Ctrl+C", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Serve until somebody presses Ctrl+C."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram_server", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="0 takes any free port")
    parser.add_argument("--token", default="1:TEST", help="the only token that is let in")
    arguments = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments.token, arguments.port))


if __name__ == "__main__":
    main()
