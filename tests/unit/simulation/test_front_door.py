"""The front door of the package."""

from types import ModuleType

from manyhands import simulation


def test_all_lists_every_public_name_in_order() -> None:
    """What is imported is what is promised."""
    found = [
        name for name, value in vars(simulation).items() if not (name.startswith("_") or isinstance(value, ModuleType))
    ]

    assert sorted(found) == sorted(simulation.__all__)
