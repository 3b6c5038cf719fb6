"""From a postcode to the place, or to the options where it has several Jobcenters."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.places.choices import Choice, bezirk_options
from bot.core.places.gazetteer import Gazetteer
from bot.core.places.model import Ask, Option, Place
from bot.core.places.records import Postcode
from bot.core.places.spots import BERLIN


class Codes:
    """The delivery postcodes and those of post-office boxes."""

    def __init__(self, gazetteer: Gazetteer, po_boxes: Mapping[str, Sequence[str]]) -> None:
        self._gazetteer = gazetteer
        self._po_boxes = po_boxes

    def known(self, plz: str) -> bool:
        """Whether post is delivered under it, to houses or to boxes."""
        return plz in self._gazetteer.maker.postcodes or plz in self._po_boxes

    def kreise(self, plz: str) -> tuple[str, ...]:
        """Return the Kreise of a postcode in the listed order."""
        if plz in self._po_boxes:
            return tuple(self._po_boxes[plz])
        return tuple(dict.fromkeys(option.place.kreis_ags for option in self._options(plz)))

    def choice(self, plz: str) -> Choice:
        """Return the place of a postcode, or the options by Kreis or Bezirk."""
        if plz in self._po_boxes:
            return Choice(options=self._box_options(self._po_boxes[plz]), ask=Ask.PO_BOX)
        options = self._options(plz)
        if len(options) == 1:
            return Choice(options[0].place)
        return Choice(options=options, ask=Ask.SEVERAL)

    def place(self, plz: str, jobcenter: str = "", ags: str = "") -> Place | None:
        """Return the place of a postcode in one Jobcenter, in one municipality if given."""
        for option in self._options(plz):
            if jobcenter in ("", option.place.jobcenter):
                town = self._gazetteer.maker.municipalities.get(ags)
                if town is None or ags[:5] != option.place.kreis_ags:
                    return option.place
                key = f"p:{plz}:{ags}"
                return replace(
                    option.place, key=key, municipality=town.name, name=f"{plz} {town.name}"
                )
        return None

    def by_key(self, key: str) -> Place | None:
        """Return the place of a key "p:plz", "p:plz:ags" or "p:plz:jobcenter"."""
        _, plz, *rest = key.split(":")
        if plz not in self._gazetteer.maker.postcodes:
            return None
        which = rest[0] if rest else ""
        if len(which) == 8:
            town = [o for o in self._options(plz) if o.place.kreis_ags == which[:5]]
            return self.place(plz, town[0].place.jobcenter, which) if town else None
        return self.place(plz, which)

    def _box_options(self, kreise: Sequence[str]) -> tuple[Option, ...]:
        options: dict[str, Option] = {}
        for kreis in kreise:
            for option in self._kreis_options(kreis):
                options.setdefault(option.place.jobcenter, option)
        return tuple(options.values())

    def _kreis_options(self, kreis: str) -> tuple[Option, ...]:
        if kreis == BERLIN:
            return bezirk_options(self._gazetteer)
        spot = self._gazetteer.by_key[f"k:{kreis}"]
        return (Option(spot.place.name, spot.place),)

    def _options(self, plz: str) -> tuple[Option, ...]:
        """One option a Jobcenter, in the listed order."""
        postcode = self._gazetteer.maker.postcodes[plz]
        found: dict[str, Option] = {}
        for jobcenter in postcode.berlin_jobcenters:
            found[jobcenter] = self._in_berlin(postcode, jobcenter)
        for kreis in self._kreise_of(postcode):
            if kreis != BERLIN:
                option = self._in_kreis(postcode, kreis)
                found.setdefault(option.place.jobcenter, option)
        if len(found) == 1:
            only = next(iter(found.values()))
            return (replace(only, place=replace(only.place, key=f"p:{plz}")),)
        return tuple(found.values())

    def _kreise_of(self, postcode: Postcode) -> tuple[str, ...]:
        towns = [ags[:5] for ags in postcode.municipalities]
        return tuple(dict.fromkeys([*towns, *(kreis for kreis, _ in postcode.possible)]))

    def _in_berlin(self, postcode: Postcode, jobcenter: str) -> Option:
        bezirk = self._gazetteer.bezirk(jobcenter)
        name = bezirk.place.name
        place = self._place(postcode, BERLIN, jobcenter, "Berlin", name)
        return Option(name.removeprefix("Berlin-"), place)

    def _in_kreis(self, postcode: Postcode, ags: str) -> Option:
        kreis = self._gazetteer.maker.kreis(ags)
        towns = [
            self._gazetteer.maker.municipalities[town].name
            for town in postcode.municipalities
            if town[:5] == ags
        ]
        parts = [place for where, place in postcode.possible if where == ags]
        named = (towns or parts)[0] if len(towns or parts) == 1 else kreis.name
        municipality = towns[0] if towns else parts[0].split(" / ")[0]
        place = self._place(postcode, ags, kreis.jobcenters[0], municipality, named)
        return Option(kreis.name, place)

    def _place(
        self, postcode: Postcode, kreis: str, jobcenter: str, municipality: str, named: str
    ) -> Place:
        return Place(
            key=f"p:{postcode.plz}:{jobcenter}",
            plz=postcode.plz,
            municipality=municipality,
            kreis_ags=kreis,
            jobcenter=jobcenter,
            agency=self._gazetteer.maker.agency(jobcenter),
            name=f"{postcode.plz} {named}",
            latitude=postcode.latitude,
            longitude=postcode.longitude,
        )
