"""What could name a person is masked before editors see a question."""

import pytest

from bot.core.scrubbing import LIMIT, scrubbed


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("звоните +49 176 1234567 пожалуйста", "1234567"),
        ("мой номер 0176/12345678", "12345678"),
        ("пишите на anna.petrova@mail.ru", "petrova"),
        ("IBAN DE89 3704 0044 0532 0130 00 верный?", "0532"),
        ("меня зовут Анна Петрова и я ищу работу", "Петрова"),
        ("мене звати Олена Шевченко", "Шевченко"),
        ("my name is John Smith, where is my Jobcenter", "Smith"),
        ("Ich heiße Ali Yılmaz", "Yılmaz"),
        ("BG-Nummer 12345//0001234 Bescheid", "0001234"),
        ("номер дела 44302BG0012345", "0012345"),
        ("родился 12.03.1985", "1985"),
        ("мой телеграм @anna_petrova_85", "anna_petrova"),
        ("паспорт FA123456", "FA123456"),
        ("اسمي محمد أحمد وأبحث عن عمل", "محمد"),
    ],
)
def test_names_numbers_and_addresses_of_people_are_masked(text, gone):
    assert gone not in scrubbed(text)
    assert "…" in scrubbed(text)


@pytest.mark.parametrize(
    "text", ["джобцентр 44787 термин", "kann ich mit § 24 arbeiten", "kurs b1 600 stunden"]
)
def test_what_names_nobody_stays(text):
    assert scrubbed(text) == text


def test_a_pasted_letter_is_kept_short():
    assert len(scrubbed("слово " * 2000)) <= LIMIT
