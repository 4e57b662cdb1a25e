"""The requester's door, in the requester's own words: `client.launch(...)`, `client.ClassificationResults(...)` and what they take.

In: task spec, params, objects and a place with workers. Out: results. A thin façade: it prompts and shows when asked to, and decides nothing.
Every name is loaded when it is first used, so that importing the client costs little.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
