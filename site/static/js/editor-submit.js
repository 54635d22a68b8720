/* The editor saves the draft by itself half a second after a change. Sent while such a save is under way, the form
   would come back (a field missing) with a revision that the save then replaces: from there on every save is refused
   as somebody else's, and the publish button opens a warning about a conflict with oneself. So the form waits for the
   save, and begins no other once it is on its way. */
"use strict";

(() => {
  let saving = false;
  let waiting = null;

  // A save that never answers holds nothing up for longer than this, in milliseconds.
  const PATIENCE = 8000;

  const isEditor = (form) => form instanceof HTMLFormElement && form.matches("[data-edit-form]");
  const autosave = (form, active) => form.setAttribute("data-w-autosave-active-value", String(active));

  document.addEventListener("w-autosave:save", () => {
    saving = true;
  });

  const saved = () => {
    saving = false;
    if (!waiting) return;
    const { form, submitter } = waiting;
    waiting = null;
    // A busy button is disabled, and a disabled button's name would not be sent.
    if (submitter) submitter.disabled = false;
    form.requestSubmit(submitter);
  };
  document.addEventListener("w-autosave:success", saved);
  document.addEventListener("w-autosave:error", saved);

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!isEditor(form)) return;
      if (!saving) {
        autosave(form, false);
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!waiting) setTimeout(saved, PATIENCE);
      waiting = { form, submitter: event.submitter };
    },
    { capture: true },
  );

  // Back from the browser's memory of the page: drafts are saved again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    saving = false;
    const form = document.querySelector("[data-edit-form]");
    if (form && form.hasAttribute("data-w-autosave-interval-value")) autosave(form, true);
  });
})();
