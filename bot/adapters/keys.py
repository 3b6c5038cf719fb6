"""The secret key: hides chat ids, encrypts what is remembered of a chat."""

import base64
import hashlib
import hmac
import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken


class KeyFileError(Exception):
    """The key file cannot be used; the message names it and the mend."""


class Keys:
    """Two keys derived from one secret of 32 bytes: for ids and for contents."""

    def __init__(self, secret: bytes) -> None:
        self._ids = hashlib.sha256(b"ids" + secret).digest()
        contents = hashlib.sha256(b"contents" + secret).digest()
        self._contents = Fernet(base64.urlsafe_b64encode(contents))

    def hidden(self, chat_id: int) -> str:
        """Return what stands for a chat id in the database (HMAC-SHA-256, hex)."""
        return hmac.new(self._ids, str(chat_id).encode(), hashlib.sha256).hexdigest()

    def locked(self, text: str) -> str:
        """Return `text` encrypted."""
        return self._contents.encrypt(text.encode()).decode()

    def opened(self, locked: str) -> str | None:
        """Return the text, or None if it was locked with another key."""
        try:
            return self._contents.decrypt(locked.encode()).decode()
        except InvalidToken:
            return None


def read_keys(file: Path) -> Keys:
    """Return the keys of `file`; it is made, readable by its owner alone, if missing."""
    try:
        if not file.exists():
            _make(file)
        secret = base64.urlsafe_b64decode(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise KeyFileError(
            f"{file}: the secret key cannot be read ({error}); "
            "set WEGWEISER_SECRET_KEY_FILE to a file that this user may read and write"
        ) from None
    if len(secret) < 32:
        raise KeyFileError(f"{file}: the key is too short; restore it or delete the file")
    return Keys(secret)


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(base64.urlsafe_b64encode(os.urandom(32)).decode() + "\n")
