"""Launch files in TOML: what they describe, and what is wrong with them."""

from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from manyhands.cli.actions.launch_files import load_launch_file
from manyhands.crowd import Money, RestrictionScope
from manyhands.errors import InvalidInput
from manyhands.launches import AggregationAlgorithm, WorkerFilter, WorkerGroup
from manyhands.planning import PoolPricingConfig
from manyhands.quality import BlockTimePicker, Control, DynamicOverlap, RuleBuilder, StaticOverlap
from manyhands.task import Text
from tests.unit.cli.actions.launch_files.example_files import write_example


def problems_of(path: Path) -> tuple[str, ...]:
    """Return what is wrong with the file."""
    with pytest.raises(InvalidInput) as caught:
        load_launch_file(path, nullcontext)
    return caught.value.problems


def test_a_file_describes_a_launch(tmp_path: Path) -> None:
    """Task, data, params and rules of a file are those that the same launch has in Python."""
    launch_file = load_launch_file(write_example(tmp_path), nullcontext)
    spec, params = launch_file.task_spec, launch_file.params
    yes, no = spec.label_class.possible_instances()
    assert (launch_file.name, launch_file.platform, launch_file.budget) == (
        "weather",
        f"sqlite:///{tmp_path}/weather.db",
        Money(5),
    )
    assert (spec.key, list(spec.input_spec), no.get_label()["DE"]) == ("weather_EN", ["text", "id"], "Nein")
    assert launch_file.parts == {"weather": [(Text("It rains."),), (Text("It snows."),), (Text("It hails."),)]}
    assert list(launch_file.control_objects) == [((Text("Water is wet."),), (yes,)), ((Text("Fire is cold."),), (no,))]
    assert params.task_duration_hint == timedelta(seconds=15)
    assert params.overlap == DynamicOverlap(2, 3, 0.9)
    assert params.pricing_config == PoolPricingConfig(
        assignment_price="0.05", real_tasks_count=2, control_tasks_count=1
    )
    assert params.control == Control(RuleBuilder().add_static_reward(0.5).build())
    assert launch_file.truth is None


def test_a_file_of_several_baskets_names_a_launch_for_each(tmp_path: Path) -> None:
    """Baskets are launched as <name>/<basket>; one can be picked out."""
    (tmp_path / "more.csv").write_text("text\nIt thunders.\n", encoding="utf-8")
    path = write_example(
        tmp_path,
        ('inputs = "inputs.csv"\n', ""),
        ("[data]", '[baskets]\nred = "inputs.csv"\nblue = "more.csv"\n[data]'),
    )
    launch_file = load_launch_file(path, nullcontext)
    assert {name: len(objects) for name, objects in launch_file.parts.items()} == {"weather/red": 3, "weather/blue": 1}
    assert list(launch_file.only(["weather/blue"]).parts) == ["weather/blue"]
    with pytest.raises(InvalidInput, match="does not describe weather/green"):
        launch_file.only(["weather/green"])


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param(
            "[control.static_reward]\nthreshold = 0.5\n[control.speed_control]\nratio_rand = 0.1\nratio_poor = 0.3",
            RuleBuilder().add_static_reward(0.5).add_speed_control(0.1, 0.3),
            id="speed control",
        ),
        pytest.param(
            '[control.static_reward]\nthreshold = 0.5\n[[control.complex_speed_control]]\nratio = 0.2\ntime_value = "1d 2h"\nreject = true',
            RuleBuilder()
            .add_static_reward(0.5)
            .add_complex_speed_control([BlockTimePicker(0.2, "1d 2h", reject=True)]),
            id="complex speed control",
        ),
        pytest.param(
            "[control.static_reward]\nthreshold = 0.5\n[control.control_task_control]\n"
            "control_task_correct_count_for_hard_block = 1\ncontrol_task_correct_count_for_soft_block = 1",
            RuleBuilder().add_static_reward(0.5).add_control_task_control(1, 1, 1),
            id="control tasks",
        ),
        pytest.param(
            "[control.dynamic_reward]\nmin_bonus_amount_usd = 0.01\nmax_bonus_amount_usd = 0.03\nmin_accuracy_for_bonus = 0.5\n"
            "min_accuracy_for_accept = 0.5\nbonus_granularity_num = 2",
            RuleBuilder().add_dynamic_reward(0.01, 0.03, 0.5, 0.5, 2),
            id="dynamic reward",
        ),
        pytest.param(
            '[control]\nscope = "all-projects"\n[control.static_reward]\nthreshold = 0.5'
            "\n[control.speed_control]\nratio_rand = 0.1\nratio_poor = 0.3",
            RuleBuilder(RestrictionScope.ALL_PROJECTS).add_static_reward(0.5).add_speed_control(0.1, 0.3),
            id="scope",
        ),
    ],
)
def test_rules_are_those_of_the_rule_builder(tmp_path: Path, rules: str, expected: RuleBuilder) -> None:
    """Every table of [control] is a method of `RuleBuilder`, and every key one of its arguments."""
    path = write_example(tmp_path, ("[control.static_reward]\nthreshold = 0.5", rules))
    assert load_launch_file(path, nullcontext).params.control == Control(expected.build())


def test_without_rules_every_page_is_accepted(tmp_path: Path) -> None:
    """[control] may be left out."""
    path = write_example(tmp_path, ("[control.static_reward]\nthreshold = 0.5", ""))
    assert load_launch_file(path, nullcontext).params.control == Control()


def test_workers_limits_and_aggregation_are_read(tmp_path: Path) -> None:
    """The other choices of `Params` have keys of the same name."""
    more = (
        'overlap = 3\naggregation_algorithm = "dawid-skene"\nexclusive_workers = true\nmax_attempts = 5\n'
        'assignment_duration = "10m"\npool_lifetime = "2d"'
    )
    workers = '[workers]\ntraining_score = 0.8\n[[workers.groups]]\nlanguages = ["EN"]\ncountries = ["GB"]\nmax_age = 60\nskills = { s1 = 0.7 }'
    path = write_example(
        tmp_path,
        ('overlap = "2-3"\nconfidence = 0.9', more),
        ("[control.static_reward]", workers + "\n[control.static_reward]"),
    )
    params = load_launch_file(path, nullcontext).params
    group = WorkerGroup(
        languages=frozenset({"EN"}), countries=frozenset({"GB"}), age_range=(None, 60), skills=(("s1", 0.7),)
    )
    assert params.overlap == StaticOverlap(3)
    assert params.aggregation_algorithm is AggregationAlgorithm.DAWID_SKENE
    assert (params.exclusive_workers, params.max_attempts) == (True, 5)
    assert (params.assignment_duration, params.pool_lifetime) == (timedelta(minutes=10), timedelta(days=2))
    assert params.worker_filter == WorkerFilter([group], training_score=0.8)


def test_confidence_may_differ_by_label(tmp_path: Path) -> None:
    """A table of labels is what `DynamicOverlap` takes."""
    path = write_example(tmp_path, ("confidence = 0.9", "confidence = { yes = 0.95, no = 0.8 }"))
    assert load_launch_file(path, nullcontext).params.overlap == DynamicOverlap(2, 3, {"yes": 0.95, "no": 0.8})


def test_the_instruction_may_stand_in_a_file(tmp_path: Path) -> None:
    """An instruction file is looked for beside the launch file."""
    (tmp_path / "how.md").write_text("Read **twice**.", encoding="utf-8")
    path = write_example(tmp_path, ('instruction = "Read and say."', 'instruction_file = "how.md"'))
    assert load_launch_file(path, nullcontext).task_spec.instruction == "Read **twice**."


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(('name = "weather"', 'name = "a/b"'), "name: expected letters, digits", id="name"),
        pytest.param(('budget = "5.00"', 'budget = "much"'), "budget: 'much' is not an amount", id="budget"),
        pytest.param(('id = "weather"', 'id = "Our Weather"'), "task: id: expected lower-case letters", id="task id"),
        pytest.param(('id = "weather"\n', ""), "task.id: missing", id="no task id"),
        pytest.param(
            ('name = "text"', 'name = "text"\ntype = "smell"'),
            "task.inputs[1].type: expected one of text, image",
            id="type",
        ),
        pytest.param(('yes = "Yes"', "yes = 1"), "task.labels.yes: expected a text, or one per language", id="label"),
        pytest.param(('yes = "Yes"', 'yes = "No"'), "task: choice: several labels read 'No' in EN", id="equal labels"),
        pytest.param(
            ('inputs = "inputs.csv"', 'inputs = "gone.csv"'), "data.inputs: there is no file", id="no data file"
        ),
        pytest.param(('inputs = "inputs.csv"', ""), "data.inputs: missing", id="no inputs"),
        pytest.param(('"15s"', '"soon"'), "params.task_duration_hint: expected a duration", id="duration"),
        pytest.param(('"15s"', "15"), "params.task_duration_hint: expected a duration", id="duration without a unit"),
        pytest.param(('"2-3"', '"3-2"'), "params.overlap: min_overlap is 3 and max_overlap 2", id="overlap"),
        pytest.param(("confidence = 0.9", ""), "params.confidence: missing", id="no confidence"),
        pytest.param(("confidence = 0.9", "confidence = 90"), "params.overlap: confidence is 90.0", id="confidence"),
        pytest.param(('"0.05"', '"0.001"'), "params.page: assignment_price is $0.001", id="price"),
        pytest.param(
            ("real_tasks_count = 2", "real_tasks_count = 0"), "params.page: real_tasks_count is 0", id="empty page"
        ),
        pytest.param(
            ("threshold = 0.5", "threshold = 5"), "control: add_static_reward: threshold is 5.0", id="threshold"
        ),
        pytest.param(
            ("[control.static_reward]\nthreshold = 0.5", "[control]"),
            "control: expected either [control.static_reward]",
            id="no reward",
        ),
        pytest.param(("[data]", "[datas]"), "datas: this key is not known; did you mean data?", id="unknown table"),
    ],
)
def test_a_mistake_is_named_with_its_key(tmp_path: Path, change: tuple[str, str], expected: str) -> None:
    """Every mistake is found and says where it is and what was expected."""
    assert any(problem.startswith(expected) for problem in problems_of(write_example(tmp_path, change)))


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    """One reading names the mistakes of every table, those in data files with their rows included."""
    path = write_example(
        tmp_path,
        ('budget = "5.00"', 'budget = "much"'),
        ('overlap = "2-3"', 'overlap = "x"'),
        ("real_tasks_count = 2", "real_tasks_count = 0"),
        ("threshold = 0.5", 'threshold = "half"'),
    )
    (tmp_path / "controls.csv").write_text("text,choice\nWater is wet.,maybe\n", encoding="utf-8")
    keys = [problem.split(":")[0] for problem in problems_of(path)]
    assert keys == ["budget", "control.static_reward.threshold", "params.page", "params.overlap", "data.controls"]


def test_rows_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """A problem in a data file names the key, the file, the row and the field."""
    path = write_example(tmp_path)
    (tmp_path / "inputs.csv").write_text("text\nIt rains.\nIt rains.\n", encoding="utf-8")
    assert problems_of(path) == ("data.inputs: inputs.csv: rows 1 and 2 have the same input objects; keep one of them",)


def test_text_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    """A slip in the syntax names the line."""
    path = write_example(tmp_path, ('name = "weather"', 'name = "weather'))
    with pytest.raises(InvalidInput, match=r"weather\.toml is not TOML .*line 2"):
        load_launch_file(path, nullcontext)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("gone.toml", "There is no launch file", id="missing"),
        pytest.param("launch.yaml", "is no launch file", id="another format"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, expected: str) -> None:
    """A file that is not there, or of another format, is no launch file."""
    (tmp_path / "launch.yaml").touch()
    with pytest.raises(InvalidInput, match=expected):
        load_launch_file(tmp_path / name, nullcontext)
