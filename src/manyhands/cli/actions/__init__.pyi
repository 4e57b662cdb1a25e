from .demo import run_demo
from .demo.web_demo import run_web_demo
from .launch_run import launch, show_plans
from .launch_status import show_status
from .printed_results import show_results
from .rehearsal import Cast, rehearse
from .resuming import resume
from .serving import issue_token, list_tokens, revoke_token, serve
from .stopping import stop

__all__ = [
    "Cast",
    "issue_token",
    "launch",
    "list_tokens",
    "rehearse",
    "resume",
    "revoke_token",
    "run_demo",
    "run_web_demo",
    "serve",
    "show_plans",
    "show_results",
    "show_status",
    "stop",
]
