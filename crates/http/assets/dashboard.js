// What script adds to the dashboard: copying, questions in a dialog, selecting all rows, saying what has changed. Every page works without it.
"use strict";

(() => {
  const say = (sentence) => {
    const said = document.getElementById("said");
    if (said) said.textContent = sentence;
  };

  // Copying: <button data-copy="id of the element that holds the text">.
  const copy = async (button) => {
    const source = document.getElementById(button.dataset.copy);
    const label = button.querySelector("span");
    if (!source || !label) return;
    const text = source.value ?? source.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Not over plain HTTP, or forbidden: the text is selected, and the keyboard copies it.
      getSelection().selectAllChildren(source);
      say("Selected. Copy it with Ctrl+C.");
      return;
    }
    label.textContent = "Copied";
    say("Copied.");
    setTimeout(() => { label.textContent = "Copy"; say(""); }, 2000);
  };

  // Questions: <a data-dialog href="a page with #question">.
  const ask = async (link) => {
    const follow = () => location.assign(link.href);
    let question;
    try {
      const answer = await fetch(link.href, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      question = answer.ok && !answer.redirected && page.getElementById("question");
    } catch {
      // The page itself says what is wrong.
    }
    if (!question) return follow();
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-labelledby", "question-title");
    dialog.append(document.adoptNode(question));
    dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  };

  // What has come by itself: <… data-say="a sentence about it">. What stood only until then: <… data-until-said>.
  document.addEventListener("htmx:load", (event) => {
    const sentence = event.detail.elt.dataset?.say;
    if (!sentence) return;
    say(sentence);
    document.querySelector("[data-until-said]")?.remove();
  });

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest("[data-copy]");
    if (button) return void copy(button);
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const cancel = target?.closest("dialog [data-cancel]");
    const link = target?.closest("a[data-dialog]");
    if (!isPlain || !(cancel || link)) return;
    event.preventDefault();
    if (cancel) cancel.closest("dialog").close();
    else void ask(link);
  });

  // Selecting: <input type="checkbox" data-select-all> in the head of a table.
  document.addEventListener("change", (event) => {
    const table = event.target instanceof HTMLInputElement && event.target.closest("table");
    const all = table && table.querySelector("[data-select-all]");
    if (!all) return;
    const rows = [...table.querySelectorAll("tbody input[type=checkbox]:not(:disabled)")];
    if (event.target === all) for (const row of rows) row.checked = all.checked;
    const count = rows.filter((row) => row.checked).length;
    all.checked = count > 0 && count === rows.length;
    all.indeterminate = count > 0 && count < rows.length;
    const chosen = table.closest("form")?.querySelector("[data-chosen]");
    if (chosen) chosen.textContent = count;
  });
})();
