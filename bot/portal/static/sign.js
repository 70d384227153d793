// The pad on which a signature is drawn. Without this script the typed name is the signature.

const pad = document.getElementById("pad");
const form = document.getElementById("sign-form");

if (pad && form) {
  const choice = document.getElementById("drawn-choice");
  const area = document.getElementById("pad-area");
  const note = document.getElementById("pad-note");
  const image = document.getElementById("image");
  const drawn = choice.querySelector("input");
  const pen = pad.getContext("2d");
  const strokes = [];
  let kept = null;

  const INK = "#10131a";
  const WIDTH = 5;

  function paint() {
    pen.clearRect(0, 0, pad.width, pad.height);
    if (kept) pen.drawImage(kept, 0, 0, pad.width, pad.height);
    pen.strokeStyle = pen.fillStyle = INK;
    pen.lineWidth = WIDTH;
    pen.lineCap = pen.lineJoin = "round";
    for (const points of strokes) {
      pen.beginPath();
      pen.moveTo(points[0].x, points[0].y);
      for (const point of points) pen.lineTo(point.x, point.y);
      pen.stroke();
    }
  }

  function place(event) {
    const box = pad.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * pad.width,
      y: ((event.clientY - box.top) / box.height) * pad.height,
    };
  }

  function isEmpty() {
    return !kept && !strokes.some((points) => points.length > 2);
  }

  function followChoice() {
    area.hidden = !drawn.checked;
  }

  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    strokes.push([place(event)]);
    note.textContent = "";
    event.preventDefault();
  });
  pad.addEventListener("pointermove", (event) => {
    if (!pad.hasPointerCapture(event.pointerId)) return;
    strokes.at(-1).push(place(event));
    paint();
  });
  document.getElementById("clear").addEventListener("click", () => {
    strokes.length = 0;
    kept = null;
    paint();
    note.textContent = "已擦掉。";
  });
  form.addEventListener("change", followChoice);
  form.addEventListener("submit", (event) => {
    image.value = "";
    if (!drawn.checked) return;
    if (isEmpty()) {
      event.preventDefault();
      note.textContent = "还没有签名，请在框里写，或者改选“键入姓名代替手写”。";
      pad.scrollIntoView({ block: "center" });
      return;
    }
    image.value = pad.toDataURL("image/png");
  });

  choice.hidden = false;
  drawn.checked = true;
  followChoice();
  if (image.value) {
    // the page came back with a question: what was drawn is not lost
    const earlier = new Image();
    earlier.addEventListener("load", () => {
      kept = earlier;
      paint();
    });
    earlier.src = image.value;
  }
}
