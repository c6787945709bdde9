// The desk: wires the controls of the page to the round.

import { post, setLanguage } from "/desk/files/api.js";
import { byId, make, say } from "/desk/files/dom.js";
import { alertText, changed, failed, load, onChange, putDown, redo, store, undo } from "/desk/files/store.js";
import { fillFilters, filters } from "/desk/files/board.js";
import { speak, word, WORDS } from "/desk/files/words.js";
import { closePanel, heading } from "/desk/files/panel.js";
import { resume } from "/desk/files/solve.js";

function translate(tag) {
  speak(tag);
  setLanguage(tag);
  document.documentElement.lang = tag;
  document.title = `mentormatch: ${word("title")}`;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
}

async function handOut() {
  try {
    const told = await post("hand-out", { after: store.round.revision });
    say(`${word("handedOut")} ${told.written.join(" ")}`);
    store.tab = null;
    changed();
    const panel = byId("panel");
    panel.hidden = false;
    panel.replaceChildren(...heading(word("handedOut"), closePanel), make("ul", {}, ...told.written.map((line) => make("li", {}, line))));
    panel.focus();
  } catch (error) {
    await failed(error);
  }
}

function open(tab) {
  store.tab = store.tab === tab ? null : tab;
  changed();
  if (store.tab) byId("panel").focus();
}

function wire() {
  byId("undo").addEventListener("click", undo);
  byId("redo").addEventListener("click", redo);
  byId("open-solve").addEventListener("click", () => open("solve"));
  byId("open-life").addEventListener("click", () => open("life"));
  byId("open-changes").addEventListener("click", () => open("changes"));
  byId("hand-out").addEventListener("click", handOut);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  const filter = (id, name) => byId(id).addEventListener("input", (event) => {
    filters[name] = event.target.type === "checkbox" ? event.target.checked : event.target.value;
    changed();
  });
  filter("search", "text");
  filter("department", "department");
  filter("spoken", "spoken");
  filter("time", "time");
  filter("only-locked", "locked");
  byId("language").addEventListener("change", async (event) => {
    translate(event.target.value);
    store.leftOut = null;
    await load().catch(failed);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea, select");
    if (event.key === "Escape" && store.picked) putDown();
    else if (event.key === "Escape" && store.tab) closePanel();
    else if ((event.ctrlKey || event.metaKey) && !typing && event.key.toLowerCase() === "z") {
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    }
  });
  // Another window may have changed the round since.
  document.addEventListener("visibilitychange", () => { if (!document.hidden && store.round) load().catch(() => alertText(word("offline"))); });
}

const tag = document.documentElement.lang in WORDS ? document.documentElement.lang : "en";
translate(tag);
byId("language").value = tag;
wire();
onChange(() => { if (store.round) fillFilters(); });
resume().then(load).catch(failed);
