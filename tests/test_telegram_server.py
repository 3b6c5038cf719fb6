"""The local Bot API server behaves as Telegram does towards the real python-telegram-bot."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import (
    BotCommand,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    LinkPreviewOptions,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from tests.telegram_server import BotApiServer, Fault, NotSeenError, Person

TOKEN = "4711:TEST"
NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TOO_OLD = "Query is too old and response timeout expired or query id is invalid"
RETRY_AFTER_WILL_CHANGE = pytest.mark.filterwarnings("ignore:.*retry_after")  # PTB, since 22.2


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer(TOKEN) as server:
        yield server


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[ExtBot[None]]:
    async with client(server) as bot:
        yield bot


@pytest.fixture
def anna(server: BotApiServer) -> Person:
    return server.person(42, "Anna", "ru").has_written_before()


def client(server: BotApiServer, token: str = TOKEN, read_timeout: float = 5) -> ExtBot[None]:
    request = HTTPXRequest(connection_pool_size=64, read_timeout=read_timeout)
    return ExtBot(token, base_url=server.url + "/bot", request=request)


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button] for button in buttons])


def press(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)


def refused(reason: str) -> Any:
    """Expect exactly this refusal; PTB writes the first letter large."""
    return pytest.raises(BadRequest, check=lambda e: e.message.lower() == reason.lower())


# --- the token and the method ---------------------------------------------------------------


async def test_the_bot_learns_who_it_is(bot: ExtBot[None]) -> None:
    assert (bot.bot.id, bot.username) == (4711, "wegweiser_test_bot")


async def test_a_wrong_token_is_unauthorized(server: BotApiServer) -> None:
    with pytest.raises(InvalidToken):
        async with client(server, "4711:OTHER"):
            pass

    assert server.refusals[-1].description == "Unauthorized"


async def test_an_unknown_method_is_not_found(bot: ExtBot[None]) -> None:
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("inventSomething")


async def test_a_file_is_not_found(server: BotApiServer) -> None:
    url = f"{server.url}/file/bot{TOKEN}/photo.jpg"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        body = await response.json()

    assert body == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_json_and_form_bodies_mean_the_same(server: BotApiServer, anna: Person) -> None:
    url = f"{server.url}/bot{TOKEN}/sendMessage"
    content = {"chat_id": anna.id, "text": "7", "disable_notification": True}
    async with aiohttp.ClientSession() as session:
        await session.post(url, json=content)
        await session.post(url, data={**content, "disable_notification": "true"})

    assert server.calls[0].parameters == server.calls[1].parameters


async def test_an_unknown_parameter_is_a_complaint(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    await bot.send_message(anna.id, "hello", api_kwargs={"colour": "red"})

    assert server.complaints == ["sendMessage does not take 'colour'"]


async def test_what_ptb_sends_by_itself_is_no_complaint(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    said = await anna.types("hello")
    await bot.send_message(
        anna.id,
        "hello",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(said.message_id),
    )
    await bot.send_photo(anna.id, b"not a photo", caption="<b>x</b>", parse_mode=ParseMode.HTML)

    assert (server.complaints, server.refusals) == ([], [])


# --- texts ----------------------------------------------------------------------------------


async def test_a_person_sees_the_text_without_its_markup(bot: ExtBot[None], anna: Person) -> None:
    html = "<b>Hi</b> &amp; <a href='https://example.org'>read</a> &laquo;"
    await bot.send_message(anna.id, html, parse_mode=ParseMode.HTML)

    seen = await anna.sees_one()

    assert (seen.text, seen.html) == ("Hi & read &laquo;", html)


async def test_entities_count_utf16_code_units(bot: ExtBot[None], anna: Person) -> None:
    html = "🏟<blockquote expandable>🏟x</blockquote>"
    message = await bot.send_message(anna.id, html, parse_mode=ParseMode.HTML)

    found = [(e.type, e.offset, e.length) for e in message.entities]
    assert found == [("expandable_blockquote", 2, 3)]


@pytest.mark.parametrize(
    "html",
    [
        "<i>a <b>b</b></i>",
        "<strong>a</strong><em>b</em><u>c</u><ins>d</ins><s>e</s><strike>f</strike><del>g</del>",
        '<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>',
        '<pre><code class="language-python">a</code></pre>',
        "<blockquote>a</blockquote>",
        '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
        "a & b &unknown; &#128578; &#x1F642; 1 > 0",
        "<B>a</b  >",
    ],
)
async def test_html_that_telegram_knows_is_accepted(
    bot: ExtBot[None], anna: Person, html: str
) -> None:
    message = await bot.send_message(anna.id, html, parse_mode=ParseMode.HTML)

    assert message.text


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>a</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("ü <br>", 'Unsupported start tag "br" at byte offset 3'),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<a href='x>y</a>", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<i =a>b</i>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>👍</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
async def test_broken_html_is_refused_in_the_words_of_telegram(
    bot: ExtBot[None], anna: Person, html: str, reason: str
) -> None:
    with refused(f"can't parse entities: {reason}"):
        await bot.send_message(anna.id, html, parse_mode=ParseMode.HTML)


async def test_a_link_that_telegram_drops_is_a_complaint(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    await bot.send_message(anna.id, "<a href='tel:112'>call</a>", parse_mode=ParseMode.HTML)

    assert "tel:112" in server.complaints[0]


async def test_4096_code_units_are_the_most(bot: ExtBot[None], anna: Person) -> None:
    await bot.send_message(anna.id, "<b>" + "x" * 4094 + "🏟</b>", parse_mode=ParseMode.HTML)

    with refused("message is too long"):
        await bot.send_message(anna.id, "x" * 4095 + "🏟")


@pytest.mark.parametrize(
    ("text", "reason"), [("", "message text is empty"), (" \n", "text must be non-empty")]
)
async def test_an_empty_text_is_refused(
    bot: ExtBot[None], anna: Person, text: str, reason: str
) -> None:
    with refused(reason):
        await bot.send_message(anna.id, text)


# --- keyboards ------------------------------------------------------------------------------


async def test_a_person_sees_the_buttons(bot: ExtBot[None], anna: Person) -> None:
    await bot.send_message(
        anna.id,
        "choose",
        reply_markup=keyboard(
            press("Job", "topic:job"),
            InlineKeyboardButton("Site", url="https://example.org"),
            InlineKeyboardButton("Copy", copy_text=CopyTextButton("Guten Tag")),
        ),
    )

    (job,), (site,), (copy,) = (await anna.sees_one()).buttons

    assert (job.data, site.url, copy.copy_text) == (
        "topic:job",
        "https://example.org",
        "Guten Tag",
    )


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "a", "callback_data": "ü" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "x", "url": "https://a.b"}, "BUTTON_TYPE_INVALID"),
        (
            {"text": "a"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "a", "callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"callback_data": "x"},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"text": "a", "url": "ftp://example.org"},
            "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
        ),
        ({"text": "a", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ],
)
async def test_a_wrong_button_is_refused(
    bot: ExtBot[None], anna: Person, button: dict[str, Any], reason: str
) -> None:
    markup = {"inline_keyboard": [[button]]}

    with refused(reason):
        await bot.send_message(anna.id, "x", api_kwargs={"reply_markup": markup})


async def test_64_bytes_of_callback_data_are_the_most(bot: ExtBot[None], anna: Person) -> None:
    message = await bot.send_message(anna.id, "x", reply_markup=keyboard(press("a", "x" * 64)))

    assert message.reply_markup


async def test_101_buttons_are_refused(bot: ExtBot[None], anna: Person) -> None:
    buttons = [press(str(n), str(n)) for n in range(101)]

    with refused("REPLY_MARKUP_TOO_LONG"):
        await bot.send_message(anna.id, "x", reply_markup=keyboard(*buttons))


async def test_a_reply_keyboard_may_ask_for_the_location(bot: ExtBot[None], anna: Person) -> None:
    markup = ReplyKeyboardMarkup([[KeyboardButton("Here I am", request_location=True)]])
    await bot.send_message(anna.id, "where?", reply_markup=markup)

    rows = (await anna.sees_one()).reply_keyboard

    assert rows is not None
    assert rows[0][0].asks_location


async def test_a_group_is_not_asked_for_its_location(
    server: BotApiServer, bot: ExtBot[None]
) -> None:
    markup = ReplyKeyboardMarkup([[KeyboardButton("Here", request_location=True)]])

    with refused("Location can be requested in private chats only"):
        await bot.send_message(server.group().chat.id, "where?", reply_markup=markup)


# --- chats ----------------------------------------------------------------------------------


async def test_who_never_wrote_cannot_be_written_to(
    server: BotApiServer, bot: ExtBot[None]
) -> None:
    stranger = server.person(7)

    with refused("chat not found"):
        await bot.send_message(stranger.id, "hello")


async def test_who_blocked_the_bot_gets_nothing(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    await anna.blocks_the_bot()

    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(anna.id, "hello")
    (update,) = await bot.get_updates()
    assert update.my_chat_member
    assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_a_bot_that_left_a_group_may_not_write_there(
    server: BotApiServer, bot: ExtBot[None]
) -> None:
    group = server.group()
    await bot.leave_chat(group.chat.id)

    with pytest.raises(Forbidden, match="not a member"):
        await bot.send_message(group.chat.id, "hello")


async def test_an_office_is_seen_as_a_venue(bot: ExtBot[None], anna: Person) -> None:
    await bot.send_venue(anna.id, 52.5, 13.4, title="Jobcenter", address="Berlin")

    venue = (await anna.sees_one()).venue

    assert venue is not None
    assert (venue.title, venue.latitude) == ("Jobcenter", 52.5)


async def test_a_place_off_the_earth_is_refused(bot: ExtBot[None], anna: Person) -> None:
    with refused("invalid location specified"):
        await bot.send_location(anna.id, 91, 13)


async def test_only_real_chat_actions_are_shown(bot: ExtBot[None], anna: Person) -> None:
    await bot.send_chat_action(anna.id, "typing")

    with refused("wrong parameter action in request"):
        await bot.send_chat_action(anna.id, "thinking")
    assert anna.chat.actions == ["typing"]


async def test_a_reply_to_nothing_is_refused(bot: ExtBot[None], anna: Person) -> None:
    with refused("message to be replied not found"):
        await bot.send_message(anna.id, "x", reply_parameters=ReplyParameters(999))


async def test_a_chat_can_be_looked_up(bot: ExtBot[None], anna: Person) -> None:
    assert (await bot.get_chat(anna.id)).first_name == "Anna"


# --- editing --------------------------------------------------------------------------------


async def test_an_edit_is_seen_as_a_new_state(bot: ExtBot[None], anna: Person) -> None:
    message = await bot.send_message(anna.id, "wait", reply_markup=keyboard(press("a", "a")))
    await message.edit_text("done")

    before, after = await anna.sees(2)

    assert (before.text, before.edited_times, before.labels) == ("wait", 0, ("a",))
    assert (after.text, after.edited_times, after.labels) == ("done", 1, ())
    assert before.message_id == after.message_id


async def test_an_edit_without_a_change_is_refused(bot: ExtBot[None], anna: Person) -> None:
    markup = keyboard(press("a", "a"))
    message = await bot.send_message(
        anna.id, "<b>x</b>", parse_mode=ParseMode.HTML, reply_markup=markup
    )

    with refused(NOT_MODIFIED):
        await message.edit_text(
            "<strong>x</strong>", parse_mode=ParseMode.HTML, reply_markup=markup
        )
    with refused(NOT_MODIFIED):
        await message.edit_reply_markup(markup)


async def test_a_keyboard_can_be_taken_away(bot: ExtBot[None], anna: Person) -> None:
    message = await bot.send_message(anna.id, "x", reply_markup=keyboard(press("a", "a")))
    await message.edit_reply_markup(None)

    assert anna.last.buttons == ()


async def test_what_is_gone_can_neither_be_edited_nor_deleted(
    bot: ExtBot[None], anna: Person
) -> None:
    message = await bot.send_message(anna.id, "x")
    await message.delete()

    with refused("message to edit not found"):
        await message.edit_text("y")
    with refused("message to delete not found"):
        await message.delete()


async def test_the_messages_of_people_cannot_be_edited(bot: ExtBot[None], anna: Person) -> None:
    said = await anna.types("hello")

    with refused("message can't be edited"):
        await bot.edit_message_text("y", anna.id, said.message_id)


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(
    bot: ExtBot[None], anna: Person
) -> None:
    message = await bot.send_message(anna.id, "x", reply_markup=ReplyKeyboardRemove())

    with refused("message can't be edited"):
        await message.edit_text("y")


async def test_an_edit_takes_inline_keyboards_only(bot: ExtBot[None], anna: Person) -> None:
    message = await bot.send_message(anna.id, "x")
    markup = {"keyboard": [["a"]]}

    with refused("inline keyboard expected"):
        await message.edit_text("y", api_kwargs={"reply_markup": markup})


async def test_a_venue_has_no_text_to_edit(bot: ExtBot[None], anna: Person) -> None:
    message = await bot.send_venue(anna.id, 52.5, 13.4, title="Jobcenter", address="Berlin")

    with refused("there is no text in the message to edit"):
        await message.edit_text("y")


# --- pressed buttons and inline queries -----------------------------------------------------


async def test_a_pressed_button_waits_for_one_answer(bot: ExtBot[None], anna: Person) -> None:
    await bot.send_message(anna.id, "x", reply_markup=keyboard(press("Job", "topic:job")))
    pressed = await anna.presses("topic:")
    (update,) = await bot.get_updates()
    assert update.callback_query
    await update.callback_query.answer("Found", show_alert=True)

    answer = await pressed.answered()

    assert (update.callback_query.data, answer.text, answer.show_alert) == (
        "topic:job",
        "Found",
        True,
    )
    with refused(TOO_OLD):
        await update.callback_query.answer()


async def test_an_unknown_callback_query_is_too_old(bot: ExtBot[None]) -> None:
    with refused(TOO_OLD):
        await bot.answer_callback_query("1")


async def test_200_characters_of_notice_are_the_most(bot: ExtBot[None], anna: Person) -> None:
    await bot.send_message(anna.id, "x", reply_markup=keyboard(press("Job", "job")))
    pressed = await anna.presses("Job")

    with refused("MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(pressed.id, "x" * 201)


async def test_a_button_that_is_not_there_cannot_be_pressed(
    bot: ExtBot[None], anna: Person
) -> None:
    await bot.send_message(anna.id, "x", reply_markup=keyboard(press("Job", "job")))

    with pytest.raises(NotSeenError, match=r"no button 'Money'.*Job"):
        await anna.presses("Money")


async def test_an_outdated_button_can_still_be_pressed(bot: ExtBot[None], anna: Person) -> None:
    message = await bot.send_message(anna.id, "x", reply_markup=keyboard(press("Old", "old")))
    old = await anna.sees_one()
    await message.edit_text("y", reply_markup=keyboard(press("New", "new")))

    await anna.presses("Old", under=old)

    (update,) = await bot.get_updates()
    assert update.callback_query
    assert update.callback_query.data == "old"


def article(result_id: str, text: str = "text") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        result_id, "Title", InputTextMessageContent(text, parse_mode=ParseMode.HTML)
    )


async def test_an_inline_query_is_answered(bot: ExtBot[None], anna: Person) -> None:
    asked = await anna.inline("job")
    (update,) = await bot.get_updates()
    assert update.inline_query
    await update.inline_query.answer([article("1", "<b>Job</b>")], cache_time=10)

    answer = await asked.answered()

    assert (update.inline_query.query, answer.cache_time) == ("job", 10)
    assert [(r.title, r.text) for r in answer.results] == [("Title", "Job")]


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([article("1"), article("1")], "RESULT_ID_DUPLICATE"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article("1", "")], "message text is empty"),
        (
            [article("1", "<b>x")],
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
    ],
)
async def test_wrong_inline_results_are_refused(
    bot: ExtBot[None], anna: Person, results: list[InlineQueryResultArticle], reason: str
) -> None:
    asked = await anna.inline("job")

    with refused(reason):
        await bot.answer_inline_query(asked.id, results)


async def test_50_inline_results_are_the_most(bot: ExtBot[None], anna: Person) -> None:
    asked = await anna.inline("job")

    with refused("RESULTS_TOO_MUCH"):
        await bot.answer_inline_query(asked.id, [article(str(n)) for n in range(51)])


async def test_an_unknown_inline_query_is_too_old(bot: ExtBot[None]) -> None:
    with refused(TOO_OLD):
        await bot.answer_inline_query("1", [article("1")])


# --- what the bot says about itself ---------------------------------------------------------


async def test_commands_are_kept_per_language(server: BotApiServer, bot: ExtBot[None]) -> None:
    await bot.set_my_commands([BotCommand("start", "Begin")])
    await bot.set_my_commands([BotCommand("start", "Начать")], language_code="ru")
    await bot.delete_my_commands()

    assert [c.description for c in await bot.get_my_commands(language_code="ru")] == ["Начать"]
    assert await bot.get_my_commands() == ()


@pytest.mark.parametrize(
    ("name", "description", "reason"),
    [
        ("Start", "x", "BOT_COMMAND_INVALID"),
        ("my-command", "x", "BOT_COMMAND_INVALID"),
        ("x" * 33, "x", "BOT_COMMAND_INVALID"),
        ("start", "", "command description must be non-empty"),
        ("start", "x" * 257, "command description length must not exceed 256"),
    ],
)
async def test_a_wrong_command_is_refused(
    bot: ExtBot[None], name: str, description: str, reason: str
) -> None:
    with refused(reason):
        await bot.set_my_commands([BotCommand(name, description)])


async def test_100_commands_are_the_most(bot: ExtBot[None]) -> None:
    with refused("BOT_COMMANDS_TOO_MUCH"):
        await bot.set_my_commands([BotCommand(f"c{n}", "x") for n in range(101)])


async def test_a_wrong_language_is_refused(bot: ExtBot[None]) -> None:
    with refused("invalid language code specified"):
        await bot.set_my_name("x", language_code="deu")


async def test_names_and_descriptions_are_kept_per_language(
    server: BotApiServer, bot: ExtBot[None]
) -> None:
    await bot.set_my_name("Guide", language_code="en")
    await bot.set_my_description("What it does")
    await bot.set_my_short_description("Short", language_code="en")

    assert (await bot.get_my_name("en")).name == "Guide"
    assert (await bot.get_my_name("fr")).name == "Wegweiser"
    assert (await bot.get_my_description("fr")).description == "What it does"
    assert server.profile.short_descriptions == {"en": "Short"}


async def test_long_names_and_descriptions_are_refused(bot: ExtBot[None]) -> None:
    with refused("bot name length must not exceed 64"):
        await bot.set_my_name("x" * 65)
    with refused("bot description length must not exceed 512"):
        await bot.set_my_description("x" * 513)
    with refused("bot short_description length must not exceed 120"):
        await bot.set_my_short_description("x" * 121)


async def test_the_menu_button_is_kept(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    await bot.set_chat_menu_button(anna.id, MenuButtonCommands())

    assert server.profile.menu_buttons == {anna.id: {"type": "commands"}}


# --- faults ---------------------------------------------------------------------------------


@RETRY_AFTER_WILL_CHANGE
async def test_a_flood_names_the_seconds_to_wait(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    server.inject("sendMessage", Fault.flood(3))

    with pytest.raises(RetryAfter, match=r"Retry in (3 seconds|0:00:03)"):
        await bot.send_message(anna.id, "x")
    await bot.send_message(anna.id, "x")
    assert len(anna.unseen) == 1
    assert server.refusals[0].injected


async def test_a_call_can_be_forbidden(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    server.inject("sendMessage", Fault.forbidden())

    with pytest.raises(Forbidden):
        await bot.send_message(anna.id, "x")
    assert anna.unseen == []


async def test_telegram_can_be_broken(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    server.inject("sendMessage", Fault.broken(), Fault.broken(502))

    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(anna.id, "x")
    assert [refusal.code for refusal in server.refusals] == [500, 502]


async def test_a_reset_connection_delivers_nothing(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    server.inject("sendMessage", Fault.reset())

    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "x")
    assert anna.unseen == []


async def test_an_answer_can_be_lost_though_the_message_arrived(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    server.inject("sendMessage", Fault.lost_answer())

    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "x")
    assert [message.text for message in anna.unseen] == ["x"]


async def test_a_slow_answer_times_out_though_the_message_arrived(
    server: BotApiServer, anna: Person
) -> None:
    server.inject("sendMessage", Fault.slow(5))

    async with client(server, read_timeout=0.2) as bot:
        with pytest.raises(TimedOut):
            await bot.send_message(anna.id, "x")
    assert [message.text for message in anna.unseen] == ["x"]


@RETRY_AFTER_WILL_CHANGE
async def test_a_fault_can_be_meant_for_one_chat(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    boris = server.person(43).has_written_before()
    server.inject("sendMessage", Fault.flood(), chat_id=boris.id)

    await bot.send_message(anna.id, "x")

    with pytest.raises(RetryAfter):
        await bot.send_message(boris.id, "x")


# --- updates by polling ---------------------------------------------------------------------


async def test_updates_come_again_until_they_are_confirmed(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    await anna.types("one")
    await anna.types("two")

    first = await bot.get_updates(limit=1)
    again = await bot.get_updates()
    rest = await bot.get_updates(offset=again[0].update_id + 1)

    assert first[0] == again[0]
    assert [update.message.text for update in rest if update.message] == ["two"]
    assert server.pending_updates == 1


async def test_a_long_poll_ends_with_the_first_update(bot: ExtBot[None], anna: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await anna.types("hello")

    (update,) = await poll

    assert update.effective_message
    assert update.effective_message.text == "hello"


async def test_only_allowed_kinds_of_update_come(bot: ExtBot[None], anna: Person) -> None:
    await bot.get_updates(allowed_updates=[Update.MESSAGE])
    await anna.blocks_the_bot()
    await anna.starts()

    updates = await bot.get_updates()

    assert [bool(update.message) for update in updates] == [True]


async def test_a_second_poll_ends_the_first(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    async with client(server) as twin:
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await server.wait_for_call("getUpdates")
        second = asyncio.create_task(twin.get_updates(timeout=20))

        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await anna.types("hello")
        assert len(await second) == 1


async def test_a_poll_that_its_bot_gave_up_is_no_refusal(
    server: BotApiServer, bot: ExtBot[None]
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await server.wait_for_call("getUpdates")
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)

    await bot.get_updates()

    assert server.refusals == []


# --- updates by webhook ---------------------------------------------------------------------


class Inbox:
    """A webhook of a bot that keeps what it gets, and may be out of order at first."""

    def __init__(self, failures: int = 0) -> None:
        self.url = ""
        self.got: asyncio.Queue[tuple[str, str | None]] = asyncio.Queue()
        self._failures = failures

    async def __aenter__(self) -> "Inbox":
        application = web.Application()
        application.router.add_post("/hook", self._take)
        self._runner = web.AppRunner(application)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        if self._failures:
            self._failures -= 1
            return web.Response(status=500)
        text = (await request.json())["message"]["text"]
        await self.got.put((text, request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        return web.Response()


async def test_a_webhook_gets_the_updates_in_order_with_the_secret(
    bot: ExtBot[None], anna: Person
) -> None:
    async with Inbox() as inbox:
        await anna.types("before")
        await bot.set_webhook(inbox.url, secret_token="s3cret")
        await anna.types("after")

        assert await inbox.got.get() == ("before", "s3cret")
        assert await inbox.got.get() == ("after", "s3cret")


async def test_a_webhook_that_fails_is_tried_again(bot: ExtBot[None], anna: Person) -> None:
    async with Inbox(failures=2) as inbox:
        await bot.set_webhook(inbox.url)
        await anna.types("hello")

        assert await inbox.got.get() == ("hello", None)
        last_error = (await bot.get_webhook_info()).last_error_message
        assert last_error
        assert "500" in last_error


async def test_polling_and_a_webhook_exclude_each_other(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    async with Inbox() as inbox:
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await server.wait_for_call("getUpdates")
        await bot.set_webhook(inbox.url)
        with pytest.raises(Conflict, match="terminated by setWebhook request"):
            await poll
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()

        await bot.delete_webhook()
        await anna.types("hello")

        assert len(await bot.get_updates()) == 1


@pytest.mark.parametrize("secret", ["", "a b", "a.b", "ü", "x" * 257])
async def test_a_wrong_webhook_secret_is_refused(bot: ExtBot[None], secret: str) -> None:
    with refused("secret token contains unallowed characters"):
        await bot.set_webhook("https://example.org/", secret_token=secret)


async def test_a_webhook_on_the_internet_needs_https(bot: ExtBot[None]) -> None:
    with refused("bad webhook: An HTTPS URL must be provided for webhook"):
        await bot.set_webhook("http://example.org/")


# --- people ---------------------------------------------------------------------------------


async def test_a_deep_link_starts_with_a_command(bot: ExtBot[None], anna: Person) -> None:
    await anna.starts("topic_job")

    (update,) = await bot.get_updates()

    assert update.message
    assert update.message.text == "/start topic_job"
    assert [(e.type, e.offset, e.length) for e in update.message.entities] == [
        ("bot_command", 0, 6)
    ]


async def test_commands_and_mentions_are_marked_in_utf16(
    server: BotApiServer, bot: ExtBot[None], anna: Person
) -> None:
    group = server.group()
    await anna.types_in_group(group, "🏟 /help@wegweiser_test_bot", mention=True)

    (update,) = await bot.get_updates()

    assert update.message
    assert update.message.parse_entities() == {
        update.message.entities[0]: "@wegweiser_test_bot",
        update.message.entities[1]: "/help@wegweiser_test_bot",
    }
    assert [entity.type for entity in update.message.entities] == ["mention", "bot_command"]


async def test_in_privacy_mode_a_bot_hears_only_what_is_meant_for_it() -> None:
    async with BotApiServer(TOKEN, privacy_mode=True) as server, client(server) as bot:
        anna, group = server.person(42), server.group()
        await anna.types_in_group(group, "just talking")
        sent = await bot.send_message(group.chat.id, "hello")
        (seen,) = await group.sees()
        await anna.types_in_group(group, "thank you", reply_to=seen)

        (update,) = await bot.get_updates()

        assert update.message
        assert update.message.reply_to_message
        assert update.message.reply_to_message.message_id == sent.message_id


async def test_an_edited_message_keeps_its_number(bot: ExtBot[None], anna: Person) -> None:
    said = await anna.types("/helo")
    await anna.edits(said, "help")

    _, update = await bot.get_updates()

    assert update.edited_message
    assert update.edited_message.message_id == said.message_id
    assert (update.edited_message.text, update.edited_message.entities) == ("help", ())


async def test_everything_that_people_send_is_understood_by_ptb(
    bot: ExtBot[None], anna: Person
) -> None:
    await anna.sends_voice()
    await anna.sends_photo("caption")
    await anna.sends_document()
    await anna.sends_sticker()
    await anna.sends_contact()
    await anna.sends_poll()
    await anna.sends_video_note()
    await anna.shares_location(52.5, 13.4)
    await anna.forwards("news")

    messages = [update.message for update in await bot.get_updates()]

    kinds = "voice photo document sticker contact poll video_note location forward_origin"
    found = zip(messages, kinds.split(), strict=True)
    assert all(getattr(message, kind) for message, kind in found)


async def test_waiting_in_vain_says_what_was_there_instead(bot: ExtBot[None], anna: Person) -> None:
    await bot.send_message(anna.id, "one")

    with pytest.raises(NotSeenError, match=r"the bot showed 1, the last were \['one'\]"):
        await anna.sees(2, timeout=0.01)
    assert len(await anna.chat.wait_for(1)) == 1
    assert [message.text for message in await anna.sees()] == ["one"]
    assert await anna.sees_nothing(within=0.01)


async def test_a_thousand_chats_are_served_at_once(server: BotApiServer) -> None:
    people = [server.person(n).has_written_before() for n in range(1, 1001)]
    url = f"{server.url}/bot{TOKEN}/sendMessage"
    async with aiohttp.ClientSession() as session:  # httpx alone would take six seconds
        await asyncio.gather(
            *(session.post(url, json={"chat_id": person.id, "text": "x"}) for person in people)
        )

    assert [len(person.unseen) for person in people] == [1] * 1000
