"""All ways to type the same become the same."""

import pytest

from bot.core.text import PLACE, normalise, skeleton, words


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Где  искать РАБОТУ?", "где искать работу"),
        ("ещё подъём", "еще подъем"),
        ("з'явився", "з’явився"),
        ("зʼявився", "зявився"),
        ("ґрунт", "грунт"),
        ("Grüße für", "gruesse fuer"),
        ("für", "fur"),
        ("Straße", "strasse"),
        ("İŞ ILIK", "iş ılık"),
        ("çalışma izni", "calisma izni"),
        ("كتابة أوراق", "كتابه اوراق"),
        ("کتاب می‌خواهم", "كتاب ميخواهم"),
        ("مُدَرِّس", "مدرس"),
        ("عـــمل", "عمل"),
        ("٢٤ و ۱۸", "24 و 18"),
        ("24п", "24 п"),
        ("§24", "24"),
        ("В2 и С1", "b2 и c1"),
        ("за́мок", "замок"),
        ("й", "й"),
        ("1️⃣ работа 👩🏽‍🎓", "1 работа"),
        ("/start привет", "привет"),
        ("Ａｒｂｅｉｔ", "arbeit"),
        ("джоб\u200bцентр", "джобцентр"),
    ],
)
def test_what_means_the_same_becomes_the_same(typed, same):
    assert normalise(typed) == normalise(same)


@pytest.mark.parametrize("text", ["neue", "bauen", "steuer", "quelle"])
def test_ue_is_no_umlaut_after_a_vowel_or_q(text):
    assert normalise(text) == text


def test_vowel_marks_of_other_scripts_stay():
    assert normalise("हिन्दी में") == "हिन्दी में"


def test_a_place_token_stays_one_word():
    assert words(f"Jobcenter in {PLACE}, bitte") == ["jobcenter", "in", PLACE, "bitte"]
    assert PLACE in skeleton(f"джобцентр {PLACE}").split()


def test_a_path_inside_a_word_is_no_command():
    assert normalise("und/oder") == "und oder"


def test_words_of_emoji_and_signs_alone_are_none():
    assert words("👍 !!! …") == []


@pytest.mark.parametrize("text", ["Где искать РАБОТУ? В2", "Grüße aus Köln", "کتاب می‌خواهم", "24п"])
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("аусбильдунг", "Ausbildung"),
        ("видерспрух", "Widerspruch"),
        ("бешайд", "Bescheid"),
        ("анмельдунг", "Anmeldung"),
        ("вонунг", "Wohnung"),
        ("цойгнис", "Zeugnis"),
        ("как признать диплом", "kak priznat diplom"),
        ("какой жобцентр мой", "kakoj zhobcentr moj"),
        ("какой жобцентр мой", "kakoy zhobtsentr moy"),
        ("що таке", "shcho take"),
        ("як визнати диплом", "yak vyznaty dyplom"),
        ("моя хата", "moya khata"),
        ("моя", "moja"),
    ],
)
def test_the_same_sound_in_two_scripts_has_one_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


def test_words_that_sound_different_stay_apart():
    assert len({skeleton(word) for word in ("termin", "arbeit", "wohnung", "диплом", "курс")}) == 5
