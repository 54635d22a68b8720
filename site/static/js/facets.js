/* Filters count anew at each choice (htmx does that). Here: what stood open stays open, what is being typed stays typed,
   and an address leaves out what is empty. Without this file everything works by the button. */
"use strict";

(() => {
  let open = [];
  let typing = null;

  const filters = () => document.querySelector("#facets");

  document.addEventListener("htmx:beforeSwap", () => {
    if (!filters()) return;
    open = [...filters().querySelectorAll("details[id]")].map((fold) => [fold.id, fold.open]);
    const field = document.activeElement;
    typing = field && field.matches("#facets input:not([type=checkbox], [type=radio])") ? field : null;
  });

  document.addEventListener("htmx:afterSwap", () => {
    for (const [id, wasOpen] of open) {
      const fold = document.getElementById(id);
      if (fold && wasOpen) fold.open = true;
    }
    const field = typing && document.getElementById(typing.id);
    if (field && field !== typing) field.value = typing.value;
    open = [];
    typing = null;
  });

  // Without an answer the form goes the long way, and the browser says what is wrong.
  for (const failure of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(failure, (event) => {
      if (event.target.matches("form.facets")) event.target.submit();
    });
  }

  document.addEventListener("formdata", (event) => {
    if (event.target.method !== "get") return;
    for (const [name, value] of [...event.formData]) {
      if (value === "") event.formData.delete(name);
    }
  });
})();
