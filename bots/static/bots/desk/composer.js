// The agent's answer: kept as a draft, sent once, typed visibly.
import { act } from "./server.js";

const TYPED_EVERY = 3000;

export class Composer {
  // `after` is called with "" or the name of what went wrong.
  constructor(form, talk, after) {
    Object.assign(this, { form, after, key: `desk.draft.${talk}` });
    this.text = form.querySelector("textarea");
    this.button = form.querySelector("button");
    this.typedAt = 0;
    // The same id until the answer is certain: a repeat is not said twice.
    this.id = crypto.randomUUID?.() ?? fallback();
    this.text.value = sessionStorage.getItem(this.key) ?? "";
    form.addEventListener("submit", (event) => this.send(event));
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.grow();
  }

  pressed(event) {
    // While an input method composes, Enter chooses characters.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    this.send(event);
  }

  typed() {
    this.grow();
    sessionStorage.setItem(this.key, this.text.value);
    if (!this.text.value.trim() || Date.now() - this.typedAt < TYPED_EVERY) return;
    this.typedAt = Date.now();
    act(this.form.dataset.typing);
  }

  async send(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text || this.button.disabled) return this.text.focus();
    this.button.disabled = true;
    const wrong = await act(this.form.dataset.send, { text, client_id: this.id });
    this.button.disabled = false;
    if (wrong !== "offline") this.id = crypto.randomUUID?.() ?? fallback();
    if (!wrong) {
      this.text.value = "";
      this.typedAt = 0;
      sessionStorage.removeItem(this.key);
      this.grow();
    }
    this.after(wrong);
    this.text.focus();
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, 220)}px`;
  }
}

// `crypto.randomUUID` exists only on HTTPS and localhost.
function fallback() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
