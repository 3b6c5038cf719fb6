"""The names of places in a text: looked up, heard or nearly spelled, and what speaks for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from bot.core.places import names, sound
from bot.core.places.evidence import Evidence, Text, caseless, evidence
from bot.core.places.folding import Token
from bot.core.places.gazetteer import Gazetteer, Level, Spot, Spots, unique
from bot.core.places.spelling import Guess, Speller
from bot.core.places.words import Role

BIG_TOWN = 100_000
# So many people make a town meant in small letters though its name is a word ("in essen"),
# after a preposition (False) or as the whole message (True).
_SPOKEN_TOWN = {False: 200_000, True: 500_000}
_JOINED = 8  # letters of a misspelled name of several words
_TOWN_FORM = 50_000  # so large a town's name is no word of the field, in any of its forms
_LONG_WORD = 7
_SHORT_NAME = 5
_SHORTEST = 3
_HEARD_VILLAGE = 6
_HEARD = 3  # a sound must be longer than this to tell a place from other words


class Likeness(IntEnum):
    """How a word of the text became a name we know."""

    SAME = 0
    INFLECTED = 1
    HEARD = 2
    MISSPELLED = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at the tokens `start` to `end` and the places it may mean.

    `accepted` is whether enough speaks for it by itself; without, only another place beside
    it (its town, its postcode) makes it count. `sure` is False where we must confirm it.
    """

    start: int
    end: int
    spots: Spots
    likeness: Likeness
    evidence: Evidence
    accepted: bool
    sure: bool = True
    form: str = ""  # the name that was looked up, if it is not the word itself

    @property
    def known(self) -> bool:
        """Whether people far away know one of its places."""
        return any(spot.known for spot in self.spots)


_Candidate = tuple[Spots, Likeness, bool, str]


class Reader:
    """Finds mentions; built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
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
        most = min(self._gazetteer.longest, len(text.tokens) - start)
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
            if form in self._gazetteer.joined:
                spots = self._gazetteer.exact(form)
                if spots:
                    return self._judged(text, start, end, spots, likeness)
        return self._kreis(text, start, end) or self._joined_misspelled(text, start, end, key)

    def _joined_misspelled(self, text: Text, start: int, end: int, key: str) -> Mention | None:
        """Return a known name of several words with wrong letters ("Berisch Gladbach")."""
        parts = text.tokens[start:end]
        if len(key) < _JOINED or not all(p.capital or caseless(text, p) for p in parts):
            return None
        if any(text.words.used(p.text) and not text.words.has(p.text, Role.PART) for p in parts):
            return None
        shown = evidence(text, start, end)
        spots = self._speller.joined(key, {part.text for part in parts})
        if not spots or not shown.strong:
            return None
        return Mention(start, end, spots, Likeness.MISSPELLED, shown, accepted=True)

    def _forms(self, key: str, last: str) -> Iterator[tuple[str, Likeness]]:
        yield key, Likeness.SAME
        start = key[: len(key) - len(last.replace("'", ""))]
        for stem in _stems(last):
            yield start + stem, Likeness.INFLECTED

    def _kreis(self, text: Text, start: int, end: int) -> Mention | None:
        """Return "Landkreis Harz" or "Harz Kreis"; the word Kreis makes it one."""
        first, last = text.tokens[start], text.tokens[end - 1]
        if text.words.has(first.text, Role.KREIS):
            rest = text.tokens[start + 1 : end]
        elif text.words.has(last.text, Role.KREIS):
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

    # --- names of one word

    def _single(self, text: Text, start: int) -> Mention | None:
        token = text.tokens[start]
        if text.words.used(token.text) or len(token.text) < _SHORTEST:
            return None
        if self._street(text, start):
            return None
        for found in self._candidates(text, start):
            mention = self._judged(text, start, start + 1, *found)
            if mention:
                return mention
        return self._misspelled(text, start)

    def _candidates(self, text: Text, start: int) -> Iterator[_Candidate]:
        """Yield what the word may name; True: a case ending or prefix says "in"."""
        token = text.tokens[start]
        word, spelled = token.text.replace("'", ""), token.spelled.replace("'", "")
        if spots := self._gazetteer.exact(spelled):
            yield spots, Likeness.SAME, False, ""
        elif spots := self._gazetteer.exact(word):
            # dots that the name does not have: "würzen" is hardly Wurzen
            yield spots, Likeness.SAME if word == spelled else Likeness.HEARD, False, ""
        writing = sound.script(token.text)
        if writing == "cyrillic":
            yield from self._cyrillic(token.text)
        elif writing == "arabic":
            yield from self._arabic(token.text)
        else:
            yield from self._latin(text, start)

    def _cyrillic(self, word: str) -> Iterator[_Candidate]:
        stems = [word, *sound.cyrillic_stems(word)]
        for stem in stems[1:]:
            if spots := self._gazetteer.exact(stem):
                yield spots, Likeness.INFLECTED, False, stem
        for stem in stems:
            heard = sound.cyrillic(stem)
            if len(heard) > _HEARD and (spots := self._heard(heard)):
                yield spots, Likeness.HEARD, False, ""

    def _arabic(self, word: str) -> Iterator[_Candidate]:
        stems = list(sound.arabic_stems(word))
        for stem in stems:
            if spots := self._gazetteer.exact(stem):
                yield spots, Likeness.INFLECTED, True, stem
        for stem in (word, *stems):
            heard = sound.arabic(stem)
            if len(heard) > _HEARD and (spots := self._gazetteer.skeletons.get(heard)):
                yield tuple(spots), Likeness.HEARD, stem != word, ""

    def _latin(self, text: Text, start: int) -> Iterator[_Candidate]:
        token = text.tokens[start]
        after = text.tokens[start + 1].text if start + 1 < len(text.tokens) else ""
        of_town = text.words.has(after, Role.AREA) or text.words.has(after, Role.OFFICE)
        for stem in sound.german_stems(token.text):
            if (of_town or token.text.endswith("s")) and (spots := self._gazetteer.exact(stem)):
                yield spots, Likeness.INFLECTED, of_town, ""
        marked = "'" in token.text
        for stem in sound.turkish_stems(token.text):
            if (spots := self._gazetteer.exact(stem)) and (marked or _known(spots, len(stem))):
                yield spots, Likeness.INFLECTED, True, stem
        for stem in (token.text, *(sound.turkish_stems(token.text) if marked else ())):
            heard = sound.typed(stem)
            spots = self._heard(heard) if len(heard) > _HEARD else ()
            if any(spot.known for spot in spots):
                yield spots, Likeness.HEARD, stem != token.text, ""

    def names_town(self, word: str) -> bool:
        """Whether a folded word is a form of a large town's name."""
        forms = [word, *_stems(word), *sound.german_stems(word)]
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

    def _street(self, text: Text, start: int) -> bool:
        if start + 1 >= len(text.tokens) or text.gap(start, start + 1).strip(" -"):
            return False
        return text.words.has(text.tokens[start + 1].text, Role.STREET)

    def _misspelled(self, text: Text, start: int) -> Mention | None:
        token = text.tokens[start]
        if text.words.of_field(token.spelled) or self._adjective(token):
            return None
        shown = evidence(text, start, start + 1)
        if not (token.capital or caseless(text, token)):
            return None
        guess = self._speller.guess(token.text, certain=shown.town or shown.office)
        if guess is None or not (shown.strong or _unmistakable(guess, token)):
            return None
        return Mention(
            start,
            start + 1,
            guess.spots,
            Likeness.MISSPELLED,
            shown,
            accepted=True,
            sure=guess.sure,
        )

    def _adjective(self, token: Token) -> bool:
        """Whether it is "Berliner", which alone names a person or a doughnut."""
        stems = sound.german_stems(token.text) if token.text.endswith("er") else ()
        return any(self._gazetteer.exact(stem) for stem in stems)

    # --- judgement

    def _judged(
        self,
        text: Text,
        start: int,
        end: int,
        spots: Spots,
        likeness: Likeness,
        suffixed: bool = False,
        form: str = "",
    ) -> Mention | None:
        """Return the mention with its telling words taken in, or None if it cannot be one."""
        kept, further = self._told_apart(text, end, spots)
        shown = evidence(text, start, further)
        if suffixed:
            shown = replace(shown, strong=True)
        mention = Mention(start, further, kept, likeness, shown, accepted=True, form=form)
        if further > end:
            return mention
        accepted = _speaks_for(text, mention)
        if not accepted and likeness >= Likeness.HEARD and not mention.known:
            return None
        return replace(mention, accepted=accepted)

    def _told_apart(self, text: Text, end: int, spots: Spots) -> tuple[Spots, int]:
        """Keep the namesakes whose telling word follows: Frankfurt (Oder), Halle/S."""
        joined = False
        for index in range(end, min(end + 4, len(text.tokens))):
            gap = text.gap(index - 1, index)
            if any(sign in gap for sign in ",;:!?\n"):
                break
            joined = joined or any(sign in gap for sign in "/(.")
            if self._connects(text, index):
                joined = True
                continue
            namesakes = unique((*spots, *self._gazetteer.namesakes(spots)))
            kept = self._tells(text.tokens[index], namesakes, joined)
            return (kept, index + 1) if kept else (spots, end)
        return spots, end

    def _connects(self, text: Text, index: int) -> bool:
        """Whether the word only joins a name with what tells it: "am", "a.d."."""
        if text.tokens[index].text not in names.CONNECTORS or index + 1 >= len(text.tokens):
            return False
        return not text.gap(index, index + 1).strip(" .-")

    def _tells(self, token: Token, spots: Spots, joined: bool) -> Spots:
        if token.number or (len(token.text) < 3 and not joined):
            return ()
        return tuple(spot for spot in spots if _has_tail(spot, token))


def _known(spots: Spots, length: int) -> bool:
    """Whether a stem of that length is safe: a known town, a large one if it is short."""
    least = BIG_TOWN if length < 5 else 1
    return any(spot.known and spot.population >= least for spot in spots)


def _unmistakable(guess: Guess, token: Token) -> bool:
    """Whether a misspelled large town needs nothing beside it to be known."""
    largest = max(spot.population for spot in guess.spots)
    return guess.sure and largest > 0 and len(token.text) >= _LONG_WORD


def _has_tail(spot: Spot, token: Token) -> bool:
    writing = sound.script(token.text)
    for word in spot.tail:
        if writing == "arabic":
            if len(word) > 2 and sound.arabic(token.text) in sound.skeletons(word):
                return True
        elif _begins(word, token, writing):
            return True
    return False


def _begins(word: str, token: Token, writing: str) -> bool:
    """Whether the token abbreviates or inflects the telling word (a sound key)."""
    if writing == "latin":
        heard = sound.german(token.raw)
        return word.startswith(heard) or (len(word) > 3 and heard.startswith(word[:-1]))
    stems = (token.text, *sound.cyrillic_stems(token.text))
    return any(_alike(sound.cyrillic(stem), word) for stem in stems)


def _alike(heard: str, word: str) -> bool:
    return len(heard) >= _SHORTEST and (heard == word or heard == word[:-1])


def _stems(word: str) -> Iterator[str]:
    writing = sound.script(word)
    if writing == "cyrillic":
        yield from sound.cyrillic_stems(word)
    elif writing == "latin":
        yield from sound.turkish_stems(word)


def _speaks_for(text: Text, mention: Mention) -> bool:
    """Whether enough speaks for a name; ordinary words and unknown villages need more."""
    tokens = text.tokens[mention.start : mention.end]
    ordinary = all(text.words.ordinary(token.spelled) for token in tokens)
    asked = all(text.words.of_field(token.spelled) for token in tokens)
    shown = mention.evidence
    visible = shown.capital or caseless(text, tokens[0])
    if ordinary and mention.likeness is not Likeness.SAME:
        return False
    if len(tokens) > 1 and mention.known:
        return visible or shown.strong
    if ordinary or (mention.form and text.words.ordinary(mention.form)):
        arabic = sound.script(tokens[0].text) == "arabic"
        return _ordinary_speaks(mention, visible, arabic=arabic)
    if mention.likeness >= Likeness.HEARD:
        return not asked and _heard_speaks(text, mention, visible)
    if len(tokens) > 1:
        return visible or shown.strong
    biggest = max(spot.population for spot in mention.spots)
    if biggest >= BIG_TOWN and len(tokens[0].text) >= 4:
        return True
    if mention.known:
        return shown.strong or shown.capital or (visible and _asking(text, mention))
    if mention.likeness is Likeness.INFLECTED and asked:
        return False
    return (shown.strong or not asked) and _village_speaks(text, mention, visible)


def _ordinary_speaks(mention: Mention, visible: bool, *, arabic: bool) -> bool:
    shown = mention.evidence
    if mention.known and not shown.capital:
        largest = max(spot.population for spot in mention.spots)
        certain = shown.town or shown.office or (shown.lives and not shown.alone)
        alone = shown.alone and not arabic
        return visible and shown.strong and (certain or largest >= _SPOKEN_TOWN[alone])
    if mention.known:
        return (shown.strong and not shown.weak) or (shown.weak and shown.lives)
    return shown.capital and shown.strong and (shown.lives or shown.town)


def _heard_speaks(text: Text, mention: Mention, visible: bool) -> bool:
    shown = mention.evidence
    if mention.known:
        token = text.tokens[mention.start]
        named = sound.script(token.text) == "cyrillic" and shown.capital and mention.start > 0
        long = len(token.text) >= _LONG_WORD
        return visible and (shown.strong or shown.weak or named or long)
    if mention.spots[0].level is Level.LOCALITY:
        return False
    heard = max(len(token.text) for token in text.tokens[mention.start : mention.end])
    if heard < _HEARD_VILLAGE or not visible:
        return False
    return shown.strong and (shown.capital or shown.lives or shown.town or text.about_office)


def _asking(text: Text, mention: Mention) -> bool:
    """Whether the rest of a text without capitals makes a place likely."""
    last = mention.end == len(text.tokens)
    long = len(text.tokens[mention.start].text) > _SHORT_NAME
    return long or mention.evidence.weak or text.short or text.about_office or last


def _village_speaks(text: Text, mention: Mention, visible: bool) -> bool:
    shown = mention.evidence
    length = len(text.tokens[mention.start].text)
    if shown.strong:
        return visible and length >= _SHORTEST
    if shown.weak:
        return shown.capital and length >= 4
    edge = text.short or mention.start == 0 or mention.end == len(text.tokens)
    return length >= 5 and edge and (shown.capital or (text.caseless and text.short))


def known_first(spots: Sequence[Spot]) -> list[Spot]:
    """Return the spots, towns before parts of towns, large before small."""
    return sorted(spots, key=lambda spot: (-spot.population, spot.level, spot.place.key))
