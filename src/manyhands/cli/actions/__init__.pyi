from .demo import run_demo
from .launch_run import launch, show_plans
from .launch_status import show_status
from .printed_results import show_results
from .rehearsal import Cast, rehearse
from .resuming import resume
from .stopping import stop

__all__ = ["Cast", "launch", "rehearse", "resume", "run_demo", "show_plans", "show_results", "show_status", "stop"]
