// One line of the talk as elements: never as HTML, whatever the text says.

// ASCII only: in Chinese a sentence may go on right behind an address.
const ADDRESS = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;

function element(tag, name = "", text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

// The address, if a browser may open it: no script, no file, no data.
export function safe(address) {
  try {
    const url = new URL(address, location.origin);
    return ["http:", "https:"].includes(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

function link(address, tag) {
  tag.href = address;
  tag.target = "_blank";
  tag.rel = "noopener noreferrer nofollow";
  return tag;
}

function words(text) {
  const parts = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    // What closes the sentence is no part of the address.
    const address = match[0].replace(/[.,;:!?)\]']+$/, "");
    parts.append(text.slice(end, match.index));
    parts.append(safe(address) ? link(safe(address), element("a", "", address)) : address);
    end = match.index + address.length;
  }
  parts.append(text.slice(end));
  return parts;
}

function card({ title, subtitle, image, url }, say) {
  const made = safe(url || "about:") ? link(safe(url), element("a", "card")) : element("div", "card");
  if (safe(image || "about:")) {
    const picture = element("img");
    picture.src = safe(image);
    picture.alt = say.picture.replace("{title}", title);
    picture.loading = "lazy";
    picture.addEventListener("error", () => picture.replaceWith(blank(title)));
    made.append(picture);
  } else {
    made.append(blank(title));
  }
  const body = element("div");
  body.append(element("strong", "", title));
  if (subtitle) body.append(element("small", "", subtitle));
  made.append(body);
  return made;
}

function blank(title) {
  const made = element("span", "blank", [...title][0] ?? "");
  made.setAttribute("aria-hidden", "true");
  return made;
}

function choices(buttons, say, press) {
  const group = element("div", "chips");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", say.choices);
  for (const { label, value } of buttons) {
    const button = element("button", "chip", label);
    button.type = "button";
    button.addEventListener("click", () => press(value, label));
    group.append(button);
  }
  return group;
}

// `message` as the API gives it, `name` of who says it, `say` the page's words.
export function line(message, name, say, press) {
  const made = element("article", `line ${message.sender}`);
  made.dataset.sender = message.sender;
  made.dataset.at = message.sent_at;
  const label = element("span", message.sender === "shopper" ? "hidden" : "name", name);
  made.append(label);
  if (message.text) {
    const bubble = element("div", "bubble");
    bubble.append(words(message.text));
    made.append(bubble);
  }
  if (message.cards?.length) {
    const cards = element("div", "cards");
    cards.append(...message.cards.map((one) => card(one, say)));
    made.append(cards);
  }
  if (message.buttons?.length) made.append(choices(message.buttons, say, press));
  const foot = element("div", "foot");
  const time = element("time");
  const at = new Date(message.sent_at);
  time.dateTime = message.sent_at;
  time.textContent = at.toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
  foot.append(time);
  made.append(foot);
  return made;
}

export function mark(made, text, action, act) {
  const foot = made.querySelector(".foot");
  foot.replaceChildren(element("span", "", text));
  if (!action) return;
  const button = element("button", "", action);
  button.type = "button";
  button.addEventListener("click", act);
  foot.append(button);
}
