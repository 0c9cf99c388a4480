// SPDX-License-Identifier: Apache-2.0
// One clip with the official JavaScript client, in the two ways of its README: run | create.
//
//   node clip.cjs run|create PROMPT OUT
const { writeFile } = require("node:fs/promises");
const Replicate = require("replicate");

const [way, prompt, path] = process.argv.slice(2);
const model = "wan-video/wan-2.2-t2v-fast";
const replicate = new Replicate({ baseUrl: process.env.REPLICATE_BASE_URL });

async function run() {
  const output = await replicate.run(model, { input: { prompt } });
  await writeFile(path, output);
}

async function create() {
  let prediction = await replicate.predictions.create({ model, input: { prompt } });
  prediction = await replicate.wait(prediction);
  if (prediction.status !== "succeeded") throw new Error(`${prediction.status}: ${prediction.error}`);
  const answer = await fetch(prediction.output);
  if (!answer.ok) throw new Error(`download: ${answer.status}`);
  await writeFile(path, Buffer.from(await answer.arrayBuffer()));
}

(way === "run" ? run() : create()).catch((error) => { console.error(error); process.exit(1); });
