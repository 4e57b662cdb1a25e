"""What the requester takes away: labels with probabilities as data frames and files, and measures of how good they are.

In come the input objects, what a launch returned and the task spec. Out go frames, exported files, new control objects,
accuracy and agreement. It never talks to a platform and never changes what it is given.

The names are loaded where they are first used, so that raw results are there without pandas; they are listed in the
stub beside this file.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
