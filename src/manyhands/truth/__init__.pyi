from .aggregation import Aggregation
from .answer_log import AnswerLog
from .answers import Answers
from .arrays import BoolArray, FloatArray, IntArray
from .dawid_skene import ConfusionEstimate, DawidSkene
from .estimate import Estimate
from .expectation_maximization import ClassPrior
from .incremental_dawid_skene import IncrementalDawidSkene
from .incremental_votes import IncrementalMajorityVote, IncrementalWeightedLikelihood
from .majority_vote import MajorityVote
from .one_coin import OneCoinDawidSkene, SkillEstimate
from .posterior import NO_LABEL, TIE_MARGIN, Posterior, top_labels
from .weighted_likelihood import WeightedLikelihood
from .weights import UNKNOWN_WEIGHT, worker_weights

__all__ = [
    "NO_LABEL",
    "TIE_MARGIN",
    "UNKNOWN_WEIGHT",
    "Aggregation",
    "AnswerLog",
    "Answers",
    "BoolArray",
    "ClassPrior",
    "ConfusionEstimate",
    "DawidSkene",
    "Estimate",
    "FloatArray",
    "IncrementalDawidSkene",
    "IncrementalMajorityVote",
    "IncrementalWeightedLikelihood",
    "IntArray",
    "MajorityVote",
    "OneCoinDawidSkene",
    "Posterior",
    "SkillEstimate",
    "WeightedLikelihood",
    "top_labels",
    "worker_weights",
]
