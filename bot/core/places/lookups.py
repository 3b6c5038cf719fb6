"""What a single word may name: as written, inflected in five languages, or as it sounds."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.places import names, sound
from bot.core.places.evidence import Text
from bot.core.places.folding import Token
from bot.core.places.gazetteer import Gazetteer
from bot.core.places.judgement import BIG_TOWN
from bot.core.places.mention import Likeness
from bot.core.places.spots import Spots, unique
from bot.core.places.words import Role

_TOWN_FORM = 50_000  # so large a town's name is no word of the field, in any of its forms
_HEARD = 3  # a sound must be longer than this to tell a place from other words


@dataclass(frozen=True, slots=True)
class Candidate:
    """Places a word may name; `located`: its ending or prefix says "in", `form`: without it."""

    spots: Spots
    likeness: Likeness
    located: bool = False
    form: str = ""


class Lookups:
    """Looks words up in a gazetteer by the habits of their script."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def candidates(self, text: Text, start: int) -> Iterator[Candidate]:
        """Yield what the word at `start` may name, the surest first."""
        token = text.tokens[start]
        word, spelled = token.text.replace("'", ""), token.spelled.replace("'", "")
        if spots := self._gazetteer.exact(spelled):
            yield Candidate(spots, Likeness.SAME)
        elif spots := self._gazetteer.exact(word):
            # dots that the name does not have: "würzen" is hardly Wurzen
            yield Candidate(spots, Likeness.SAME if word == spelled else Likeness.HEARD)
        writing = sound.script(token.text)
        if writing == "cyrillic":
            yield from self._cyrillic(text, start)
        elif writing == "arabic":
            yield from self._arabic(token.text)
        else:
            yield from self._latin(text, start)

    def asked_with(self, text: Text, token: Token) -> bool:
        """Whether people ask other things with this word, so that it is hardly misspelled."""
        if text.words.ordinary(token.spelled):
            return True
        return text.words.of_field(token.spelled) and not self._names_town(token.text)

    def adjective(self, token: Token) -> bool:
        """Whether it is "Berliner" or "берлинский", which alone names no place."""
        if sound.is_adjective(token.text):
            return True
        stems = sound.german_stems(token.text) if token.text.endswith("er") else ()
        return any(self._gazetteer.exact(stem) for stem in stems)

    def _cyrillic(self, text: Text, start: int) -> Iterator[Candidate]:
        word = text.tokens[start].text
        if sound.is_adjective(word):
            yield from self._cyrillic_adjective(text, start)
            return
        stems = [word, *sound.cyrillic_stems(word)]
        for stem in stems[1:]:
            if spots := self._gazetteer.exact(stem):
                yield Candidate(spots, Likeness.INFLECTED, form=stem)
        for stem in stems:
            heard = sound.cyrillic(stem)
            if len(heard) > _HEARD and (spots := self._heard(heard)):
                yield Candidate(spots, Likeness.HEARD)

    def _cyrillic_adjective(self, text: Text, start: int) -> Iterator[Candidate]:
        """Yield the town of "кёльнский джобцентр"; without such a noun it is no place."""
        after = text.tokens[start + 1].text if start + 1 < len(text.tokens) else ""
        if text.words.has(after, Role.AREA) or text.words.has(after, Role.OFFICE):
            for stem in sound.cyrillic_stems(text.tokens[start].text):
                if spots := self._gazetteer.exact(stem):
                    yield Candidate(spots, Likeness.INFLECTED, True)

    def _arabic(self, word: str) -> Iterator[Candidate]:
        stems = list(sound.arabic_stems(word))
        for stem in stems:
            if spots := self._gazetteer.exact(stem):
                yield Candidate(spots, Likeness.INFLECTED, True, stem)
        for stem in (word, *stems):
            heard = sound.arabic(stem)
            written = self._gazetteer.skeletons.get(heard, ()) if len(heard) > _HEARD else ()
            if written:
                yield Candidate(tuple(written), Likeness.HEARD, stem != word)

    def _latin(self, text: Text, start: int) -> Iterator[Candidate]:
        token = text.tokens[start]
        after = text.tokens[start + 1].text if start + 1 < len(text.tokens) else ""
        of_town = text.words.has(after, Role.AREA) or text.words.has(after, Role.OFFICE)
        for stem in sound.german_stems(token.text):
            if (of_town or token.text.endswith("s")) and (spots := self._gazetteer.exact(stem)):
                yield Candidate(spots, Likeness.INFLECTED, of_town)
        marked = "'" in token.text
        for stem in sound.turkish_stems(token.text):
            if (spots := self._gazetteer.exact(stem)) and (marked or _known(spots, len(stem))):
                yield Candidate(spots, Likeness.INFLECTED, True, stem)
        for stem in (token.text, *(sound.turkish_stems(token.text) if marked else ())):
            heard = sound.typed(stem)
            spots = self._heard(heard) if len(heard) > _HEARD else ()
            if any(spot.known for spot in spots):
                yield Candidate(spots, Likeness.HEARD, stem != token.text)

    def _names_town(self, word: str) -> bool:
        forms = [word, *stems(word), *sound.german_stems(word)]
        spots = [spot for form in forms if len(form) >= 4 for spot in self._gazetteer.exact(form)]
        if sound.script(word) == "cyrillic":
            heard = [sound.cyrillic(form) for form in forms]
            spots += [spot for key in heard if len(key) > 5 for spot in self._heard(key)]
        return any(spot.population >= _TOWN_FORM for spot in spots)

    def _heard(self, key: str) -> Spots:
        """Return what sounds so; beside a known place only what bears the same name."""
        spots = unique(self._gazetteer.sounds.get(key, ()))
        known = {names.head(spot.place.name) for spot in spots if spot.known}
        same = tuple(spot for spot in spots if names.head(spot.place.name) in known)
        return same or spots


def _known(spots: Spots, length: int) -> bool:
    """Whether a stem of that length is safe: a known town, a large one if it is short."""
    least = BIG_TOWN if length < 5 else 1
    return any(spot.known and spot.population >= least for spot in spots)


def stems(word: str) -> Iterator[str]:
    """Yield a folded word without the case endings of its language."""
    writing = sound.script(word)
    if writing == "cyrillic":
        yield from sound.cyrillic_stems(word)
    elif writing == "latin":
        yield from sound.turkish_stems(word)
