"""A strict Telegram Bot API server on this machine, for tests of the bot from outside."""

import asyncio
import json
import time
from collections import defaultdict
from http import HTTPStatus
from typing import Any

from aiohttp import web

from . import answering, editing, profile, receiving, sending
from .chats import Chat, NotSeenError
from .cloud import Cloud, Method, Profile
from .delivery import Delivery
from .faults import Fault, FaultQueue
from .messages import Call, RefusedCall
from .parameters import Parameters, Upload, read_body
from .people import Group, Person
from .refusal import NOT_FOUND, UNAUTHORIZED, Refusal

_MODULES = (answering, editing, profile, receiving, sending)
METHODS = {method.name.lower(): method for module in _MODULES for method in module.METHODS}
_LARGEST_UPLOAD = 60 * 1024 * 1024
_GRACE = 0.1  # seconds for calls that are under way when the server stops


class BotApiServer:
    """Serves one bot at `url`, and plays the people who talk to it."""

    def __init__(
        self,
        token: str = "1:TEST",
        *,
        username: str = "wegweiser_test_bot",
        first_name: str = "Wegweiser",
        host: str = "127.0.0.1",
        port: int = 0,
        privacy_mode: bool = False,
    ) -> None:
        self.token = token
        self.url = ""
        self.calls: list[Call] = []
        self.refusals: list[RefusedCall] = []
        bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": first_name,
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": not privacy_mode,
            "supports_inline_queries": True,
        }
        self._cloud = Cloud(bot)
        self._delivery = Delivery(self._cloud)
        self._faults = FaultQueue()
        self._calls_of: defaultdict[str, list[Call]] = defaultdict(list)
        self._called = asyncio.Condition()
        self._people: dict[int, Person] = {}
        self._address = (host, port)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "BotApiServer":
        application = web.Application(client_max_size=_LARGEST_UPLOAD)
        application.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=_GRACE)
        await self._runner.setup()
        await web.TCPSite(self._runner, *self._address, backlog=2048).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._delivery.stop()
        await self._cloud.updates.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def complaints(self) -> list[str]:
        """What the bot did that Telegram lets pass but that is surely not meant."""
        return self._cloud.complaints

    @property
    def profile(self) -> Profile:
        """What the bot says about itself: names, descriptions, commands, menu buttons."""
        return self._cloud.profile

    @property
    def pending_updates(self) -> int:
        """How many updates the bot has not confirmed."""
        return self._cloud.updates.pending

    def person(
        self,
        user_id: int,
        first_name: str = "Somebody",
        language_code: str | None = None,
        is_bot: bool = False,
    ) -> Person:
        """Return the person with this id, always the same one."""
        if user_id not in self._people:
            user: dict[str, Any] = {"id": user_id, "is_bot": is_bot, "first_name": first_name}
            if language_code:
                user["language_code"] = language_code
            chat = Chat({"id": user_id, "type": "private", "first_name": first_name})
            self._cloud.chats[user_id] = chat
            self._people[user_id] = Person(self._cloud, user, chat)
        return self._people[user_id]

    def group(self, chat_id: int = -1_001_000_000_001, title: str = "A group") -> Group:
        """Return a group that the bot is in; the same chat for the same id."""
        if chat_id not in self._cloud.chats:
            description = {"id": chat_id, "type": "supergroup", "title": title}
            self._cloud.chats[chat_id] = Chat(description)
        return Group(self._cloud.chats[chat_id])

    def inject(
        self, method: str, *faults: Fault, chat_id: int | None = None, times: int = 1
    ) -> None:
        """Let the next calls of a method (into one chat) meet these faults, one each."""
        for fault in faults * times:
            self._faults.add(method, fault, chat_id=chat_id)

    def calls_of(self, method: str) -> list[Call]:
        """Return the calls of one method until now."""
        return list(self._calls_of[method.lower()])

    async def wait_for_call(
        self,
        method: str,
        count: int = 1,
        timeout: float = 5.0,  # noqa: ASYNC109
    ) -> list[Call]:
        """Return the calls of one method, once there are `count` in all or more."""
        calls = self._calls_of[method.lower()]
        async with self._called:
            try:
                async with asyncio.timeout(timeout):
                    await self._called.wait_for(lambda: len(calls) >= count)
            except TimeoutError:
                text = f"the bot called {method} {len(calls)} times in {timeout:g} s, not {count}"
                raise NotSeenError(text) from None
        return list(calls)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        token, _, name = request.path.removeprefix("/bot").partition("/")
        method = METHODS.get(name.lower())
        try:
            if not request.path.startswith("/bot") or ":" not in token:
                raise Refusal(HTTPStatus.NOT_FOUND, NOT_FOUND)
            if token != self.token:
                raise Refusal(HTTPStatus.UNAUTHORIZED, UNAUTHORIZED)
            if method is None:
                raise Refusal(HTTPStatus.NOT_FOUND, NOT_FOUND)
            return await self._call(request, method)
        except Refusal as refusal:
            if request.transport is not None:  # else nobody waits any more, as when a bot stops
                self._note_refusal(name, refusal)
            return _json(refusal.code, refusal.body())

    async def _call(self, request: web.Request, method: Method) -> web.StreamResponse:
        parameters = Parameters(await read_body(request))
        await self._note_call(method, parameters)
        fault = self._faults.next(method.name, parameters.values.get("chat_id"))
        if fault is None:
            return _json(HTTPStatus.OK, {"ok": True, "result": await self._do(method, parameters)})
        if refusal := fault.as_refusal():
            self._note_refusal(method.name, refusal, injected=True)
            return _json(refusal.code, refusal.body())
        body: dict[str, Any] = {"ok": True}
        if fault.is_carried_out:
            body["result"] = await self._do(method, parameters)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.resets and request.transport:
            request.transport.abort()
        return _json(HTTPStatus.OK, body)

    async def _do(self, method: Method, parameters: Parameters) -> Any:
        result = await method.answer(self._cloud, parameters)
        self._delivery.follow()
        return result

    async def _note_call(self, method: Method, parameters: Parameters) -> None:
        for name, value in parameters.values.items():
            if name not in method.takes and not isinstance(value, Upload):
                self._cloud.complain(f"{method.name} does not take {name!r}")
        call = Call(method.name, parameters.values, time.monotonic())
        self.calls.append(call)
        async with self._called:
            self._calls_of[method.name.lower()].append(call)
            self._called.notify_all()

    def _note_refusal(self, name: str, refusal: Refusal, *, injected: bool = False) -> None:
        self.refusals.append(RefusedCall(name, refusal.code, refusal.description, injected))


def _json(status: int, body: dict[str, Any]) -> web.Response:
    return web.Response(
        status=status,
        body=json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        content_type="application/json",
    )
