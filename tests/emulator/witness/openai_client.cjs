// SPDX-License-Identifier: Apache-2.0
// The normal life of the official JavaScript client of OpenAI, and what it does on trouble. Prints one JSON object.
const OpenAI = require("openai").default;

const schema = { type: "object", additionalProperties: false, required: ["title", "shots"], properties: {
  title: { type: "string" }, shots: { type: "array", items: { type: "string" } } } };

async function main() {
  const client = new OpenAI({ apiKey: "sk-witness", baseURL: process.env.WITNESS_OPENAI, maxRetries: 0 });
  const messages = [{ role: "user", content: "plan a film" }];
  const seen = {};
  const done = await client.chat.completions.create({ model: "gpt-4o-mini", messages,
    response_format: { type: "json_schema", json_schema: { name: "plan", strict: true, schema } } });
  seen.chat = [JSON.parse(done.choices[0].message.content).shots.length, done.choices[0].finish_reason];
  const said = await client.responses.create({ model: "gpt-4o-mini", input: "plan a film",
    text: { format: { type: "json_schema", name: "plan", strict: true, schema } } });
  seen.responses = [JSON.parse(said.output_text).shots.length, said.status];
  const image = await client.images.generate({ model: "gpt-image-2.5", prompt: "a mug" });
  seen.image = Buffer.from(image.data[0].b64_json, "base64").subarray(0, 4).toString("hex");
  const names = [];
  for await (const model of client.models.list()) names.push(model.id);
  seen.models = names.includes("gpt-4o");
  try { await client.chat.completions.create({ model: "gpt-9", messages }); } catch (error) { seen.unknown = [error.constructor.name, error.code]; }
  console.log(JSON.stringify(seen));
}
main().catch((error) => { console.error(error); process.exit(1); });
