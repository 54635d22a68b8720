/* A video is a link to its provider's page. A click puts the provider's frame in its place; nothing is fetched before.
   Without this script the link opens the provider's page. */
"use strict";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-video]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) {
    return;
  }
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = link.dataset.video;
  frame.title = link.dataset.title;
  frame.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
  frame.allowFullscreen = true;
  // The providers refuse to play for a page that they do not know: they are told the site, not the page.
  frame.referrerPolicy = "strict-origin";
  frame.tabIndex = 0;
  link.replaceWith(frame);
  frame.focus();
});
