"""The names of records. Ids are strings; within a kind they have one width, and their order is the order of creation."""

from typing import NewType

__all__ = [
    "AssignmentId",
    "AttachmentId",
    "BonusId",
    "BudgetId",
    "PoolId",
    "ProjectId",
    "RestrictionId",
    "SkillId",
    "TaskId",
    "TaskSuiteId",
    "ThreadId",
    "WebhookId",
    "WorkerId",
]

ProjectId = NewType("ProjectId", str)
PoolId = NewType("PoolId", str)
TaskId = NewType("TaskId", str)
TaskSuiteId = NewType("TaskSuiteId", str)
AssignmentId = NewType("AssignmentId", str)
WebhookId = NewType("WebhookId", str)
ThreadId = NewType("ThreadId", str)
AttachmentId = NewType("AttachmentId", str)
WorkerId = NewType("WorkerId", str)
SkillId = NewType("SkillId", str)
RestrictionId = NewType("RestrictionId", str)
BonusId = NewType("BonusId", str)
BudgetId = NewType("BudgetId", str)
