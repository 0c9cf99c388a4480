# SPDX-License-Identifier: Apache-2.0
"""One clip with the official Python client, in the two ways of its README: run | create.

    clip.py run|create PROMPT OUT
    clip.py --serve        a process for each line of JSON {argv, env}, forked when the client is loaded: as if started,
                           without a second of importing each. Prints "PID" and, once it has ended, "PID CODE".
"""
import json
import os
import signal
import sys
import threading
import traceback
import urllib.request

import replicate

MODEL = "wan-video/wan-2.2-t2v-fast"


def run(prompt, path):
    output = replicate.run(MODEL, input={"prompt": prompt})
    with open(path, "wb") as file:
        file.write(output.read())


def create(prompt, path):
    prediction = replicate.models.predictions.create(MODEL, input={"prompt": prompt})
    prediction.wait()
    if prediction.status != "succeeded":
        raise RuntimeError(f"{prediction.status}: {prediction.error}")
    with urllib.request.urlopen(prediction.output) as answer, open(path, "wb") as file:
        file.write(answer.read())


def main(way, prompt, path):
    {"run": run, "create": create}[way](prompt, path)


def child(given):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(given["env"])
    replicate.default_client = replicate.Client()          # reads the environment, as importing it does
    for name in ("run", "models", "predictions"):
        setattr(replicate, name, getattr(replicate.default_client, name))
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(os.open(given["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
    try:
        main(*given["argv"])
        return 0
    except BaseException:
        traceback.print_exc()
        return 1


def serve():
    lock = threading.Lock()

    def reap(pid):
        _, status = os.waitpid(pid, 0)
        with lock:
            print(f"{pid} {os.waitstatus_to_exitcode(status)}", flush=True)

    for line in sys.stdin:
        with lock:                                         # no thread prints while the process is copied
            pid = os.fork()
            if pid == 0:
                os._exit(child(json.loads(line)))
            print(pid, flush=True)
        threading.Thread(target=reap, args=(pid,), daemon=True).start()


if __name__ == "__main__":
    serve() if sys.argv[1:] == ["--serve"] else main(*sys.argv[1:])
