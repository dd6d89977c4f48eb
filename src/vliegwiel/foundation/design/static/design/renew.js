// Renews one part of a page while something is being made; without script the page has a link that does the same.
const part = document.querySelector("[data-renew]");

const renew = async () => {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById(part.id);
    if (answer.ok && found) {
      part.replaceChildren(...found.childNodes);
      if (!found.hasAttribute("data-renew")) {
        document.querySelector(".building")?.remove();
        return;
      }
    }
  } catch {
    // the server is away for a moment: ask again
  }
  later();
};

const later = () => setTimeout(renew, 1000 * Number(part.dataset.renew));

if (part) later();
