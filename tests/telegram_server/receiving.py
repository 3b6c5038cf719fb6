"""The methods by which a bot receives updates: polling, or a webhook."""

import re
from typing import Any
from urllib.parse import urlsplit

from .cloud import Cloud, Method, Webhook, method
from .parameters import Parameters
from .refusal import bad_request
from .updates import MAX_LIMIT

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_PORTS = frozenset({80, 88, 443, 8443})
_MAX_CONNECTIONS = 100


async def get_updates(cloud: Cloud, parameters: Parameters) -> list[dict[str, Any]]:
    """Return what waits for the bot; an offset confirms all before it."""
    cloud.updates.allow(parameters.object("allowed_updates"))
    return await cloud.updates.poll(
        offset=parameters.number("offset"),
        limit=min(max(parameters.number("limit", default=MAX_LIMIT), 1), MAX_LIMIT),
        seconds=max(parameters.number("timeout"), 0),
    )


async def set_webhook(cloud: Cloud, parameters: Parameters) -> bool:
    """Deliver updates to an address from now on; an empty one ends that."""
    url = parameters.text("url").strip()
    if not url:
        return await delete_webhook(cloud, parameters)
    _check_address(url)
    secret = parameters.text("secret_token")
    if "secret_token" in parameters.values and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = parameters.number("max_connections", default=40)
    if not 1 <= connections <= _MAX_CONNECTIONS:
        raise bad_request("bad webhook: max_connections must be between 1 and 100")
    cloud.updates.allow(parameters.object("allowed_updates"))
    if parameters.flag("drop_pending_updates"):
        cloud.updates.drop_all()
    cloud.webhook = Webhook(url, secret, connections)
    await cloud.updates.use_webhook(True)
    return True


async def delete_webhook(cloud: Cloud, parameters: Parameters) -> bool:
    """Go back to polling."""
    if parameters.flag("drop_pending_updates"):
        cloud.updates.drop_all()
    cloud.webhook = Webhook()
    await cloud.updates.use_webhook(False)
    return True


async def get_webhook_info(cloud: Cloud, parameters: Parameters) -> dict[str, Any]:
    """Return where updates go, how many wait, and the last error."""
    webhook = cloud.webhook
    information: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": cloud.updates.pending,
    }
    if webhook.url:
        information["max_connections"] = webhook.max_connections
    if webhook.last_error:
        information["last_error_date"] = webhook.last_error_time
        information["last_error_message"] = webhook.last_error
    return information


def _check_address(url: str) -> None:
    """Refuse what Telegram refuses, but let a local bot be reached without TLS."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise bad_request("invalid webhook URL specified")
    if host in _LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


METHODS: tuple[Method, ...] = (
    method("getUpdates", "offset limit timeout allowed_updates", get_updates),
    method(
        "setWebhook",
        "url certificate ip_address max_connections allowed_updates drop_pending_updates "
        "secret_token",
        set_webhook,
    ),
    method("deleteWebhook", "drop_pending_updates", delete_webhook),
    method("getWebhookInfo", "", get_webhook_info),
)
