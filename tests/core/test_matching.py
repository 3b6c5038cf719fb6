"""The matcher on small knowledge of its own and on the real one."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from bot.core.knowledge import Knowledge
from bot.core.matching import Matcher, Question
from bot.core.matching.glossary import Glossary, topic_of
from bot.core.matching.grams import grams
from bot.core.matching.lexical import Forms, Index
from bot.core.matching.needs import sentences
from bot.core.matching.reading import Reader
from bot.core.model import Concept, Phrase, TopicText, Zone
from bot.core.text import PLACE

NO_WORDS = Glossary({})
LAST = {
    "job.search": ["как найти работу", "wo finde ich arbeit", "поиск работы"],
    "recognition.start": ["как признать диплом", "diplom anerkennen lassen", "визнання диплома"],
    "recognition.costs": ["сколько стоит признание", "was kostet die anerkennung"],
    "outofscope.misc": ["какая завтра погода", "wie wird das wetter"],
}


def small(**changes) -> Knowledge:
    texts = {
        ("ru", topic): TopicText(title=questions[0], questions=questions, checked="2026-11-22")
        for topic, questions in LAST.items()
    }
    return Knowledge(texts=texts, **changes)


@pytest.fixture(scope="module")
def matcher():
    return Matcher(small())


def test_without_a_trained_model_the_nearest_phrase_comes_first(matcher):
    match = matcher.match(Question("как мне найти работу"))

    assert match.best.topic == "job.search"
    assert match.zone is Zone.CHOOSE


def test_an_exact_sentence_is_answered(matcher):
    match = matcher.match(Question("Как  найти РАБОТУ?"))

    assert (match.zone, match.best.topic) == (Zone.ANSWER, "job.search")


def test_an_exact_phrase_of_two_words_ranks_first_in_a_choice(matcher):
    match = matcher.match(Question("поиск работы"))

    assert (match.zone, match.best.topic) == (Zone.CHOOSE, "job.search")


def test_latin_letters_find_cyrillic_phrases(matcher):
    match = matcher.match(Question("kak priznat diplom"))

    assert match.best.topic == "recognition.start"


def test_out_of_scope_is_referred(matcher):
    assert matcher.match(Question("какая завтра погода")).zone is Zone.REFER


@pytest.mark.parametrize("text", ["", "👍", "qwxz jjkk vvpp", "漢字 漢字"])
def test_what_no_phrase_knows_is_referred(matcher, text):
    assert matcher.match(Question(text)).zone is Zone.REFER


def test_nothing_known_finds_nothing():
    match = Matcher(Knowledge()).match(Question("как найти работу"))

    assert (match.zone, match.candidates) == (Zone.REFER, ())


def test_the_last_topic_helps_a_follow_up_and_only_that(matcher):
    alone = matcher.match(Question("сколько это стоит"))
    after = matcher.match(Question("сколько это стоит", after="recognition.start"))

    def costs(match):
        return next(c.probability for c in match.candidates if c.topic == "recognition.costs")

    assert costs(after) > costs(alone)
    assert matcher.match(Question("сколько это стоит")) == alone


def test_probabilities_do_not_increase_and_reach_one_at_most(matcher):
    for text in ("как найти работу", "диплом", "погода и работа", "x"):
        found = [c.probability for c in matcher.match(Question(text)).candidates]

        assert found == sorted(found, reverse=True)
        assert sum(found) <= 1
        assert len(found) <= 5


def test_two_clear_needs_are_offered_as_a_choice(matcher):
    match = matcher.match(Question("Как найти работу? Как признать диплом?"))

    assert {c.topic for c in match.candidates[:2]} == {"job.search", "recognition.start"}
    assert match.zone is Zone.CHOOSE


def test_reasons_name_the_nearest_phrase_and_the_zone(matcher):
    reasons = matcher.match(Question("как найти работу")).reasons

    assert '"как найти работу"' in reasons[0]
    assert reasons[-1].endswith("answer")


def test_a_single_word_is_answered_only_if_a_concept_names_its_topic():
    concepts = {
        "job": Concept(forms=("arbeit", "работа")),
        "diploma": Concept(topic="recognition.start", forms=("диплом", "diplom")),
    }
    matcher = Matcher(small(glossary=concepts))

    assert matcher.match(Question("дипломом")).zone is Zone.ANSWER
    assert matcher.match(Question("работа")).zone is not Zone.ANSWER


def test_the_longest_form_of_the_glossary_wins():
    glossary = Glossary(
        {"office": Concept(forms=("центр",)), "jobcenter": Concept(forms=("джоб центр",))}
    )

    assert [found.concept for found in glossary.find("джоб центр")] == ["jobcenter"]


def test_two_concepts_with_two_topics_name_none():
    glossary = Glossary(
        {"a": Concept(topic="x.a", forms=("курс",)), "b": Concept(topic="x.b", forms=("виза",))}
    )

    assert topic_of(glossary.find("курс виза"), "курс виза") == ""
    assert topic_of(glossary.find("курс"), "курс") == "x.a"


def test_a_mask_is_put_on_phrases_as_on_questions():
    matcher = Matcher(small(), mask=lambda text: text.replace("работу", PLACE))

    match = matcher.match(Question(f"как найти {PLACE}"))

    assert match.zone is Zone.ANSWER
    assert [candidate.topic for candidate in match.candidates[:1]] == ["job.search"]


def test_features_of_a_text_do_not_depend_on_its_neighbours():
    alone = set(grams(["привет мир"], sizes=(3, 4), words=2).hashes.tolist())
    both = grams(["что то другое", "привет мир", ""], sizes=(3, 4), words=2)

    assert alone
    assert set(both.hashes[both.rows == 1].tolist()) == alone
    assert not (both.rows == 2).any()


def test_a_phrase_is_most_alike_to_itself():
    texts = ["как найти работу", "как признать диплом", "wo finde ich arbeit"]
    forms = [Forms.of(text, NO_WORDS) for text in texts]
    index = Index(forms)

    likeness = np.stack([index.scores(index.ask(form)) for form in forms])

    assert np.allclose(likeness.diagonal(), 1, atol=1e-5)
    assert (likeness.argmax(axis=1) == np.arange(3)).all()


def test_what_is_unknown_makes_a_question_less_alike():
    index = Index([Forms.of("как найти работу", NO_WORDS)])
    near = index.ask(Forms.of("как найти работу", NO_WORDS))
    far = index.ask(Forms.of("как найти работу жжжж шшшш", NO_WORDS))

    assert far.known < near.known
    assert index.scores(far)[0] < index.scores(near)[0]


def test_the_reader_gives_each_word_its_own_letters():
    reader = Reader(
        [
            Phrase("как признать диплом", "ru", "a.b"),
            Phrase("Bescheid anerkennen", "de", "a.b"),
            Phrase("what about this", "en", "a.b"),
        ]
    )

    assert reader.read("kak priznat diplom") == "как признать диплом"
    assert reader.read("пришел бешайд") == "пришел bescheid"
    assert reader.read("what about this?") == "what about this"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Одно предложение без конца", []),
        ("Здравствуйте! Как найти работу? Где курсы немецкого?", 2),
        ("первая строка\nвторая строка", 2),
    ],
)
def test_sentences_of_a_message_are_looked_at_one_by_one(text, found):
    assert len(sentences(text)) == (found or 0)


ASKS = """
import json, sys
from bot.app import build_house
from bot.core.matching import Question
from bot.settings import Settings
house = build_house(Settings(_env_file=None))
texts = [phrase.text for phrase in house.knowledge.questions[::25]]
found = [house.matcher.match(Question(text)) for text in texts]
print(json.dumps([[m.zone, [[c.topic, c.probability] for c in m.candidates]] for m in found]))
"""


def test_two_processes_find_byte_equal_candidates():
    outputs = set()
    for seed, threads in (("1", "1"), ("2", "2")):
        settings = {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads}
        settings["OPENBLAS_NUM_THREADS"] = threads
        run = subprocess.run(
            [sys.executable, "-c", ASKS], env={**os.environ, **settings},
            capture_output=True, check=True,
        )  # fmt: skip
        outputs.add(run.stdout)

    assert len(outputs) == 1
    assert len(json.loads(outputs.pop())) > 20
