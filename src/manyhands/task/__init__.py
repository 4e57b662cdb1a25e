"""What a worker sees and may answer.

In comes the declaration of a task (objects, a class, a function, texts in several languages) and data in files or
frames. Out go a prepared task spec (view, field specs, mapping, identity) and checked input and control objects.
It never talks to a platform and never judges an answer.

The names are loaded where they are first used; they are listed in the stub beside this file.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
