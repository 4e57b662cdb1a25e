"""The requester's side: projects, their versions, and their end."""

from dataclasses import replace

from manyhands.crowd import Pool, PoolId, PoolType, Project, ProjectConfig, ProjectDifference, ProjectId, ProjectStatus
from manyhands.errors import NotFound, WrongState
from manyhands.store import Row, SqlValue, Transaction

from .access_losses import watch_access
from .books import Books
from .documents import write_document
from .engine import Engine
from .ids import parse_number
from .named_things import check_named_by_rules
from .numbering import next_number
from .pool_checks import check_project_config
from .project_checks import compare_projects
from .records import pool_of_row, project_of

__all__ = ["Projects", "find_project_of_pool", "lock_project"]


class Projects(Engine):
    """Projects of one requester; what the methods promise is written at `Platform`.

    A change that breaks what is there begins a new version: pools that are there stay with theirs, and get no later change either. An archived
    project gives its key free.
    """

    def put_project(self, config: ProjectConfig) -> Project:
        """Create the project of this key, or replace its config where it differs.

        Raises:
            InvalidParams: a quality rule cannot work.
        """
        check_project_config(config)
        key = {"requester": self._requester, "key": config.key}
        with self.writing() as books:
            transaction = books.transaction
            if transaction.find("find_project_by_key", key) is None:
                values: dict[str, SqlValue] = {**key, "id": next_number(transaction, "project"), "created": books.now}
                values |= {"status": ProjectStatus.ACTIVE.value, "config": write_document(config)}
                transaction.run("create_project", values)
                self._introduce_rules(books, config, project_number=int(str(values["id"])))
            row = transaction.find("find_project_by_key", key)
            if row is None:
                raise NotFound(f"project {config.key!r} is not there any more")
            return self._replace_project(books, ProjectId(str(row["id"])), config)

    def find_project(self, key: str) -> Project | None:
        """Return the active project of this key."""
        with self.reading() as transaction:
            row = transaction.find("find_project_by_key", {"requester": self._requester, "key": key})
        return None if row is None else project_of(row)

    def get_project(self, project_id: ProjectId) -> Project:
        """Return a project, archived ones too."""
        with self.reading() as transaction:
            row = transaction.find("find_project", {"id": parse_number("project", project_id)})
        return project_of(_own(row, project_id, requester=self._requester))

    def list_projects(self) -> list[Project]:
        """Return the requester's projects in order of id, archived ones too."""
        with self.reading() as transaction:
            return [project_of(row) for row in transaction.rows("list_projects", {"requester": self._requester})]

    def list_trainings(self, project_id: ProjectId) -> list[Pool]:
        """Return the trainings of the project in order of creation, whatever their state."""
        self.settle()
        with self.reading() as transaction:
            row = transaction.find("find_project", {"id": parse_number("project", project_id)})
            project = _own(row, project_id, requester=self._requester)
            rows = transaction.rows("list_project_pools", {"project_id": project["id"]})
            pools = [pool_of_row(transaction, self._catalogue, found) for found in rows]
        return [pool for pool in pools if pool.config.type is PoolType.TRAINING]

    def get_project_of_pool(self, pool_id: PoolId) -> Project:
        """Return the project of a pool, in the version that the pool works with."""
        with self.reading() as transaction:
            number = self.own_pool(transaction, pool_id).number
            return find_project_of_pool(transaction, number)

    def update_project(self, project_id: ProjectId, config: ProjectConfig) -> Project:
        """Replace the config of an active project; its key stays. The same config again changes nothing.

        Raises:
            InvalidParams: a quality rule cannot work.
            WrongState: the project is archived.
        """
        check_project_config(config)
        with self.writing() as books:
            return self._replace_project(books, project_id, config)

    def weigh_project_change(self, project_id: ProjectId, config: ProjectConfig) -> ProjectDifference:
        """Return how much `update_project` would change."""
        before = self.get_project(project_id).config
        return compare_projects(before, replace(config, key=before.key))

    def archive_project(self, project_id: ProjectId) -> Project:
        """Archive a project whose pools are archived; an archived one stays as it is.

        Raises:
            WrongState: a pool or training of it is not archived.
        """
        with self.writing() as books:
            transaction = books.transaction
            row = transaction.find("lock_project", {"id": parse_number("project", project_id)})
            project = project_of(_own(row, project_id, requester=self._requester))
            if project.status is ProjectStatus.ACTIVE:
                pool = transaction.find("find_unarchived_pool", {"project_id": int(project.id)})
                if pool is not None:
                    message = f"pool {pool['id']} of project {project_id} is not archived; archive it first"
                    raise WrongState(message, reason="unarchived_pools")
                # Under another key, so that a project may be made under this one again.
                key = f"archived {project_id}: {project.config.key}"
                transaction.run("archive_project", {"id": int(project.id), "key": key})
        return self.get_project(project_id)

    def _replace_project(self, books: Books, project_id: ProjectId, config: ProjectConfig) -> Project:
        transaction = books.transaction
        before = project_of(lock_project(transaction, project_id, requester=self._requester))
        names = {"id": int(before.id)}
        config = replace(config, key=before.config.key)
        difference = compare_projects(before.config, config)
        if difference is ProjectDifference.BREAKING_CHANGE:
            transaction.run("keep_project_version", names)
            transaction.run("begin_project_version", names)
        if difference is not ProjectDifference.EQUAL:
            transaction.run("replace_project_config", {**names, "config": write_document(config)})
            self._introduce_rules(books, config, project_number=names["id"])
        return project_of(lock_project(transaction, project_id, requester=self._requester))

    def _introduce_rules(self, books: Books, config: ProjectConfig, *, project_number: int) -> None:
        rules = config.quality_rules
        check_named_by_rules(books, rules, requester=self._requester)
        watch_access(books, rules, requester=self._requester, project_number=project_number, pool_number=None)


def lock_project(transaction: Transaction, project_id: ProjectId, *, requester: str) -> Row:
    """Return the row of the requester's active project, which stays as it is until the transaction ends.

    Raises:
        NotFound: there is no such project, or it is somebody else's.
        WrongState: it is archived.
    """
    row = _own(
        transaction.find("lock_project", {"id": parse_number("project", project_id)}), project_id, requester=requester
    )
    if row["status"] != ProjectStatus.ACTIVE:
        message = f"project {project_id} is archived; nothing in it can be changed or created"
        raise WrongState(message, reason="archived_project")
    return row


def find_project_of_pool(transaction: Transaction, pool_number: int) -> Project:
    """Return the project of a pool, in the version that the pool works with.

    Raises:
        NotFound: there is no such pool.
    """
    row = transaction.find("find_project_of_pool", {"pool_id": pool_number})
    if row is None:
        raise NotFound(f"there is no pool {pool_number}")
    return project_of(row)


def _own(row: Row | None, project_id: ProjectId, *, requester: str) -> Row:
    if row is None or row["requester"] != requester:
        raise NotFound(f"requester {requester!r} has no project {project_id}")
    return row
