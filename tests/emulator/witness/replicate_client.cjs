// SPDX-License-Identifier: Apache-2.0
// The normal life of the official JavaScript client. Prints one JSON object of what it saw.
const http = require("node:http");
const Replicate = require("replicate");
const { validateWebhook } = Replicate;
const { Webhook } = require("standardwebhooks");

const SCHNELL = "black-forest-labs/flux-schnell";
const ZEROSCOPE = "9f747673945c62801b13b84701c783929c0ee784e4748ec062204894dda1a351";

async function main() {
  const client = new Replicate({ auth: "r8_witness", baseUrl: process.env.WITNESS_REPLICATE });
  const seen = {};
  const hooks = [];
  let arrived;
  const waiting = new Promise((resolve) => (arrived = resolve));
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (block) => (body += block));
    request.on("end", () => { hooks.push({ headers: request.headers, body }); response.end(); arrived(); });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

  seen.account = (await client.accounts.current()).type;
  seen.model = (await client.models.get("black-forest-labs", "flux-schnell")).name;
  const made = await client.predictions.create({
    version: ZEROSCOPE, input: { prompt: "x" }, webhook: `http://127.0.0.1:${server.address().port}/`, webhook_events_filter: ["completed"] });
  seen.created = made.status;
  const done = await client.wait(made, { interval: 50 });
  seen.ended = [done.status, typeof done.output[0]];
  await waiting;
  const secret = (await client.webhooks.default.secret.get()).key;
  const { headers, body } = hooks[0];
  const parts = { id: headers["webhook-id"], timestamp: headers["webhook-timestamp"], signature: headers["webhook-signature"], body, secret };
  seen.webhook = [await validateWebhook(parts), await validateWebhook({ ...parts, body: body + " " })];
  const fresh = { ...headers };
  try { new Webhook(secret.slice("whsec_".length)).verify(body, fresh); seen.standard = true; } catch (error) { seen.standard = error.message; }

  const canceled = await client.predictions.create({ version: ZEROSCOPE, input: { prompt: "y" } });
  seen.canceled = (await client.predictions.cancel(canceled.id)).status;
  const pages = [];
  for await (const page of client.paginate(client.predictions.list)) pages.push(page.length);
  seen.listed = pages[0] >= 2;
  const file = await client.files.create(Buffer.from("hello"), { a: 1 });
  seen.file = [(await client.files.get(file.id)).size, file.metadata.a];
  seen.deleted = await client.files.delete(file.id);
  const output = await client.run(SCHNELL, { input: { prompt: "a mug", output_format: "png" } });
  const bytes = Buffer.from(await (await output[0].blob()).arrayBuffer());
  seen.run = [output[0].constructor.name, bytes.subarray(0, 4).toString("hex")];
  try { await client.run(SCHNELL, { input: { prompt: 7 } }); } catch (error) { seen.error = error.response.status; }
  server.close();
  server.closeAllConnections();
  console.log(JSON.stringify(seen));
}
main().catch((error) => { console.error(error); process.exit(1); });
