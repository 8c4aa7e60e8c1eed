// The provider's own pages, for a browser that clicks.

const buttons = (accounts) =>
  Object.entries(accounts)
    .map(([id, { name }]) => `<p><button name="account" value="${id}">${name}</button></p>`)
    .join('\n      ');

/** The page that asks who one is. */
export const loginPage = (action, accounts) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Choose an account</title>
  </head>
  <body>
    <main>
    <h1>Choose an account</h1>
    <form method="post" action="${action}">
      ${buttons(accounts)}
      <p><button name="account" value="">Cancel</button></p>
    </form>
    </main>
  </body>
</html>
`;

/** The fields of a form that was sent. */
export async function readForm(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
}
