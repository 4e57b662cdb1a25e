"""Every store there is: SQLite in memory, SQLite in a file, PostgreSQL."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from manyhands.store import Store, open_store

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "scripts" / "postgres.sh"
DSN = "MANYHANDS_TEST_POSTGRES"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Return the dsn of a server: the one that the environment names, or a throw-away one."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'manyhands[postgres]'")
    if DSN in os.environ:
        yield os.environ[DSN]
        return
    folder = f"/tmp/manyhands-postgres-{uuid4().hex}"  # noqa: S108  # the server's own user has to reach it
    started = subprocess.run([SCRIPT, "start", folder], capture_output=True, text=True, check=False)
    if started.returncode != 0:
        pytest.skip(f"no PostgreSQL: {started.stderr.strip()}; or set {DSN} to the dsn of a server")
    yield started.stdout.splitlines()[-1]
    subprocess.run([SCRIPT, "stop", folder], check=True)


@pytest.fixture(params=["sqlite-memory", "sqlite-file", "postgres"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of an empty database."""
    match request.param:
        case "sqlite-memory":
            yield "sqlite://"
        case "sqlite-file":
            yield f"sqlite:///{tmp_path / 'store.db'}"
        case _:
            yield from _postgres_database(request.getfixturevalue("postgres_server"))


def _postgres_database(server: str) -> Iterator[str]:
    psycopg = pytest.importorskip("psycopg")
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield server.rsplit("/", 1)[0] + f"/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def open_again(store_url: str) -> Iterator[Callable[[], Store]]:
    """Return what opens the database once more; every store is closed when the test ends."""
    stores: list[Store] = []

    def open_one() -> Store:
        stores.append(open_store(store_url))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def store(open_again: Callable[[], Store]) -> Store:
    """Return an empty store."""
    return open_again()
