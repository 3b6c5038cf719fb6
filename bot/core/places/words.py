"""The words around a place that tell whether it is one; they live in places/words.csv."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from bot.core.places.folding import spelled_words


class Role(StrEnum):
    """What a word says about the words beside it."""

    IN = "in"  # a preposition of place: what follows is very likely a place
    WEAK = "weak"  # a preposition that places share with much else
    KIND = "kind"  # town, city, village …
    KREIS = "kreis"  # Landkreis, district …
    OFFICE = "office"  # Jobcenter, agency, office for foreigners …
    LIVE = "live"  # to live, to move, at any time
    HOME = "home"  # "I live" now: whose office it is
    MOVE = "move"  # to move house
    FROM = "from"  # what follows is where somebody moved from
    NEAR = "near"  # what follows only says where the place is: "Brühl bei Köln"
    FOLLOW = "follow"  # "and where in Köln?" asks nothing but the place
    STREET = "street"  # what stands before it is the name of a street
    UNIT = "unit"  # a number before or after it is an amount
    NUMBER = "number"  # the number after it is a file number, a telephone …
    POSTCODE = "postcode"  # the number after it is a postcode
    AREA = "area"  # "Kölner Innenstadt": what an adjective in -er may stand before
    PART = "part"  # begins names ("Bad", "Neu") and is none alone
    ORDINARY = "ordinary"  # a word of the language that is also, or looks like, a place
    DERIVED = "derived"  # the same, collected from word frequencies (ordinary.csv)


class Words:
    """Which roles a folded word has."""

    def __init__(
        self, roles: Mapping[str, Collection[str]], ordinary: Collection[str] = ()
    ) -> None:
        self._roles = {role: frozenset(roles.get(role, ())) for role in Role}
        for role in (Role.ORDINARY, Role.DERIVED):
            self._roles[role] = spelled_words(self._roles[role])
        spoken = (Role.ORDINARY, Role.DERIVED)
        self._ordinary = frozenset[str]().union(*(self._roles[role] for role in spoken))
        self._field = spelled_words(ordinary)
        self._used = frozenset[str]().union(
            *(words for role, words in self._roles.items() if role not in spoken)
        )

    def has(self, word: str, role: Role) -> bool:
        """Whether `word` (folded) has the role."""
        return word in self._roles[role]

    def ordinary(self, word: str) -> bool:
        """Whether `word` (spelled out) means something else than a place in some language."""
        return word in self._ordinary

    def of_field(self, word: str) -> bool:
        """Whether `word` (spelled out) is one that people ask with."""
        return word in self._field

    def used(self, word: str) -> bool:
        """Whether `word` has a role of its own and so is no place."""
        return word in self._used
