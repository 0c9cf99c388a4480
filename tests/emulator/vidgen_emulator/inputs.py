# SPDX-License-Identifier: Apache-2.0
"""Pictures that a request names: a data URI, a file that was uploaded here, something delivered here, or any other URL."""
from __future__ import annotations

import asyncio
import base64
import binascii
import ssl
import urllib.parse
import urllib.request
from typing import Any, Optional

from .media import MediaError

MAX_BYTES = 100 << 20


def from_data_uri(text: str) -> bytes:
    head, comma, data = text.partition(",")
    if not comma:
        raise MediaError("the data URI has no data")
    try:
        return base64.b64decode(data, validate=True) if head.endswith(";base64") else urllib.parse.unquote_to_bytes(data)
    except (binascii.Error, ValueError):
        raise MediaError("the data URI is not base64") from None


def _download(url: str) -> bytes:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE      # test servers sign for themselves
    with urllib.request.urlopen(url, timeout=10, context=context) as answer:
        return answer.read(MAX_BYTES)


async def fetch(app, value: Any) -> Optional[bytes]:
    """The bytes of one input; None when there is none. MediaError says what is wrong with it."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("uri") or value.get("url")
    if not isinstance(value, str) or not value:
        return None
    if value.startswith("data:"):
        return from_data_uri(value)
    local = app.local_bytes(value)
    if local is not None:
        return await local if asyncio.iscoroutine(local) else local
    if not value.startswith(("http://", "https://")):
        raise MediaError(f"cannot open '{value[:60]}': not a URL")
    try:
        return await asyncio.get_running_loop().run_in_executor(None, _download, value)
    except (OSError, ValueError) as error:
        raise MediaError(f"cannot download the input: {error}") from None
