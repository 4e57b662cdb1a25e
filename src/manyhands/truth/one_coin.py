"""One-coin Dawid-Skene: one number per worker, the probability of a right answer, estimated together with the labels."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .answers import Answers
from .arrays import FloatArray, IntArray
from .estimate import Estimate
from .expectation_maximization import EPSILON, ClassPrior, ErrorModel, Fit, maximize, occurring_labels, spread
from .posterior import Posterior
from .task_blocks import VotePairs

__all__ = ["OneCoinDawidSkene", "SkillEstimate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneCoinDawidSkene(ErrorModel):
    """Estimates, in turns, each worker's skill and each task's label, beginning with the majority vote.

    A worker of skill s gives the right label with probability s and each of the K - 1 others with (1 - s)/(K - 1).
    Y. Zhang, X. Chen, D. Zhou and M. I. Jordan. Spectral methods meet EM: A provably optimal algorithm for crowdsourcing.
    Journal of Machine Learning Research 17 (2016), 1-44. With a learned class prior, iterations, clipping and the stop
    are those of ``crowdkit.aggregation.OneCoinDawidSkene``, and so are the results; but a learned prior can collapse onto
    one label, so by default it is uniform.

    Ties: equal probabilities; `Posterior.labels` takes the smallest label. No answers: NaN, also with a known label. One worker:
    the worker's answers, though smoothing may take a rare one for a slip. Cost: as `DawidSkene`.

    Attributes:
        iteration_limit: at most so many iterations.
        tolerance: stop when the evidence lower bound per answer grows by less.
        smoothing: right and wrong answers assumed of every worker, each.
        shrinkage: answers assumed of every worker, of which as many are right as of all workers together.
        class_prior: how probable a label is before any answer. Uniform: K counts all labels. Learned: K counts those that
            were answered or are known; others have probability 0.

    >>> answers = Answers.from_rows([(0, 0, 1), (0, 1, 1), (0, 2, 0), (1, 0, 0), (1, 1, 0), (1, 2, 0)], label_count=2)
    >>> estimate = OneCoinDawidSkene(smoothing=1.0).estimate(answers)
    >>> estimate.posterior.labels().tolist(), bool(estimate.skills[0] > estimate.skills[2])
    ([1, 0], True)
    """

    class_prior: ClassPrior = ClassPrior.UNIFORM

    def fit(self, answers: Answers, *, known_labels: Mapping[int, int] | None = None) -> Posterior:
        """Return the posterior of all tasks; see `estimate`."""
        return self.estimate(answers, known_labels=known_labels).posterior

    def estimate(
        self,
        answers: Answers,
        *,
        known_labels: Mapping[int, int] | None = None,
        start: Posterior | None = None,
    ) -> "SkillEstimate":
        """Return the posterior of all tasks with the workers' skills.

        Args:
            answers: the answers.
            known_labels: right label per control task; such a task keeps probability 1 for it, and teaches about workers.
            start: begin with this posterior instead of the majority vote; it has a row for every task with answers.

        Raises:
            InvalidInput: a known label is not in 0..label_count - 1.
        """
        fit = maximize(self, answers, known_labels=known_labels, start=start)
        return self._skill_estimate(fit, answers)

    def errors(self, counts: FloatArray, pairs: VotePairs) -> FloatArray:
        """Return the maximization step: counts as in `Fit.counts` in, errors as in `Fit.errors` out."""
        skills = self._skills(counts, pairs)
        first = pairs.first_of_worker()
        skill = np.repeat(skills, np.diff(first, append=len(counts)))[:, np.newaxis]
        return _chances(skill, pairs.own_label(), label_count=pairs.label_count)

    def labels_in_play(self, answers: Answers, known_labels: Mapping[int, int]) -> IntArray:
        """Return all labels under a uniform prior, those that were answered or are known under a learned one."""
        if self.class_prior is ClassPrior.UNIFORM:
            return np.arange(answers.label_count, dtype=np.int32)
        return occurring_labels(answers, known_labels)

    def _skills(self, counts: FloatArray, pairs: VotePairs) -> FloatArray:
        """Return the skill of each worker who answered, ascending by worker."""
        first = pairs.first_of_worker()
        right = np.add.reduceat(counts[np.arange(len(counts)), pairs.label], first)
        total = np.add.reduceat(counts.sum(axis=1), first)
        assumed_right = self.smoothing + self.shrinkage * right.sum() / total.sum()
        skills: FloatArray = (right + assumed_right) / (total + 2 * self.smoothing + self.shrinkage)
        return skills

    def _skill_estimate(self, fit: Fit, answers: Answers) -> "SkillEstimate":
        """Return the estimate in the indices of the answers."""
        labels, pairs = fit.blocks.labels, fit.blocks.pairs
        in_play = np.zeros(answers.label_count, dtype=np.bool_)
        in_play[labels] = True
        class_prior = np.zeros(answers.label_count)
        class_prior[labels] = fit.class_prior
        skills = np.full(answers.worker_count, np.nan)
        if answers.answer_count:
            skills[pairs.worker[pairs.first_of_worker()]] = self._skills(fit.counts, pairs)
        right = fit.counts[np.arange(len(fit.counts)), pairs.label].sum()
        return SkillEstimate(
            posterior=spread(fit, answers),
            class_prior=class_prior,
            in_play=in_play,
            losses=fit.losses,
            skills=skills,
            # Two assumed answers, one right and one wrong, keep an unknown worker from being infallible.
            average_skill=float((right + 1) / (answers.answer_count + 2)),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SkillEstimate(Estimate):
    """The posterior with the workers' skills.

    Attributes:
        skills: shape (worker_count,), probability of a right answer; NaN for workers without answers.
        average_skill: the skill that a worker without an estimate is taken to have.
    """

    skills: FloatArray
    average_skill: float

    def answer_logs(self, workers: IntArray, labels: IntArray) -> FloatArray:
        """Return the log probability of each answer per true label; an average worker's for workers not estimated."""
        skill = np.full(workers.size, self.average_skill)
        known = workers < self.skills.size
        skill[known] = self.skills[workers[known]]
        skill[np.isnan(skill)] = self.average_skill
        own_label = np.eye(self.in_play.size)[labels]
        return np.log(_chances(skill[:, np.newaxis], own_label, label_count=int(self.in_play.sum())))


def _chances(skill: FloatArray, own_label: FloatArray, *, label_count: int) -> FloatArray:
    """Return the probability of answers per true label from their workers' skills: shape as own_label."""
    right = np.clip(skill, EPSILON, 1 - EPSILON)
    wrong = np.clip((1 - skill) / max(label_count - 1, 1), EPSILON, 1 - EPSILON)
    return np.where(own_label > 0, right, wrong)
