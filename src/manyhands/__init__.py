"""Label data with people: asynchronous launches, exact overlap, a budget that holds, results you can trust.

``import manyhands as mh`` offers what `manyhands.client` offers, and the vocabulary of tasks. Every name is loaded when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
