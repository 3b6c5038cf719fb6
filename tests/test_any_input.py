"""Any text and any sequence of events: no exception, replies within limits, valid HTML."""

import datetime
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.telegram.rendering import Rendering
from bot.app import House
from bot.core.chat import Chat
from bot.core.events import (
    Asked,
    Command,
    Commanded,
    Event,
    Pressed,
    PressedOldButton,
    Sent,
    SentThing,
    SharedLocation,
    Started,
)
from bot.core.reply import Action, Verb
from tests.telegram_server.entities import utf16_length
from tests.telegram_server.html_reader import parse_html

TODAY = datetime.date(2026, 11, 22)
WORDS = st.sampled_from(
    [
        *("диплом", "термин", "jobcenter", "44787", "Köln", "в", "Берлине", "сколько", "стоит"),
        *("und", "wo", "in", "Köln?", "<b>", "&amp;", "زبان", "جوب", "سنتر", "iş", "24", "hello"),
        *("пропустила", "мінімальна", "зарплата", "⟨place⟩", "{minimum_wage}", "/start"),
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
IDS = st.one_of(
    st.sampled_from(["", "job.search", "jobcenter.find", "ru", "jobcenter", "1", "p:44787", "-"]),
    st.text(max_size=20),
)
ACTIONS = st.builds(Action, st.sampled_from(list(Verb)), IDS, IDS)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Asked, TEXTS),
    st.builds(Pressed, ACTIONS),
    st.builds(Started, st.one_of(st.just(""), st.just("topic_job_search"), st.text(max_size=64))),
    st.builds(Commanded, st.sampled_from(list(Command))),
    st.builds(SharedLocation, st.floats(-90, 90), st.floats(-180, 180)),
    st.builds(SentThing, st.sampled_from(list(Sent))),
    st.just(PressedOldButton()),
)
INTERFACES = st.sampled_from(["", "de", "en", "ru", "uk", "ar", "fa", "tr", "pt", "xx"])
SETTINGS = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@SETTINGS
@given(interface=INTERFACES, group=st.booleans(), events=st.lists(EVENTS, min_size=1, max_size=5))
def test_any_sequence_of_events_gets_replies_that_telegram_takes(
    house: House, interface: str, group: bool, events: list[Event]
):
    rendering = Rendering(house.knowledge.languages, "wegweiser_bot")
    chat = Chat(interface=interface, group=group)

    for event in events:
        turn = house.dialog.handle(chat, event, TODAY)
        chat = replace(turn.chat, interface=interface)

        assert turn.replies
        assert turn.chat.language in {"", *house.knowledge.languages}
        for reply in turn.replies:
            text = parse_html(rendering.html(reply)).text
            assert 1 <= utf16_length(text) <= 4096
            assert text.strip()
