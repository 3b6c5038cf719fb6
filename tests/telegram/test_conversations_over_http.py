"""The German conversations once more, over HTTP: Telegram shows what the dialog says."""

import pytest

from bot.adapters.telegram.rendering import Rendering
from bot.app import House
from bot.core.script import Player
from tests.conftest import Serve
from tests.conversation import TODAY, conversations
from tests.telegram_server import Person
from tests.telegram_server.html_reader import parse_html

TALKS = [talk for talk in conversations("de") if "today" not in talk]


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_telegram_shows_each_message_of_each_conversation(
    house: House, serve: Serve, webhook: bool
):
    rendering = Rendering(house.knowledge.languages, "wegweiser_bot")
    async with serve(webhook=webhook) as server:
        for number, talk in enumerate(TALKS, 1):
            interface = talk.get("interface", "de")
            player = Player(house.dialog, interface, TODAY)
            person = server.person(number, "P", interface)
            for turn in talk["turns"]:
                replies = player.play(turn).replies
                expected = [
                    parse_html(rendering.html(reply)).text
                    for reply in replies
                    if not reply.only_buttons
                ]
                await acts(person, turn)
                pins = sum(1 for reply in replies if reply.pin)
                seen = await person.sees(len(replies) + pins, timeout=10)

                texts = [message.text for message in seen]
                assert all(text in texts for text in expected), (talk["name"], turn)
    assert server.complaints == []
    assert [call for call in server.refusals if not call.injected] == []
    answered = [
        call.parameters["callback_query_id"] for call in server.calls_of("answerCallbackQuery")
    ]
    assert len(answered) == len(set(answered)) > 0


async def acts(person: Person, turn: dict[str, object]) -> None:
    """Do in Telegram what the turn says."""
    match turn:
        case {"types": words}:
            await person.types(str(words))
        case {"presses": label}:
            await person.presses(str(label))
        case {"starts": payload}:
            await person.starts(str(payload or ""))
        case {"commands": name}:
            await person.types(f"/{name}")
        case {"shares": [float() as latitude, float() as longitude]}:
            await person.shares_location(latitude, longitude)
        case {"sends": kind}:
            await getattr(person, f"sends_{kind}")()
        case _:
            raise ValueError(f"nothing is done in {turn}")
