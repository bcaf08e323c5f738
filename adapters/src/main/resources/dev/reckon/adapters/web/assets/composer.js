// Sends messages with files, and what forms of saved computations hold.

export const token = document.body.dataset.token || "";

export function newKey() {
  return crypto.randomUUID ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)),
    (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What went wrong, in words for the person. */
export class Refused extends Error {}

export async function post(address, body, type) {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { "X-Reckon-Token": token, "Content-Type": type },
      body,
      redirect: "error",
    });
  } catch {
    throw new Refused("Reckon does not answer. It may be restarting: try again in a moment.");
  }
  if (answer.status === 401) {
    throw new Refused(`${await answer.text()} Reload the page, or sign in with a new link.`);
  }
  if (answer.status === 413) {
    throw new Refused("That is too large to send. web.message_mib is the limit.");
  }
  if (!answer.ok) {
    throw new Refused((await answer.text()) || `Reckon answered with ${answer.status}.`);
  }
  return answer.json();
}

/** One message: four bytes with the length of its JSON, the JSON, the files. */
export function send(message, files) {
  const head = new TextEncoder().encode(JSON.stringify({
    ...message,
    files: files.map((file) => ({ name: file.name, size: file.size })),
  }));
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, head.length);
  return post("/web/send", new Blob([length.buffer, head, ...files]), "application/octet-stream");
}

/** The line where a page says what went wrong. */
export function say(notice, text, quiet = false) {
  notice.textContent = text;
  notice.classList.toggle("quiet", quiet);
}

/** Writing and attaching, until the person sends it. */
export function openComposer(form, mostBytes, submit) {
  const text = form.querySelector("textarea");
  const list = form.querySelector(".attached");
  const notice = form.querySelector(".warning");
  const button = form.querySelector(".send");
  const picker = form.querySelector("input[type=file]");
  let files = [];
  let key = newKey();

  function fit() {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, innerHeight * 0.4)}px`;
  }
  function show() {
    list.replaceChildren(...files.map((file, index) => {
      const item = document.createElement("li");
      item.className = "chip";
      item.textContent = file.name;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = "✕";
      remove.setAttribute("aria-label", `Remove ${file.name}`);
      remove.addEventListener("click", () => {
        files.splice(index, 1);
        show();
        text.focus();
      });
      item.append(remove);
      return item;
    }));
  }
  function attach(more) {
    const all = [...files, ...more];
    const size = all.reduce((sum, file) => sum + file.size, 0);
    if (size > mostBytes - 65536) {
      say(notice, `Files of one message may have ${Math.floor(mostBytes / 1048576)} MiB together (web.message_mib).`);
      return;
    }
    say(notice, "");
    files = all;
    show();
    text.focus();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled || (!text.value.trim() && files.length === 0)) {
      return;
    }
    button.disabled = true;
    say(notice, "");
    try {
      await submit({ text: text.value, key }, files);
      text.value = "";
      files = [];
      key = newKey();
      show();
      fit();
    } catch (refused) {
      if (!(refused instanceof Refused)) {
        throw refused;
      }
      say(notice, refused.message);
    } finally {
      button.disabled = false;
      text.focus();
    }
  });
  text.addEventListener("input", fit);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  text.addEventListener("paste", (event) => {
    const pasted = [...event.clipboardData.files];
    if (pasted.length > 0) {
      event.preventDefault();
      attach(pasted);
    }
  });
  picker.addEventListener("change", () => {
    attach([...picker.files]);
    picker.value = "";
  });
  let depth = 0;
  const hasFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  addEventListener("dragenter", (event) => {
    if (hasFiles(event)) {
      depth++;
      form.classList.add("dropping");
    }
  });
  addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    form.classList.toggle("dropping", depth > 0);
  });
  addEventListener("dragover", (event) => {
    if (hasFiles(event)) {
      event.preventDefault();
    }
  });
  addEventListener("drop", (event) => {
    if (hasFiles(event)) {
      event.preventDefault();
      depth = 0;
      form.classList.remove("dropping");
      attach([...event.dataTransfer.files]);
    }
  });
  text.focus();
  return {
    fill(value) {
      text.value = value;
      fit();
      text.focus();
    },
    say: (words) => say(notice, words),
  };
}

/**
 * A form with values and files that runs a program: a saved computation, or a computation again. The server
 * checks the values and refuses those that do not fit.
 */
export function openForm(form) {
  const notice = form.querySelector(".warning");
  const button = form.querySelector(".send");
  const again = Number(form.dataset.again || 0);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = {};
    for (const input of form.querySelectorAll("[data-field]")) {
      values[input.dataset.field] = input.type === "checkbox" ? String(input.checked) : input.value;
    }
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((input) =>
      [...input.files].map((file) => input.dataset.as ? new File([file], input.dataset.as) : file));
    button.disabled = true;
    try {
      const sent = await send({
        conversation: form.dataset.conversation, key: newKey(), again, saved: form.dataset.saved, values,
      }, files);
      location.assign(sent.chat);
    } catch (refused) {
      if (!(refused instanceof Refused)) {
        throw refused;
      }
      say(notice, refused.message);
    } finally {
      button.disabled = false;
    }
  });
}
