/* Puts the chat on a page of the shop:

   <script async src="https://chat.example/widget.js" data-language="en"
           data-customer="C1001" data-hash="HMAC-SHA-256 of C1001, in hex"></script>

   data-language, data-customer and data-hash may be left out. */
(() => {
  const script = document.currentScript;
  if (!script || window.ecomsupport) return;
  const words = {% autoescape off %}{{ words }}{% endautoescape %};
  const home = new URL(script.src).origin;
  const { language, customer, hash } = script.dataset;

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    button { position: fixed; z-index: 2147483000; right: 20px; bottom: 20px; width: 58px; height: 58px;
      display: grid; place-items: center; border: 0; border-radius: 50%; background: #0f6b55; color: #fff;
      box-shadow: 0 8px 26px rgb(0 0 0 / 28%); cursor: pointer; transition: transform .15s; }
    button:hover { transform: scale(1.05); }
    button:focus-visible { outline: 3px solid #63d3b1; outline-offset: 3px; }
    svg { width: 27px; height: 27px; fill: currentColor; }
    span { position: absolute; top: -4px; right: -4px; min-width: 21px; padding: 0 6px; box-sizing: border-box;
      border-radius: 11px; background: #b3261e; font: 600 12px/21px system-ui, sans-serif; }
    iframe { position: fixed; z-index: 2147483000; right: 20px; bottom: 92px; width: 400px;
      height: min(680px, calc(100vh - 116px)); border: 0; border-radius: 20px; color-scheme: light dark;
      box-shadow: 0 14px 50px rgb(0 0 0 / 28%); }
    [hidden] { display: none; }
    @media (max-width: 500px) { iframe { inset: 0; width: 100%; height: 100%; border-radius: 0; } }
    @media (prefers-reduced-motion: reduce) { button { transition: none; } }`);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.type = "button";
  button.innerHTML =
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 3h14a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-7l-5 4v-4H5a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3z"/></svg><span hidden></span>';
  const badge = button.querySelector("span");
  root.append(button);
  let frame = null;
  let ready = false;
  let unread = 0;

  const isOpen = () => Boolean(frame) && !frame.hidden;
  // Before the frame has said that it is ready, nobody is there to hear.
  const tell = (message) => ready && frame.contentWindow.postMessage({ ecomsupport: message }, home);

  function draw() {
    const closed = unread ? words.unread.replace("{count}", unread) : words.open;
    button.setAttribute("aria-label", isOpen() ? words.close : closed);
    button.setAttribute("aria-expanded", String(isOpen()));
    badge.hidden = isOpen() || !unread;
    badge.textContent = unread;
  }

  function make() {
    frame = document.createElement("iframe");
    frame.title = words.open;
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups");
    const query = new URLSearchParams({ embed: "1" });
    if (language) query.set("lang", language.slice(0, 2));
    frame.src = `${home}/chat/?${query}`;
    root.prepend(frame);
  }

  function open() {
    if (!frame) make();
    frame.hidden = false;
    draw();
    tell({ type: "opened" });
  }

  function close() {
    if (frame) frame.hidden = true;
    draw();
    button.focus();
  }

  button.addEventListener("click", () => (isOpen() ? close() : open()));
  addEventListener("message", ({ origin, source, data }) => {
    const message = data?.ecomsupport;
    if (origin !== home || source !== frame?.contentWindow || !message) return;
    if (message.type === "ready") {
      ready = true;
      tell({ type: "hello", customer: customer && hash ? { ref: customer, hash } : null });
      if (isOpen()) tell({ type: "opened" });
    }
    if (message.type === "hide") close();
    if (message.type === "unread") {
      unread = Number(message.count) || 0;
      draw();
    }
  });

  draw();
  const mount = () => document.body.append(host);
  if (document.body) mount();
  else addEventListener("DOMContentLoaded", mount);
  window.ecomsupport = { open, close };
})();
