// Keys for entry, and saving each answer as it is left. Pages are read and saved without this script; it makes them quick.
// The rules (what is asked, what is derived, what the checks say) come with each answer of the server: there is none here.
"use strict";
(() => {
  // An edition is prepared on the server: the page looks from time to time, and is read anew once there is something to see.
  if (document.getElementById("waiting")) {
    const look = setInterval(async () => {
      const page = await fetch(location.pathname).then((answer) => answer.text()).catch(() => 'id="waiting"');
      if (page.includes('id="waiting"')) return;
      clearInterval(look);
      location.reload();
    }, 2000);
    return;
  }
  const entry = document.getElementById("fields");
  const finish = document.getElementById("finish");
  const root = entry || finish || document.getElementById("decide");
  if (!root) return;
  document.documentElement.classList.add("js");
  const french = document.documentElement.lang !== "en";
  const t = (fr, en) => (french ? fr : en);
  const dialog = document.getElementById("keys");
  const pane = document.getElementById("pane");
  const goOn = document.getElementById("go-on");

  // The top row of AZERTY without Shift, as Belgian and French keyboards have it.
  const AZERTY = { "&": "1", "é": "2", '"': "3", "'": "4", "(": "5", "§": "6", "-": "6", "è": "7", "!": "8", "_": "8", "ç": "9", "à": "0" };
  const DIGITS = ["number", "date", "month"];
  const TEXTS = ["line", "lines", "search"];

  const fieldOf = (element) => (element instanceof Element ? element.closest(".field") : null);
  const inputs = (field) => [...field.querySelectorAll(".choices input")];
  const box = (field) => field.querySelector(".boxed input, .boxed textarea");
  const why = (field) => field.querySelector("select");
  const look = (field) => field.dataset.look;
  const isCoded = (field) => ["choice", "choices"].includes(look(field));

  // ── Moving ────────────────────────────────────────────────────────────────────────────────────────────────────────
  const stops = () => [...root.querySelectorAll(".field")].filter((field) => (inputs(field).length || box(field)) && field.offsetParent !== null);
  const target = (field) => box(field) || inputs(field).find((input) => input.checked) || inputs(field)[0];

  const after = (field) => stops().find((one) => field.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);

  function goTo(field) {
    const element = field ? target(field) : goOn;
    if (!element) return;
    element.focus({ preventScroll: true });
    if (element.select && element.type !== "radio" && element.type !== "checkbox") element.select();
    (field || element).scrollIntoView({ block: "center", behavior: "auto" });
  }

  function move(field, step) {
    const all = stops();
    const index = all.indexOf(field);
    if (index + step < 0) return;
    goTo(all[index + step]);
  }

  // An answer may hide or bring the question after it: where the hand goes on is known once the server has replied. Keys that are typed
  // until then are held, and go where the reply says. A server that takes long holds nobody up.
  const LONGEST_HOLD = 1500;
  let hold = null;
  let held = [];

  function goOnFrom(field) {
    leave(field);
    move(field, 1);
    if (!waiting.includes(field) || pause > FIRST_PAUSE) return;
    const own = { from: field, at: document.activeElement };
    hold = own;
    setTimeout(() => { if (hold === own) letGo(); }, LONGEST_HOLD);
  }

  function holds(event) {
    if (!hold || document.activeElement !== hold.at) return false;
    if (event.key === "Backspace" && held.length) {
      held.pop();
      return true;
    }
    if (event.key.length > 1 && !["Enter", "ArrowDown", "ArrowUp"].includes(event.key)) return false;
    if (hold.at === goOn && !["Enter", " "].includes(event.key)) return false;
    held.push({ key: event.key, code: event.code, shiftKey: event.shiftKey });
    return true;
  }

  // The reply is there: the next question may be another one than it was.
  function replied(field) {
    if (!hold || hold.from !== field) return;
    const { at } = hold;
    const next = after(field);
    const isElsewhere = document.activeElement === at && (next || goOn) !== (fieldOf(at) || at);
    if (isElsewhere && at === goOn) held = [];
    if (isElsewhere || isLost()) goTo(next);
    letGo();
  }

  function letGo() {
    hold = null;
    while (held.length && !hold) play(held.shift());
  }

  function play(key) {
    const element = document.activeElement;
    const field = fieldOf(element);
    const presses = element === goOn ? ["Enter", " "].includes(key.key) : key.key === " " && field && element !== box(field);
    if (presses) element.click();
    if (presses) return;
    if (!field) return;
    const inText = TEXTS.includes(look(field)) && element === box(field);
    if (handle(key, field, look(field), inText) || key.key.length > 1 || element !== box(field)) return;
    insert(element, key.key);
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // No key reaches a question: what had the focus was hidden, or the browser took it.
  const isLost = () => document.activeElement === document.body || document.activeElement.offsetParent === null;

  // ── What stands in a field ────────────────────────────────────────────────────────────────────────────────────────
  function answer(field) {
    const text = isCoded(field)
      ? inputs(field).filter((input) => input.checked).map((input) => input.value).join(" ")
      : box(field).value.trim();
    return { text, missing: text === "" && why(field) ? why(field).value : "" };
  }
  const signature = (field) => JSON.stringify(answer(field));
  const saved = new Map(stops().concat([...root.querySelectorAll(".field")]).filter((field) => inputs(field).length || box(field)).map((field) => [field, signature(field)]));

  function status(field, kind, text) {
    const line = field.querySelector(".status");
    if (!line) return;
    line.className = `status ${kind}`;
    line.textContent = text;
  }

  // ── Saving: one after the other, tried again until the server answers ─────────────────────────────────────────────
  const waiting = [];
  // What is on the screen and not on the disk, and will not be without its typist: unreadable, refused, filled in otherwise by a colleague.
  const unsaved = new Set();
  const FIRST_PAUSE = 500;
  let busy = false;
  let pause = FIRST_PAUSE;

  // Reasons that the server has: leaving a field sends none twice, least of all while its sheet is being accepted.
  const reasonsKept = new Map();

  function keep(field) {
    const { text } = field ? answer(field) : { text: "" };
    if (!finish || !text || reasonsKept.get(field) === text) return;
    reasonsKept.set(field, text);
    fetch(finish.dataset.reasons, { method: "POST", body: new URLSearchParams({ finding: field.dataset.key, reason: text }), keepalive: true })
      .then((response) => { if (!response.ok) reasonsKept.delete(field); }, () => reasonsKept.delete(field));
  }

  function leave(field) {
    if (finish) keep(field);
    if (!entry || !field || !saved.has(field) || saved.get(field) === signature(field)) return;
    if (!waiting.includes(field)) waiting.push(field);
    pump();
  }

  async function pump() {
    if (busy || waiting.length === 0) return;
    busy = true;
    const field = waiting[0];
    const sent = signature(field);
    try {
      const response = await fetch(`/fiches/${entry.dataset.draft}/champ`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ key: field.dataset.key, seen: Number(field.dataset.seen), ...answer(field) }),
      });
      if (response.status === 401) throw new Error("signed out");
      if (response.status >= 400 && response.status < 500 && ![408, 429].includes(response.status)) {
        refused(field, sent, response.status);
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      const reply = await response.json();
      pause = FIRST_PAUSE;
      waiting.shift();
      saved.set(field, sent);
      take(field, reply);
      if (saved.get(field) !== signature(field)) waiting.push(field);
      busy = false;
      settle();
      pump();
      replied(field);
    } catch (error) {
      busy = false;
      const out = error.message === "signed out";
      status(field, "late", out
        ? t("Séance terminée : entrez dans un autre onglet, la saisie reste ici.", "The session has ended: sign in in another tab, your answers stay here.")
        : t("Pas encore enregistré : nouvel essai…", "Not saved yet: trying again…"));
      setTimeout(pump, pause);
      pause = Math.min(pause * 2, 8000);
      letGo();
    }
  }

  // The server has answered, and will answer the same again: no new try. What was typed stays where it is.
  function refused(field, sent, code) {
    waiting.shift();
    saved.set(field, sent);
    unsaved.add(field);
    field.classList.add("wrong");
    status(field, "late", code === 404
      ? t("Pas enregistré : cette fiche n’est plus ouverte, un collègue l’a terminée ou jetée. Notez votre réponse, puis revenez à l’accueil.", "Not saved: this record is no longer open, a colleague finished it or threw it away. Note your answer, then go back to the start.")
      : t(`Pas enregistré : le serveur refuse cette réponse (${code}). Corrigez-la, ou rechargez la page après l’avoir notée.`, `Not saved: the server refuses this answer (${code}). Correct it, or load the page again after noting it.`));
    busy = false;
    settle();
    pump();
    letGo();
  }

  let settled = [];
  const settle = () => {
    if (waiting.length) return;
    const all = settled;
    settled = [];
    all.forEach((done) => done());
  };
  const allSaved = () => (waiting.length === 0 && !busy ? Promise.resolve() : new Promise((done) => settled.push(done)));
  addEventListener("beforeunload", (event) => {
    leave(fieldOf(document.activeElement));
    if (waiting.length || unsaved.size) event.preventDefault();
  });

  function take(field, reply) {
    field.dataset.seen = reply.version;
    const hidden = field.querySelector("input[type=hidden]");
    if (hidden) hidden.value = reply.version;
    field.classList.toggle("wrong", reply.outcome === "unreadable");
    const typed = box(field);
    if (typed) typed.setAttribute("aria-invalid", String(reply.outcome === "unreadable"));
    if (reply.outcome === "saved") unsaved.delete(field);
    else unsaved.add(field);
    if (reply.outcome === "saved") {
      status(field, "done", t("enregistré", "saved") + (reply.understood ? ` : ${reply.understood}` : "") + (reply.say ? ` · ${t("travaille aussi sur cette fiche :", "also at work on this record:")} ${reply.say}` : ""));
    } else if (reply.outcome === "unreadable") {
      status(field, "late", `${t("Pas enregistré :", "Not saved:")} ${reply.say}`);
    } else {
      conflict(field, reply);
    }
    follow(reply);
  }

  function conflict(field, reply) {
    status(field, "late", `${t("Rempli autrement par", "Filled in otherwise by")} ${reply.say} : « ${reply.theirs || "–"} ». `);
    const button = (words, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "small";
      made.textContent = words;
      made.addEventListener("click", act);
      field.querySelector(".status").append(made, " ");
    };
    button(t("Garder ma réponse", "Keep mine"), () => {
      saved.set(field, "");
      leave(field);
    });
    button(t("Prendre la sienne", "Take theirs"), () => {
      unsaved.delete(field);
      location.reload();
    });
  }

  function follow(reply) {
    const find = (key) => root.querySelector(`.field[data-key="${CSS.escape(key)}"]`);
    const here = fieldOf(document.activeElement);
    for (const { key, asked, shown } of reply.fields) {
      const field = find(key);
      if (!field) continue;
      field.classList.toggle("skipped", !asked);
      const output = field.querySelector("output");
      if (output && shown !== undefined) output.textContent = shown || "–";
    }
    // The question in hand is not asked any more: the next one that is.
    if (here && here.offsetParent === null && !hold) goTo(after(here));
    root.querySelectorAll(".findings").forEach((list) => list.replaceChildren());
    for (const { key, severity, label, text } of reply.findings) {
      const list = document.getElementById(`g-${key}`);
      if (!list) continue;
      const line = document.createElement("p");
      line.className = `finding ${severity}`;
      const strong = document.createElement("strong");
      strong.textContent = label;
      line.append(strong, " ", text);
      list.append(line);
    }
    for (const { name, done, asked, expected, hard, soft } of reply.sections) {
      const link = document.querySelector(`[data-section="${CSS.escape(name)}"]`);
      if (!link) continue;
      link.querySelector(".done").textContent = `${done}/${asked}`;
      link.querySelector(".expected .n").textContent = expected || "";
      link.querySelectorAll(".badge").forEach((badge) => badge.remove());
      for (const [kind, n] of [["hard", hard], ["soft", soft]]) {
        if (!n) continue;
        const badge = document.createElement("span");
        badge.className = `badge ${kind}`;
        badge.textContent = n;
        link.append(badge);
      }
    }
  }

  // ── Picking ───────────────────────────────────────────────────────────────────────────────────────────────────────
  let typedDigits = "";
  let typedIn = null;

  function pick(field, digit) {
    if (typedIn !== field) typedDigits = "";
    typedIn = field;
    const keys = inputs(field).map((input) => input.dataset.pick);
    typedDigits += digit;
    if (!keys.some((key) => key.startsWith(typedDigits))) typedDigits = digit;
    const found = inputs(field).find((input) => input.dataset.pick === typedDigits);
    if (!found) return;
    typedDigits = "";
    if (why(field)) why(field).value = "";
    found.focus();
    found.checked = found.type === "radio" ? true : !found.checked;
    if (found.type === "radio") {
      goOnFrom(field);
    } else {
      leave(field);
    }
  }

  function clear(field) {
    inputs(field).forEach((input) => { input.checked = false; });
    if (box(field)) box(field).value = "";
    if (why(field)) why(field).value = "";
  }

  function reason(field, letter) {
    const option = why(field) && [...why(field).options].find((one) => one.dataset.letter === letter);
    if (!option) return false;
    clear(field);
    why(field).value = option.value;
    goOnFrom(field);
    return true;
  }

  function asBefore(field) {
    const before = field.dataset.before;
    if (!before) return false;
    clear(field);
    if (isCoded(field)) {
      const codes = before.split(" ");
      inputs(field).forEach((input) => { input.checked = codes.includes(input.value); });
    } else {
      box(field).value = before;
    }
    goOnFrom(field);
    return true;
  }

  function insert(element, text) {
    element.setRangeText(text, element.selectionStart, element.selectionEnd, "end");
  }

  // ── Keys ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  let starred = null;

  document.addEventListener("keydown", (event) => {
    if ((dialog && dialog.open) || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const field = fieldOf(event.target);
    const kind = field ? look(field) : "";
    const inText = TEXTS.includes(kind) && event.target === box(field);
    if (dialog && (event.key === "F1" || (event.key === "?" && !inText))) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    if (holds(event)) {
      event.preventDefault();
      return;
    }
    // At the end of a sheet: one key for all questions that remain empty.
    const forAll = finish && !event.target.closest("select") && document.querySelector(`button[data-letter="${CSS.escape(event.key.toLowerCase())}"]`);
    if (forAll) {
      event.preventDefault();
      forAll.click();
      return;
    }
    // Without a field in hand, as where there is no spell yet, the key on the button adds one.
    if (event.key === "+" && !field && !event.target.closest("select, input, textarea") && add()) {
      event.preventDefault();
      return;
    }
    // The ring shows where the hand is: a key that reaches nothing goes there.
    const ringed = event.target === document.body && /^[0-9a-z]$/i.test(event.key) && root.querySelector(".field.here");
    if (ringed && stops().includes(ringed)) {
      event.preventDefault();
      goTo(ringed);
      play({ key: event.key, code: event.code, shiftKey: event.shiftKey });
      return;
    }
    if (!field || event.target.closest("select, button, summary, a")) return;
    if (handle(event, field, kind, inText)) event.preventDefault();
  });

  function handle(event, field, kind, inText) {
    if (event.key === "Enter") {
      if (kind === "lines" && event.shiftKey) return false;
      goOnFrom(field);
      return true;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (kind === "search" || kind === "lines") return false;
      if (event.key === "ArrowDown") {
        goOnFrom(field);
      } else {
        leave(field);
        move(field, -1);
      }
      return true;
    }
    if (starred === field) {
      starred = null;
      if (reason(field, event.key.toLowerCase())) return true;
    }
    if (inText) {
      if (event.key === "=" && box(field).value === "") return asBefore(field);
      if (event.key !== "*" || box(field).value !== "") return false;
      starred = field;
      return true;
    }
    if (event.key === "=") return asBefore(field);
    if (isCoded(field)) return coded(event, field);
    if (DIGITS.includes(kind)) return digits(event, field, kind);
    return false;
  }

  function coded(event, field) {
    const digit = /^[0-9]$/.test(event.key) ? event.key : AZERTY[event.key];
    if (digit !== undefined) {
      pick(field, digit);
      return true;
    }
    if (event.key === "Delete" || event.key === "Backspace") {
      clear(field);
      leave(field);
      return true;
    }
    if (event.key === "+") return add();
    return /^[a-z]$/i.test(event.key) && reason(field, event.key.toLowerCase());
  }

  function digits(event, field, kind) {
    const input = box(field);
    if (event.code === "NumpadDecimal" && kind === "number") {
      insert(input, french ? "," : ".");
      return true;
    }
    const digit = AZERTY[event.key];
    if (digit !== undefined && event.key !== "-") {
      insert(input, digit);
      return true;
    }
    if (event.key === "+") return add();
    return /^[a-z]$/i.test(event.key) && reason(field, event.key.toLowerCase());
  }

  function add() {
    const button = root.querySelector("button.add");
    if (button) button.click();
    return Boolean(button);
  }

  // ── Mouse and Tab ─────────────────────────────────────────────────────────────────────────────────────────────────
  root.addEventListener("change", (event) => {
    const field = fieldOf(event.target);
    if (!field) return;
    if (event.target.closest(".matches")) {
      box(field).value = event.target.value;
    } else if (event.target === why(field) && why(field).value) {
      inputs(field).forEach((input) => { input.checked = false; });
      if (box(field)) box(field).value = "";
    } else if (why(field) && event.target !== why(field)) {
      why(field).value = "";
    }
    leave(field);
  });
  // A reason that is picked is kept at once: whoever goes back to the form finds it again.
  if (finish) root.addEventListener("change", (event) => keep(fieldOf(event.target)));
  root.addEventListener("input", (event) => {
    const field = fieldOf(event.target);
    if (field && box(field) === event.target && why(field) && event.target.value !== "") why(field).value = "";
  });
  root.addEventListener("focusout", (event) => leave(fieldOf(event.target)));

  root.addEventListener("focusin", (event) => {
    const field = fieldOf(event.target);
    root.querySelectorAll(".field.here").forEach((other) => other !== field && other.classList.remove("here"));
    if (!field) return;
    field.classList.add("here");
    if (!pane) return;
    const title = document.createElement("h2");
    title.textContent = (field.querySelector(".label > span, .label") || field).textContent.replace("*", "").trim();
    const help = field.querySelector(".definition");
    const body = help ? [...help.children].slice(1).map((child) => child.cloneNode(true)) : [];
    pane.replaceChildren(title, ...body);
  });

  function stay(field) {
    let notice = document.getElementById("not-saved");
    if (!notice) {
      notice = document.createElement("p");
      notice.id = "not-saved";
      notice.className = "notice hard";
      notice.setAttribute("role", "alert");
      entry.prepend(notice);
    }
    notice.textContent = t("Une réponse n’est pas enregistrée. Corrigez-la ou videz-la, puis continuez.", "An answer is not saved. Correct it or empty it, then go on.");
    goTo(field);
  }

  root.addEventListener("submit", async (event) => {
    if (!entry || (event.submitter && event.submitter.formAction !== entry.action)) return;
    event.preventDefault();
    leave(fieldOf(document.activeElement));
    await allSaved();
    const left = [...unsaved].find((field) => field.offsetParent !== null);
    if (left) {
      stay(left);
      return;
    }
    unsaved.clear();
    location.assign(entry.dataset.next);
  });

  // ── The list of keys: the button does with the mouse, or from inside a text, what ? does elsewhere ────────────────
  const showKeys = document.getElementById("show-keys");
  if (showKeys && dialog) {
    showKeys.addEventListener("click", () => dialog.showModal());
    dialog.addEventListener("close", () => {
      const ringed = root.querySelector(".field.here");
      if (ringed && stops().includes(ringed)) goTo(ringed);
    });
  }

  // ── Beginning: where the address says, else at the first question without an answer ───────────────────────────────
  const named = () => {
    const found = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return found && stops().includes(found) ? found : null;
  };
  // Once the page is there the browser goes to the place that the address names, and takes the focus with it: it is given back.
  const giveBack = () => requestAnimationFrame(() => requestAnimationFrame(() => { if (isLost() && named()) goTo(named()); }));
  if (document.readyState === "complete") giveBack();
  else addEventListener("load", giveBack);
  addEventListener("hashchange", giveBack);
  const isEmpty = (field) => { const { text, missing } = answer(field); return text === "" && missing === ""; };
  if (named()) goTo(named());
  else if (entry || stops().length) goTo(stops().find(isEmpty));
  else if (goOn) goOn.focus();
})();
