# SPDX-License-Identifier: Apache-2.0
"""The normal life of the official Python client of OpenAI. Prints one JSON object of what it saw."""
import base64
import json
import os
from typing import List, Literal, Optional

import openai
from pydantic import BaseModel


class Shot(BaseModel):
    seconds: float
    text: str
    move: Literal["pan", "push", "hold"]


class Plan(BaseModel):
    title: str
    note: Optional[str]
    shots: List[Shot]


client = openai.OpenAI(api_key="sk-witness", base_url=os.environ["WITNESS_OPENAI"], max_retries=0)
messages, seen = [{"role": "user", "content": "plan a film"}], {}
done = client.chat.completions.parse(model="gpt-4o-mini", messages=messages, response_format=Plan)
seen["chat"] = [len(done.choices[0].message.parsed.shots), done.choices[0].finish_reason, done.usage.total_tokens > 0]
done = client.responses.parse(model="gpt-4o-mini", input="plan a film", text_format=Plan)
seen["responses"] = [len(done.output_parsed.shots), done.status, done.usage.total_tokens > 0]
seen["text"] = len(client.responses.create(model="gpt-4o-mini", input="hello").output_text) > 0
try:
    client.chat.completions.parse(model="gpt-4o-mini", messages=messages, response_format=Plan, max_completion_tokens=5)
except openai.LengthFinishReasonError as error:
    seen["length"] = type(error).__name__
stream = client.chat.completions.create(model="gpt-4o-mini", messages=messages, stream=True)
seen["stream"] = len("".join(chunk.choices[0].delta.content or "" for chunk in stream)) > 0
seen["models"] = "gpt-4o" in [m.id for m in client.models.list()]
image = client.images.generate(model="gpt-image-2.5", prompt="a mug", size="1024x1024")
seen["image"] = base64.b64decode(image.data[0].b64_json)[:4].hex()
speech = client.audio.speech.create(model="tts-1", voice="alloy", input="hello there", response_format="wav")
seen["speech"] = speech.read()[:4].decode()
for name, words in (("unknown", {"model": "gpt-9"}), ("retired", {"model": "gpt-4-turbo"})):
    try:
        client.chat.completions.create(messages=messages, **words)
    except openai.NotFoundError as error:
        seen[name] = error.code
try:
    client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": "x"}],
                                   response_format={"type": "json_schema", "json_schema": {"name": "a", "strict": True, "schema": {"type": "array"}}})
except openai.BadRequestError as error:
    seen["schema"] = error.code
try:
    openai.OpenAI(api_key="", base_url=os.environ["WITNESS_OPENAI"], max_retries=0, default_headers={"Authorization": ""}).models.list()
except openai.AuthenticationError as error:
    seen["auth"] = error.status_code
print(json.dumps(seen))
