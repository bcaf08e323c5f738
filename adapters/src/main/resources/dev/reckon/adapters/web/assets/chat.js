// A conversation: what is new comes by server-sent events, what the person does goes out by POST.
import { newKey, openComposer, post, Refused, say, send } from "./composer.js";
import { improveTables } from "./table.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

export function openChat(chat) {
  const thread = chat.querySelector("#thread");
  const scroller = chat.querySelector(".scroller");
  const conversation = chat.dataset.conversation;
  const notice = chat.querySelector("#notice");
  let version = Number(chat.dataset.version);
  let stream = null;
  let pause = FIRST_PAUSE;
  let ended = false;

  const toEnd = () => { scroller.scrollTop = scroller.scrollHeight; };
  const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;

  function connect() {
    if (stream || ended) {
      return;
    }
    stream = new EventSource(`/stream/${conversation}?since=${version}`);
    stream.addEventListener("open", () => {
      pause = FIRST_PAUSE;
      say(notice, "");
    });
    stream.addEventListener("message", (event) => {
      version = Number(event.lastEventId);
      put(event.data);
    });
    stream.addEventListener("signed-out", () => end("You are signed out. Sign in with a new link, then reload this page."));
    stream.addEventListener("surplus", () => end("This page stopped listening, since many are open. Reload it to go on."));
    stream.addEventListener("error", () => {
      // Our own pauses: a browser gives up for good where the answer is no stream.
      stream.close();
      stream = null;
      if (!ended) {
        say(notice, "Connecting again …", true);
        setTimeout(check, pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
    });
  }
  /** An expired session is said; anything else is tried again. */
  async function check() {
    try {
      const answer = await fetch("/sessions", { redirect: "error" });
      if (answer.status === 401) {
        end("Your session has expired. Sign in with a new link, then reload this page.");
        return;
      }
    } catch {
      // Not there yet.
    }
    connect();
  }
  function end(words) {
    ended = true;
    stream?.close();
    say(notice, words);
  }

  function put(markup) {
    const fresh = new DOMParser().parseFromString(markup, "text/html").querySelector("article");
    if (!fresh) {
      return;
    }
    document.getElementById("welcome")?.remove();
    const atEnd = isAtEnd();
    const old = document.getElementById(fresh.id);
    if (old) {
      keepOpen(old, fresh);
      old.replaceWith(fresh);
    } else {
      thread.append(fresh);
    }
    improveTables(fresh);
    improveCode(fresh);
    if (fresh.dataset.mention && document.hidden) {
      document.title = `● ${document.title.replace(/^● /, "")}`;
    }
    if (atEnd || fresh.classList.contains("asked")) {
      toEnd();
      if (fresh.offsetHeight > scroller.clientHeight) {
        fresh.scrollIntoView({ block: "start" }); // the answer comes first
      }
    }
  }
  /** What the person opened stays open; what is being edited stays as it is. */
  function keepOpen(old, fresh) {
    const were = old.querySelectorAll("details");
    fresh.querySelectorAll("details").forEach((details, index) => {
      if (were[index]?.open && were[index].className === details.className) {
        details.open = true;
      }
    });
    const editor = old.querySelector("details.code-of:has(.editor)");
    const place = fresh.querySelector("details.code-of");
    if (editor && place) {
      place.replaceWith(editor);
    }
  }
  /** Puts a conversation that was just begun into the menu. */
  function list(sent) {
    document.title = `${sent.title} · Reckon`;
    document.querySelector("nav .new")?.removeAttribute("aria-current");
    const link = document.createElement("a");
    link.className = "t";
    link.href = sent.chat;
    link.textContent = sent.title;
    link.setAttribute("aria-current", "page");
    const item = document.createElement("li");
    item.append(link);
    document.querySelector("nav .conversations")?.prepend(item);
  }

  async function started(promise) {
    const sent = await promise;
    if (location.pathname !== sent.chat) {
      history.replaceState(null, "", sent.chat);
      list(sent);
    }
    connect();
    return sent;
  }
  const composer = openComposer(chat.querySelector("form.composer"), Number(chat.dataset.mostBytes),
    (message, files) => started(send({ ...message, conversation }, files)));

  for (const example of chat.querySelectorAll("[data-example]")) {
    example.addEventListener("click", () => composer.fill(example.dataset.example));
  }
  for (const scene of chat.querySelectorAll("[data-scene]")) {
    scene.addEventListener("click", async () => {
      scene.disabled = true;
      try {
        await started(post("/web/demonstrate",
          JSON.stringify({ conversation, key: newKey(), scene: Number(scene.dataset.scene) }), "application/json"));
      } catch (refused) {
        scene.disabled = false;
        composer.say(refused.message);
      }
    });
  }
  pressOn(thread, conversation, () => {}, (words) => composer.say(words));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll(".more[open]")) {
        menu.open = false;
      }
    }
  });
  addEventListener("visibilitychange", () => {
    document.title = document.title.replace(/^● /, "");
  });

  if (location.pathname !== "/") {
    connect();
  }
  if (!location.hash && thread.querySelector("article")) {
    toEnd();
  }
}

/** Lets programs be copied. */
export function improveCode(root) {
  for (const box of root.querySelectorAll("details.code-of")) {
    const copy = box.querySelector("[data-does=copy]");
    copy?.addEventListener("click", async () => {
      await navigator.clipboard.writeText(box.querySelector("pre").textContent);
      copy.textContent = "Copied";
    });
  }
}

/** Gives the buttons below an element their meaning. */
export function pressOn(root, conversation, done, fail = alertInPage) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest(".press");
    if (!button) {
      return;
    }
    const verb = button.dataset.verb;
    const article = button.closest("article");
    button.closest(".more")?.removeAttribute("open");
    if (verb === "SHOW_EVIDENCE" && openDetails(article, ".checked-by")) {
      return;
    }
    if (verb === "SHOW_CODE" && openDetails(article, ".code-of")) {
      return;
    }
    if (verb === "EDIT" && article && edit(article, button, press)) {
      return;
    }
    if (button.dataset.ask) {
      ask(button.dataset, press);
    } else {
      press("");
    }

    async function press(input) {
      button.disabled = true;
      try {
        const sent = await post("/web/press", JSON.stringify({
          conversation, key: newKey(), verb, turn: Number(button.dataset.turn), input,
        }), "application/json");
        done(sent.chat);
        return true;
      } catch (refused) {
        if (!(refused instanceof Refused)) {
          throw refused;
        }
        fail(refused.message);
        return false;
      } finally {
        button.disabled = false;
      }
    }
  });
}

function alertInPage(words) {
  const line = document.createElement("p");
  line.className = "warning";
  line.setAttribute("role", "alert");
  line.textContent = words;
  document.querySelector("main section")?.prepend(line);
}

function openDetails(article, which) {
  const details = article?.querySelector(which);
  if (!details) {
    return false;
  }
  details.open = true;
  details.scrollIntoView({ block: "nearest" });
  details.querySelector("summary").focus();
  return true;
}

/** Turns the program into a field; Run sends it. */
function edit(article, button, press) {
  const details = article.querySelector("details.code-of");
  const box = details?.querySelector("pre");
  if (!box) {
    return false;
  }
  details.open = true;
  if (details.querySelector(".editor")) {
    details.querySelector(".editor").focus();
    return true;
  }
  const editor = document.createElement("textarea");
  editor.className = "editor";
  editor.spellcheck = false;
  editor.setAttribute("aria-label", "The program");
  editor.value = box.textContent;
  editor.rows = Math.min(30, editor.value.split("\n").length + 1);
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run.click();
    }
  });
  const tools = details.querySelector(".tools");
  const hidden = [...tools.children];
  hidden.forEach((tool) => { tool.hidden = true; });
  const run = tool("Run", async () => {
    run.disabled = true;
    if (await press(editor.value)) {
      close();
    }
    run.disabled = false;
  });
  const cancel = tool("Discard", close);
  function close() {
    editor.replaceWith(box);
    run.remove();
    cancel.remove();
    hidden.forEach((one) => { one.hidden = false; });
    button.focus();
  }
  box.replaceWith(editor);
  tools.append(run, cancel);
  editor.focus();
  editor.setSelectionRange(0, 0);
  return true;
}

function tool(label, does) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "tool";
  made.textContent = label;
  made.addEventListener("click", does);
  return made;
}

/** Asks for one line, as the data of a button describes it. */
function ask({ ask: label, help, optional }, use) {
  const dialog = document.createElement("dialog");
  const form = document.createElement("form");
  form.method = "dialog";
  const line = document.createElement("input");
  line.required = optional === undefined;
  line.maxLength = 1000;
  line.id = "asked-line";
  const name = document.createElement("label");
  name.htmlFor = line.id;
  name.textContent = label;
  const note = document.createElement("p");
  note.className = "note";
  note.textContent = help;
  const buttons = document.createElement("div");
  buttons.className = "buttons";
  const cancel = tool("Cancel", () => dialog.close());
  const ok = document.createElement("button");
  ok.className = "send";
  ok.textContent = "OK";
  buttons.append(cancel, ok);
  form.append(name, line, note, buttons);
  form.addEventListener("submit", () => use(line.value.trim()));
  dialog.append(form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
