// Handing in a photo or a file, opening it again, keeping the conversation as a text.

import { readFile, Refused, sendFile } from "./api.js";
import { knownToken, newId, notify, theToken } from "./chat.js";
import * as view from "./view.js";

const byId = (id) => document.getElementById(id);
const chooser = byId("file");
const maxMb = Number(chooser.dataset.maxMb);
const TRIES = 4;
const RETRY_MS = 1500;

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// --- handing in ---------------------------------------------------------------------------------

async function send(file) {
  const clientId = newId();
  for (let attempt = 1; ; attempt += 1) {
    try {
      await sendFile(await theToken(), clientId, file);
      notify("");
      return;
    } catch (error) {
      const isFinal = error instanceof Refused && error.isFinal;
      if (isFinal) notify(error.message || `“${file.name}”没能发出去，请换一个文件再试。`);
      else if (attempt === TRIES) notify(`“${file.name}”没能发出去，请看看网络，再选一次。`);
      if (isFinal || attempt === TRIES) return;
      await new Promise((resolve) => { setTimeout(resolve, RETRY_MS * attempt); });
    }
  }
}

byId("attach").addEventListener("click", () => chooser.click());
chooser.addEventListener("change", async () => {
  const [file] = chooser.files;
  chooser.value = "";
  if (!file) return;
  const sizeMb = file.size / 1024 / 1024;
  if (sizeMb > maxMb) {
    notify(`“${file.name}”有 ${sizeMb.toFixed(1)} MB，超过 ${maxMb} MB，没有发。照片可以压缩一下，或者分几次发。`);
    return;
  }
  notify(`正在发送“${file.name}”…`);
  byId("attach").disabled = true;
  await send(file);
  byId("attach").disabled = false;
  byId("attach").focus();
});

document.addEventListener("xiaoer:file", async ({ detail }) => {
  try {
    save(await readFile(knownToken(), detail.url), detail.title);
  } catch (error) {
    notify(error.message || "这个文件现在打不开，请稍后再试。");
  }
});

// --- keeping ------------------------------------------------------------------------------------

byId("save").addEventListener("click", () => {
  const lines = view.transcript();
  if (!lines) {
    notify("还没有对话，没有可以保存的。");
    return;
  }
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
  save(new Blob(["\ufeff", lines], { type: "text/plain;charset=utf-8" }), `小二对话记录-${day}.txt`);
});
