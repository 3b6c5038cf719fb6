"""The methods that answer a pressed button or an inline query."""

from typing import Any

from .cloud import Cloud, Method, method
from .keyboards import read_keyboard
from .messages import CallbackAnswer, InlineAnswer, InlineResult
from .parameters import Parameters
from .refusal import bad_request
from .texts import content_text

MAX_ALERT = 200
MAX_RESULTS = 50
MAX_RESULT_ID_BYTES = 64
MAX_OFFSET_BYTES = 64


async def answer_callback_query(cloud: Cloud, parameters: Parameters) -> bool:
    """Stop the clock on a pressed button, perhaps with a notice."""
    query = cloud.callback_queries.find(parameters.text("callback_query_id"))
    text, url = parameters.text("text"), parameters.text("url")
    if len(text) > MAX_ALERT:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not url.startswith(f"https://t.me/{cloud.username}?start="):
        raise bad_request("URL_INVALID")
    cloud.callback_queries.close(query)
    await query.answer(CallbackAnswer(text, parameters.flag("show_alert"), url))
    return True


async def answer_inline_query(cloud: Cloud, parameters: Parameters) -> bool:
    """Show results for what a person types behind the name of the bot."""
    given = parameters.object("results")
    if not isinstance(given, list):
        raise bad_request("can't parse inline query results: Array expected")
    if len(given) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    query = cloud.inline_queries.find(parameters.text("inline_query_id"))
    results = tuple(_result(cloud, result) for result in given)
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = parameters.text("next_offset")
    if len(next_offset.encode()) > MAX_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    _check_button(parameters.object("button"))
    cloud.inline_queries.close(query)
    await query.answer(
        InlineAnswer(
            results,
            parameters.flag("is_personal"),
            parameters.number("cache_time", default=300),
            next_offset,
        )
    )
    return True


def _result(cloud: Cloud, given: Any) -> InlineResult:
    if not isinstance(given, dict):
        raise bad_request("can't parse inline query result: Object expected")
    for name in ("type", "id"):
        if not isinstance(given.get(name), str):
            raise bad_request(f"can't parse inline query result: Can't find field \"{name}\"")
    if not 1 <= len(given["id"].encode()) <= MAX_RESULT_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    title, description = given.get("title") or "", given.get("description") or ""
    if given["type"] == "article" and not title:
        raise bad_request("ARTICLE_TITLE_EMPTY")
    keyboard = read_keyboard(given.get("reply_markup"))
    if not keyboard.is_inline:
        raise bad_request("inline keyboard expected")
    text, html = _content(cloud, given)
    return InlineResult(given["id"], given["type"], title, description, text, html, keyboard.inline)


def _content(cloud: Cloud, given: dict[str, Any]) -> tuple[str, str]:
    content = given.get("input_message_content")
    if isinstance(content, dict) and "message_text" in content:
        wording = content_text(content, cloud.complain)
        return wording.formatted.text, wording.html
    if content is None and given["type"] == "article":
        raise bad_request("input message content is not specified")
    return "", ""


def _check_button(button: Any) -> None:
    if button is None:
        return
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    if ("web_app" in button) == ("start_parameter" in button):
        raise bad_request("BUTTON_TYPE_INVALID")


METHODS: tuple[Method, ...] = (
    method(
        "answerCallbackQuery",
        "callback_query_id text show_alert url cache_time",
        answer_callback_query,
    ),
    method(
        "answerInlineQuery",
        "inline_query_id results cache_time is_personal next_offset button",
        answer_inline_query,
    ),
)
