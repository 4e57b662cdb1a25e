from .demo import run_demo
from .demo.web_demo import run_web_demo
from .inviting import InvitationWish, list_invitations, make_invitation, revoke_invitation
from .launch_run import launch, show_plans
from .launch_status import show_status
from .printed_results import show_results
from .rehearsal import Cast, rehearse
from .resuming import resume
from .serving import ServerSwitches, issue_token, list_tokens, revoke_token, serve
from .stopping import stop

__all__ = [
    "Cast",
    "InvitationWish",
    "ServerSwitches",
    "issue_token",
    "launch",
    "list_invitations",
    "list_tokens",
    "make_invitation",
    "rehearse",
    "resume",
    "revoke_invitation",
    "revoke_token",
    "run_demo",
    "run_web_demo",
    "serve",
    "show_plans",
    "show_results",
    "show_status",
    "stop",
]
