/* The search bar works without this. With it, the fields propose names as one types (the ARIA combobox pattern), and
   "Autour de moi" writes where one is, rounded to the kilometre, when it is pressed and never before. */
import Combobox from "../vendor/combobox-nav/combobox-nav.js";

const AROUND = "Autour de moi";
const SENTENCES = {
  asking: "Votre navigateur demande votre accord. Nous ne recevons que votre position arrondie au kilomètre, pour cette recherche.",
  refused: "Vous avez refusé la localisation\u00a0: tapez le nom de votre commune.",
  failed: "Votre appareil ne sait pas où il est\u00a0: tapez le nom de votre commune.",
};

function combo(box, form) {
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  input.removeAttribute("list");
  const combobox = new Combobox(input, list, { tabInsertsSuggestions: false });

  function close() {
    if (list.hidden) return;
    combobox.stop();
    list.hidden = true;
  }

  function open() {
    close();
    if (!list.children.length || document.activeElement !== input || !input.value.trim()) return;
    list.hidden = false;
    combobox.start();
    say(form, list.children.length === 1 ? "Une suggestion." : `${list.children.length} suggestions.`, true);
  }

  // A late answer never takes away the list one has begun to choose from; typing on clears the choice.
  list.addEventListener("htmx:beforeSwap", (event) => {
    if (list.querySelector("[aria-selected=true]")) event.detail.shouldSwap = false;
  });
  list.addEventListener("htmx:afterSwap", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && list.hidden) {
      open();
    }
  });
  // The field keeps the focus: a press on the list must not close it before it is a click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("combobox-commit", (event) => {
    const { words, place } = event.target.dataset;
    if (words !== undefined) form.elements.q.value = words;
    if (place !== undefined) form.elements.place.value = place;
    close();
    list.replaceChildren();
    say(form, "");
  });
  form.addEventListener("submit", close);
}

function say(form, sentence, quietly = false) {
  const said = form.querySelector("[data-said]");
  said.classList.toggle("visually-hidden", quietly);
  said.textContent = sentence;
}

function locate(form) {
  say(form, SENTENCES.asking);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const [latitude, longitude] = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(2));
      form.elements.place.value = `${AROUND} (${latitude}, ${longitude})`;
      say(form, "Position trouvée, arrondie au kilomètre. Lancez la recherche.");
      form.querySelector("button:not([type=button])").focus();
    },
    (error) => say(form, error.code === error.PERMISSION_DENIED ? SENTENCES.refused : SENTENCES.failed),
    { timeout: 10000, maximumAge: 600000 },
  );
}

for (const form of document.querySelectorAll("[data-search-box]")) {
  for (const box of form.querySelectorAll(".combo")) combo(box, form);
  const here = form.querySelector("[data-here]");
  if (navigator.geolocation && window.isSecureContext) {
    here.hidden = false;
    here.addEventListener("click", () => locate(form));
  }
}
