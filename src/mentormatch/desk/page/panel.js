// The panel: the person who is picked up, or a group whose name, room and note are edited.

import { get } from "/desk/files/api.js";
import { byId, make, redraw } from "/desk/files/dom.js";
import { act, changed, failed, groupsOf, isLocked, onChange, person, pick, putDown, seat, store } from "/desk/files/store.js";
import { changeText, word } from "/desk/files/words.js";
import { putButton, verdictOf } from "/desk/files/board.js";
import { drawChanges, drawLife } from "/desk/files/life.js";
import { drawSolve } from "/desk/files/solve.js";

const loaded = { key: "", signUp: null, exchanges: null };

export function heading(text, close) {
  return [
    make("button", { type: "button", class: "close small", "data-key": "close", on: { click: close } }, word("close")),
    make("h2", { id: "panel-title" }, text),
  ];
}

export function closePanel() {
  store.tab = null;
  changed();
  byId("board").focus();
}

async function loadPerson(id) {
  const key = `${id} ${store.round.revision} ${document.documentElement.lang}`;
  if (loaded.key === key) return;
  Object.assign(loaded, { key, signUp: null, exchanges: null });
  try {
    const signUp = await get(`people/${encodeURIComponent(id)}`);
    if (loaded.key === key) { loaded.signUp = signUp; changed(); }
    const exchanges = await get("exchanges", { person: id });
    if (loaded.key === key) { loaded.exchanges = exchanges; changed(); }
  } catch (error) {
    await failed(error);
  }
}

function drawPerson(panel) {
  const id = store.picked;
  const one = person(id);
  const own = groupsOf(id);
  loadPerson(id);
  const order = { fits: 0, costs: 1, no: 2 };
  const places = (store.places || []).filter((place) => place.group !== null)
    .sort((a, b) => order[a.verdict] - order[b.verdict]);
  const times = new Map(store.round.groups.map((group) => [group.id, group.time]));
  panel.replaceChildren(
    ...heading(one.name, putDown),
    make("p", {}, [word(one.role), one.department, own.map((group) => `${group.id} (${group.time})`).join(", ")].filter(Boolean).join(" · ")),
    make("div", { class: "row" },
      own.length ? make("button", { type: "button", class: "small", "data-key": "take", on: { click: () => seat(null) } }, word("take")) : null,
      own.length === 1 ? make("button", { type: "button", class: "small", "data-key": "lock", "aria-pressed": String(isLocked(id)),
        on: { click: () => act({ kind: "lock", lock: { kind: "person", people: [id] }, on: !isLocked(id) }, word(isLocked(id) ? "unlockedNow" : "lockedNow")) } },
        word(isLocked(id) ? "unlockPerson" : "lockPerson")) : null,
      make("button", { type: "button", class: "small", "data-key": "putdown", on: { click: putDown } }, word("putDown")),
    ),
    one.role === "mentor" && own.length ? leavingChoice(id, own) : "",
    make("h3", {}, word("where")),
    store.places ? make("ul", {}, ...places.slice(0, 40).map((place) => make("li", {}, `${place.group}, ${times.get(place.group)}`, verdictOf(place), putButton(place.group, place)))) : make("p", {}, word("loading")),
    make("h3", {}, word("swaps")),
    exchangeList(id),
    pairLocks(id),
    signUp(),
  );
}

function leavingChoice(id, own) {
  const select = make("select", { "data-key": "leaving", on: { change: (event) => pick(id, event.target.value || null) } },
    make("option", { value: "" }, word("none")), ...own.map((group) => make("option", { value: group.id }, `${group.id} (${group.time})`)));
  select.value = store.leaving || "";
  return make("label", {}, word("leaving"), select);
}

function exchangeList(id) {
  if (!loaded.exchanges) return make("p", {}, word("loading"));
  if (!loaded.exchanges.length) return make("p", {}, word("noSwap"));
  return make("ul", {}, ...loaded.exchanges.map((one) => make("li", {},
    make("button", { type: "button", class: "small", "data-key": `swap ${one.other}`,
      on: { click: async () => { const name = person(id).name; store.picked = null; store.places = null; store.tab = null; await act({ kind: "swap", person: id, other: one.other }, word("swapped", name, one.name)); } } },
      word("swapWith", one.name, one.group)), ` ${changeText(one.change)}`)));
}

function pairLocks(id) {
  const options = () => [make("option", { value: "" }, word("choose")), ...Object.values(store.round.people).filter((one) => one.id !== id)
    .sort((a, b) => a.name.localeCompare(b.name)).map((one) => make("option", { value: one.id }, one.name))];
  const row = (kind) => {
    const select = make("select", { "data-key": `with ${kind}` }, ...options());
    return make("label", {}, word(kind), select, make("button", { type: "button", class: "small", "data-key": `add ${kind}`,
      on: { click: () => select.value && act({ kind: "lock", lock: { kind, people: [id, select.value] }, on: true }, word("lockedNow")) } }, word("add")));
  };
  const mine = store.round.locks.filter((lock) => lock.people.includes(id) && lock.kind !== "person");
  return make("fieldset", {}, make("legend", {}, word("locks")), row("together"), row("apart"),
    ...mine.map((lock) => make("p", {}, `${word(lock.kind)} ${lock.people.filter((one) => one !== id).map((one) => person(one).name).join(", ")} `,
      make("button", { type: "button", class: "small", "data-key": `open ${lock.kind} ${lock.people.join(" ")}`, on: { click: () => act({ kind: "lock", lock, on: false }, word("unlockedNow")) } }, word("unlock")))));
}

function signUp() {
  const told = loaded.signUp;
  if (!told) return make("p", {}, word("loading"));
  const row = (title, text) => make("tr", {}, make("th", { scope: "row" }, title), make("td", {}, text || word("none")));
  return make("section", {}, make("h3", {}, word("signUp")), make("table", {}, make("tbody", {},
    row(word("languages"), told.languages.join(", ")),
    row(word("yes"), told.answers.yes.join(", ")),
    row(word("if_need_be"), told.answers.if_need_be.join(", ")),
    row(word("cannot"), told.answers.no.join(", ")))));
}

function drawGroup(panel, id) {
  const group = store.round.groups.find((one) => one.id === id);
  if (!group) return closePanel();
  const field = (name, value, properties = {}) => {
    const input = make(name === "note" ? "textarea" : "input", { name, maxlength: name === "note" || name === "link" ? "2000" : "200", "data-key": `field ${name}`, ...properties });
    input.value = value;
    return make("label", {}, word(name), input);
  };
  const form = make("form", { on: { submit: async (event) => {
    event.preventDefault();
    const data = Object.fromEntries(new FormData(form));
    if (await act({ kind: "describe", group: id, ...data }, word("saved"))) closePanel();
  } } },
  field("name", group.name), field("place", group.place), field("link", group.link, { type: "url", pattern: "https?://.+" }), field("note", group.note),
  make("button", { class: "main", "data-key": "save" }, word("save")));
  panel.replaceChildren(...heading(`${word("edit")}: ${id}`, closePanel), form);
  return null;
}

let drawn = "";

onChange(() => {
  const panel = byId("panel");
  const tab = store.tab;
  panel.hidden = !tab;
  document.querySelector("main").classList.toggle("open", Boolean(tab));
  if (!tab) { drawn = ""; panel.replaceChildren(); return; }
  // What somebody is typing is not drawn over.
  if (tab === drawn && tab !== "person" && panel.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return;
  drawn = tab;
  redraw(() => {
    if (tab === "person") drawPerson(panel);
    else if (tab === "solve") drawSolve(panel);
    else if (tab === "life") drawLife(panel);
    else if (tab === "changes") drawChanges(panel);
    else drawGroup(panel, tab.slice("group ".length));
  });
});
