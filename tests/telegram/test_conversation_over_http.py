"""The unmodified application against the local Bot API server, by polling."""

import asyncio
import datetime
import logging

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.conftest import TOKEN, Serve
from tests.telegram_server import BotApiServer, Fault

RU = "джобцентр пропустила термин"


async def test_start_greets_in_the_language_of_telegram_with_four_buttons(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "uk")
        await anna.starts()
        (hello,) = await anna.sees(1)

    assert "Wegweiser" in hello.text
    assert len(hello.labels) == 4
    assert len(hello.text.splitlines()) <= 6
    assert_clean(server)


async def test_a_question_is_answered_with_source_and_date_in_its_language(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "en")
        await anna.types(RU)
        (answer,) = await anna.sees(1)

    assert "Jobcenter" in answer.text
    assert "19 августа 2026" in answer.text
    addresses = [button.url or "" for row in answer.buttons for button in row]
    assert any("gesetze-im-internet.de" in address for address in addresses)
    assert_clean(server)


async def test_a_vague_word_offers_topics_and_one_tap_answers(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "ru")
        await anna.types("диплом")
        (choice,) = await anna.sees(1)
        assert 3 <= len(choice.buttons) <= 6
        await anna.presses(choice.buttons[0][0].label)
        (answer,) = await anna.sees(1)

    assert answer.text != choice.text
    assert "2026" in answer.text
    assert_clean(server)


async def test_the_language_is_changed_in_one_tap_and_stays(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "de")
        await anna.types("/language")
        await anna.sees(1)
        await anna.presses("Українська")
        await anna.sees(1)
        await anna.types("Jobcenter Termin verpasst")
        (answer,) = await anna.sees(1)

    assert "Джерела" in answer.text
    assert_clean(server)


async def test_feedback_turns_the_keyboard_into_thanks(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "de")
        await anna.types("Ich habe meinen Termin im Jobcenter verpasst")
        await anna.sees(1)
        await anna.presses("+|")
        (thanked,) = await anna.sees(1)

    assert thanked.labels == ("Danke",)
    assert thanked.edited_times == 1
    assert_clean(server)


async def test_what_nobody_can_know_is_referred_and_can_be_sent_to_the_editors(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "de")
        await anna.types("/language")
        await anna.sees(1)
        await anna.presses("Deutsch")
        await anna.sees(1)
        await anna.types("qwrtz plmkn vbxyq")
        (unknown,) = await anna.sees(1)
        await anna.presses("q")
        (preview,) = await anna.sees(1)
        await anna.presses("qs")
        (thanks,) = await anna.sees(1)

    assert "weiß ich nicht" in unknown.text.lower()
    assert "qwrtz plmkn vbxyq" in preview.text
    assert "Danke" in thanks.text
    assert_clean(server)


async def test_a_link_with_a_topic_opens_its_answer(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "en")
        await anna.starts("topic_jobcenter_appointment_missed")
        (answer,) = await anna.sees(1)

    assert "19 August 2026" in answer.text
    assert_clean(server)


@pytest.mark.parametrize("words", ["", "​​", "!!!", "<b>&amp;</b> <script>", "😀😀", "7"])
async def test_odd_input_gets_a_calm_sentence_and_a_way_on(serve: Serve, words: str):
    async with serve() as server:
        anna = server.person(1, "Anna", "de")
        await anna.types(words or ".")
        (reply,) = await anna.sees(1)

    assert reply.labels
    assert_clean(server)


async def test_what_is_no_text_gets_a_helpful_sentence_and_is_not_downloaded(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "de")
        for send in (anna.sends_voice, anna.sends_photo, anna.sends_document, anna.sends_sticker):
            await send()
            (reply,) = await anna.sees(1)
            assert reply.labels
        assert not server.calls_of("getFile")
    assert_clean(server)


async def test_a_shared_location_names_the_jobcenter(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "de")
        await anna.shares_location(51.4818, 7.2162)
        (office,) = await anna.sees(1)

    assert "Jobcenter Bochum" in office.text
    assert_clean(server)


async def test_a_flood_answer_of_telegram_is_waited_out_and_the_message_sent(serve: Serve):
    async with serve() as server:
        server.inject("sendMessage", Fault.flood(1))
        anna = server.person(1, "Anna", "de")
        await anna.types("/help")
        (reply,) = await anna.sees(1, timeout=10)

    assert "/privacy" in reply.text


async def test_after_an_error_of_telegram_the_next_message_is_answered(serve: Serve):
    async with serve() as server:
        server.inject("sendMessage", Fault.broken(500))
        anna = server.person(1, "Anna", "de")
        await anna.types("/help")
        await anna.sees(1, timeout=10)  # the calm sentence that something went wrong
        await anna.types("/privacy")
        (reply,) = await anna.sees(1, timeout=10)

    assert "90" in reply.text


async def test_a_pressed_button_of_an_older_program_shows_the_new_menu(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "de")
        await anna.types("/menu")
        (menu,) = await anna.sees(1)
        # A message that an older program left in the chat, with a verb that no longer exists.
        async with Bot(TOKEN, base_url=f"{server.url}/bot") as older:
            key = InlineKeyboardButton("Alt", callback_data="zz|gone")
            await older.send_message(1, "Früher", reply_markup=InlineKeyboardMarkup([[key]]))
        await anna.sees(1)
        query = await anna.presses("Alt")
        answered = await query.answered()
        (again,) = await anna.sees(1)

    assert answered.text
    assert again.labels == menu.labels


async def test_messages_of_one_chat_are_answered_in_order_and_200_chats_side_by_side(serve: Serve):
    async with serve() as server:
        people = [server.person(number, f"P{number}", "de") for number in range(1, 201)]
        for person in people:
            await person.types("/help")
            await person.types("/privacy")
        shown = await asyncio.gather(*(person.sees(2, timeout=60) for person in people))

    assert all("/privacy" in first.text and "90" in second.text for first, second in shown)
    assert_clean(server)


async def test_no_word_of_a_person_and_no_id_is_logged_or_stored(serve: Serve, tmp_path, caplog):
    caplog.set_level(logging.DEBUG, logger="bot")
    secret, chat_id = "Vasilisa Prekrasnaya 0176 5551234", 918273645
    async with serve() as server:
        person = server.person(chat_id, "Vasilisa", "ru")
        await person.types(f"джобцентр 44787 {secret}")
        await person.sees(1)
        await person.types(secret)
        await person.sees(1)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    kept += caplog.text.encode()

    for word in ("Vasilisa", "Prekrasnaya", "5551234", "44787", str(chat_id), "1:TEST"):
        assert word.encode() not in kept


async def test_the_minimum_wage_changes_by_itself_on_its_day(serve: Serve):
    async with serve(today=datetime.date(2027, 1, 2)) as server:
        anna = server.person(1, "Anna", "de")
        await anna.starts("topic_rights_wage")
        (answer,) = await anna.sees(1)

    assert "14,60" in answer.text
    assert "13,90" not in answer.text


def assert_clean(server: BotApiServer) -> None:
    """The bot asked nothing of Telegram that Telegram would refuse."""
    assert server.complaints == []
    assert [call for call in server.refusals if not call.injected] == []
