// What the page asks of the desk. Every answer that is not a success becomes an error with words.

export class DeskError extends Error {
  constructor(status, problem) {
    const faults = (problem.faults || []).map((fault) => fault.message);
    super(faults.length ? faults.join("; ") : problem.detail || String(status));
    this.status = status;
    this.code = String(problem.type || "").split(":").pop();
  }
}

let language = "en";

export function setLanguage(tag) {
  language = tag;
}

function address(path, query = {}) {
  const given = Object.entries({ ...query, lang: language }).filter(([, value]) => value !== null);
  return `/desk/${path}?${new URLSearchParams(given)}`;
}

async function request(path, options = {}, query = {}) {
  const response = await fetch(address(path, query), options);
  if (response.status === 204) return null;
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new DeskError(response.status, body);
  return body;
}

export function get(path, query) {
  return request(path, {}, query);
}

export function post(path, body) {
  return request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export function remove(path) {
  return request(path, { method: "DELETE" });
}

export function follow(path, listener) {
  const source = new EventSource(address(path));
  source.onmessage = (event) => {
    const told = JSON.parse(event.data);
    if (told.stage !== "running") source.close();
    listener(told);
  };
  source.onerror = () => source.close();
  return source;
}
