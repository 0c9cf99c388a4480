# SPDX-License-Identifier: Apache-2.0
"""Error answers, in each provider's own words and shape."""
from __future__ import annotations

from typing import Any, Dict, List, Optional

from .http import REASONS, Response, http_date, json_response

PROBLEM = "application/problem+json"


def replicate(status: int, detail: str, title: str = "", **more) -> Response:
    body: Dict[str, Any] = {"title": title} if title else {}
    body.update({"detail": detail, "status": status} if title else {"detail": detail})
    body.update(more)
    return json_response(body, status, PROBLEM)


def invalid_input(rows: List[Dict[str, str]]) -> Response:
    """422 with the rows of what is wrong."""
    detail = "".join(f"- {row['field']}: {row['description']}\n" for row in rows)
    return replicate(422, detail, "Input validation failed", invalid_fields=rows)


def openai(status: int, message: str, kind: str, code: Optional[str] = None, param: Optional[str] = None) -> Response:
    return json_response({"error": {"message": message, "type": kind, "param": param, "code": code}}, status)


def llama(status: int, message: str, kind: str = "invalid_request_error") -> Response:
    """llama.cpp: the code is a number and there is no param."""
    return json_response({"error": {"code": status, "message": message, "type": kind}}, status)


def runway(status: int, message: str, **more) -> Response:
    return json_response({"error": message, **more}, status)


def fal(status: int, detail) -> Response:
    return json_response({"detail": detail}, status)


def of(provider: str, status: int, message: str = "") -> Response:
    """Some error of that status, as that provider words it."""
    message = message or REASONS.get(status, "error")
    if provider == "openai":
        kind = "server_error" if status >= 500 else "invalid_request_error"
        if status == 503:
            return openai(503, "The server is overloaded. Please try again later.", "service_unavailable_error", "server_is_overloaded")
        return openai(status, message, kind)
    if provider == "runway":
        return runway(status, message)
    if provider in ("fal", "comfy"):
        return fal(status, message)
    return replicate(status, message)


def not_found(provider: str) -> Response:
    return of(provider, 404, "Unknown request URL. Please check the URL for typos." if provider == "openai" else
              "The requested resource could not be found.")


def unauthenticated(provider: str, missing: bool) -> Response:
    if provider == "openai":
        said = "You didn't provide an API key." if missing else "Incorrect API key provided."
        return openai(401, said, "invalid_request_error", None if missing else "invalid_api_key")
    if provider in ("runway", "fal"):
        return of(provider, 401, "Unauthorized" if provider == "runway" else "Authentication is required to access this application.")
    word = "an authentication token" if missing else "a valid authentication token"
    return replicate(401, f"You did not pass {word}", "Unauthenticated")


def no_credit(provider: str) -> Response:
    if provider == "openai":
        return openai(429, "You exceeded your current quota, please check your plan and billing details.", "insufficient_quota",
                      "credit_balance_exhausted")
    if provider == "runway":
        return runway(400, "You do not have enough credits to run this task.")
    if provider == "fal":
        return fal(403, "User is locked. Reason: Exhausted balance.")
    return replicate(402, "You have insufficient credit to run this model. Go to the billing page to purchase credit. Once you purchase "
                     "credit, please wait a few minutes before trying again.", "Insufficient credit")


def throttled(provider: str, wait_us: int, form: str, now: int, low_credit: bool = False, code: str = "") -> Response:
    """429. `form` says where the wait stands: header, date, body, prose, all, none."""
    seconds = max(1, -(-wait_us // 1_000_000))
    if provider == "openai":
        kind, named = ("rate_limit_error", code) if code == "slow_down" else ("requests", code or "rate_limit_exceeded")
        answer = openai(429, f"Rate limit reached. Please try again in {seconds}s.", kind, named)
        if form in ("header", "all"):
            answer.headers.append(("retry-after-ms", str(wait_us // 1000)))
    elif provider == "replicate":
        answer = _replicate_throttled(seconds, form, low_credit)
    else:
        answer = of(provider, 429, "Too many requests")
    if form in ("header", "all"):
        answer.headers.append(("Retry-After", str(seconds)))
    elif form == "date":
        answer.headers.append(("Retry-After", http_date(now + wait_us + 999_999)))
    return answer


def _replicate_throttled(seconds: int, form: str, low_credit: bool) -> Response:
    detail = "Request was throttled."
    if low_credit:
        detail += (" Your rate limit for creating predictions is reduced to 6 requests per minute with a burst of 1 requests while you have "
                   "less than $5.0 in credit.")
    if form in ("prose", "all"):
        detail += f" Your rate limit resets in ~{seconds}s."
    more: Dict[str, Any] = {"status": 429}
    if form in ("body", "all"):
        more["retry_after"] = seconds
    return json_response({"detail": detail, **more}, 429, PROBLEM)
