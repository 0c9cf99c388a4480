# SPDX-License-Identifier: Apache-2.0
"""The command: starts the emulator, prints one line of JSON with its base URLs, stops on SIGTERM or SIGINT."""
from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from typing import Dict, List, Optional

from . import __version__, scenario, tls
from .app import App
from .server import Server


def arguments(argv: Optional[List[str]] = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="vidgen-emulator", description="Hosted model providers, emulated on the wire.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port of the APIs; 0 takes a free one")
    parser.add_argument("--delivery-port", type=int, default=0, help="port from which outputs are downloaded; 0 takes a free one")
    parser.add_argument("--same-origin", action="store_true", help="deliver outputs from the APIs' own port")
    parser.add_argument("--public-host", default="", help="host name to put into URLs (default: the address)")
    parser.add_argument("--scenario", metavar="FILE", help="scenario as JSON")
    parser.add_argument("--models", metavar="DIR", help="folder of vidgen.model/1 files")
    parser.add_argument("--schemas", metavar="DIR", help="folder of the provider's model records, whose input schemas are then enforced")
    parser.add_argument("--speed", type=float, help="virtual seconds a second; 0: time stands still until it is moved")
    parser.add_argument("--seed", type=int, help="seed of everything that is drawn")
    parser.add_argument("--media", choices=("real", "stub"), help="make real clips with ffmpeg, or tiny ones")
    parser.add_argument("--ready-file", metavar="FILE", help="where the line with the URLs is written, too, once it listens")
    parser.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"), help="serve TLS with these files")
    parser.add_argument("--tls-self", metavar="DIR", help="serve TLS with a CA and a leaf made in DIR by openssl")
    parser.add_argument("--version", action="version", version=__version__)
    return parser.parse_args(argv)


def words_of(given: argparse.Namespace) -> Dict:
    words = scenario.load(given.scenario) if given.scenario else scenario.DEFAULTS
    over: Dict = {k: v for k, v in (("speed", given.speed), ("seed", given.seed)) if v is not None}
    if given.media:
        over["media"] = {"mode": given.media}
    return scenario.merge(words, over)


def urls(app: App, ca: str) -> Dict[str, str]:
    base = app.origin
    found = {"replicate": base + "/replicate/v1", "replicate_root": base + "/replicate", "openai": base + "/openai/v1", "fal": base + "/fal",
             "runway": base + "/runway", "comfyui": base + "/comfy", "delivery": app.delivery_origin, "control": base + "/_emulator",
             "pid": os.getpid()}
    return {**found, "ca": ca} if ca else found


async def serve(given: argparse.Namespace) -> None:
    app = App(words_of(given), given.models, given.schemas)
    context, ca = None, ""
    if given.tls_self:
        ca, leaf, key = tls.make(given.tls_self)
        context = tls.context(leaf, key)
    elif given.tls:
        context = tls.context(*given.tls)
    server, stop = Server(app), asyncio.Event()
    named = lambda url: url.replace(given.host, given.public_host) if given.public_host else url
    app.origin = named(await server.listen(given.host, given.port, context))
    app.delivery_origin = app.origin if given.same_origin else named(await server.listen(given.host, given.delivery_port, context))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    timers = asyncio.create_task(app.clock.run())
    announce(json.dumps(urls(app, ca)), given.ready_file)
    await stop.wait()
    timers.cancel()
    await server.close()


def announce(line: str, path: Optional[str]) -> None:
    """The file appears whole or not at all."""
    if path:
        with open(path + ".part", "w", encoding="utf-8") as file:
            file.write(line + "\n")
        os.replace(path + ".part", path)
    print(line, flush=True)


def main(argv: Optional[List[str]] = None) -> int:
    given = arguments(argv)
    try:
        asyncio.run(serve(given))
    except scenario.ScenarioError as error:
        print(f"scenario: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"vidgen-emulator: {error}", file=sys.stderr)
        return 1
    return 0
