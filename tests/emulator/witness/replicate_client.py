# SPDX-License-Identifier: Apache-2.0
"""The normal life of the official Python client. Prints one JSON object of what it saw."""
import http.server
import io
import json
import os
import threading

import replicate
from replicate.exceptions import ModelError, ReplicateError
from replicate.webhook import Webhooks

SCHNELL, ZEROSCOPE = "black-forest-labs/flux-schnell", "9f747673945c62801b13b84701c783929c0ee784e4748ec062204894dda1a351"
client = replicate.Client(api_token="r8_witness", base_url=os.environ["WITNESS_REPLICATE_ROOT"])
client.poll_interval = 0.05
seen, hooks, arrived = {}, [], threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        hooks.append(({k.lower(): v for k, v in self.headers.items()}, self.rfile.read(int(self.headers["content-length"])).decode()))
        self.send_response(200)
        self.end_headers()
        arrived.set()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()

seen["account"] = client.accounts.current().username
model = client.models.get(SCHNELL)
seen["model"] = f"{model.owner}/{model.name}"
seen["versions"] = len(client.models.get("stability-ai/sdxl").versions.list().results)
seen["hardware"] = len(client.hardware.list())

prediction = client.predictions.create(version=ZEROSCOPE, input={"prompt": "x"}, webhook=f"http://127.0.0.1:{server.server_port}/",
                                       webhook_events_filter=["completed"])
seen["created"] = prediction.status
prediction.wait()
seen["ended"] = [prediction.status, prediction.progress.percentage, prediction.metrics["predict_time"] > 0]
arrived.wait(10)
secret = client.webhooks.default.secret()
Webhooks.validate(headers=hooks[0][0], body=hooks[0][1], secret=secret)
try:
    Webhooks.validate(headers=hooks[0][0], body=hooks[0][1] + " ", secret=secret)
except ValueError as error:
    seen["webhook"] = type(error).__name__

canceled = client.predictions.create(version=ZEROSCOPE, input={"prompt": "y"})
canceled.cancel()
canceled.reload()
seen["canceled"] = canceled.status
seen["listed"] = [p.id for p in client.predictions.list().results] == [canceled.id, prediction.id]

file = client.files.create(io.BytesIO(b"hello"), filename="a.txt", content_type="text/plain", metadata={"a": 1})
seen["file"] = [client.files.get(file.id).name, file.size, file.metadata, len(client.files.list())]
client.files.delete(file.id)
try:
    client.files.get(file.id)
except ReplicateError as error:
    seen["deleted"] = error.status

output = client.run(SCHNELL, input={"prompt": "a mug", "output_format": "png"})
seen["run"] = [type(output[0]).__name__, output[0].read()[:4].hex()]
output = client.run("stability-ai/sdxl:7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc", input={"prompt": "z"})
seen["run_by_version"] = len(list(output))
try:
    client.predictions.create(version="0" * 64, input={})
except ReplicateError as error:
    seen["error"] = [error.status, error.title]
try:
    client.run(SCHNELL, input={"prompt": "fail please"})
except ModelError as error:
    seen["failed"] = error.prediction.error
print(json.dumps(seen))
