"""Answer, choose or refer: what a list of probabilities means for the person who asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.matching.classifier import Length
from bot.core.model import Candidate, TopicId, Zone

_OUT_OF_SCOPE = "outofscope."
_ALWAYS_ANSWERED = ("smalltalk.", "bot.")
# A choice is offered if the right topic is likelier than not among the buttons (the buttons are
# the first five candidates; calibrated, so this is a probability and no tuned figure).
_OFFERED = 0.5
_KNOWN = 0.15  # share of the question's n-grams that phrases have; below, it is no known language


@dataclass(frozen=True, slots=True)
class Verdict:
    """The zone and, for an editor, why."""

    zone: Zone
    reason: str


def verdict(
    candidates: Sequence[Candidate],
    *,
    length: Length,
    cutoff: float,
    certain: TopicId = "",
    known: float = 1.0,
    needs: int = 1,
) -> Verdict:
    """Return the zone of a question.

    `certain` is the topic that a glossary block or an exact phrase names, `known` the share of
    the question's features that phrases have, `needs` how many clear needs it holds.
    """
    if not candidates or known < _KNOWN:
        return Verdict(Zone.REFER, "hardly a part of these words stands in any phrase: refer")
    best = candidates[0]
    if best.topic.startswith(_OUT_OF_SCOPE):
        return Verdict(Zone.REFER, f"{best.topic} is out of scope: refer to those who do it")
    if certain == best.topic:
        return Verdict(Zone.ANSWER, f"the words stand for {certain} alone: answer")
    if needs > 1:
        return Verdict(Zone.CHOOSE, "two needs in one message: let the person choose")
    small = best.topic.startswith(_ALWAYS_ANSWERED)
    if best.probability >= cutoff and (length is not Length.SHORT or small):
        return Verdict(Zone.ANSWER, f"{best.probability:.2f} reaches {cutoff:.2f}: answer")
    offered = sum(c.probability for c in candidates if not c.topic.startswith(_OUT_OF_SCOPE))
    if offered < _OFFERED:
        return Verdict(Zone.REFER, f"all candidates together reach {offered:.2f} only: refer")
    if best.probability >= cutoff:
        return Verdict(Zone.CHOOSE, "one or two words: a choice, not an answer")
    return Verdict(Zone.CHOOSE, f"{best.probability:.2f} is below {cutoff:.2f}: choose")
