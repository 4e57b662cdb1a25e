"""What launches have left: findings and plots."""

from manyhands.connect import Place, connect_to
from manyhands.launches import Timeline, plots
from manyhands.launches.findings import Findings
from manyhands.launches.findings import find_out as find_out_there

__all__ = ["Findings", "Timeline", "find_out", "plots"]


def find_out(name: str, platform: Place) -> Findings:
    """Return what a launch has left so far, whoever launched it and whether it is over or not.

    Args:
        name: the name of the launch; that of a basket is ``<name>/<basket>``.
        platform: where it was launched, as in `launch`.

    Raises:
        InvalidInput: there is no such launch, or it has published nothing yet.
    """
    connection = connect_to(platform)
    return find_out_there(name, platform=connection.platform, journal=connection.journal)
