// The page of the playground: shows what changes, and sends what somebody does.
"use strict";

const page = document.documentElement.dataset;
const words = JSON.parse(page.words);
const $ = (id) => document.getElementById(id);
const box = $("messages"), composer = $("composer"), text = $("text"), command = $("command"), dialog = $("form");
const EVERY = 700, PATIENCE = 400, TYPED = 150; // milliseconds

const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const tell = (id, shown, sentence) => {
  $(id).hidden = !shown;
  if (sentence !== undefined) $(id).textContent = sentence;
};

// --- times and colours, which only the browser can set ---

const SHORT = { timeStyle: "short" };
const STYLES = {
  t: SHORT, T: { timeStyle: "medium" }, d: { dateStyle: "short" }, D: { dateStyle: "long" },
  f: { dateStyle: "long", ...SHORT }, F: { dateStyle: "full", ...SHORT },
};
const UNITS = { year: 31557600, month: 2629800, day: 86400, hour: 3600, minute: 60, second: 1 };
const relative = (date) => {
  const seconds = (date - Date.now()) / 1000;
  const [unit, size] = Object.entries(UNITS).find(([, each]) => Math.abs(seconds) >= each) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(page.locale, { numeric: "auto" }).format(Math.round(seconds / size), unit);
};
const written = (date, style) => {
  if (style === "R") return relative(date);
  const today = date.toDateString() === new Date().toDateString();
  const format = style === "sent" ? (today ? SHORT : { dateStyle: "short", ...SHORT }) : STYLES[style];
  return new Intl.DateTimeFormat(page.locale, format).format(date);
};
const tellTimes = (place) => {
  for (const time of place.querySelectorAll("time")) {
    const date = new Date(time.dateTime);
    time.textContent = written(date, time.dataset.style);
    time.title = written(date, "F");
  }
};
const dress = (place) => {
  tellTimes(place);
  for (const part of place.querySelectorAll("[data-colour]"))
    if (part.dataset.colour) part.style.borderLeftColor = `#${Number(part.dataset.colour).toString(16).padStart(6, "0")}`;
};
setInterval(() => tellTimes(box), 10000);

// --- messages ---

const shown = new Map(); // by id: the HTML and its element
let seen = "", waiting = 0, newest = null;

const isLow = () => box.scrollHeight - box.scrollTop - box.clientHeight < 60;
const reveal = (element) => element.scrollIntoView({ block: element.offsetHeight > box.clientHeight ? "start" : "end" });
const replace = (old, element) => {
  const active = old.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
  old.replaceWith(element);
  if (active) element.querySelector(`[data-id="${CSS.escape(active)}"]`)?.focus();
};
const show = (messages) => {
  const isFirst = shown.size === 0, low = isLow(), ids = new Set(messages.map((one) => one.id));
  let added = null;
  for (const [id, one] of shown) {
    if (ids.has(id)) continue;
    one.element.remove();
    shown.delete(id);
  }
  for (const { id, html } of messages) {
    const old = shown.get(id);
    if (old?.html === html) continue;
    const template = made("template", { innerHTML: html }); // the server escapes what is not its own
    const element = template.content.firstElementChild;
    dress(element);
    if (old) replace(old.element, element);
    else box.append((added = element));
    shown.set(id, { html, element });
  }
  const follows = isFirst || low || waiting > 0;
  if (isFirst) newest = (location.hash && $(location.hash.slice(1))) || box.lastElementChild;
  else if (added && follows) newest = added;
  else if (added) tell("below", true);
  if (newest && (isFirst || (added && follows))) reveal(newest);
  else if (low) box.scrollTop = box.scrollHeight;
};
const look = async () => {
  const answer = await fetch(`messages?${page.seat}&seen=${seen}`);
  if (answer.status === 204) return;
  if (!answer.ok) throw new Error(String(answer.status));
  const now = await answer.json();
  seen = now.seen;
  show(now.messages);
  noticeElsewhere(now.messages.at(-1)?.id ?? "", now.elsewhere);
};
const noticeElsewhere = (last, elsewhere) => { // a message in the other place that has not been looked at
  sessionStorage.setItem(location.pathname + page.seat, last);
  const other = document.querySelector("nav a:not([aria-current])");
  const read = sessionStorage.getItem(location.pathname + other.search.slice(1)) ?? "";
  other.querySelector(".unread").hidden = read === elsewhere;
};
const watch = async () => {
  try {
    await look();
    if ($("said").textContent === words.stopped) tell("said", false, "");
  } catch {
    tell("said", true, words.stopped);
  }
  setTimeout(watch, EVERY);
};
box.addEventListener("scroll", () => { if (isLow()) tell("below", false); });
box.addEventListener("load", () => { if (newest && box.lastElementChild === newest) reveal(newest); }, true);
box.addEventListener("toggle", ({ target }) => { // a menu that opens below the last message
  if (target.open) target.querySelector("div").scrollIntoView({ block: "nearest" });
}, true);
$("below").addEventListener("click", () => { reveal(box.lastElementChild); tell("below", false); });

// --- what somebody does ---

const ask = async (wish) => {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wish) };
  const answer = await fetch(`act?${page.seat}`, options);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};
const act = async (wish) => {
  tell("said", false, "");
  waiting += 1;
  const slow = setTimeout(() => tell("busy", true), PATIENCE);
  try {
    const done = await ask(wish);
    await look();
    if (done.said) tell("said", true, done.said);
    if (done.form) openForm(done.form);
  } catch {
    tell("said", true, words.stopped);
  } finally {
    clearTimeout(slow);
    waiting -= 1;
    if (!waiting) tell("busy", false);
  }
};
const messageOf = (element) => element.closest("[data-message]").dataset.message;

box.addEventListener("click", (event) => {
  const target = event.target.closest("button, .spoiler");
  if (!target) return;
  if (target.matches(".spoiler")) target.classList.add("open");
  if (target.dataset.reply) replyTo(messageOf(target), target.dataset.reply);
  if (target.dataset.do === "click") act({ do: "click", message: messageOf(target), id: target.dataset.id });
  if (target.dataset.do === "menu") act({ do: "menu", message: messageOf(target), name: target.dataset.name });
});
box.addEventListener("change", ({ target }) => {
  if (target.dataset.do === "select" && target.value)
    act({ do: "select", message: messageOf(target), id: target.dataset.id, values: [target.value] });
});
document.addEventListener("click", (event) => { // a menu closes when something else, or one of its entries, is clicked
  for (const menu of document.querySelectorAll("details.menu[open]"))
    if (!event.target.closest("summary") || !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
$("people").addEventListener("change", () => $("people").submit());

// --- the list below which somebody types ---

const list = $("choices");
let offered = [], chosen = 0, pick = null;
const close = () => { list.hidden = true; offered = []; };
const mark = (index, input) => {
  chosen = (index + offered.length) % offered.length;
  [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === chosen)));
  list.children[chosen].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", list.children[chosen].id);
};
const offer = (items, input, onPick) => {
  offered = items;
  pick = onPick;
  list.replaceChildren(...items.map((item, number) => {
    const entry = made("li", { id: `choice-${number}`, role: "option" }, made("b", {}, item.label), " ", item.detail ?? "");
    entry.addEventListener("mousedown", (event) => { event.preventDefault(); take(number); });
    return entry;
  }));
  list.hidden = !items.length;
  if (items.length) mark(0, input);
};
const take = (number) => {
  const item = offered[number];
  close();
  pick(item);
};
const steer = (event) => { // whether the list has used the key
  if (list.hidden) return false;
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves) mark(chosen + moves[event.key], event.target);
  else if (event.key === "Enter" || event.key === "Tab") take(chosen);
  else if (event.key === "Escape") close();
  else return false;
  event.preventDefault();
  return true;
};

// --- messages that are written ---

let target = null;
const replyTo = (id, author) => {
  target = id;
  tell("replying", id !== null);
  $("replying").querySelector("strong").textContent = author ?? "";
  text.focus();
};
$("replying").querySelector("button").addEventListener("click", () => replyTo(null));
$("mention")?.addEventListener("click", (event) => {
  text.value = `${event.target.textContent} ${text.value}`;
  text.focus();
});
text.addEventListener("keydown", (event) => {
  if (steer(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});
text.addEventListener("input", async () => {
  if (!text.value.startsWith("/")) return close();
  const answer = await fetch(`commands?${page.seat}`);
  const typed = text.value.slice(1).toLowerCase();
  if (!text.value.startsWith("/")) return close();
  const found = (await answer.json()).filter((one) => one.shown.toLowerCase().includes(typed));
  found.sort((one, other) => other.shown.toLowerCase().startsWith(typed) - one.shown.toLowerCase().startsWith(typed));
  offer(found.map((one) => ({ label: `/${one.shown}`, detail: one.description, one })), text, ({ one }) => openCommand(one));
});
composer.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!text.value.trim()) return;
  act({ do: "send", text: text.value, to: target });
  text.value = "";
  close();
  replyTo(null);
});

// --- commands ---

const LIMITS = { min_value: "min", max_value: "max", min_length: "minLength", max_length: "maxLength" };
const chooser = (choices) =>
  made("select", {}, ...[{ name: "", value: "" }, ...choices].map(({ name, value }) => made("option", { value }, name)));
const field = (option) => {
  if (option.type === 5) return chooser([{ name: words.yes, value: "true" }, { name: words.no, value: "false" }]);
  if (option.choices.length) return chooser(option.choices);
  const isNumber = option.type === 4 || option.type === 10;
  const input = made("input", { type: isNumber ? "number" : "text", autocomplete: "off" });
  for (const [limit, name] of Object.entries(LIMITS)) if (option[limit] !== undefined) input[name] = option[limit];
  return input;
};
const options = () =>
  Object.fromEntries([...command.elements].filter((one) => one.name && one.value)
    .map((one) => [one.name, one.dataset.label === one.value ? one.dataset.value : one.value]));
const complete = (name, input) => {
  let last = 0;
  const offerChoices = async () => {
    const number = (last += 1);
    await new Promise((wake) => setTimeout(wake, TYPED));
    if (number !== last || document.activeElement !== input) return;
    const wish = { do: "complete", name, option: input.name, typed: input.value, options: options() };
    const { choices } = await ask(wish).catch(() => ({ choices: [] }));
    if (number !== last || document.activeElement !== input) return;
    offer(choices.map((one) => ({ label: one.name, value: one.value })), input, (one) => {
      last += 1;
      input.value = input.dataset.label = one.label;
      input.dataset.value = one.value;
    });
  };
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", "choices");
  input.addEventListener("input", offerChoices);
  input.addEventListener("focus", offerChoices);
  input.addEventListener("blur", () => { last += 1; close(); });
};
const leaveCommand = () => {
  close();
  composer.hidden = false;
  command.hidden = true;
  text.value = "";
  text.focus();
};
const openCommand = (one) => {
  const fields = one.options.filter((option) => [3, 4, 5, 10].includes(option.type)).map((option) => {
    const input = Object.assign(field(option), { name: option.name, required: option.required === true, title: option.description });
    if (option.autocomplete) complete(one.name, input);
    return made("label", {}, `${option.shown}${option.required ? "" : ` (${words.optional})`} `, input);
  });
  const send = made("button", { className: "main" }, words.send);
  const leave = made("button", { type: "button" }, words.cancel);
  leave.addEventListener("click", leaveCommand);
  command.replaceChildren(made("strong", { title: one.description }, `/${one.shown}`), ...fields, send, leave);
  command.dataset.name = one.name;
  composer.hidden = true;
  command.hidden = false;
  (fields.length ? fields[0].querySelector("input, select") : send).focus();
};
command.addEventListener("keydown", (event) => { if (!steer(event) && event.key === "Escape") leaveCommand(); });
command.addEventListener("submit", (event) => {
  event.preventDefault();
  act({ do: "command", name: command.dataset.name, options: options() });
  leaveCommand();
});

// --- forms that the bot opens ---

const VALUES = { text: (one) => one.value, list: (one) => (one.value ? [one.value] : []), check: (one) => one.checked };
const openForm = (html) => {
  dialog.innerHTML = html;
  dialog.showModal();
};
dialog.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) dialog.close(); });
dialog.addEventListener("submit", ({ target: form }) => {
  const fields = [...form.elements].filter((one) => one.dataset.kind);
  const values = Object.fromEntries(fields.map((one) => [one.name, VALUES[one.dataset.kind](one)]));
  act({ do: "submit", form: form.dataset.form, values });
});

text.disabled = false;
text.focus();
watch();
