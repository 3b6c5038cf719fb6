"""How Telegram says no: an HTTP status, and a description that bots compare with."""

from http import HTTPStatus
from typing import Any

NOT_FOUND = "Not Found"
UNAUTHORIZED = "Unauthorized"
BLOCKED = "Forbidden: bot was blocked by the user"
NOT_A_MEMBER = "Forbidden: bot is not a member of the supergroup chat"
OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
POLL_ENDED_BY_WEBHOOK = "Conflict: terminated by setWebhook request"
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class Refusal(Exception):  # noqa: N818  (a refusal is an answer here, no error)
    """A call that Telegram does not carry out."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        """Return the JSON that Telegram answers with."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(reason: str) -> Refusal:
    """Return the refusal of a call that is wrong in itself."""
    return Refusal(HTTPStatus.BAD_REQUEST, f"Bad Request: {reason}")


def forbidden(description: str) -> Refusal:
    """Return the refusal of a call that this bot may not make."""
    return Refusal(HTTPStatus.FORBIDDEN, description)


def conflict(description: str) -> Refusal:
    """Return the refusal of a second way to receive updates."""
    return Refusal(HTTPStatus.CONFLICT, description)
