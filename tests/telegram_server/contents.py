"""What a message of a person can hold, as Telegram tells it to bots."""

from typing import Any

from .entities import found_in

_FILE = {"file_id": "file", "file_unique_id": "file", "file_size": 1024}
_STICKER = {"width": 512, "height": 512, "is_animated": False, "is_video": False}

VOICE: dict[str, Any] = {"voice": {**_FILE, "duration": 3, "mime_type": "audio/ogg"}}
DOCUMENT: dict[str, Any] = {"document": {**_FILE, "file_name": "letter.pdf"}}
STICKER: dict[str, Any] = {"sticker": {**_FILE, **_STICKER, "type": "regular"}}
CONTACT: dict[str, Any] = {"contact": {"phone_number": "+490000000", "first_name": "Somebody"}}
VIDEO_NOTE: dict[str, Any] = {"video_note": {**_FILE, "length": 240, "duration": 3}}
POLL: dict[str, Any] = {
    "poll": {
        "id": "1",
        "question": "Well?",
        "options": [
            {"text": word, "voter_count": 0, "persistent_id": word} for word in ("yes", "no")
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
}


def text_content(text: str) -> dict[str, Any]:
    """Return a text with its commands and mentions marked."""
    entities = found_in(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def photo_content(caption: str) -> dict[str, Any]:
    """Return a photo, with a caption if there is one."""
    content: dict[str, Any] = {"photo": [{**_FILE, "width": 90, "height": 90}]}
    return {**content, "caption": caption} if caption else content


def location_content(latitude: float, longitude: float) -> dict[str, Any]:
    """Return a point on the map."""
    return {"location": {"latitude": latitude, "longitude": longitude}}


def forward_content(text: str, author: str, date: int) -> dict[str, Any]:
    """Return a text that somebody else wrote first, somebody who hides the account."""
    origin = {"type": "hidden_user", "date": date, "sender_user_name": author}
    return {**text_content(text), "forward_origin": origin}


def member_content(user: dict[str, Any], status: str) -> dict[str, Any]:
    """Return how somebody stands in a chat."""
    member = {"user": user, "status": status}
    return {**member, "until_date": 0} if status == "kicked" else member
