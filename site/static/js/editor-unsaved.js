/* Wagtail's editor compares the form with a picture of it, and saves the draft when they differ. What is typed before
   the picture is taken (two seconds after the page has opened, and again after each save, of what stands there by then)
   counts as saved and is not; and a form that came back refused is saved once and compared no more. Here both are put
   right with the editor's own values: a form in which something was typed since the last save is one with changes. */
"use strict";

(() => {
  let typed = false;
  let refused = false;
  let interval = 500;

  const isEditor = (form) => form instanceof HTMLFormElement && form.matches("[data-edit-form]");
  const heard = (event) => {
    // Widgets say "change" of themselves while they are set up; only a person's own events are trusted.
    if (event.isTrusted && event.target instanceof Element && event.target.closest("[data-edit-form]")) typed = true;
  };
  document.addEventListener("input", heard, { capture: true });
  document.addEventListener("change", heard, { capture: true });

  document.addEventListener("w-unsaved:ready", (event) => {
    if (isEditor(event.target) && event.target.dataset.wUnsavedForceValue === "true") refused = true;
  });

  document.addEventListener("w-autosave:save", () => {
    typed = false;
  });

  document.addEventListener("w-unsaved:watch-edits", (event) => {
    const form = event.target;
    if (!isEditor(form)) return;
    // After the editor has finished with the picture: it calls the form unchanged as its last act.
    queueMicrotask(() => {
      if (typed) form.dataset.wUnsavedForceValue = "true";
      if (refused) {
        // Another interval, in milliseconds, makes the editor begin: to save what is forced, else to compare.
        interval += 1;
        form.dataset.wUnsavedCheckIntervalValue = String(interval);
        refused = typed;
      }
    });
  });
})();
