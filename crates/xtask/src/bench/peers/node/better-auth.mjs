// better-auth with its plugin for API keys, which are kept in PostgreSQL.
import pg from "pg";
import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { TOKENS, address, database, serve } from "./serve.mjs";

const auth = betterAuth({
  baseURL: `http://${address}`,
  database: new pg.Pool({ connectionString: database, max: 10 }),
  emailAndPassword: { enabled: true },
  // Whoever asks as often as this benchmark would be refused.
  plugins: [apiKey({ rateLimit: { enabled: false } })],
  rateLimit: { enabled: false },
  secret: "a secret of no value, for what is measured needs none",
  telemetry: { enabled: false },
});

async function fill() {
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  const { user } = await auth.api.signUpEmail({
    body: { email: "ada@example.org", name: "Ada", password: "correct horse battery staple" },
  });
  const tokens = [];
  for (let number = 0; number < TOKENS; number += 1) {
    const { key } = await auth.api.createApiKey({ body: { name: `Program ${number}`, userId: user.id } });
    tokens.push(key);
  }
  return tokens;
}

/** The key of a request, if it is one. */
async function verified(request) {
  const key = request.headers["x-api-key"];
  const found = key === undefined ? {} : await auth.api.verifyApiKey({ body: { key } });
  return found.valid ? found.key : undefined;
}

await serve(fill, async (request, response) => {
  const key = await verified(request);
  const answer = key ? { id: key.id, name: key.name, expires_at: key.expiresAt } : { error: "refused" };
  response.writeHead(key ? 200 : 401, { "content-type": "application/json" });
  response.end(JSON.stringify(answer));
});
