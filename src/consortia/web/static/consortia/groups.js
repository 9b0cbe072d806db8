/* Lets a partner be dragged from one group to another. It only fills in and sends the form that the page has anyway,
   and puts the parts of the answer in their places: without it, or where it fails, the form does the same. */
"use strict";
(() => {
  const FAR = 6; // pixels that a press may stray and still be a click
  const EDGE = 48; // pixels from the edge of the window within which it scrolls along
  let held = null; // what is being dragged: its code, where the press began, and what follows the pointer
  let dragged = false; // a drag ends with a click that must not open the link it began on
  let shown = location.search;
  let asking = null;

  const form = () => document.getElementById("seating");
  const seat = (code) => document.getElementById(`in-${code}`);
  const targetAt = (x, y) => document.elementFromPoint(x, y)?.closest("[data-group]") ?? null;

  function addressOf(sent) {
    return `${location.pathname}?${new URLSearchParams(new FormData(sent))}`;
  }

  /* Parts keep their place and only their content changes, so that a screen reader reads what is said anew. */
  function put(page) {
    const focused = document.activeElement?.id;
    for (const part of document.querySelectorAll("[data-part]")) {
      const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!fresh) throw new Error(part.dataset.part);
      part.replaceChildren(...document.adoptNode(fresh).childNodes);
    }
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  async function show(address, { keep = true } = {}) {
    asking?.abort();
    const mine = (asking = new AbortController());
    document.getElementById("main").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: mine.signal, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      put(new DOMParser().parseFromString(text, "text/html"));
      if (keep) history.pushState(null, "", address);
      shown = location.search;
      document.getElementById("main").removeAttribute("aria-busy");
    } catch (error) {
      // Overtaken by another move; or something is wrong, and the page itself says what.
      if (mine === asking) location.assign(address);
    }
  }

  function lift(event) {
    held.ghost = document.createElement("div");
    held.ghost.className = "ghost";
    held.ghost.textContent = document.querySelector(`label[for="in-${held.code}"]`).textContent;
    document.body.append(held.ghost);
    document.documentElement.classList.add("dragging");
    follow(event);
  }

  function follow(event) {
    held.ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    const over = targetAt(event.clientX, event.clientY)?.dataset.group;
    for (const box of document.querySelectorAll(".box")) box.classList.toggle("over", box.dataset.group === over);
    if (event.clientY < EDGE) scrollBy(0, -EDGE / 4);
    if (event.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4);
  }

  function letGo() {
    held?.ghost?.remove();
    held = null;
    document.documentElement.classList.remove("dragging");
    for (const box of document.querySelectorAll(".box.over")) box.classList.remove("over");
  }

  function drop(code, group) {
    const choice = seat(code);
    if (choice.value === group) return;
    choice.value = group;
    show(addressOf(form()));
  }

  addEventListener("pointerdown", (event) => {
    dragged = false;
    const from = event.target.closest?.("[data-partner]");
    if (!from || event.button !== 0 || !event.isPrimary) return;
    held = { code: from.dataset.partner, x: event.clientX, y: event.clientY, ghost: null };
  });
  addEventListener("pointermove", (event) => {
    if (!held || !event.isPrimary) return;
    if (held.ghost) follow(event);
    else if (Math.hypot(event.clientX - held.x, event.clientY - held.y) > FAR) lift(event);
  });
  addEventListener("pointerup", (event) => {
    if (!held || !event.isPrimary) return;
    const { code, ghost } = held;
    const target = targetAt(event.clientX, event.clientY);
    letGo();
    if (!ghost) return;
    dragged = true;
    if (target) drop(code, target.dataset.group);
  });
  addEventListener("pointercancel", letGo);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held) letGo();
  });
  addEventListener("dragstart", (event) => {
    if (event.target.closest?.("[data-partner]")) event.preventDefault();
  });
  addEventListener(
    "click",
    (event) => {
      if (dragged && event.target.closest?.("[data-partner]")) event.preventDefault();
      dragged = false;
    },
    true,
  );
  addEventListener("submit", (event) => {
    if (event.target.id !== "seating") return;
    event.preventDefault();
    show(addressOf(event.target));
  });
  addEventListener("popstate", () => {
    if (location.search !== shown) show(location.href, { keep: false });
  });
  document.documentElement.classList.add("can-drag");
})();
