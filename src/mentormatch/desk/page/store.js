// The round as the desk told it last, and who is picked up. Everything else is drawn from it.

import { DeskError, get, post } from "/desk/files/api.js";
import { say } from "/desk/files/dom.js";
import { word } from "/desk/files/words.js";

export const store = { round: null, picked: null, leaving: null, places: null, tab: null, leftOut: null };

const listeners = [];

export function onChange(listener) {
  listeners.push(listener);
}

export function changed() {
  for (const listener of listeners) listener();
}

export function person(id) {
  return store.round.people[id];
}

export function groupsOf(id) {
  return store.round.groups.filter((g) => g.students.includes(id) || g.mentors.includes(id));
}

export function isLocked(id) {
  return store.round.locks.some((lock) => lock.kind === "person" && lock.people.includes(id));
}

export async function load() {
  store.round = await get("round");
  changed();
}

// Sends a change that was decided on what the page shows; a newer round is shown instead of it.
async function send(path, body, told) {
  try {
    const before = store.round.revision;
    store.round = await post(path, { ...body, after: before });
    store.leftOut = null;
    store.places = null;
    changed();
    if (store.picked) {
      if (person(store.picked)) await pick(store.picked, store.leaving, true);
      else putDown();
    }
    if (told) say(told);
    return true;
  } catch (error) {
    await failed(error);
    return false;
  }
}

export async function failed(error) {
  if (error instanceof DeskError && error.code === "outdated") {
    await load();
    say(word("outdated"));
    alertText(word("outdated"));
  } else if (error instanceof DeskError) {
    say(error.message);
    alertText(error.message);
  } else {
    say(word("offline"));
    alertText(word("offline"));
  }
}

export function alertText(text) {
  const told = document.getElementById("broken");
  told.dataset.notice = text;
  changed();
}

export function act(action, told) {
  return send("actions", { action }, told);
}

export function undo() {
  return send("undo", {}, word("undone"));
}

export function redo() {
  return send("redo", {}, word("redone"));
}

export function accept(parts) {
  return send("accept", { parts }, word("saved"));
}

export async function pick(id, leaving = null, quiet = false) {
  const own = groupsOf(id);
  const isMentor = person(id).role === "mentor";
  store.picked = id;
  store.leaving = isMentor ? leaving ?? (own.length === 1 ? own[0].id : null) : null;
  store.tab = "person";
  store.places = null;
  changed();
  if (!quiet) say(word("picked", person(id).name));
  try {
    const found = await get("places", { person: id, leaving: store.leaving });
    if (store.picked !== id) return;
    store.places = found.places;
    changed();
  } catch (error) {
    await failed(error);
  }
}

export function putDown() {
  store.picked = null;
  store.leaving = null;
  store.places = null;
  if (store.tab === "person") store.tab = null;
  changed();
}

export async function seat(to) {
  const id = store.picked;
  const name = person(id).name;
  const action = { kind: "seat", person: id, to, leaving: store.leaving };
  store.picked = null;
  store.places = null;
  store.tab = null;
  return act(action, to === null ? word("out", name) : word("moved", name, to));
}
