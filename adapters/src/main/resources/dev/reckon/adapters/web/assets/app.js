// Starts what a page has: a conversation, tables, forms of saved computations.
import { improveCode, openChat, pressOn } from "./chat.js";
import { openForm } from "./composer.js";
import { improveTables } from "./table.js";

document.documentElement.classList.add("scripts");

const chat = document.querySelector(".chat");
if (chat) {
  openChat(chat);
}
for (const form of document.querySelectorAll("form.values")) {
  openForm(form);
}
// Buttons below messages on a page that is not told of changes lead to the conversation, where their answer appears.
for (const archive of document.querySelectorAll(".archive")) {
  pressOn(archive, archive.dataset.conversation, (chatAddress) => location.assign(chatAddress));
}
improveTables(document);
improveCode(document);
