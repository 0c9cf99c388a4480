# SPDX-License-Identifier: Apache-2.0
"""Webhooks of providers, for hosts with a public address: whether one is genuine, and what it says.

`Pipeline.deliver` does both and wakes the job; these are for hosts that sort them first. The scheme is that of
standardwebhooks.com. Pure functions, any thread. Errors never hold the secret or the body.
"""
from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from vidgen._backend import RemoteJob
from vidgen._native import native

__all__ = ["read", "verify"]


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: float | None = None,
           tolerance: float = 300) -> str:
    """The message's id, the same when it is sent again. CredentialsError: it is not genuine, too old or too new.

    `secret`: "whsec_…", or several with spaces between. `body`: the bytes as they came, not text made of them.
    `now`: seconds since 1970, the machine's clock when None. `tolerance`: seconds, both ways.
    """
    if isinstance(body, str):
        raise TypeError("body: the bytes as they came, not text")
    moment = int(time.time() if now is None else now)
    return native.webhook_verify(secret, dict(headers), bytes(body), moment, int(tolerance))


def read(provider: str, body: bytes) -> RemoteJob:
    """The job that a body speaks of. ProviderError: it speaks of none; UnsupportedError: it sends no webhooks."""
    row: dict[str, Any] = json.loads(native.webhook_read(provider, bytes(body)))
    return RemoteJob(row["id"], row["state"], error=row.get("error", ""))
