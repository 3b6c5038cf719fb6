"""Every button of every screen reachable from /start, in every language."""

import datetime
from collections import deque
from dataclasses import replace

import pytest

from bot.adapters.telegram.callback_data import LIMIT, decoded, encoded
from bot.adapters.telegram.rendering import Rendering
from bot.app import House
from bot.core.chat import Chat
from bot.core.events import Command, Commanded, Event, Pressed, Started
from bot.core.reply import Action, Reply, fits
from tests.telegram_server.entities import utf16_length
from tests.telegram_server.html_reader import parse_html

TODAY = datetime.date(2026, 11, 22)
LANGUAGES = ["de", "en", "ru", "uk", "ar", "tr", "fa"]
PLACES = {"no place": "", "Bochum": "44787"}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_leads_on_and_fits(house: House, language: str, place: str):
    rendering = Rendering(house.knowledge.languages, "wegweiser_bot")
    found = house.places.find(place).place
    chat = Chat(language=language, place=found.key if found else "", question="wie geht das")
    waiting = deque(replies_of_first_screens(house, chat))
    pressed: set[Action] = set()

    while waiting:
        reply = waiting.popleft()
        assert_fits(reply, rendering)
        for button in (button for row in reply.buttons for button in row):
            if button.action is None or button.action in pressed:
                continue
            pressed.add(button.action)
            turn = house.dialog.handle(chat, Pressed(button.action), TODAY)
            assert turn.replies, f"{button} leads nowhere"
            waiting.extend(replace(answer, language=language) for answer in turn.replies)

    shown = {action.first for action in pressed if action.verb == "t"}
    assert shown >= {topic for area in house.knowledge.areas.values() for topic in area}


def replies_of_first_screens(house: House, chat: Chat) -> list[Reply]:
    events: list[Event] = [Started(), *(Commanded(command) for command in Command)]
    return [reply for event in events for reply in house.dialog.handle(chat, event, TODAY).replies]


def assert_fits(reply: Reply, rendering: Rendering) -> None:
    """The message is within Telegram's limits and no label is cut."""
    text = parse_html(rendering.html(reply)).text
    assert 1 <= utf16_length(text) <= 4096
    buttons = [button for row in reply.buttons for button in row]
    assert buttons or reply.wants_location, f"a dead end: {text[:80]}"
    assert len(reply.buttons) <= 8
    for button in buttons:
        assert fits(button.label), button.label
        assert "…" not in button.label, f"a label is cut: {button.label}"
        assert sum(map(bool, (button.action, button.url, button.copy, button.start))) == 1
        if button.action:
            data = encoded(button.action, living=reply.living)
            assert len(data.encode()) <= LIMIT
            assert decoded(data) == button.action
