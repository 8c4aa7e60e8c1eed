// What every part written in JavaScript needs: its packages, its settings, and a line of JSON for each thing that is
// said. Knows nothing of what a part is for.

import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

// The packages are installed away from the sources, where `import` does not look.
const require = createRequire(join(process.env.SYMBOLON_TEST_NODE_MODULES, 'package.json'));

/** Imports a package, or a file of one. */
export const load = (name) => import(pathToFileURL(require.resolve(name)));

/** What the test wants: the first argument, as JSON. */
export const settings = JSON.parse(process.argv[2] ?? '{}');

/** Tells the test something. */
export const say = (object) => process.stdout.write(`${JSON.stringify(object)}\n`);

/** A server on a free port of the loopback interface, and its origin. */
export async function listen() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Another site than the service, which the tests reach by its IP address: as in real life, cookies notice.
  return { server, origin: `http://localhost:${server.address().port}` };
}

/**
 * Answers the test's questions, and ends when the test does.
 *
 * A question is a line `{"ask": 7, "do": "name", …}`, its answer `{"answer":7,"value":…}`.
 */
export function obey(commands) {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', async (line) => {
    const { ask, ...question } = JSON.parse(line);
    try {
      say({ answer: ask, value: (await commands[question.do](question)) ?? null });
    } catch (error) {
      say({ answer: ask, error: String(error) });
    }
  });
  lines.on('close', () => process.exit(0));
}
