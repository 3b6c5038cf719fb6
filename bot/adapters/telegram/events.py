"""What a message or a pressed button means, as an event of the conversation."""

from telegram import CallbackQuery, Message, MessageEntity

from bot.adapters.telegram.callback_data import decoded
from bot.core.events import (
    Asked,
    Event,
    Pressed,
    PressedOldButton,
    Sent,
    SentThing,
    SharedLocation,
    of_command,
)

_THINGS = {
    "voice": Sent.VOICE, "audio": Sent.VOICE, "video_note": Sent.VOICE, "video": Sent.PHOTO,
    "photo": Sent.PHOTO, "animation": Sent.STICKER, "document": Sent.DOCUMENT,
    "sticker": Sent.STICKER, "contact": Sent.CONTACT, "poll": Sent.POLL, "dice": Sent.STICKER,
    "story": Sent.OTHER,
}  # fmt: skip


def of_message(message: Message, bot_name: str) -> Event | None:
    """Return the event, or None for what needs no reply (somebody joined, a pinned message)."""
    if message.location:
        return SharedLocation(message.location.latitude, message.location.longitude)
    if message.text:
        return _of_text(message, bot_name)
    for name, kind in _THINGS.items():
        if getattr(message, name):
            return SentThing(kind)
    return None


def of_button(query: CallbackQuery) -> Event:
    """Return the event of a pressed button."""
    action = decoded(query.data or "")
    if action is None:
        return PressedOldButton()
    return Pressed(action)


def addressed(message: Message, bot_name: str, bot_id: int) -> bool:
    """Whether a message in a group is meant for the bot: command, mention or reply to it."""
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == bot_id:
        return True
    wanted = f"@{bot_name}".casefold()
    for entity, text in message.parse_entities(
        [MessageEntity.MENTION, MessageEntity.BOT_COMMAND]
    ).items():
        if entity.type == MessageEntity.MENTION and text.casefold() == wanted:
            return True
        if entity.type == MessageEntity.BOT_COMMAND:
            ours = of_command(text.partition("@")[0]) is not None
            return text.casefold().endswith(wanted) or ("@" not in text and ours)
    return False


def _of_text(message: Message, bot_name: str) -> Event:
    text = message.text or ""
    if event := of_command(text):
        return event
    if message.chat.type == "private":
        return Asked(text.lstrip("/"))
    words = [word for word in text.split() if word.casefold() != f"@{bot_name}".casefold()]
    return Asked(" ".join(words))
