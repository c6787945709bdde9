// The board: groups by day, people without one beside it, and where the picked-up person fits.

import { byId, make, redraw } from "/desk/files/dom.js";
import { get } from "/desk/files/api.js";
import { act, failed, groupsOf, isLocked, onChange, person, pick, putDown, seat, store, changed } from "/desk/files/store.js";
import { changeText, word } from "/desk/files/words.js";

export const filters = { text: "", department: "", spoken: "", time: "", locked: false };

export class GroupCard extends HTMLElement {
  show(group) {
    this.group = group;
    const place = store.places?.find((one) => one.group === group.id);
    const wrong = store.round.broken.filter((one) => one.group === group.id);
    if (place) this.dataset.verdict = place.verdict;
    else delete this.dataset.verdict;
    if (wrong.length) this.dataset.broken = "";
    else delete this.dataset.broken;
    const title = group.name ? `${group.name} (${group.id})` : group.id;
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", `${title}, ${group.time}`);
    const facts = [group.language_name, group.mode, group.topic, group.place].filter(Boolean).join(" · ");
    const mails = [...group.mentors, ...group.students].filter((id) => id.includes("@"));
    this.replaceChildren(
      make("h3", {}, title, make("span", { class: "facts" }, group.time), group.time_locked ? make("span", { class: "facts" }, `(${word("locked")})`) : null),
      facts ? make("p", { class: "facts" }, facts) : "",
      place ? verdictOf(place) : "",
      place ? putButton(group.id, place) : "",
      ...wrong.map((one) => make("p", { class: "wrong" }, `${one.what}: ${one.text}`)),
      peopleList(word("mentors"), group.mentors, group.id),
      peopleList(word("students"), group.students, group.id),
      make("div", { class: "row" },
        make("button", { type: "button", class: "small", "data-key": `time ${group.id}`, "aria-pressed": String(group.time_locked),
          on: { click: () => act({ kind: "lock", lock: { kind: "time", group: group.id }, on: !group.time_locked }, word(group.time_locked ? "unlockedNow" : "lockedNow")) } },
          word(group.time_locked ? "unlockTime" : "lockTime")),
        make("button", { type: "button", class: "small", "data-key": `edit ${group.id}`,
          on: { click: () => { store.tab = `group ${group.id}`; changed(); byId("panel").focus(); } } }, word("edit")),
        mails.length ? make("a", { class: "small", href: `mailto:${mails.map(encodeURIComponent).join(",")}` }, word("mail")) : null,
      ),
    );
  }
}

customElements.define("group-card", GroupCard);

export function verdictOf(place) {
  const change = changeText(place.change);
  if (place.verdict === "no") return make("p", { class: "verdict" }, make("strong", {}, word("no")), ` ${place.broken.join("; ")}`);
  if (place.verdict === "costs") return make("p", { class: "verdict" }, make("strong", {}, word("costs")), ` ${change}`);
  return make("p", { class: "verdict" }, make("strong", {}, change ? word("fitsBetter") : word("fits")), ` ${change}`);
}

export function putButton(group, place) {
  const anyway = place.verdict === "no";
  const label = anyway ? word("putAnyway") : store.leaving === null && person(store.picked).role === "mentor" && groupsOf(store.picked).length ? word("joinOnly") : word("put");
  return make("button", { type: "button", class: anyway ? "small" : "small main", "data-key": `put ${group}`, on: { click: () => seat(group) } }, label);
}

function peopleList(title, ids, group) {
  return make("ul", { class: "people", "aria-label": title }, ...ids.map((id) => make("li", {}, personButton(id, group))));
}

function personButton(id, group) {
  const one = person(id);
  const hit = matchesPerson(one);
  return make("button", {
    type: "button", draggable: "true", "data-key": `person ${id} ${group || ""}`, "data-person": id,
    class: `person${one.role === "mentor" ? " mentor" : ""}${hit && filters.text ? " match" : ""}`,
    "aria-pressed": String(store.picked === id),
    on: {
      click: () => (store.picked === id ? putDown() : pick(id, group)),
      dragstart: (event) => { event.dataTransfer.setData("text/plain", id); event.dataTransfer.effectAllowed = "move"; pick(id, group); },
    },
  }, make("span", {}, one.name, isLocked(id) ? ` (${word("locked")})` : ""), make("span", { class: "dep" }, one.department));
}

function matchesPerson(one) {
  const text = filters.text.toLowerCase();
  return (!text || one.name.toLowerCase().includes(text) || one.id.toLowerCase().includes(text)) && (!filters.department || one.department === filters.department);
}

function matchesGroup(group) {
  const members = [...group.mentors, ...group.students].map(person);
  const text = filters.text.toLowerCase();
  const named = text && [group.id, group.name, group.place].some((one) => one.toLowerCase().includes(text)) && !filters.department;
  return (named || members.some(matchesPerson))
    && (!filters.spoken || group.language === filters.spoken)
    && (!filters.time || group.slot === filters.time)
    && (!filters.locked || group.time_locked || members.some((one) => isLocked(one.id)));
}

const cards = new Map();

function drawBoard() {
  const shown = store.round.groups.filter(matchesGroup);
  const days = new Map();
  for (const group of [...shown].sort((a, b) => a.day - b.day || a.time.localeCompare(b.time) || a.id.localeCompare(b.id, undefined, { numeric: true }))) {
    const title = group.weekday || group.time;
    if (!days.has(title)) days.set(title, []);
    days.get(title).push(group);
  }
  const known = new Set(store.round.groups.map((group) => group.id));
  for (const id of cards.keys()) if (!known.has(id)) cards.delete(id);
  byId("days").replaceChildren(...[...days].map(([title, groups]) => make("section", { class: "day", "aria-label": title },
    make("h2", {}, title), make("div", { class: "cards" }, ...groups.map(card)))));
  byId("days").toggleAttribute("data-single", days.size < 2);
  const filtering = shown.length !== store.round.groups.length;
  byId("found").textContent = filtering ? word("found", shown.length) : "";
}

// A card is drawn anew only if something on it has changed.
function card(group) {
  const place = store.places?.find((one) => one.group === group.id);
  const members = [...group.mentors, ...group.students];
  const state = JSON.stringify([group, place, filters.text, filters.department, document.documentElement.lang, store.leaving,
    store.round.broken.filter((one) => one.group === group.id), members.map((id) => [store.picked === id, isLocked(id), person(id)])]);
  let known = cards.get(group.id);
  if (!known) {
    known = { element: document.createElement("group-card"), state: "" };
    known.element.addEventListener("dragover", (event) => { if (store.picked) event.preventDefault(); });
    known.element.addEventListener("drop", (event) => {
      event.preventDefault();
      const target = known.element.group.id;
      if (store.picked && !groupsOf(store.picked).some((one) => one.id === target)) seat(target);
    });
    cards.set(group.id, known);
  }
  if (known.state !== state) {
    known.element.show(group);
    known.state = state;
  }
  return known.element;
}

async function loadReasons() {
  if (store.leftOut || !store.round.left_out.length) return;
  store.leftOut = new Map();
  try {
    const revision = store.round.revision;
    const told = await get("left-out");
    if (store.round.revision !== revision) return;
    store.leftOut = new Map(told.map((one) => [one.person, one]));
    changed();
  } catch (error) {
    await failed(error);
  }
}

function drawWaiting() {
  const ids = store.round.left_out.filter((id) => matchesPerson(person(id)));
  byId("waiting-title").textContent = store.round.left_out.length ? word("waiting", store.round.left_out.length) : word("everybody");
  const byReason = new Map();
  for (const id of ids) {
    const reason = store.leftOut?.get(id)?.reason || "";
    if (!byReason.has(reason)) byReason.set(reason, []);
    byReason.get(reason).push(id);
  }
  const parts = [...byReason].flatMap(([reason, people]) => [
    reason ? make("p", { class: "reason" }, reason) : "",
    make("ul", { class: "people", "aria-label": reason || word("waiting", people.length) }, ...people.map((id) => {
      const repair = store.leftOut?.get(id)?.repair;
      return make("li", {}, personButton(id, null), repair ? make("p", { class: "reason" }, `${word("repair")} ${repair}`) : null);
    })),
  ]);
  byId("waiting-people").replaceChildren(...parts);
  byId("mentors-title").textContent = word("freeMentors", store.round.free_mentors.length);
  byId("waiting-mentors").replaceChildren(make("ul", { class: "people", "aria-label": word("mentors") },
    ...store.round.free_mentors.map((id) => make("li", {}, personButton(id, null)))));
}

function drawHead() {
  const { round } = store;
  byId("tiers").setAttribute("aria-label", word("title"));
  byId("tiers").replaceChildren(...round.tiers.map((tier) => {
    const facts = [];
    if (tier.start !== null && tier.start !== tier.value) facts.push(word("was", tier.start));
    if (tier.bound !== null && tier.bound !== tier.value) facts.push(word("best", tier.bound));
    const side = tier.start === null || tier.start === tier.value ? "" : tier.value > tier.start ? " worse" : " better";
    return make("span", { class: `chip${side}` }, `${tier.name} `, make("b", {}, String(tier.value)), facts.length ? ` (${facts.join(", ")})` : "");
  }));
  byId("undo").disabled = round.undo === 0;
  byId("redo").disabled = round.redo === 0;
  const told = byId("broken");
  const kinds = [...new Set(round.broken.map((one) => one.what))];
  const lines = [told.dataset.notice, kinds.length ? `${word("broken", round.broken.length)} ${kinds.join("; ")}` : "", ...round.notices].filter(Boolean);
  delete told.dataset.notice;
  told.textContent = lines.join(" ");
}

export function fillFilters() {
  const { round } = store;
  const fill = (id, pairs) => {
    const select = byId(id);
    const value = select.value;
    select.replaceChildren(make("option", { value: "" }, word("all")), ...pairs.map(([key, name]) => make("option", { value: key }, name)));
    select.value = value;
  };
  fill("department", round.departments.map((name) => [name, name]));
  fill("spoken", Object.entries(round.languages));
  fill("time", round.slots.map((slot) => [slot.id, slot.time]));
}

onChange(() => {
  if (!store.round) return;
  redraw(() => { drawHead(); drawBoard(); drawWaiting(); });
  loadReasons();
});
