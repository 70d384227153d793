// What rings at the desk: a short tone made here, the title of the tab, a notice of the browser.
// Each can be switched off for each event; the choice stays in this browser.
"use strict";

const BELLS_KEY = `bells:${body.dataset.agent}`;
const BELLS = {
  queue: { sound: true, title: true, notice: false },
  offer: { sound: true, title: true, notice: true },
  message: { sound: true, title: true, notice: false },
  mention: { sound: true, title: true, notice: true },
};
const TOLD = { queue: "新排队", offer: "轮到您", message: "新消息", mention: "有人找您" };
const TONES = { queue: [660, 880], offer: [880, 1175], message: [740], mention: [590, 740] };

function bells() {
  const chosen = JSON.parse(localStorage.getItem(BELLS_KEY) || "{}");
  return Object.fromEntries(Object.entries(BELLS).map(([name, usual]) => [name, { ...usual, ...chosen[name] }]));
}

let audio = null;
function tone(name) {
  try {
    audio ??= new AudioContext();
    audio.resume?.();
    TONES[name].forEach((pitch, place) => {
      const starts = audio.currentTime + place * 0.16;
      const voice = audio.createOscillator();
      const loudness = audio.createGain();
      voice.type = "sine";
      voice.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.0001, starts);
      loudness.gain.exponentialRampToValueAtTime(0.12, starts + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.0001, starts + 0.15);
      voice.connect(loudness).connect(audio.destination);
      voice.start(starts);
      voice.stop(starts + 0.16);
    });
  } catch { /* a machine without sound */ }
  body.dataset.rang = name; // what tests and styles can see of a sound
}

function ring(name) {
  const chosen = bells()[name];
  if (chosen.sound) tone(name);
  if (chosen.title && document.hidden) { view.news = TOLD[name]; setTitle(); }
  const may = "Notification" in window && Notification.permission === "granted";
  if (chosen.notice && document.hidden && may) {
    // without what the applicant said: a screen may be seen by others
    const notice = new Notification("小二工作台", { body: TOLD[name], tag: name, icon: "/desk/static/icon.svg" });
    notice.onclick = () => { window.focus(); notice.close(); };
  }
}

// Compares what the lists say now with what they said last; the first look rings nothing.
function noticeNews(found) {
  const isNew = (name) => view[name] && found[name].some((id) => !view[name].includes(id));
  if (isNew("offered")) ring("offer");
  else if (isNew("waiting")) ring("queue");
  if (isNew("awaited")) ring("message");
  if (view.mentions !== null && found.mentions > view.mentions) ring("mention");
}

function showBells() {
  const chosen = bells();
  for (const box of document.querySelectorAll("[data-bell]")) {
    const [name, way] = box.dataset.bell.split(".");
    box.checked = chosen[name][way];
  }
  $("bells-allow").hidden = !("Notification" in window) || Notification.permission !== "default";
}

function keepBells() {
  const chosen = bells();
  for (const box of document.querySelectorAll("[data-bell]")) {
    const [name, way] = box.dataset.bell.split(".");
    chosen[name][way] = box.checked;
  }
  localStorage.setItem(BELLS_KEY, JSON.stringify(chosen));
}

for (const box of document.querySelectorAll("[data-bell]")) box.addEventListener("change", keepBells);
$("bells-test").addEventListener("click", () => tone("queue"));
$("bells-allow").addEventListener("click", async () => {
  await Notification.requestPermission();
  showBells();
});
