"""What a requester chooses for a launch."""

from manyhands.crowd import Money
from manyhands.launches import AggregationAlgorithm, Params, SharedBudget, WorkerFilter, WorkerGroup
from manyhands.planning import PoolPricingConfig, choose_default_option, get_pricing_options
from manyhands.quality import BlockTimePicker, Control, DynamicOverlap, RuleBuilder, StaticOverlap

__all__ = [
    "AggregationAlgorithm",
    "BlockTimePicker",
    "Control",
    "DynamicOverlap",
    "Money",
    "Params",
    "PoolPricingConfig",
    "RuleBuilder",
    "SharedBudget",
    "StaticOverlap",
    "WorkerFilter",
    "WorkerGroup",
    "choose_default_option",
    "get_pricing_options",
]
