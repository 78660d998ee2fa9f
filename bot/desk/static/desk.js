// Says that a page is out of date, or that the bot no longer answers; a page that nobody is typing in is shown anew.
"use strict";

const EVERY = 2000; // milliseconds
const notice = (name, shown) => { document.getElementById(name).hidden = !shown; };
const typing = () => document.activeElement?.matches("input, textarea, select") && document.activeElement.value !== "";

const look = async () => {
  try {
    const answer = await fetch(`state?page=${document.documentElement.dataset.page}`);
    if (!answer.ok) throw new Error(String(answer.status));
    notice("stopped", false);
    if ((await answer.json()) !== document.documentElement.dataset.state) {
      if (!typing() && !document.querySelector("details[open], form[data-kept]")) return location.reload();
      notice("changed", true);
    }
  } catch {
    notice("stopped", true);
  }
  setTimeout(look, EVERY);
};

setTimeout(look, EVERY);
