"""Launches as drawings: what they left in, PNG, SVG and PDF out. Needs the extra ``manyhands[plots]``.

It draws what progress, findings and results say of themselves, with the same bars as the displays in terminals and notebooks; it measures nothing.
The names are loaded where they are first used, so that nobody needs matplotlib who draws nothing; they are listed in the stub beside this file.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
