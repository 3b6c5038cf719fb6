"""The language of a question is guessed from script and letters, and only relied on if clear."""

import pytest

from bot.core.language import Guess, Languages, Script, romanised, script_of


@pytest.fixture(scope="module")
def languages(house):
    return Languages(house.knowledge.phrases)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("хочу понять, где учить немецкий язык", "ru"),
        ("хочу зрозуміти, де вчити німецьку мову", "uk"),
        ("ich möchte wissen, wo ich Deutsch lernen kann", "de"),
        ("i want to know where i can learn german", "en"),
        ("almancayı nerede öğrenebilirim bilmek istiyorum", "tr"),
        ("أريد أن أعرف أين أتعلم الألمانية", "ar"),
        ("می‌خواهم بدانم کجا آلمانی یاد بگیرم", "fa"),
    ],
)
def test_a_sentence_of_each_language_is_clear(languages, text, language):
    guess = languages.guess(text)

    assert (guess.language, guess.clear) == (language, True)


@pytest.mark.parametrize("text", ["ya hochu uchit nemetskij yazyk", "podskazhite gde uchit yazyk"])
def test_russian_in_latin_letters_counts_as_russian(languages, text):
    assert languages.guess(text).language == "ru"


def test_german_words_do_not_make_a_russian_sentence_german(languages):
    guess = languages.guess("где взять Antrag auf Grundsicherung в джобцентре")

    assert (guess.language, guess.script) == ("ru", Script.CYRILLIC)


@pytest.mark.parametrize("text", ["jobcenter", "термин", "diplom anerkennen"])
def test_one_or_two_words_are_never_clear(languages, text):
    assert not languages.guess(text).clear


@pytest.mark.parametrize("text", ["", "👍", "44787", "⟨place⟩"])
def test_without_letters_nothing_is_guessed(languages, text):
    assert languages.guess(text) == Guess(None, False, None)


def test_a_script_that_no_phrase_has_is_not_guessed(languages):
    assert languages.guess("हिन्दी में मदद चाहिए") == Guess(None, False, Script.OTHER)


def test_clear_guesses_hold_for_the_questions_of_the_staff(house, languages):
    asked = [q for q in house.knowledge.questions if q.language in house.knowledge.languages]
    clear = [(q, languages.guess(q.text)) for q in asked if languages.guess(q.text).clear]

    right = sum(question.language == guess.language for question, guess in clear)

    assert len(clear) > len(asked) / 2
    assert right / len(clear) >= 0.97


def test_a_few_arabic_letters_decide_the_script():
    assert script_of("Jobcenter termin چیست یعنی") is Script.ARABIC


def test_romanised_text_has_no_cyrillic_left():
    ways = [romanised("щось її цікавить", "uk", habit) for habit in range(3)]

    assert len(set(ways)) == 3
    assert all(script_of(way) is Script.LATIN for way in ways)
