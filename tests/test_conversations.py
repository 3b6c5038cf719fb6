"""All conversations of tests/conversations/, replayed on the dialog."""

import pytest

from bot.app import House
from bot.core.script import Player
from tests.conversation import TODAY, conversations, failures

ALL = list(conversations())


@pytest.mark.parametrize("talk", ALL, ids=[f"{talk['file']}: {talk['name']}" for talk in ALL])
def test_the_bot_says_and_offers_what_the_conversation_expects(house: House, talk):
    player = Player(house.dialog, talk.get("interface", "de"), talk.get("today", TODAY))

    for turn in talk["turns"]:
        result = player.play(turn)

        said = "\n---\n".join(reply.text for reply in result.replies)
        assert list(failures(turn, result)) == [], f"{turn}\n{said}"
        assert result.replies


def test_there_are_at_least_sixty_conversations_in_all_seven_languages():
    assert len(ALL) >= 60
    languages = {talk.get("interface", "de") for talk in ALL}
    assert languages == {"ar", "de", "en", "fa", "ru", "tr", "uk"}
