// What the browser remembers of the talk; in memory where it may not store anything.
const memory = new Map();

export const KEY = "ecomsupport.chat";

function raw() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return memory.get(KEY) ?? null;
  }
}

export function load() {
  try {
    const kept = JSON.parse(raw() ?? "{}");
    return { token: kept.token ?? "", customer: kept.customer ?? "", queue: kept.queue ?? [] };
  } catch {
    return { token: "", customer: "", queue: [] };
  }
}

export function save(kept) {
  const text = JSON.stringify(kept);
  try {
    localStorage.setItem(KEY, text);
  } catch {
    memory.set(KEY, text);
  }
}

// `crypto.randomUUID` exists only on HTTPS and localhost.
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
