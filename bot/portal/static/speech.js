// Reading answers aloud and taking words by voice, each only where the browser can.

import { notify } from "./chat.js";
import * as memory from "./memory.js";

const byId = (id) => document.getElementById(id);
const LANGUAGE = "zh-CN";
const READ = new Set(["bot", "agent", "system"]);

// --- aloud --------------------------------------------------------------------------------------

const voice = window.speechSynthesis;
let isAloud = memory.preference("aloud") === true;
let readUpTo = null;

function showAloud() {
  byId("aloud").setAttribute("aria-pressed", String(isAloud));
}

function readOut(message) {
  const titles = message.buttons.map((button) => button.title);
  const choices = titles.length ? `可以选：${titles.join("，")}` : "";
  const said = new SpeechSynthesisUtterance(`${message.text}\n${choices}`);
  said.lang = LANGUAGE;
  voice.speak(said);
}

if (voice && window.SpeechSynthesisUtterance) {
  byId("aloud").hidden = false;
  showAloud();
  byId("aloud").addEventListener("click", () => {
    isAloud = !isAloud;
    memory.keepPreference("aloud", isAloud);
    if (!isAloud) voice.cancel();
    showAloud();
  });
  document.addEventListener("xiaoer:news", ({ detail }) => {
    // what was there before the page was opened is history, not news
    if (readUpTo !== null && isAloud) {
      for (const one of detail.messages) if (one.id > readUpTo && READ.has(one.author)) readOut(one);
    }
    readUpTo = Math.max(readUpTo ?? 0, detail.lastId);
  });
}

// --- by voice -----------------------------------------------------------------------------------

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const PROBLEMS = {
  "not-allowed": "浏览器没有允许使用话筒，请在地址栏旁边打开，或者打字。",
  "no-speech": "没有听到声音，请再说一遍，或者打字。",
  "audio-capture": "没有找到话筒，请打字。",
};
let listening = null;

function heard(event) {
  const text = byId("text");
  const words = [...event.results].map((result) => result[0].transcript).join("");
  text.value = `${text.value}${words}`;
  text.dispatchEvent(new Event("input"));
  text.focus();
}

function stopListening() {
  listening = null;
  byId("speak").setAttribute("aria-pressed", "false");
}

function listen() {
  const recognition = new Recognition();
  recognition.lang = LANGUAGE;
  recognition.addEventListener("result", heard);
  recognition.addEventListener("end", stopListening);
  recognition.addEventListener("error", (event) => {
    notify(PROBLEMS[event.error] ?? "这次没有听清，请再说一遍，或者打字。");
  });
  listening = recognition;
  byId("speak").setAttribute("aria-pressed", "true");
  notify("");
  recognition.start();
}

if (Recognition) {
  byId("speak").hidden = false;
  byId("speak").addEventListener("click", () => {
    if (listening) listening.stop();
    else if (memory.preference("voice") === true) listen();
    else byId("listen").showModal();
  });
  byId("listen").addEventListener("close", () => {
    if (byId("listen").returnValue !== "yes") return;
    memory.keepPreference("voice", true);
    listen();
  });
}
