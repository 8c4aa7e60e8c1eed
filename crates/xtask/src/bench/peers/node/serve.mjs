// What the programs have in common: as many workers as processors, filled once, before any of them serves.
// Arguments: the URL of an empty PostgreSQL, the file to write the tokens to, and the address to serve at.
import cluster from "node:cluster";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { availableParallelism } from "node:os";

export const [, , database, sample, address] = process.argv;

/** How many tokens there are. */
export const TOKENS = 2_000;

/** Fills in the first process; every other one answers with `listener`. */
export async function serve(fill, listener) {
  if (cluster.isPrimary) {
    const tokens = await fill();
    writeFileSync(sample, tokens.map((token) => `${token}\n`).join(""));
    for (let worker = 0; worker < availableParallelism(); worker += 1) cluster.fork();
    return;
  }
  const [host, port] = address.split(":");
  createServer(listener).listen(Number(port), host);
}
