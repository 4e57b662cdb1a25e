"""What a launch will cost and need, before anything is published.

In come counts of objects, the expected time for a task and a pricing of pages; out go prices, pricing options, advice on
the volume and the number of workers that are needed. It is pure: it asks nobody, publishes nothing and spends nothing.
"""

from .control_supply import ControlSupply, control_supply
from .pool_pricing import MIN_ASSIGNMENT_PRICE, PoolPricingConfig
from .price import Fee, PoolPrice, PriceRange, ProportionalFee, price_of
from .pricing_options import (
    PricingOption,
    choose_default_option,
    get_pricing_options,
    page_robustness,
    random_pass_chance,
)
from .reward import HOURLY_WAGES, hourly_wage, page_reward
from .training_options import TrainingConfig, choose_default_training_option, get_training_options
from .volume import Advice, AdviceLevel, advise_volume

__all__ = [
    "HOURLY_WAGES",
    "MIN_ASSIGNMENT_PRICE",
    "Advice",
    "AdviceLevel",
    "ControlSupply",
    "Fee",
    "PoolPrice",
    "PoolPricingConfig",
    "PriceRange",
    "PricingOption",
    "ProportionalFee",
    "TrainingConfig",
    "advise_volume",
    "choose_default_option",
    "choose_default_training_option",
    "control_supply",
    "get_pricing_options",
    "get_training_options",
    "hourly_wage",
    "page_reward",
    "page_robustness",
    "price_of",
    "random_pass_chance",
]
