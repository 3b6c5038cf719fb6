"""The methods that change or remove a message that is there."""

from dataclasses import replace
from typing import Any

from .chats import Chat, Stored
from .cloud import Cloud, Method, method, now
from .keyboards import Keyboard, read_keyboard
from .messages import SentMessage
from .parameters import Parameters
from .refusal import NOT_MODIFIED, bad_request
from .texts import message_text

_TARGET = "business_connection_id chat_id message_id inline_message_id reply_markup "


async def edit_message_text(cloud: Cloud, parameters: Parameters) -> dict[str, Any]:
    """Give a message a new text; a keyboard that is not named again goes away."""
    wording = message_text(parameters, cloud.complain)
    keyboard = _inline_keyboard(parameters)
    chat, stored, sent = _own_message(cloud, parameters)
    if "text" not in stored.json:
        raise bad_request("there is no text in the message to edit")
    text, entities = wording.formatted.text, wording.formatted.entities
    is_same = text == sent.text and entities == sent.entities
    if is_same and keyboard.markup == stored.json.get("reply_markup"):
        raise bad_request(NOT_MODIFIED)
    json = {**stored.json, "text": text, "entities": list(entities)}
    if not entities:
        del json["entities"]
    edited = replace(sent, text=text, html=wording.html, entities=entities)
    return await _replace(chat, json, edited, keyboard, parameters)


async def edit_message_reply_markup(cloud: Cloud, parameters: Parameters) -> dict[str, Any]:
    """Give a message other buttons, or none."""
    keyboard = _inline_keyboard(parameters)
    chat, stored, sent = _own_message(cloud, parameters)
    if keyboard.markup == stored.json.get("reply_markup"):
        raise bad_request(NOT_MODIFIED)
    return await _replace(chat, dict(stored.json), sent, keyboard, parameters)


async def delete_message(cloud: Cloud, parameters: Parameters) -> bool:
    """Take a message out of the chat; in a group only the bot's own."""
    chat = cloud.find_open_chat(parameters)
    stored = chat.messages.get(parameters.number("message_id"))
    if stored is None:
        raise bad_request("message to delete not found")
    if stored.sent is None and not chat.is_private:
        raise bad_request("message can't be deleted")
    del chat.messages[stored.json["message_id"]]
    return True


def _inline_keyboard(parameters: Parameters) -> Keyboard:
    keyboard = read_keyboard(parameters.object("reply_markup"))
    if not keyboard.is_inline:
        raise bad_request("inline keyboard expected")
    return keyboard


def _own_message(cloud: Cloud, parameters: Parameters) -> tuple[Chat, Stored, SentMessage]:
    if parameters.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")  # nothing is ever sent by inline mode here
    chat = cloud.find_open_chat(parameters)
    if not parameters.has("message_id"):
        raise bad_request("message identifier is not specified")
    stored = chat.messages.get(parameters.number("message_id"))
    if stored is None:
        raise bad_request("message to edit not found")
    sent = stored.sent
    if sent is None or sent.reply_keyboard or sent.removes_keyboard or sent.forces_reply:
        raise bad_request("message can't be edited")
    return chat, stored, sent


async def _replace(
    chat: Chat,
    json: dict[str, Any],
    sent: SentMessage,
    keyboard: Keyboard,
    parameters: Parameters,
) -> dict[str, Any]:
    json["edit_date"] = now()
    json.pop("reply_markup", None)
    if keyboard.markup:
        json["reply_markup"] = keyboard.markup
    edited = replace(
        sent,
        buttons=keyboard.inline,
        edited_times=sent.edited_times + 1,
        parameters=parameters.values,
    )
    await chat.show(json, edited)
    return json


METHODS: tuple[Method, ...] = (
    method(
        "editMessageText",
        _TARGET + "text parse_mode entities link_preview_options",
        edit_message_text,
    ),
    method("editMessageReplyMarkup", _TARGET, edit_message_reply_markup),
    method("deleteMessage", "chat_id message_id", delete_message),
)
