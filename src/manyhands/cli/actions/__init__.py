"""What the commands do: what was typed in, launches, files and exit codes out.

It knows nothing of options and help. Every name is loaded when it is first used, so that help costs little.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
