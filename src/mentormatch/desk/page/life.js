// What happens to a round: somebody joins late or leaves, a time is lost; and what has changed.

import { get } from "/desk/files/api.js";
import { make } from "/desk/files/dom.js";
import { act, failed, store } from "/desk/files/store.js";
import { word } from "/desk/files/words.js";
import { closePanel, heading } from "/desk/files/panel.js";
import { moveLine } from "/desk/files/solve.js";

export function drawLife(panel) {
  panel.replaceChildren(...heading(word("lifeTitle"), closePanel), late(), left(), lost());
}

async function happen(event) {
  if (await act({ kind: "happen", event }, word("recorded"))) closePanel();
}

function late() {
  const { round } = store;
  const text = (name, properties = {}) => make("label", {}, word(name), make("input", { name, autocomplete: "off", maxlength: "200", "data-key": `late ${name}`, ...properties }));
  const departments = make("datalist", { id: "departments" }, ...round.departments.map((name) => make("option", { value: name })));
  const role = make("select", { name: "role", "data-key": "late role" }, make("option", { value: "student" }, word("student")), make("option", { value: "mentor" }, word("mentor")));
  const languages = Object.entries(round.languages).map(([tag, name], place) => {
    const box = make("input", { type: "checkbox", name: "language", value: tag, "data-key": `late ${tag}` });
    box.checked = place === 0;
    return make("label", { class: "check" }, box, name);
  });
  const times = round.slots.map((slot) => make("label", {}, slot.time,
    make("select", { name: `time ${slot.id}`, "data-key": `late ${slot.id}` }, make("option", { value: "no" }, word("cannot")), make("option", { value: "yes" }, word("yes")), make("option", { value: "if_need_be" }, word("if_need_be")))));
  const form = make("form", { on: { submit: (event) => { event.preventDefault(); happen(joining(new FormData(form))); } } },
    make("fieldset", {}, make("legend", {}, word("late")), make("label", {}, word("role"), role),
      text("id", { required: true }), text("name"), text("department", { list: "departments" }), departments,
      make("fieldset", {}, make("legend", {}, word("languages")), ...languages),
      make("fieldset", {}, make("legend", {}, word("when")), ...times),
      make("button", { class: "main", "data-key": "late tell" }, word("tell"))));
  return form;
}

function joining(data) {
  const role = data.get("role");
  const known = Object.values(store.round.people);
  const availability = Object.fromEntries(store.round.slots.map((slot) => [slot.id, data.get(`time ${slot.id}`)]));
  const person = { id: data.get("id").trim(), availability };
  if (data.get("name").trim()) person.name = data.get("name").trim();
  if (data.get("department").trim()) person.department = data.get("department").trim();
  // A language is given at the level that the others have, which is what the programme asks for.
  const levelled = known.some((one) => one.tags.length);
  if (levelled) person.languages = Object.fromEntries(data.getAll("language").map((tag) => [tag, "native"]));
  return { kind: `${role}_joined`, [role]: person };
}

function left() {
  const people = Object.values(store.round.people).sort((a, b) => a.name.localeCompare(b.name));
  const select = make("select", { required: true, "data-key": "left who" }, make("option", { value: "" }, word("choose")),
    ...people.map((one) => make("option", { value: one.id }, `${one.name} (${word(one.role)})`)));
  return make("form", { on: { submit: (event) => {
    event.preventDefault();
    happen({ kind: `${store.round.people[select.value].role}_left`, id: select.value });
  } } }, make("fieldset", {}, make("legend", {}, word("left")), make("label", {}, word("name"), select), make("button", { "data-key": "left tell" }, word("tell"))));
}

function lost() {
  const select = make("select", { required: true, "data-key": "lost which" }, make("option", { value: "" }, word("choose")),
    ...store.round.slots.map((slot) => make("option", { value: slot.id }, slot.time)));
  return make("form", { on: { submit: (event) => { event.preventDefault(); happen({ kind: "slot_lost", id: select.value }); } } },
    make("fieldset", {}, make("legend", {}, word("lost")), make("label", {}, word("time"), select), make("button", { "data-key": "lost tell" }, word("tell"))));
}

export function drawChanges(panel) {
  panel.replaceChildren(...heading(word("changesTitle"), closePanel), make("p", {}, word("loading")));
  get("changes").then((moves) => {
    if (store.tab !== "changes") return;
    const happened = store.round.happened.map((text) => make("li", {}, text));
    const lines = [...happened, ...moves.map(moveLine)];
    panel.lastChild.replaceWith(lines.length ? make("ul", {}, ...lines) : make("p", {}, word("noChanges")));
  }).catch(failed);
}
