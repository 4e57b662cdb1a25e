"""Pricing options: the vectors of section 6.5 of the facts."""

from datetime import timedelta

import pytest

from manyhands.crowd import Money
from manyhands.errors import InvalidParams
from manyhands.planning import (
    PricingOption,
    choose_default_option,
    get_pricing_options,
    page_robustness,
    random_pass_chance,
)
from manyhands.task import Class, ClassificationFunction, PreparedTaskSpec, TaskSpec, Text


class TwoLabels(Class):
    """Two labels."""

    YES = "yes"
    NO = "no"


class ThreeLabels(Class):
    """Three labels."""

    DOG = "dog"
    CAT = "cat"
    CROW = "crow"


def spec_of(label_class: type[Class], lang: str = "EN") -> PreparedTaskSpec:
    """Return a task spec with these labels."""
    text = {"EN": "What is it?"}
    labels = ClassificationFunction(inputs=(Text,), cls=label_class)
    return PreparedTaskSpec(TaskSpec(id="what", function=labels, name=text, description=text, instruction=text), lang)


def shape_of(option: PricingOption) -> tuple[str, list[int]]:
    """Return price, real and control tasks of an option."""
    return str(option.assignment_price.usd.normalize()), [option.real_tasks_count, option.control_tasks_count]


#: hint in seconds, language, labels; number of options; first, default and last as (price, [real, control]).
VECTORS = [
    (10, "EN", ThreeLabels, 153, ("0.008", [2, 1]), ("0.044", [14, 2]), ("0.081", [19, 10])),
    (10, "EN", TwoLabels, 126, ("0.011", [2, 2]), ("0.053", [15, 4]), ("0.081", [19, 10])),
    (60, "EN", ThreeLabels, 77, ("0.017", [0, 1]), ("0.2", [10, 2]), ("0.333", [13, 7])),
    (300, "EN", TwoLabels, 1, ("0.333", [2, 2]), ("0.333", [2, 2]), ("0.333", [2, 2])),
    (9, "RU", ThreeLabels, 152, ("0.006", [3, 1]), ("0.024", [14, 2]), ("0.043", [19, 10])),
]


@pytest.mark.parametrize(
    ("hint_s", "lang", "label_class", "option_count", "first", "default", "last"),
    VECTORS,
    ids=["10 s, 3 labels", "10 s, 2 labels", "60 s", "300 s", "9 s in Russian"],
)
def test_options_are_those_of_the_vectors(
    hint_s: int,
    lang: str,
    label_class: type[Class],
    option_count: int,
    first: tuple[str, list[int]],
    default: tuple[str, list[int]],
    last: tuple[str, list[int]],
) -> None:
    """With pages without real tasks included, number, ends and default are as observed."""
    hint = timedelta(seconds=hint_s)

    options = get_pricing_options(hint, spec_of(label_class, lang), min_real_tasks_count=0)

    assert len(options) == option_count
    assert shape_of(options[0]) == first
    assert shape_of(choose_default_option(options)) == default
    assert shape_of(options[-1]) == last


def test_robustness_of_the_vectors() -> None:
    """Accepting from 80 % on only weakens pages with at least five control tasks."""
    hint, spec = timedelta(seconds=9), spec_of(ThreeLabels, "RU")
    strict, loose = get_pricing_options(hint, spec), get_pricing_options(hint, spec, accept_ratio=0.8)

    assert strict[0].robustness == pytest.approx(2 / 3)
    assert choose_default_option(strict).robustness == pytest.approx(8 / 9)
    assert strict[-1].robustness == pytest.approx(1 - 3**-10)
    assert shape_of(loose[0]) == shape_of(strict[0])
    assert shape_of(choose_default_option(loose)) == shape_of(choose_default_option(strict))
    assert loose[-1].robustness == pytest.approx(1 - 201 / 3**10)


def test_no_option_without_a_real_task_is_offered() -> None:
    """A page of control tasks alone buys nothing, so it is left out unless asked for."""
    hint, spec = timedelta(seconds=60), spec_of(ThreeLabels)

    offered = get_pricing_options(hint, spec)
    everything = get_pricing_options(hint, spec, min_real_tasks_count=0)

    assert offered == [option for option in everything if option.real_tasks_count > 0]
    assert len(offered) < len(everything)
    with pytest.raises(InvalidParams, match="real_tasks_count is 0"):
        _ = everything[0].config


def test_option_is_a_pricing() -> None:
    """The chosen option goes straight into the params of a launch."""
    option = choose_default_option(get_pricing_options(timedelta(seconds=10), spec_of(ThreeLabels)))

    assert option.config.get_tasks_count() == 16
    assert option.config.assignment_price == Money("0.044")
    assert option.page_duration == timedelta(seconds=160)


def test_own_wage_changes_only_the_price() -> None:
    """A requester who pays ten dollars an hour gets the same pages for more."""
    hint, spec = timedelta(seconds=60), spec_of(TwoLabels)

    usual, own = get_pricing_options(hint, spec), get_pricing_options(hint, spec, wage=Money(10))

    assert [shape_of(option)[1] for option in own] == [shape_of(option)[1] for option in usual]
    assert own[-1].assignment_price == Money("3.33")


def test_without_options_there_is_no_default() -> None:
    """A task of half an hour fits no page."""
    options = get_pricing_options(timedelta(minutes=30), spec_of(TwoLabels))

    assert options == []
    with pytest.raises(InvalidParams, match="no pricing option"):
        choose_default_option(options)


@pytest.mark.parametrize(
    ("label_count", "chances"),
    [(2, [1, 0.9375, 0.6875, 0.3125, 0.0625]), (3, [1, 0.8025, 0.4074, 0.1111, 0.0123]), (5, [1, 0.488, 0.104, 0.008])],
    ids=["2 labels", "3 labels", "5 labels"],
)
def test_chance_to_pass_at_random(label_count: int, chances: list[float]) -> None:
    """The chance of at least k right answers, k from 0 to the number of control tasks."""
    control_count = len(chances) - 1

    found = [random_pass_chance(control_count, needed, label_count=label_count) for needed in range(len(chances))]

    assert found == pytest.approx(chances, abs=5e-5)


def test_robustness_rounds_up_only_what_is_not_whole() -> None:
    """0.28 of 25 control tasks is 7, though in floats it is a little more."""
    assert 0.28 * 25 > 7
    assert page_robustness(25, 0.28, label_count=3) == 1 - random_pass_chance(25, 7, label_count=3)
    assert page_robustness(0, 1.0, label_count=3) == 0
