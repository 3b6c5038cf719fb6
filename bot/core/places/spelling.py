"""Names that a word nearly is."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.places import sound
from bot.core.places.folding import tokens
from bot.core.places.gazetteer import Gazetteer
from bot.core.places.spots import Level, Spot, Spots, unique

_SHORTEST = 4
_SHORTEST_WRONG = 6  # letters of the longer of name and word; one less beside "Jobcenter"
_LONG = 8  # letters; in a shorter word another first letter is another word
_KNOWN_QUARTER = 30_000
_KNOWN_BY = 100_000  # so many people make a town the likelier meaning among equals


@dataclass(frozen=True, slots=True)
class Guess:
    """What a misspelled word may mean; not `sure`: ask before using it."""

    spots: Spots
    sure: bool
    known: bool


class Speller:
    """Compares a word with the spelling and the sound of the names people know."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._written = _Pool((gazetteer.names, gazetteer.aliases))
        self._heard = _Pool((gazetteer.sounds,))
        joined = {key: spots for key, spots in gazetteer.names.items() if key in gazetteer.joined}
        self._several = _Pool((joined,))

    def guess(self, word: str, *, certain: bool = False) -> Guess | None:
        """Return the nearest names to a folded word within its length's tolerance, if any.

        `certain`: the word must be a place, so that shorter words and villages count too.
        """
        near: dict[Spots, int] = {}
        for form, pool in self._forms(word):
            for spots, distance in pool.near(form, certain=certain):
                near[spots] = min(distance, near.get(spots, distance))
        if not near:
            return None
        least = min(near.values())
        best = [spots for spots, distance in near.items() if distance == least]
        return _weighed(best, least, len(word))

    def joined(self, key: str, words: Collection[str]) -> Spots:
        """Return known places of several words that `key` (without spaces) nearly is.

        One of `words` must be right, so that no single word is stretched over two.
        """
        near = list(self._several.near(key, certain=False))
        least = min((distance for _, distance in near), default=0)
        best = [spots for spots, distance in near if distance == least]
        found = unique(spot for spots in best for spot in spots)
        return found if any(_shares(spot.place.name, words) for spot in found) else ()

    def _forms(self, word: str) -> Iterator[tuple[str, "_Pool"]]:
        writing = sound.script(word)
        if writing == "cyrillic":
            for stem in (word, *sound.cyrillic_stems(word)):
                yield sound.cyrillic(stem), self._heard
        elif writing == "latin":
            for form in (word, *(sound.turkish_stems(word) if "'" in word else ())):
                yield form.replace("'", ""), self._written
                yield sound.typed(form), self._heard
        else:
            for stem in (word, *sound.arabic_stems(word)):
                yield stem, self._written


def tolerance(length: int) -> int:
    """Return how many wrong letters a word of that length may have."""
    return (length >= 5) + (length >= 9)


def _weighed(names: Sequence[Spots], distance: int, length: int) -> Guess:
    """Prefer a large town's name among equally near ones; its namesakes stay."""
    large = [spots for spots in names if any(spot.population >= _KNOWN_BY for spot in spots)]
    known = [spots for spots in names if any(map(_famous, spots))]
    chosen = unique(spot for spots in large or known or names for spot in spots)
    sure = bool(known) and (distance == 1 or length >= 10)
    return Guess(chosen, sure, bool(known))


def _shares(name: str, words: Collection[str]) -> bool:
    return any(token.text in words for token in tokens(name))


def _famous(spot: Spot) -> bool:
    """Whether a misspelled word may mean the place without anything else saying so."""
    if spot.level is Level.QUARTER:
        return spot.population >= _KNOWN_QUARTER
    return spot.known


class _Pool:
    """Names of towns by first letter, and the famous ones of all places."""

    def __init__(self, indexes: Sequence[Mapping[str, Sequence[Spot]]]) -> None:
        self._indexes = indexes
        self._towns: dict[str, list[str]] = defaultdict(list)
        self._famous: list[str] = []
        self._famous_by_letter: dict[str, list[str]] = defaultdict(list)
        for index in indexes:
            for key, spots in index.items():
                if len(key) >= _SHORTEST:
                    if any(spot.level is Level.MUNICIPALITY for spot in spots):
                        self._towns[key[0]].append(key)
                    if any(spot.known and _famous(spot) for spot in spots):
                        self._famous.append(key)
                        self._famous_by_letter[key[0]].append(key)

    def near(self, word: str, *, certain: bool) -> Iterator[tuple[Spots, int]]:
        """Yield (places, wrong letters) of the names within the tolerance."""
        most = tolerance(len(word))
        if not most:
            return
        long = len(word) >= _LONG
        pools = [self._famous if long else self._famous_by_letter.get(word[0], [])]
        pools += [self._towns.get(word[0], [])] if certain else []
        found: dict[str, int] = {}
        for names in pools:
            near = process.extract(word, names, scorer=OSA.distance, score_cutoff=most, limit=20)
            found |= {name: int(distance) for name, distance, _ in near}
        for name, distance in found.items():
            if max(len(name), len(word)) >= _SHORTEST_WRONG - certain:
                yield self._spots(name), distance

    def _spots(self, name: str) -> Spots:
        return unique(spot for index in self._indexes for spot in index.get(name, ()))
