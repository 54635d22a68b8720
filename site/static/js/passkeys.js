// Passkeys: shows what needs a script, and says in French when the browser or the person stopped.
(function () {
  'use strict'
  if (!window.PublicKeyCredential) return
  for (const element of document.querySelectorAll('[data-passkey]')) element.hidden = false
  for (const element of document.querySelectorAll('[data-passkey-absent]')) element.hidden = true

  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    const place = document.querySelector('[data-passkey-error]')
    if (!place) return
    const known = event.detail.exception && event.detail.exception.name === 'InvalidStateError'
    place.textContent = known ? place.dataset.known : place.dataset.passkeyError
    place.hidden = false
  })
})()
