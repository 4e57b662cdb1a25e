"""Toloka and everything that speaks its public API, manyhands servers among them.

In: the calls of a launch; a client of toloka-kit, or URL and token. Out: HTTP requests, and what they answer as our records. It never decides what
is asked of workers. Every name is loaded when it is first used: the wire format serves those who never talk to anybody, too.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
