// The talk with the page that shows the chat in a frame; see widget.js.
const framed = window.parent !== window;
// Learnt from the first message of the parent, which answers "ready".
let origin = "";

export function tell(message) {
  if (!framed) return;
  // "ready" says nothing, so anybody may hear it; the rest is for the one that answered.
  if (message.type === "ready") window.parent.postMessage({ ecomsupport: message }, "*");
  else if (origin) window.parent.postMessage({ ecomsupport: message }, origin);
}

export function listen({ identify, opened }) {
  if (!framed) return;
  addEventListener("message", (event) => {
    const message = event.data?.ecomsupport;
    if (event.source !== window.parent || typeof message?.type !== "string") return;
    origin = event.origin;
    if (message.type === "hello") identify(person(message.customer));
    if (message.type === "opened") opened();
  });
  tell({ type: "ready" });
}

function person(claim) {
  if (typeof claim?.ref !== "string" || typeof claim?.hash !== "string") return null;
  return { ref: claim.ref, hash: claim.hash };
}
