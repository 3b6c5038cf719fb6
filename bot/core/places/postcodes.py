"""Which numbers of a text are postcodes, and which are amounts, telephones or file numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.places.folding import Token
from bot.core.places.words import Role, Words

_CURRENCIES = "€$£₴₺₽"
# Between the parts of a telephone or file number.
_JOINTS = "/-–."


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number that may be a postcode: its digits and which token it is."""

    plz: str
    index: int


def postcodes(text: str, words: Words, tokens: Sequence[Token]) -> Iterator[Numbered]:
    """Yield the five-digit numbers of `text` that nothing speaks against."""
    for index, token in enumerate(tokens):
        if token.number and len(token.text) == 5 and _may_be(text, words, tokens, index):
            yield Numbered(token.text, index)


def _may_be(text: str, words: Words, tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    token = tokens[index]
    if before and words.has(before.text, Role.POSTCODE):
        return True
    if _joined(text, before, token) or _joined(text, token, after):
        return False
    if before and (_is(words, before, Role.NUMBER) or _is(words, before, Role.UNIT)):
        return False
    if after and (_is(words, after, Role.UNIT) or after.text == "bg"):
        return False
    if any(sign in text[max(0, token.start - 2) : token.end + 2] for sign in _CURRENCIES):
        return False
    return not _part_of_telephone(text, tokens, index)


def _is(words: Words, token: Token, role: Role) -> bool:
    return words.has(token.text, role)


def _joined(text: str, left: Token | None, right: Token | None) -> bool:
    """Whether a number is written on to its neighbour: "12345/678", "x12345", "#12345"."""
    if right is None:
        return False
    if left is None:
        return _sign_before(text, right)
    gap = text[left.end : right.start]
    if left.number and right.number:
        return bool(gap) and all(sign in _JOINTS for sign in gap)
    if right.number and gap == "":
        return left.text not in ("d", "de")
    return right.number and _sign_before(text, right)


def _sign_before(text: str, token: Token) -> bool:
    return text[: token.start].rstrip()[-1:] in tuple("+#§№_@")


def _part_of_telephone(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether numbers stand beside it that begin with 0 or + or go on with three digits."""
    token = tokens[index]
    if index and tokens[index - 1].number:
        before = tokens[index - 1]
        gap = text[before.end : token.start]
        if gap.strip(" ()") == "" and (before.text.startswith("0") or _plus(text, before)):
            return True
    if index + 1 < len(tokens) and tokens[index + 1].number:
        after = tokens[index + 1]
        gap = text[token.end : after.start]
        return gap.strip() == "" and len(after.text) >= 2 and len(after.text) != 5
    return False


def _plus(text: str, token: Token) -> bool:
    return "+" in text[max(0, token.start - 2) : token.start]
