"""How long tests wait for what has to happen.

What ends as soon as it has happened may wait for long: nobody waits unless something is broken, and a machine that stands still for a while fails
no test. How fast things are is measured by `make bench`.
"""

from datetime import timedelta

__all__ = ["PATIENCE", "PATIENCE_MS", "PATIENCE_S"]

PATIENCE_S = 90.0
PATIENCE_MS = 1000 * PATIENCE_S
PATIENCE = timedelta(seconds=PATIENCE_S)
