/* The editor of an ad, as it is written: which steps are complete, links that open the right tab and put the cursor in
   the right field, and how much room the insert's text has left. Without it the list above the tabs says the same as
   of the last save. */
"use strict";

(() => {
  const source = document.getElementById("ad-editor-data");
  const summary = document.querySelector("[data-ad-summary]");
  const form = document.querySelector("[data-edit-form]");
  if (!source || !summary || !form) return;
  const { steps, placeholder } = JSON.parse(source.textContent);

  const controls = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];

  const words = (value) => {
    const text = value.trim();
    if (!text.startsWith("{") && text !== "null") return text;
    try {
      const content = JSON.parse(text);
      return content ? content.blocks.map((block) => block.text).join("").trim() : "";
    } catch {
      return text;
    }
  };

  const value = (name) => {
    for (const control of controls(name)) {
      if (["checkbox", "radio"].includes(control.type) && !control.checked) continue;
      const text = words(control.value);
      if (text) return text;
    }
    return "";
  };

  const isFilled = (name) => !["", placeholder].includes(value(name));
  const isMissing = (need) =>
    (!need.when || value(need.when[0]) === need.when[1]) && !need.names.some(isFilled);

  // --- Links ---------------------------------------------------------------------------------------------------------

  const openTab = (panel) => {
    const label = panel && document.getElementById(panel.getAttribute("aria-labelledby"));
    if (label) label.click();
    return label;
  };

  const focusIn = (place, control) => {
    const reachable = place.querySelector(
      "[contenteditable=true], button.chooser__choose-button, input:not([type=hidden]), select, textarea",
    );
    const target = control && control.type !== "hidden" && control.offsetParent ? control : reachable;
    if (target && target.offsetParent) target.focus();
    else place.scrollIntoView();
  };

  const goTo = (name) => {
    const control = controls(name)[0];
    const place = control
      ? control.closest(".w-panel, [data-field]") || control.parentElement
      : document.getElementById(`id_${name}-FORMS`) || document.getElementById(`id_${name}-TOTAL_FORMS`);
    if (!place) return;
    openTab(place.closest("[role=tabpanel]"));
    // The tab shows its panel a moment after the click.
    requestAnimationFrame(() => requestAnimationFrame(() => focusIn(place, control)));
  };

  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    if (link.dataset.adField) {
      event.preventDefault();
      goTo(link.dataset.adField);
    } else if (link.dataset.adTab) {
      event.preventDefault();
      const label = openTab(document.getElementById(`tab-${link.dataset.adTab}`));
      if (label) label.focus();
    }
  });

  // --- Progress ------------------------------------------------------------------------------------------------------

  const linkTo = (need) => {
    const link = document.createElement("a");
    link.href = `#id_${need.names[0]}`;
    link.dataset.adField = need.names[0];
    link.textContent = need.label;
    return link;
  };

  const markOf = (label) => {
    let mark = label.querySelector(".ad-mark");
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "ad-mark";
      label.append(mark);
    }
    return mark;
  };

  const showStep = (step, index) => {
    const missing = step.needs.filter(isMissing);
    const row = summary.querySelector(`[data-ad-step="${index}"]`);
    const key = missing.map((need) => need.label).join("|");
    if (row && row.dataset.shown !== key) {
      row.dataset.shown = key;
      row.classList.toggle("is-complete", !missing.length);
      const list = missing.flatMap((need, place) => (place ? [", ", linkTo(need)] : [linkTo(need)]));
      row.querySelector("[data-ad-missing]").replaceChildren(...(list.length ? list : ["complet"]));
    }
    const label = document.getElementById(`tab-label-${step.tab}`);
    if (label) {
      const mark = markOf(label);
      const text = missing.length ? `${missing.length} à compléter` : "complet";
      mark.classList.toggle("is-complete", !missing.length);
      if (mark.dataset.text !== text) {
        mark.dataset.text = text;
        const said = document.createElement("span");
        said.className = "w-sr-only";
        said.textContent = ` (${text})`;
        const seen = document.createElement("span");
        seen.setAttribute("aria-hidden", "true");
        seen.textContent = missing.length ? String(missing.length) : "✓";
        mark.replaceChildren(seen, said);
      }
    }
    return missing.length;
  };

  // What only one way of applying asks for is not seen with another.
  const conditional = steps.flatMap((step) => step.needs).filter((need) => need.when);
  const showWhatApplies = () => {
    for (const need of conditional) {
      const panel = controls(need.names[0])[0]?.closest(".w-panel");
      if (panel) panel.hidden = value(need.when[0]) !== need.when[1];
    }
  };

  const show = () => {
    showWhatApplies();
    const left = steps.map(showStep).reduce((sum, count) => sum + count, 0);
    summary.querySelector("[data-ad-progress-title]").textContent = left
      ? "Avant de publier, il reste à compléter"
      : "L’annonce est prête à être publiée";
    const pay = summary.querySelector("[data-ad-pay]");
    if (pay) pay.hidden = isFilled("pay_min");
  };

  let pause = 0;
  const soon = () => {
    clearTimeout(pause);
    pause = setTimeout(show, 300);
  };
  for (const kind of ["input", "change", "keyup", "click"]) form.addEventListener(kind, soon);
  // Choosers and rich texts write into their field without an event of the form's own.
  document.addEventListener("w-autosave:success", soon);

  // --- The insert ----------------------------------------------------------------------------------------------------

  const insert = form.querySelector("[data-ad-insert]");
  const text = controls("print_text")[0];

  const count = () => {
    const left = Number(insert.dataset.most) - text.value.length;
    const noun = Math.abs(left) > 1 ? "signes" : "signe";
    insert.querySelector("[data-ad-count]").textContent =
      left < 0 ? `${-left} ${noun} de trop.` : `Encore ${left} ${noun} sur ${insert.dataset.most}.`;
  };

  const measure = async () => {
    const status = insert.querySelector("[data-ad-fit]");
    if (!text.value.trim()) {
      status.textContent = "";
      return;
    }
    const asked = text.value;
    const data = new FormData();
    for (const name of ["title", "print_text"]) data.set(name, value(name));
    data.set("print_logo", value("print_logo"));
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(insert.dataset.fitUrl, { method: "POST", body: data });
      if (!answer.ok || text.value !== asked) return;
      const { fits, sentence } = await answer.json();
      status.textContent = sentence;
      status.classList.toggle("is-too-long", !fits);
    } catch {
      // Without a connection the count above still says what is left.
    }
  };

  if (insert && text) {
    let rest = 0;
    const later = () => {
      count();
      clearTimeout(rest);
      rest = setTimeout(measure, 700);
    };
    text.addEventListener("input", later);
    const logo = controls("print_logo").find((control) => control.type === "checkbox");
    if (logo) logo.addEventListener("change", later);
    later();
  }

  show();
  const errors = summary.querySelector("[data-ad-errors]");
  if (errors) errors.focus();
})();
