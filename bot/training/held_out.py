"""What the other phrases say about the held-out ones: the evidence of unseen questions."""

import numpy as np

from bot.core.matching.classifier import HYBRID
from bot.core.matching.lexical import Floats
from bot.training.linear import Ridge
from bot.training.material import Material
from bot.training.network import train_network


def held_out_evidence(material: Material, ridge: Ridge) -> Floats:
    """Return the evidence for each topic, (held out, features, topics), features as in HYBRID."""
    out = material.parts >= 0
    ngrams, network = ridge.without(out), train_network(material, ~out)
    held = np.flatnonzero(out)
    evidence = np.zeros((len(held), len(HYBRID), len(material.topics)), np.float32)
    evidence[:, -1] = network.scores(material.vectors[held])
    for row, at in enumerate(held):
        similarities = material.index.scores(material.index.ask(material.forms[at]))
        similarities[out] = 0.0
        nearest, near = material.grouped.evidence(similarities)
        evidence[row, :-1] = ngrams.scores(material.folded[at]), nearest, near
    return evidence
