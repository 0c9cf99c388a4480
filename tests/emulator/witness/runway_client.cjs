// SPDX-License-Identifier: Apache-2.0
// A task with the official JavaScript client of Runway. Prints one JSON object of what it saw.
const RunwayML = require("@runwayml/sdk").default;

async function main() {
  const client = new RunwayML({ apiKey: "key_witness", baseURL: process.env.WITNESS_RUNWAY, maxRetries: 0 });
  const made = await client.imageToVideo.create({ model: "gen4_turbo", promptImage: "https://example.com/a.png", promptText: "x",
    ratio: "1280:720", duration: 5 });
  let task = await client.tasks.retrieve(made.id);
  while (!["SUCCEEDED", "FAILED", "CANCELLED"].includes(task.status)) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    task = await client.tasks.retrieve(made.id);
  }
  const seen = { last: task.status, outputs: task.output.length };
  try { await client.imageToVideo.create({ model: "gen4_turbo", promptText: "x", ratio: "1:1" }); } catch (error) { seen.error = error.status; }
  console.log(JSON.stringify(seen));
}
main().catch((error) => { console.error(error); process.exit(1); });
