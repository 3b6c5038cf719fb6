"""What is due for a check, expired or outdated: no mistakes, but work for editors."""

import datetime
from collections.abc import Iterator

from bot.core.knowledge import Knowledge, text_path, topic_path
from bot.core.problems import Problem


def notices(knowledge: Knowledge, today: datetime.date) -> Iterator[Problem]:
    """Yield what an editor should look at on the day `today`."""
    problem = knowledge.origins.problem
    for topic_id, topic in knowledge.topics.items():
        path = topic_path(topic_id)
        if topic.valid_until and today > topic.valid_until:
            what = f"expired: valid until {topic.valid_until}, people see only who to ask"
            yield problem(path, ("valid_until",), what, "write the new text or take it out")
        elif today >= topic.review_by:
            what = f"due for a check since {topic.review_by}"
            fix = "check the sources, then set as_of, review_by and checked"
            yield problem(path, ("review_by",), what, fix)
    for (language, topic_id), text in knowledge.texts.items():
        known = knowledge.topics.get(topic_id)
        if known and text.checked < known.changed:
            what = f"checked {text.checked}, but the topic changed {known.changed}"
            fix = "bring the text up to date and set checked"
            yield problem(text_path(language, topic_id), ("checked",), what, fix)
