// Passkeys: the only part of signing in that needs JavaScript; a code stands beside it.
const supported = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON && PublicKeyCredential.parseCreationOptionsFromJSON;

const optionsOf = async (form) => {
  if (form.dataset.passkeyUrl) {
    const answer = await fetch(form.dataset.passkeyUrl, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options.publicKey;
  }
  const data = JSON.parse(document.getElementById("passkey-data").textContent);
  return (data.creation_options || data.request_options).publicKey;
};

const credentialFor = async (form) => {
  const options = await optionsOf(form);
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
};

// A passkey belongs to the name of a site; browsers refuse one for a bare number.
const nowhere = document.querySelector("[data-passkey-nowhere]");
const onNumber = nowhere && /^[\d.]+$|^\[/.test(location.hostname);
if (onNumber) {
  nowhere.hidden = false;
  const named = nowhere.querySelector("a");
  named.href = location.href.replace(location.hostname, "localhost");
  named.hidden = !location.hostname.startsWith("127.");
}

if (supported && !onNumber) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        form.elements.credential.value = JSON.stringify((await credentialFor(form)).toJSON());
        form.submit();
      } catch {
        form.querySelector("[role=alert]").textContent = "Dit is niet gelukt. Probeer het opnieuw, of gebruik een code.";
      }
    });
  }
}
