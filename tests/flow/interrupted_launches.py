"""Run as a script: a blocking call in the main thread, and what it returned, as one JSON object.

``python interrupted_launches.py one|many`` prints ``middle`` when the launch is well under way (``many``: as soon as the first basket is started).
"""

import json
import signal
import sys
import threading
from threading import Event

import manyhands as mh
from manyhands.crowd import AssignmentStatus
from tests.flow.parity import CONTROLS, PARAMS, SPEC, Scene, make_scene, numbers


def tell_when(scene: Scene, page_count: int) -> None:
    """Print ``middle`` when so many pages are accepted."""
    while scene.statuses[AssignmentStatus.ACCEPTED] < page_count:
        Event().wait(0.01)
    print("middle", flush=True)


def label(scene: Scene, what: str) -> list[mh.LaunchResult]:
    """Label one basket of very many numbers, or many small ones."""
    if what == "one":
        return [scene.launch(numbers(0, 1000))]
    baskets = {f"basket {start}": numbers(start, start + 4) for start in range(0, 800, 4)}
    return list(mh.launch_baskets(baskets, SPEC, PARAMS, CONTROLS, scene.platform).values())


def main(what: str) -> None:
    """Label, and tell what came of it."""
    # What comes after the call has returned is not its business.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    scene = make_scene(pace=120.0)
    threading.Thread(target=tell_when, args=(scene, 10), daemon=True).start()
    results = label(scene, what)
    facts = {
        "object_count": sum(len(result.raw_results) for result in results),
        "unfinished_count": sum(len(result.raw_results.unfinished) for result in results),
        "pools": sorted({str(scene.platform.get_pool(pool).status) for pool in scene.pools}),
        "in_review_count": scene.statuses[AssignmentStatus.SUBMITTED],
    }
    print(json.dumps(facts), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
