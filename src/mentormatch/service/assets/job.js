// Follows the job of this page: each event changes what stands in it.
"use strict";

const job = document.getElementById("job");
const place = (id) => document.getElementById(id);
const rows = new Map();

function rowOf(tier) {
  if (!rows.has(tier)) {
    const row = document.createElement("tr");
    const head = document.createElement("td");
    head.textContent = tier;
    const cells = ["value", "bound", "gap"].map(() => document.createElement("td"));
    row.append(head, ...cells);
    rows.set(tier, cells);
    place("tiers").append(row);
  }
  return rows.get(tier);
}

function shown(number) {
  return number === null || number === undefined ? "-" : String(number);
}

function follow(event) {
  const record = JSON.parse(event.data);
  place("status").textContent = "running";
  place("phase").textContent = record.phase ?? "-";
  place("elapsed").textContent = Math.round(record.elapsed ?? 0);
  if (record.tier === null || record.tier === undefined) return;
  const [value, bound, gap] = rowOf(record.tier);
  if (record.value !== null) value.textContent = shown(record.value);
  if (record.bound !== null) bound.textContent = shown(record.bound);
  const both = record.value !== null && record.bound !== null;
  gap.textContent = both ? shown(record.value - record.bound) : "-";
}

const events = new EventSource(job.dataset.events);
events.addEventListener("queued", () => { place("status").textContent = "queued"; });
events.addEventListener("requeued", () => { place("status").textContent = "queued"; });
events.addEventListener("started", () => { place("status").textContent = "running"; });
events.addEventListener("progress", follow);
events.addEventListener("finished", (event) => {
  const ended = JSON.parse(event.data);
  place("status").textContent = `${ended.status} (${ended.outcome})`;
  place("phase").textContent = "-";
  place("result").hidden = false;
  place("end").hidden = true;
  events.close();
});

place("end").addEventListener("click", async () => {
  place("end").disabled = true;
  await fetch(job.dataset.job, { method: "DELETE" });
});
