// Having the rest solved: progress as it comes, and a proposal that is taken in parts.

import { follow, get, post, remove } from "/desk/files/api.js";
import { make } from "/desk/files/dom.js";
import { accept, changed, failed } from "/desk/files/store.js";
import { word } from "/desk/files/words.js";
import { closePanel, heading } from "/desk/files/panel.js";

let solve = null;
let mode = "least";
let seconds = 20;

export async function resume() {
  try {
    solve = await get("solve");
    if (solve.stage === "running") watch();
  } catch {
    solve = null;
  }
}

function watch() {
  follow("solve/events", (told) => { solve = told; changed(); });
}

async function begin() {
  try {
    solve = await post("solve", { mode, seconds });
    changed();
    watch();
  } catch (error) {
    await failed(error);
  }
}

async function take(parts) {
  if (await accept(parts)) { solve = null; closePanel(); }
}

export function drawSolve(panel) {
  const parts = [...heading(word("solveTitle"), closePanel)];
  if (!solve || solve.stage !== "running") parts.push(form());
  if (solve?.stage === "running") parts.push(...running());
  if (solve?.stage === "failed") parts.push(make("p", { class: "wrong", role: "alert" }, solve.failure));
  if (solve?.proposal) parts.push(...proposal());
  panel.replaceChildren(...parts);
}

function form() {
  const option = (value, label) => {
    const input = make("input", { type: "radio", name: "mode", value, "data-key": `mode ${value}`, on: { change: () => { mode = value; } } });
    input.checked = mode === value;
    return make("label", { class: "check" }, input, label);
  };
  const limit = make("input", { type: "number", min: "1", max: "600", "data-key": "seconds", on: { change: (event) => { seconds = Number(event.target.value) || 20; } } });
  limit.value = String(seconds);
  return make("form", { on: { submit: (event) => { event.preventDefault(); begin(); } } },
    option("least", word("least")), option("best", word("best_mode")),
    make("label", {}, word("seconds"), limit), make("button", { class: "main", "data-key": "start" }, word("start")));
}

function running() {
  const last = solve.progress;
  return [
    make("p", { role: "status" }, `${word("running")} … ${last ? `${Math.round(last.elapsed)} s` : ""}`),
    last && last.value !== null ? make("p", {}, word("reached", last.value, last.bound ?? "?")) : "",
    make("button", { type: "button", "data-key": "stop", on: { click: () => remove("solve").catch(failed) } }, word("stop")),
  ];
}

function proposal() {
  const found = solve.proposal;
  if (!found.groups) return [make("p", { role: "status" }, word("noGroups")), ...found.messages.map((text) => make("p", {}, text))];
  if (!found.parts.length) return [make("p", { role: "status" }, word("nothingChanges"))];
  const boxes = new Map();
  const rows = found.tiers.map((tier) => make("tr", {}, make("th", { scope: "row" }, tier.name), make("td", {}, `${tier.before} → ${tier.after}`)));
  const measures = found.measures.map((one) => make("tr", {}, make("th", { scope: "row" }, one.name), make("td", {}, `${one.value} (${word("atLeast")} ${one.bound})`)));
  const parts = found.parts.map((part) => {
    const box = make("input", { type: "checkbox", "data-key": `part ${part.number}` });
    box.checked = true;
    boxes.set(part.number, box);
    return make("section", {}, make("label", { class: "check" }, box, make("strong", {}, word("part", part.number))),
      make("ul", {}, ...(part.moves.length ? part.moves.map(moveLine) : [make("li", {}, word("nobody"))])));
  });
  const chosen = () => [...boxes].filter(([, box]) => box.checked).map(([number]) => number);
  return [
    make("h3", {}, word("proposal")),
    make("table", {}, make("caption", {}, word("beforeAfter")), make("tbody", {}, ...rows)),
    measures.length ? make("table", {}, make("caption", {}, word("measure")), make("tbody", {}, ...measures)) : "",
    make("h3", {}, word("moves")), ...parts,
    make("div", { class: "row" },
      make("button", { type: "button", class: "main", "data-key": "take all", on: { click: () => take(null) } }, word("takeAll")),
      make("button", { type: "button", "data-key": "take chosen", on: { click: () => take(chosen()) } }, word("takeChosen")),
      make("button", { type: "button", "data-key": "take none", on: { click: () => { solve = null; closePanel(); } } }, word("takeNone"))),
  ];
}

export function moveLine(move) {
  const from = move.from.join(", ") || word("none");
  const to = move.to.join(", ") || word("none");
  return make("li", {}, `${move.name}: ${word("from")} ${from} ${word("to")} ${to}`);
}

