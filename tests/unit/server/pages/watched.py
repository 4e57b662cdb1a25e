"""A server with launches on it, for tests of what the requester's page asks; over HTTP, without a socket."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

import manyhands as mh
from manyhands.crowd import MixerConfig, PoolConfig, PoolId, ProjectConfig
from manyhands.server import AccountBook, Holder, HolderKind, ServerSettings, create_app
from manyhands.server.desks import RequesterDesk
from manyhands.server.office import Office
from tests.flow.parity import CONTROLS, PARAMS, SPEC, make_scene, numbers

__all__ = ["Watched", "make_watched"]


class Watched:
    """A platform on which two baskets were launched and finished, a server over it, and its requester."""

    def __init__(self, scene_options: Mapping[str, Any], params: mh.Params, budget: float | None) -> None:
        self.scene = make_scene(**scene_options)
        self.platform = self.scene.platform
        baskets = {"red": numbers(0, 20), "green": numbers(20, 50)}
        mh.launch_baskets(baskets, SPEC, params, CONTROLS, self.platform, name="day", budget=budget)
        self.scene.crowd.stop()
        self.store = self.platform._store
        self.office = Office(self.store, clock=self.scene.clock, settings=ServerSettings(), workplace=self.platform)
        accounts = AccountBook(self.store, clock=self.scene.clock)
        self._tokens = {}
        for name in ("default", "other"):
            accounts.put_requester(name)
            self._tokens[name] = accounts.issue_token(Holder(HolderKind.REQUESTER, name))
        self.client = TestClient(create_app(self.store, clock=self.scene.clock, workplace=self.platform))

    @property
    def desk(self) -> RequesterDesk:
        """The desk of the requester."""
        return self.office.requester_desk("default")

    def pool(self, basket: str) -> PoolId:
        """Return the pool of a basket."""
        return PoolId((self.platform.journal.find(f"day/{basket}") or {})["pool_id"])

    def call(self, method: str, path: str, body: Any = None, *, requester: str = "default", **query: Any) -> Response:
        """Send a request."""
        headers = {"authorization": f"Bearer {self._tokens[requester]}"}
        response: Response = self.client.request(
            method, f"/api/requester/{path}", json=body, params=query or None, headers=headers
        )
        return response

    def get(self, path: str, **query: Any) -> Any:
        """Return what is there."""
        response = self.call("GET", path, **query)
        assert response.is_success, response.text
        return response.json()

    def refusal(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, str]:
        """Send a request that has to be refused, and return status and message."""
        response = self.call(method, path, body, **options)
        assert response.status_code >= 400, response.text
        return response.status_code, response.json()["message"]

    def make_pool(self, key: str, **changes: Any) -> PoolId:
        """Make a pool that nobody launched."""
        project = self.platform.put_project(
            ProjectConfig(key="plain", name="Plain", input_spec={}, output_spec={}, view={})
        )
        config = PoolConfig(
            **{
                "project_id": project.id,
                "key": key,
                "reward": mh.Money("0.05"),
                "assignment_duration": timedelta(minutes=5),
                "mixer": MixerConfig(real_count=1),
                **changes,
            }
        )
        return self.platform.create_pool(config).id


def make_watched(*, params: mh.Params = PARAMS, budget: float | None = 40, **scene: Any) -> Watched:
    """Return a server on which a crowd of some careless workers has finished two baskets."""
    return Watched({"accuracy": 0.85, "careless": 0.15, **scene}, params, budget)
