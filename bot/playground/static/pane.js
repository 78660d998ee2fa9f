// Shows the state of the app; every value is inserted as text, never as markup.
"use strict";

const EVERY = 1000; // milliseconds
let shown = "";
let stopped = ""; // what to say when the playground no longer answers

const make = (tag, text, kind) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (kind) element.className = kind;
  return element;
};

const put = (id, ...elements) => document.getElementById(id).replaceChildren(...elements);

const table = (heads, rows) => {
  const head = make("tr");
  head.append(...heads.map((text) => make("th", text)));
  const body = rows.map((cells) => {
    const row = make("tr");
    row.append(...cells.map((text) => make("td", text, /^[\d.,]+$/.test(text) ? "number" : "")));
    return row;
  });
  const whole = make("table");
  whole.append(head, ...body);
  const frame = make("div", undefined, "wide");
  frame.append(whole);
  return frame;
};

const showLast = (last, words) => {
  if (!last) return put("last", make("p", words.nothing_yet, "quiet"));
  const lines = [make("p", last.question, "question")];
  if (last.understood) lines.push(make("p", `${words.understood} ${last.understood}`));
  lines.push(make("p", `${last.outcome} — ${words.answer} ${last.answer}`, "quiet"));
  const heads = ["fact", "probability", "typed_score", "read_score", "nearest", "lexical", "semantic", "known", "unknown", "against"];
  const rows = last.candidates.map((one) => [
    one.fact, ...one.scores, one.nearest, one.lexical, one.semantic, one.known, one.unknown, one.against,
  ]);
  if (rows.length) lines.push(table(heads.map((head) => words[head]), rows));
  return put("last", ...lines);
};

const showFiles = (state, words) => {
  const heading = state.loaded
    ? make("p", state.problems.length ? words.problems : words.clean, "good")
    : make("p", words.kept, "bad");
  put("files", heading, ...state.problems.map((problem) => make("pre", problem)));
};

const showGaps = (gaps, words) => {
  if (!gaps.length) return put("gaps", make("p", words.no_gaps, "quiet"));
  const list = make("ul");
  list.append(...gaps.map((gap) => {
    const item = make("li", `${gap.question} `);
    item.append(make("span", gap.asked > 1 ? `(${gap.outcome}, × ${gap.asked})` : `(${gap.outcome})`, "quiet"));
    return item;
  }));
  return put("gaps", list);
};

const showStories = (stories, words) => {
  const heads = ["stories", "version", "facts", "utterances", "passed", "matching"].map((head) => words[head]);
  put("stories", table(heads, stories.map((one) => [
    one.title, one.version, String(one.facts), String(one.utterances), one.passed, one.matching,
  ])));
};

const refresh = async () => {
  try {
    const answer = await fetch("state");
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    if (text !== shown) {
      shown = text;
      const state = JSON.parse(text);
      document.documentElement.lang = state.lang;
      stopped = state.words.stopped;
      document.title = state.words.title;
      for (const element of document.querySelectorAll("[data-word]")) {
        element.textContent = state.words[element.dataset.word];
      }
      showLast(state.last, state.words);
      showFiles(state, state.words);
      showGaps(state.gaps, state.words);
      showStories(state.stories, state.words);
    }
  } catch {
    shown = "";
    if (stopped) put("files", make("p", stopped, "bad"));
  }
  setTimeout(refresh, EVERY);
};

refresh();
