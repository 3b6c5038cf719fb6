"""What a message or a pressed button means, as an event of the conversation."""

from telegram import CallbackQuery, Message, MessageEntity

from bot.adapters.telegram.callback_data import decoded
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

_THINGS = {
    "voice": Sent.VOICE, "audio": Sent.VOICE, "video_note": Sent.VOICE, "video": Sent.PHOTO,
    "photo": Sent.PHOTO, "animation": Sent.STICKER, "document": Sent.DOCUMENT,
    "sticker": Sent.STICKER, "contact": Sent.CONTACT, "poll": Sent.POLL, "dice": Sent.STICKER,
    "story": Sent.OTHER,
}  # fmt: skip
_OTHER_NAMES = {"topics": Command.MENU, "office": Command.PLACE, "jobcenter": Command.PLACE}


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
            return "@" not in text or text.casefold().endswith(wanted)
    return False


def _of_text(message: Message, bot_name: str) -> Event:
    text = message.text or ""
    first, _, rest = text.partition(" ")
    if first.startswith("/"):
        name = first[1:].split("@")[0].casefold()
        if name == "start":
            return Started(rest.strip())
        command = _OTHER_NAMES.get(name)
        if command is None and name in set(Command):
            command = Command(name)
        if command:
            return Commanded(command)
        text = text.lstrip("/")
    if message.chat.type == "private":
        return Asked(text)
    words = [word for word in text.split() if word.casefold() != f"@{bot_name}".casefold()]
    return Asked(" ".join(words), short=True)
