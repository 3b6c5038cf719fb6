"""Editors' files: everything read as text, every slip named with its line and its mend."""

from pathlib import Path

import pytest
import yaml

from bot.adapters.yaml_knowledge import read
from bot.core.checks.ids import id_problems
from tests.factories import knowledge_folder, text

TRAPS = yaml.safe_load((Path(__file__).parent.parent / "data/yaml_traps.yaml").read_text("utf-8"))


@pytest.mark.parametrize("trap", TRAPS, ids=[trap["trap"] for trap in TRAPS])
def test_a_trap_of_yaml_is_named_with_its_line_and_its_mend(trap, tmp_path):
    folder = knowledge_folder(tmp_path, {"texts/ru/job/search.yaml": trap["written"]})

    problems = [str(problem) for problem in read(folder).problems]

    start = f"knowledge/texts/ru/job/search.yaml:{trap['line']}: "
    told = [line for line in problems if line.startswith(start) and trap["says"] in line]
    assert told, problems
    assert told[0].endswith(trap["mend"])


def test_what_looks_like_a_number_or_a_truth_value_stays_text(tmp_path):
    words = "title: no\nquestions:\n  - no\n  - 01067\n  - 030123\n  - on\nchecked: 2026-11-22\n"
    folder = knowledge_folder(tmp_path, {"texts/de/job/search.yaml": words})

    found = read(folder).knowledge.texts["de", "job.search"]

    assert (found.title, found.questions) == ("no", ("no", "01067", "030123", "on"))


def test_all_problems_of_all_files_are_told_at_once(tmp_path):
    folder = knowledge_folder(
        tmp_path,
        {
            "texts/de/job/search.yaml": "title: eins\nfrage: zwei\n",
            "texts/ru/job/search.yaml": "titel: eins\n",
            "topics/job/search.yaml": "kind: answr\n",
        },
    )

    paths = {problem.path for problem in read(folder).problems}

    assert paths == {
        "knowledge/texts/de/job/search.yaml",
        "knowledge/texts/ru/job/search.yaml",
        "knowledge/topics/job/search.yaml",
    }


def test_a_problem_in_a_flow_mapping_points_at_its_own_line(tmp_path):
    topic = (
        "kind: answer\nas_of: 2026-01-01\nchanged: 2026-01-01\nreview_by: 2027-01-01\n"
        'sources:\n  - {title: gut, url: "https://example.org"}\n  - {title: ohne Adresse}\n'
    )
    folder = knowledge_folder(tmp_path, {"topics/job/search.yaml": topic})

    problems = [str(problem) for problem in read(folder).problems]

    assert problems == ['knowledge/topics/job/search.yaml:7: "url" is missing; add a line "url: …"']


def test_a_folder_without_knowledge_says_which_setting_to_mend(tmp_path):
    (problem,) = read(tmp_path).problems

    assert "WEGWEISER_KNOWLEDGE_DIR" in problem.fix


def test_questions_keep_the_lines_on_which_editors_find_them(tmp_path):
    folder = knowledge_folder(tmp_path, {"texts/de/job/search.yaml": text("a", "wo finde ich")})

    phrase = next(p for p in read(folder).knowledge.phrases if p.language == "de")

    assert (phrase.path, phrase.line) == ("texts/de/job/search.yaml", 3)


def test_the_regression_questions_of_the_mixed_file_carry_their_kind(tmp_path):
    mixed = "transliterated:\n  job.search:\n    - kak iskat rabotu\n"
    folder = knowledge_folder(tmp_path, {"questions/mixed.yaml": mixed})

    (question,) = read(folder).knowledge.questions

    assert (question.language, question.topic) == ("transliterated", "job.search")


def test_a_topic_that_cannot_be_read_is_told_once_and_not_wherever_it_is_named(tmp_path):
    folder = knowledge_folder(
        tmp_path,
        {
            "topics/job/search.yaml": "kind: answer\n",
            "glossary.yaml": "work: {topic: job.search, forms: [arbeit]}\n",
            "questions/de.yaml": "job.search:\n  - wo gibt es arbeit\n",
        },
    )
    loaded = read(folder)

    named = [str(problem) for problem in id_problems(loaded.knowledge)]

    assert loaded.problems
    assert not [line for line in named if "job.search" in line]
