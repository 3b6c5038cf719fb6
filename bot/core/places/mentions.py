"""The names of places in a text: looked up, heard or nearly spelled."""

from collections.abc import Iterator
from dataclasses import replace

from bot.core.places import names, sound
from bot.core.places.evidence import Text, caseless, evidence
from bot.core.places.gazetteer import Gazetteer
from bot.core.places.judgement import LONG_WORD, SHORTEST, speaks_for
from bot.core.places.lookups import Candidate, Lookups, stems
from bot.core.places.mention import Likeness, Mention
from bot.core.places.spelling import Guess, Speller
from bot.core.places.spots import Level
from bot.core.places.telling import told_apart
from bot.core.places.words import Role

_LONGEST = 4  # words of a name looked up at once
_JOINED = 8  # letters of a misspelled name of several words


class Reader:
    """Finds mentions; built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._lookups = Lookups(gazetteer)
        self._speller = Speller(gazetteer)

    def mentions(self, text: Text) -> Iterator[Mention]:
        """Yield the mentions of `text` from left to right, none within another."""
        index, last = 0, None
        while index < len(text.tokens):
            mention = self._mention_at(text, index) or self._part(text, index, last)
            if mention:
                yield mention
                index, last = mention.end, mention
            else:
                index += 1

    def _mention_at(self, text: Text, start: int) -> Mention | None:
        if text.tokens[start].number:
            return None
        most = min(_LONGEST, len(text.tokens) - start)
        for count in range(most, 1, -1):
            if found := self._joined(text, start, start + count):
                return found
        return self._single(text, start)

    def _part(self, text: Text, index: int, town: Mention | None) -> Mention | None:
        """Return a misspelled part of the town directly before it ("Berlin Neuköln")."""
        token = text.tokens[index]
        if not town or town.end != index or not town.accepted or token.number:
            return None
        if text.words.used(token.text) or text.gap(index - 1, index).strip(" -,"):
            return None
        guess = self._speller.guess(token.text, certain=True)
        towns = {spot.ags for spot in town.spots}
        inside = tuple(
            spot
            for spot in (guess.spots if guess else ())
            if spot.ags in towns and spot.level is not Level.MUNICIPALITY
        )
        if not inside:
            return None
        shown = evidence(text, index, index + 1)
        return Mention(index, index + 1, inside, Likeness.MISSPELLED, shown, accepted=True)

    # --- names of several words

    def _joined(self, text: Text, start: int, end: int) -> Mention | None:
        parts = text.tokens[start:end]
        if any(part.number for part in parts) or any(
            text.gap(i, i + 1).strip(" -–/.()'") for i in range(start, end - 1)
        ):
            return None
        key = names.key(part.text for part in parts)
        for form, likeness in self._forms(key, parts[-1].text):
            spots = self._gazetteer.exact(form) if form in self._gazetteer.joined else ()
            if spots:
                return self._judged(text, start, end, Candidate(spots, likeness))
        return self._kreis(text, start, end) or self._joined_misspelled(text, start, end, key)

    def _joined_misspelled(self, text: Text, start: int, end: int, key: str) -> Mention | None:
        """Return a known name of several words with wrong letters ("Berisch Gladbach")."""
        parts = text.tokens[start:end]
        if len(key) < _JOINED or not all(p.capital or caseless(text, p) for p in parts):
            return None
        if any(text.words.used(p.text) and not text.words.has(p.text, Role.PART) for p in parts):
            return None
        shown = evidence(text, start, end)
        spots = self._speller.joined(key, {part.text for part in parts}) if shown.strong else ()
        if not spots:
            return None
        return Mention(start, end, spots, Likeness.MISSPELLED, shown, accepted=True)

    def _forms(self, key: str, last: str) -> Iterator[tuple[str, Likeness]]:
        yield key, Likeness.SAME
        start = key[: len(key) - len(last.replace("'", ""))]
        for stem in stems(last):
            yield start + stem, Likeness.INFLECTED

    def _kreis(self, text: Text, start: int, end: int) -> Mention | None:
        """Return "Landkreis Harz" or "Harz Kreis"; the word Kreis makes it one."""
        first, last = text.tokens[start], text.tokens[end - 1]
        if text.words.has(first.text, Role.KREIS):
            rest = text.tokens[start + 1 : end]
        elif text.words.has(last.text, Role.KREIS) and not self._kreis_behind(text, end):
            rest = text.tokens[start : end - 1]
        else:
            return None
        key = names.key(part.text for part in rest)
        index = self._gazetteer.kreis_names
        spots = index.get(key) or index.get(sound.sound(key) if key else "")
        if not spots:
            return None
        shown = evidence(text, start, end)
        return Mention(start, end, tuple(spots), Likeness.SAME, shown, accepted=True)

    def _kreis_behind(self, text: Text, index: int) -> bool:
        """Whether the word Kreis belongs to the next word ("Neuenkirchen Kreis Steinfurt")."""
        after = text.tokens[index : index + 1]
        return any(token.text in self._gazetteer.kreis_names for token in after)

    # --- names of one word

    def _single(self, text: Text, start: int) -> Mention | None:
        token = text.tokens[start]
        if text.words.used(token.text) or len(token.text) < SHORTEST:
            return None
        if self._street(text, start):
            return None
        for found in self._lookups.candidates(text, start):
            mention = self._judged(text, start, start + 1, found)
            if mention:
                return mention
        return self._misspelled(text, start)

    def _street(self, text: Text, start: int) -> bool:
        if start + 1 >= len(text.tokens) or text.gap(start, start + 1).strip(" -"):
            return False
        return text.words.has(text.tokens[start + 1].text, Role.STREET)

    def _misspelled(self, text: Text, start: int) -> Mention | None:
        token = text.tokens[start]
        if self._lookups.asked_with(text, token) or self._lookups.adjective(token):
            return None
        shown = evidence(text, start, start + 1)
        if not (token.capital or caseless(text, token)):
            return None
        edge = text.brief or text.about_office or shown.weak or start + 1 == len(text.tokens)
        if not shown.strong and not (edge and len(token.text) >= LONG_WORD):
            return None
        guess = self._speller.guess(token.text, certain=shown.town or shown.office)
        if guess is None or not (shown.strong or _unmistakable(guess)):
            return None
        mention = Mention(start, start + 1, guess.spots, Likeness.MISSPELLED, shown, accepted=True)
        return replace(mention, sure=guess.sure)

    # --- judgement

    def _judged(self, text: Text, start: int, end: int, found: Candidate) -> Mention | None:
        """Return the mention with its telling words taken in, or None if it cannot be one."""
        kept, further = told_apart(self._gazetteer, text, end, found.spots)
        shown = evidence(text, start, further)
        if found.located:
            shown = replace(shown, strong=True, located=True)
        mention = Mention(
            start, further, kept, found.likeness, shown, accepted=True, form=found.form
        )
        if further > end:
            return mention
        asked = all(self._lookups.asked_with(text, token) for token in text.tokens[start:further])
        accepted = speaks_for(text, mention, asked=asked)
        if not accepted and found.likeness >= Likeness.HEARD and not mention.known:
            return None
        return replace(mention, accepted=accepted)


def _unmistakable(guess: Guess) -> bool:
    """Whether a long misspelled name of a known town needs nothing beside it."""
    return guess.sure and any(spot.population for spot in guess.spots)
