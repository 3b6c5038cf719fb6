"""Ids that lead nowhere."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from bot.core.knowledge import Knowledge, Loc, text_path, topic_path
from bot.core.model import Kind
from bot.core.problems import Problem

NOTHING = "nothing"  # expected where no topic at all fits


def id_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Yield ids of topics, facts, organisations and cards that do not exist."""
    yield from _topic_ids(knowledge)
    yield from _other_ids(knowledge)


def _topic_ids(knowledge: Knowledge) -> Iterator[Problem]:
    for topic_id, topic in knowledge.topics.items():
        path = topic_path(topic_id)
        for name, ids, known in (
            ("related", topic.related, knowledge.topics),
            ("facts", topic.facts, knowledge.facts),
            ("organisations", topic.organisations, knowledge.organisations),
        ):
            located = (((name, index), wanted) for index, wanted in enumerate(ids))
            yield from _unknown(knowledge, path, name, located, known)
        if topic_id in topic.related:
            what = "the topic names itself as related"
            yield knowledge.origins.problem(path, ("related",), what, "take it out")
        if topic.kind is Kind.ANSWER:
            for name in ("facts", "sources"):
                if not getattr(topic, name):
                    what = f'an answer rests on nothing: "{name}" is missing'
                    fix = f'add "{name}", or write kind: referral'
                    yield knowledge.origins.problem(path, (name,), what, fix)


def _other_ids(knowledge: Knowledge) -> Iterator[Problem]:
    for language, topic in knowledge.texts:
        if topic not in knowledge.topics and topic not in knowledge.unreadable:
            path = text_path(language, topic)
            fix = f"write {topic_path(topic)} or rename this file"
            yield knowledge.origins.problem(path, (), f'there is no topic "{topic}"', fix)
    for concept_id, concept in knowledge.glossary.items():
        wanted = [((concept_id, "topic"), concept.topic)] if concept.topic else []
        yield from _unknown(knowledge, "glossary.yaml", "topic", wanted, knowledge.topics)
    for name, value in knowledge.values.items():
        wanted = [((name, "fact"), value.fact)] if value.fact else []
        yield from _unknown(knowledge, "values.yaml", "fact", wanted, knowledge.facts)
    for name, hazard in knowledge.hazards.items():
        facts = [((name, "facts"), fact) for fact in hazard.facts]
        yield from _unknown(knowledge, "safety.yaml", "facts", facts, knowledge.facts)
        for language in knowledge.languages:
            if hazard.card not in knowledge.cards.get(language, {}):
                what = f'the card "{hazard.card}" has no text in {language}'
                fix = f"add it to texts/{language}/_safety.yaml"
                yield knowledge.origins.problem("safety.yaml", (name, "card"), what, fix)
    for phrase in knowledge.questions:
        ids = {*knowledge.topics, *knowledge.unreadable, NOTHING}
        if phrase.topic not in ids:
            what = f'there is no topic "{phrase.topic}"'
            yield Problem(phrase.path, phrase.line, what, _mend(phrase.topic, knowledge.topics))
    for code, known in knowledge.languages.items():
        located = (((code, "fallback"), other) for other in known.fallback)
        yield from _unknown(knowledge, "languages.yaml", "fallback", located, knowledge.languages)


def _unknown(
    knowledge: Knowledge,
    path: str,
    name: str,
    ids: Iterable[tuple[Loc, str]],
    known: Collection[str],
) -> Iterator[Problem]:
    for loc, wanted in ids:
        if wanted not in known and wanted not in knowledge.unreadable:
            what = f'"{wanted}" in "{name}" does not exist'
            yield knowledge.origins.problem(path, loc, what, _mend(wanted, known))


def _mend(wanted: str, known: Collection[str]) -> str:
    near = get_close_matches(wanted, known, 1)
    return f'did you mean "{near[0]}"?' if near else "take it out or add what it names"
