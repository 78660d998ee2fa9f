// Says that a page is out of date, or that the bot no longer answers; a page that nobody is using is shown anew.
"use strict";

const EVERY = 2000; // milliseconds
const FIELDS = "input:not([type=hidden]), textarea, select";
const notice = (name, shown) => { document.getElementById(name).hidden = !shown; };

const isFilledIn = (field) =>
  field.matches("select")
    ? [...field.options].some((option) => option.selected && !option.defaultSelected && option.index > 0)
    : field.value !== field.defaultValue;

// Whether a reload would lose what somebody typed, opened or reached by keyboard.
const isInUse = () => {
  const active = document.activeElement;
  return [...document.querySelectorAll(FIELDS)].some(isFilledIn)
    || active?.matches("main :is(a, button, summary, select)")
    || (active?.matches(FIELDS) && active.value !== "")
    || document.querySelector("details[open], [data-kept]") !== null;
};

const look = async () => {
  try {
    const answer = await fetch(`state?page=${document.documentElement.dataset.page}`);
    if (!answer.ok) throw new Error(String(answer.status));
    notice("stopped", false);
    if ((await answer.json()) !== document.documentElement.dataset.state) {
      if (!isInUse()) return location.reload();
      notice("changed", true);
    }
  } catch {
    notice("stopped", true);
  }
  setTimeout(look, EVERY);
};

// What is tried on many questions takes a while: say so, and let nobody confirm twice.
const wait = (event) => {
  if (!event.target.closest("[data-slow]")) return;
  notice("busy", true);
  if (event.submitter) event.submitter.disabled = true;
};

document.addEventListener("submit", wait);
document.addEventListener("click", (event) => { if (event.target.closest("a[data-slow]")) wait(event); });
addEventListener("pageshow", () => {
  notice("busy", false);
  for (const button of document.querySelectorAll("button:disabled")) button.disabled = false;
});
setTimeout(look, EVERY);
