"""Plain majority at the same cost: what the same money buys without quality control."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from manyhands.simulation import RteDataset, RtePair, spawn_generator

__all__ = ["majority_accuracy"]

#: Draws that are averaged, so that the comparison does not hang on one lucky draw.
_DRAW_COUNT = 200


def majority_accuracy(rte: RteDataset, basket: str, *, answer_count: int, seed: int) -> float:
    """Return the mean accuracy in [0, 1] of the majority of real answers, as many as the same money buys.

    The answers to each pair are put in a random order, as if people had come so, and the first ones are taken: equally many for every pair, and one
    more for some drawn pairs until `answer_count` is reached. No answer is judged and no control task is shown, so all the money goes into answers
    to pairs; a page costs the same as ours. The made-up careless workers are left out: only real people answer. A tie counts as half right. The mean
    is over 200 draws.

    Args:
        rte: the pairs, all real answers to them, and what the experts say.
        basket: whose pairs.
        answer_count: answers to all pairs together; more than there are is all there are.
        seed: decides the draws.
    """
    pairs = rte.list_basket(basket)
    # +1 for an answer that agrees with the experts, -1 for one that does not: a row per pair.
    votes = _votes(rte, pairs)
    pair_count, most = votes.shape
    each, rest = divmod(min(answer_count, pair_count * most), pair_count)
    chance = spawn_generator(seed, "majority", basket)
    return float(np.mean([_draw_accuracy(votes, each, rest, chance) for _ in range(_DRAW_COUNT)]))


def _votes(rte: RteDataset, pairs: Sequence[RtePair]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    by_task: dict[str, list[int]] = defaultdict(list)
    for answer in rte.answers:
        by_task[answer.task].append(1 if answer.label == rte.gold[answer.task] else -1)
    return np.array([by_task[pair.task] for pair in pairs], dtype=np.int64)


def _draw_accuracy(votes: np.ndarray, each: int, rest: int, chance: np.random.Generator) -> float:
    shuffled = chance.permuted(votes, axis=1)
    with_one_more = chance.permutation(len(votes)) < rest
    counts = each + with_one_more
    is_taken = np.arange(votes.shape[1]) < counts[:, None]
    # The sign of the sum: 1 right, 0 a tie, -1 wrong.
    return float(np.mean((np.sign((shuffled * is_taken).sum(axis=1)) + 1) / 2))
