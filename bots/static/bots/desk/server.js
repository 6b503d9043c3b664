// Requests of the desk: parts of the page, and actions with their refusals.
const token = () => document.querySelector("#csrf input").value;

// The HTML of a part, or null where it could not be had; a lost log-in loads the page anew.
export async function part(name) {
  const address = new URL(location.href);
  address.searchParams.set("part", name);
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (response.redirected || response.status === 403) location.reload();
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

// "" when done, else the name of what to say.
export async function act(address, fields = {}) {
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      body: new URLSearchParams(fields),
    });
  } catch {
    return "offline";
  }
  if (response.redirected) location.reload();
  if (response.ok) return "";
  return { 403: "refused", 404: "gone", 409: "closed", 422: "invalid" }[response.status] ?? "failed";
}

// Hints of what has changed; the browser connects again by itself.
export function listen(address, hears) {
  const source = new EventSource(address);
  source.onopen = () => hears.up();
  source.onerror = () => {
    hears.down();
    // Refused for good: most likely the log-in has ended.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  };
  for (const name of ["tickets", "talks", "talk", "typing"])
    source.addEventListener(name, (event) => hears[name](JSON.parse(event.data)));
}
