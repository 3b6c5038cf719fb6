"""Collect the words of seven languages that the finder would take for a place.

    python tools/collect_ordinary_words.py FREQUENCIES.tsv knowledge

FREQUENCIES.tsv has lines "language<TAB>word<TAB>zipf" (see knowledge/places/README.md for their
source). Every word is put where a place is likeliest ("I live in …"); what the finder then takes
for a village, hears as a town or corrects to one is written to knowledge/places/ordinary.csv.
Known towns stay, and so do the words of role "town" in words.csv, which a person has reviewed.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.adapters.places_csv import read_tables  # noqa: E402
from bot.core.places.evidence import Text  # noqa: E402
from bot.core.places.folding import Token, tokens  # noqa: E402
from bot.core.places.gazetteer import Gazetteer  # noqa: E402
from bot.core.places.mention import Likeness, Mention  # noqa: E402
from bot.core.places.mentions import Reader  # noqa: E402
from bot.core.places.sound import german_stems  # noqa: E402
from bot.core.places.words import Words  # noqa: E402

SENTENCES = {
    "ar": "أعيش في {}",
    "de": "ich wohne in {}",
    "en": "I live in {}",
    "fa": "زندگی در {}",
    "ru": "живу в {}",
    "tr": "{} yaşıyorum",
    "uk": "живу в {}",
}
# An inflected name of so large a town is that town, not a word of the language.
_LARGE = 300_000


def main(frequencies: Path, knowledge: Path) -> None:
    """Write ordinary.csv: word, languages in which it is common."""
    tables = read_tables(knowledge)
    own = {role: words for role, words in tables.words.items() if role != "derived"}
    gazetteer = Gazetteer(tables)
    reader, words = Reader(gazetteer), Words(own)
    towns = set(own.get("town", ()))
    found: dict[str, set[str]] = {}
    for line in frequencies.read_text(encoding="utf-8").splitlines():
        language, word, _ = line.split("\t")
        for token in _taken(reader, words, language, word):
            spelled = token.raw.casefold()
            if spelled not in towns and not _adjective(gazetteer, token):
                found.setdefault(spelled, set()).add(language)
    with (knowledge / "places" / "ordinary.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["word", "languages"])
        writer.writerows((word, " ".join(sorted(found[word]))) for word in sorted(found))


def _taken(reader: Reader, words: Words, language: str, word: str) -> Iterator[Token]:
    """Yield the word if it would be taken for a place it does not mean."""
    written = word[:1].upper() + word[1:]
    sentence = SENTENCES[language].format(written)
    text = Text(sentence, tokens(sentence), words)
    at = sentence.index(written)
    for mention in reader.mentions(text):
        token = text.tokens[mention.start]
        if mention.accepted and at <= token.start < at + len(written) and _wrong(mention):
            yield token


def _adjective(gazetteer: Gazetteer, token: Token) -> bool:
    """Whether it is "Leipziger", which stands before "Jobcenter" and names the town."""
    stems = german_stems(token.text) if token.text.endswith("er") else ()
    return any(spot.population for stem in stems for spot in gazetteer.exact(stem))


def _wrong(mention: Mention) -> bool:
    if mention.likeness is Likeness.SAME:
        return not mention.known
    large = max(spot.population for spot in mention.spots) >= _LARGE
    return not (mention.likeness is Likeness.INFLECTED and large)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
