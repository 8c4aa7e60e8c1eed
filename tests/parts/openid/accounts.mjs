// Who has an account at the provider. The `sub` is the key.

export const accounts = {
  ada: { name: 'Ada Lovelace', email: 'ada@example.org', email_verified: true },
  grace: { name: 'Grace Hopper', email: 'grace@example.org', email_verified: true },
  // Nobody ever checked that this address is his.
  alan: { name: 'Alan Turing', email: 'alan@example.org', email_verified: false },
};
