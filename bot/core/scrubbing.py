"""Take out of a question what could name a person, before editors may see it."""

import regex

_MASK = "…"
_NAMED = (
    r"меня зовут|зовут меня|мене звати|звати мене|мое имя|моё имя|моє ім.?я|"
    r"my name is|my name'?s|i am called|ich heiße|ich heisse|"
    r"mein name ist|adım|benim adım|ismim|اسمي|أنا اسمي|نام من|اسم من"
)
_PATTERNS = tuple(
    regex.compile(pattern, regex.IGNORECASE)
    for pattern in (
        r"[\w.+-]+@[\w-]+(\.[\w-]+)+",  # e-mail
        r"(https?://|www\.|t\.me/)\S+",
        r"@\w{4,}",  # a Telegram name
        r"\b[A-Z]{2}\d{2}(\s?[A-Z0-9]{4}){3,7}(\s?[A-Z0-9]{1,4})?\b",  # IBAN
        r"\b\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\b",  # a date, perhaps of birth
        # Telephone and file numbers: six or more digits, perhaps apart. A postcode may stay.
        r"\+?\d(?:[\s/().-]?\d){5,}",
        r"\b\p{L}{0,3}\d+[/-]\d[\d/-]*\b",
        r"\b\d{1,6}/\p{L}{1,4}/\d+",
        r"\b(?=\w*\d\w*\d\w*\d)(?=\w*\p{L})[\w]{6,}\b",  # AZR, passport and customer numbers
    )
)
_NAME = regex.compile(
    rf"({_NAMED})((?:\s*[:,–-]?\s+\p{{L}}[\p{{L}}'’-]+){{1,3}})", regex.IGNORECASE
)
_INVISIBLE = regex.compile(r"\p{Cf}")
LIMIT = 500


def scrubbed(text: str) -> str:
    """Return `text` without names, addresses, numbers of people, and at most 500 letters."""
    text = " ".join(_INVISIBLE.sub("", text).split())
    for pattern in _PATTERNS:
        text = pattern.sub(_MASK, text)
    return _NAME.sub(rf"\1 {_MASK}", text)[:LIMIT]
