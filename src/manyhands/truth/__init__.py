"""Truth: (task, worker, label) index arrays come in; a probability per label, and so a label, per task goes out.

Batch algorithms (`MajorityVote`, `WeightedLikelihood`, `DawidSkene`, `OneCoinDawidSkene`) take all `Answers` and return a
`Posterior`; their incremental twins (`Aggregation`: `IncrementalMajorityVote`, …) keep it up to date while pages arrive.
It never knows what a task, worker or label stands for, never reads a clock or a random number, never does I/O.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
