// Keeps one part of a page up to date: after a ring of the desk it is fetched again.
// Answers the stream's beats as the lists do, so that whoever watches the board counts as there.
"use strict";

const part = document.getElementById("live");
const state = document.getElementById("live-state");
let wasActive = false;
let asked = false, asking = false;

for (const name of ["pointerdown", "keydown"]) {
  document.addEventListener(name, () => { wasActive = true; }, { passive: true });
}

// One fetch at a time; a ring during it causes exactly one more.
async function refresh() {
  asked = true;
  if (asking) return;
  asking = true;
  while (asked) {
    asked = false;
    try {
      const answer = await fetch(part.dataset.src, { credentials: "same-origin", cache: "no-store" });
      if (answer.status === 401) { location.replace("/desk/login?expired=1"); return; }
      if (answer.ok) draw(await answer.text());
    } catch { /* the stream says that the line is broken */ }
  }
  asking = false;
}

function draw(html) {
  if (html === part.dataset.shown) return;
  part.dataset.shown = html;
  const link = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  part.innerHTML = html;
  if (link) part.querySelector(`[href="${CSS.escape(link)}"]`)?.focus();
}

function beat() {
  const sent = JSON.stringify({ is_active: wasActive });
  wasActive = false;
  fetch("/desk/api/heartbeat", {
    method: "POST", credentials: "same-origin", headers: { "content-type": "application/json" }, body: sent,
  }).catch(() => {});
  refresh();
}

function connect() {
  const stream = new EventSource("/desk/events");
  stream.addEventListener("open", () => { state.textContent = "实时"; refresh(); });
  stream.addEventListener("wake", refresh);
  stream.addEventListener("beat", beat);
  stream.addEventListener("expired", () => location.replace("/desk/login?expired=1"));
  stream.addEventListener("error", () => {
    state.textContent = "连接中断，正在重连…";
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  });
}

connect();
