// oidc-provider: introspection (RFC 7662) of opaque access tokens that are kept in PostgreSQL.
import pg from "pg";
import Provider from "oidc-provider";
import { TOKENS, address, database, serve } from "./serve.mjs";

const pool = new pg.Pool({ connectionString: database, max: 10 });

/** Keeps what the library gives it, in one table, by the primary key. */
class Adapter {
  constructor(model) {
    this.model = model;
  }

  async upsert(id, payload, expiresIn) {
    const expires = expiresIn ? new Date(Date.now() + expiresIn * 1000) : null;
    await pool.query(
      `INSERT INTO models (model, id, payload, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (model, id) DO UPDATE SET payload = EXCLUDED.payload, expires_at = EXCLUDED.expires_at`,
      [this.model, id, payload, expires],
    );
  }

  async find(id) {
    const { rows } = await pool.query({
      name: "find",
      text: "SELECT payload FROM models WHERE model = $1 AND id = $2 AND (expires_at IS NULL OR expires_at > now())",
      values: [this.model, id],
    });
    return rows[0]?.payload;
  }

  async destroy(id) {
    await pool.query("DELETE FROM models WHERE model = $1 AND id = $2", [this.model, id]);
  }
}

const provider = new Provider(`http://${address}`, {
  adapter: Adapter,
  clients: [
    {
      client_id: "bench",
      client_secret: "bench-secret",
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
      scope: "read",
    },
  ],
  cookies: { keys: ["not used by what is measured"] },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true },
  },
  scopes: ["read"],
  ttl: { ClientCredentials: 180 * 86_400 },
});

async function fill() {
  await pool.query(
    `CREATE TABLE models (model text, id text, payload jsonb NOT NULL, expires_at timestamptz, PRIMARY KEY (model, id))`,
  );
  const client = await provider.Client.find("bench");
  const tokens = [];
  for (let number = 0; number < TOKENS; number += 1) {
    tokens.push(await new provider.ClientCredentials({ client, scope: "read" }).save());
  }
  return tokens;
}

await serve(fill, provider.callback());
