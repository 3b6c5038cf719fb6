"""Put together what a text says of places: town and quarter, name and postcode, several."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.core.places import names, sound
from bot.core.places.choices import Choice, choose, is_berlin, one_a_jobcenter, spots_in
from bot.core.places.codes import Codes
from bot.core.places.evidence import Text
from bot.core.places.folding import tokens as tokenised
from bot.core.places.gazetteer import Gazetteer
from bot.core.places.mention import Likeness, Mention
from bot.core.places.model import Ask, Option, Place, Span
from bot.core.places.postcodes import Numbered
from bot.core.places.residence import at_home, well_spelled
from bot.core.places.spots import BERLIN, Level, Spot, Spots

_CITIES = ("", "Berlin", "Bremen", "Hamburg")  # no Land, or one whose name is its town's
_BESIDE = 2  # tokens between a town and its quarter in "Wedding, also Berlin"


class Context:
    """Decides what several place words of one text mean together."""

    def __init__(
        self, gazetteer: Gazetteer, codes: Codes, laender: Mapping[str, Sequence[str]]
    ) -> None:
        self._gazetteer = gazetteer
        self._codes = codes
        self._laender = {
            stem: land
            for land, forms in laender.items()
            for form in (land, *forms)
            for stem in _stems(names.key(token.text for token in tokenised(form)))
        }

    def choice(
        self, text: Text, numbered: Sequence[Numbered], mentions: Sequence[Mention]
    ) -> tuple[Choice | None, tuple[Span, ...]]:
        """Return what is meant and where it stands; (None, ()) if no place is named."""
        if numbered:
            return self._by_postcode(text, numbered, mentions)
        kept = at_home(text, well_spelled(self._with_towns(text, mentions)))
        kept = self._without_laender(text, kept)
        kept = [self._in_land(text, mention) for mention in kept]
        kept = self._in_kreise(kept)
        if not kept:
            return None, ()
        spans = tuple(_span(text, mention) for mention in kept)
        return self._of_mentions(kept), spans

    # --- postcodes

    def _by_postcode(
        self, text: Text, numbered: Sequence[Numbered], mentions: Sequence[Mention]
    ) -> tuple[Choice, tuple[Span, ...]]:
        codes = list(dict.fromkeys(number.plz for number in numbered))
        spans = [
            (text.tokens[number.index].start, text.tokens[number.index].end) for number in numbered
        ]
        kreise = {kreis for plz in codes for kreis in self._codes.kreise(plz)}
        fitting, foreign = [], []
        for mention in mentions:
            inside = spots_in(mention.spots, kreise)
            if inside:
                fitting.append(replace(mention, spots=inside))
            elif mention.accepted and mention.known and mention.likeness < Likeness.HEARD:
                foreign.append(mention)
        spans += [_span(text, mention) for mention in [*fitting, *foreign]]
        choices = [self._of_code(plz, fitting) for plz in codes]
        choices += [choose(self._gazetteer, mention.spots, Ask.NAMESAKES) for mention in foreign]
        return _together(choices), tuple(spans)

    def _of_code(self, plz: str, fitting: Sequence[Mention]) -> Choice:
        """Return the choice of a postcode, narrowed by the names beside it."""
        choice = self._codes.choice(plz)
        for mention in sorted(fitting, key=lambda mention: len(mention.spots)):
            spots = [spot for spot in mention.spots if spot.place.jobcenter]
            place = self._narrowed(plz, choice, spots)
            if place:
                return Choice(place)
        return choice

    def _narrowed(self, plz: str, choice: Choice, spots: Sequence[Spot]) -> Place | None:
        if choice.ask is Ask.PO_BOX:
            return None
        offices = {spot.place.jobcenter for spot in spots}
        options = [choice.place] if choice.place else [option.place for option in choice.options]
        fits = [place for place in options if place.jobcenter in offices]
        if len(fits) != 1 or len(offices & {place.jobcenter for place in options}) != 1:
            return None
        towns = {
            spot.ags
            for spot in spots
            if spot.ags in self._gazetteer.maker.postcodes[plz].municipalities
            and spot.place.jobcenter == fits[0].jobcenter
        }
        if len(towns) == 1 and fits[0].kreis_ags != BERLIN:
            return self._codes.place(plz, fits[0].jobcenter, towns.pop())
        return fits[0]

    # --- names

    def _with_towns(self, text: Text, mentions: Sequence[Mention]) -> list[Mention]:
        """Narrow quarters by their town, take in what only a town beside speaks for."""
        kept: list[Mention] = []
        towns = [mention for mention in mentions if mention.accepted]
        for mention in mentions:
            others = [town for town in towns if town is not mention]
            inside = _parts_of(mention, others)
            beside = any(_close(text, mention, town) for town in others)
            if inside and (mention.accepted or beside):
                kept.append(replace(mention, spots=inside, accepted=True))
            elif mention.accepted and not self._shadowed(text, mention, others):
                kept.append(mention)
        return _without_towns_of_parts(kept)

    def _shadowed(self, text: Text, mention: Mention, others: Sequence[Mention]) -> bool:
        """Whether a known town directly before it says that another place is meant."""
        if mention.known and mention.spots[0].level is Level.MUNICIPALITY:
            return False
        return any(
            other.known
            and other.spots[0].level is Level.MUNICIPALITY
            and _adjoining(text, mention, other)
            for other in others
        )

    def _without_laender(self, text: Text, mentions: Sequence[Mention]) -> list[Mention]:
        """Drop a town that bears its Land's name beside other places, else doubt it."""
        laender = [
            mention
            for mention in mentions
            if self._laender.get(text.tokens[mention.start].text, "") not in _CITIES
            and mention.end == mention.start + 1
        ]
        if len(laender) < len(mentions):
            return [mention for mention in mentions if mention not in laender]
        return [replace(mention, sure=False) for mention in laender]

    def _in_land(self, text: Text, mention: Mention) -> Mention:
        """Keep the namesakes of a Land that stands in the text ("Neustadt, Hessen")."""
        if len(mention.spots) < 2:
            return mention
        outside = (i for i in range(len(text.tokens)) if not mention.start <= i < mention.end)
        named = (
            next((self._laender[key] for key in _keys_at(text, index) if key in self._laender), "")
            for index in outside
        )
        lands = set(named)
        kept = tuple(spot for spot in mention.spots if spot.land in lands)
        return replace(mention, spots=kept) if kept else mention

    def _in_kreise(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Keep the namesakes that lie in a Kreis also named, and drop that Kreis."""
        kept = []
        for mention in mentions:
            others = [other for other in mentions if other is not mention]
            kreise = {
                spot.place.kreis_ags
                for other in others
                for spot in other.spots
                if spot.level is Level.KREIS or len(one_a_jobcenter(other.spots)) == 1
            }
            inside = spots_in(mention.spots, kreise)
            kept.append(replace(mention, spots=inside) if inside else mention)
        return kept

    def _of_mentions(self, mentions: Sequence[Mention]) -> Choice:
        choices = [
            choose(self._gazetteer, mention.spots, _reason(mention), sure=mention.sure)
            for mention in mentions
        ]
        return _together(choices)


def _reason(mention: Mention) -> Ask:
    return Ask.NAMESAKES if mention.sure else Ask.SPELLING


def _together(choices: Sequence[Choice]) -> Choice:
    """Return the one choice that all agree on, else all of them as options."""
    found = [choice for choice in choices if choice.place]
    offices = {choice.place.jobcenter for choice in found if choice.place}
    if len(offices) == 1 and all(
        choice.place or offices & {option.place.jobcenter for option in choice.options}
        for choice in choices
    ):
        return max(found, key=lambda choice: _precision(choice.place))
    asking = [choice for choice in choices if not choice.place]
    if not found and len({_offices(choice) for choice in asking}) == 1:
        return asking[0]
    options: dict[str, Option] = {}
    for choice in choices:
        for option in _as_options(choice):
            options.setdefault(option.place.jobcenter, option)
    return Choice(options=tuple(options.values()), ask=Ask.PLACES)


def _precision(place: Place | None) -> tuple[bool, bool]:
    return (place is not None and place.plz is not None, bool(place and place.key[0] in "ql"))


def _offices(choice: Choice) -> frozenset[str]:
    return frozenset(option.place.jobcenter for option in choice.options)


def _as_options(choice: Choice) -> Iterator[Option]:
    if choice.place:
        yield Option(choice.place.name, choice.place)
    yield from choice.options


def _parts_of(mention: Mention, others: Iterable[Mention]) -> Spots:
    """Return the spots of `mention` that are parts of a town among `others`."""
    towns = {
        spot.ags for other in others for spot in other.spots if spot.level is Level.MUNICIPALITY
    }
    return tuple(
        spot
        for spot in mention.spots
        if spot.ags in towns and spot.level >= Level.BEZIRK and spot.ags
    )


def _without_towns_of_parts(mentions: Sequence[Mention]) -> list[Mention]:
    """Narrow a town to the namesake whose part stands in the text; Berlin to the Bezirk."""
    kept = []
    for mention in mentions:
        parts = {
            spot.ags: spot
            for other in mentions
            if other is not mention
            for spot in other.spots
            if spot.level in (Level.BEZIRK, Level.QUARTER, Level.LOCALITY)
        }
        towns = tuple(
            spot for spot in mention.spots if spot.level is Level.MUNICIPALITY and spot.ags in parts
        )
        if towns:
            spots = tuple(parts[spot.ags] if is_berlin(spot) else spot for spot in towns)
            kept.append(replace(mention, spots=spots))
        else:
            kept.append(mention)
    return kept


def _close(text: Text, one: Mention, other: Mention) -> bool:
    return max(one.start - other.end, other.start - one.end) <= _BESIDE


def _adjoining(text: Text, mention: Mention, other: Mention) -> bool:
    if other.end == mention.start:
        return "." not in text.gap(mention.start - 1, mention.start)
    return False


def _keys_at(text: Text, index: int) -> Iterator[str]:
    """Yield the longest key first, so that Sachsen-Anhalt is not Sachsen."""
    words = [token.text for token in text.tokens[index : index + 2]]
    if len(words) == 2:
        yield from _stems(names.key(iter(words)))
    yield from _stems(names.key(iter(words[:1])))


def _stems(key: str) -> Iterator[str]:
    yield key
    if sound.script(key) == "cyrillic":
        yield from sound.cyrillic_stems(key)


def _span(text: Text, mention: Mention) -> Span:
    return text.tokens[mention.start].start, text.tokens[mention.end - 1].end
