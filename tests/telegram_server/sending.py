"""The methods that put a new message into a chat."""

import re
from typing import Any

from .chats import Chat
from .cloud import Cloud, Method, method, now
from .keyboards import Keyboard, read_keyboard
from .messages import Place, SentMessage
from .parameters import Parameters, Upload
from .refusal import bad_request
from .texts import caption, message_text

_COMMON = (
    "business_connection_id chat_id message_thread_id direct_messages_topic_id "
    "disable_notification protect_content allow_paid_broadcast message_effect_id "
    "suggested_post_parameters reply_parameters reply_markup "
)
_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_FILE = re.compile(r"(https?://\S+|attach://\S+|[A-Za-z0-9_-]+)")


async def send_message(cloud: Cloud, parameters: Parameters) -> dict[str, Any]:
    """Put a text into a chat."""
    wording = message_text(parameters, cloud.complain)
    text, entities = wording.formatted.text, wording.formatted.entities
    content: dict[str, Any] = {"text": text}
    if entities:
        content["entities"] = list(entities)
    return await _put(
        cloud, parameters, content, {"text": text, "html": wording.html, "entities": entities}
    )


async def send_photo(cloud: Cloud, parameters: Parameters) -> dict[str, Any]:
    """Put a photo into a chat; the photo itself is thrown away."""
    photo = parameters.values.get("photo")
    if not photo:
        raise bad_request("there is no photo in the request")
    if not isinstance(photo, Upload) and not _FILE.fullmatch(str(photo)):
        raise bad_request("wrong file identifier/HTTP URL specified")
    wording = caption(parameters, cloud.complain)
    text, entities = wording.formatted.text, wording.formatted.entities
    size = {"file_id": "photo", "file_unique_id": "photo", "width": 90, "height": 90}
    content: dict[str, Any] = {"photo": [size]}
    if text:
        content |= {"caption": text, "caption_entities": list(entities)}
    shown = {"text": text, "html": wording.html, "entities": entities, "has_photo": True}
    return await _put(cloud, parameters, content, shown)


async def send_location(cloud: Cloud, parameters: Parameters) -> dict[str, Any]:
    """Put a point on the map into a chat."""
    place = _place(parameters)
    return await _put(cloud, parameters, {"location": _point(place)}, {"location": place})


async def send_venue(cloud: Cloud, parameters: Parameters) -> dict[str, Any]:
    """Put a point on the map with its name and address into a chat."""
    place = _place(parameters)
    if not place.title.strip():
        raise bad_request("title is empty")  # Telegram's own words are not known
    if not place.address.strip():
        raise bad_request("address is empty")
    venue = {"location": _point(place), "title": place.title, "address": place.address}
    content = {"location": _point(place), "venue": venue}
    return await _put(cloud, parameters, content, {"venue": place})


async def send_chat_action(cloud: Cloud, parameters: Parameters) -> bool:
    """Show for five seconds that the bot is busy."""
    chat = cloud.find_open_chat(parameters)
    action = parameters.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(action)
    return True


def _place(parameters: Parameters) -> Place:
    for name, most in (("latitude", 90.0), ("longitude", 180.0)):
        value = parameters.real(name)
        if value is None:
            raise bad_request(f"{name} is empty")
        if not -most <= value <= most:
            raise bad_request("invalid location specified")
    return Place(
        parameters.real("latitude") or 0.0,
        parameters.real("longitude") or 0.0,
        parameters.text("title"),
        parameters.text("address"),
    )


def _point(place: Place) -> dict[str, float]:
    return {"latitude": place.latitude, "longitude": place.longitude}


async def _put(
    cloud: Cloud, parameters: Parameters, content: dict[str, Any], shown: dict[str, Any]
) -> dict[str, Any]:
    markup = parameters.object("reply_markup")
    keyboard = read_keyboard(markup, in_private=parameters.number("chat_id") > 0)
    chat = cloud.find_open_chat(parameters)
    replied = _replied(chat, parameters)
    json = {
        "message_id": cloud.next_message_id(),
        "from": cloud.bot,
        "chat": chat.description,
        "date": now(),
        **content,
    }
    if replied:
        json["reply_to_message"] = chat.quoted(replied)
    if keyboard.markup:
        json["reply_markup"] = keyboard.markup
    await chat.show(json, _shown(json, keyboard, replied, parameters, shown))
    return json


def _replied(chat: Chat, parameters: Parameters) -> int | None:
    reply = parameters.object("reply_parameters")
    if not isinstance(reply, dict) or not reply.get("message_id"):
        return None
    message_id = int(reply["message_id"])
    if message_id in chat.messages:
        return message_id
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _shown(
    json: dict[str, Any],
    keyboard: Keyboard,
    replied: int | None,
    parameters: Parameters,
    shown: dict[str, Any],
) -> SentMessage:
    return SentMessage(
        message_id=json["message_id"],
        chat_id=json["chat"]["id"],
        buttons=keyboard.inline,
        reply_keyboard=keyboard.reply,
        removes_keyboard=keyboard.removes,
        forces_reply=keyboard.forces_reply,
        reply_to=replied,
        parameters=parameters.values,
        **{"text": "", "html": "", **shown},
    )


METHODS: tuple[Method, ...] = (
    method("sendMessage", _COMMON + "text parse_mode entities link_preview_options", send_message),
    method(
        "sendPhoto",
        _COMMON + "photo caption parse_mode caption_entities show_caption_above_media has_spoiler",
        send_photo,
    ),
    method(
        "sendLocation",
        _COMMON + "latitude longitude horizontal_accuracy live_period heading "
        "proximity_alert_radius",
        send_location,
    ),
    method(
        "sendVenue",
        _COMMON + "latitude longitude title address foursquare_id foursquare_type "
        "google_place_id google_place_type",
        send_venue,
    ),
    method(
        "sendChatAction",
        "business_connection_id chat_id message_thread_id action",
        send_chat_action,
    ),
)
