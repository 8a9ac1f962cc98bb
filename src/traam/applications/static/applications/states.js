// The one line that says where one's text is: « Enregistré à 14 h 32 ».

const OFFLINE = "Non enregistré : réseau absent, on réessaie";
const TWO_TEXTS = "Deux textes d’un même champ attendent d’être départagés.";
const KEPT = "Votre texte est gardé sur cet appareil.";

export class State {
  constructor(line) {
    this.line = line;
    this.shown = "";
  }

  say(kind, text) {
    this.line.dataset.state = kind;
    if (text === this.shown) return; // a screen reader says it once
    this.shown = text;
    this.line.textContent = text;
  }

  typing() {
    if (["", "saved"].includes(this.line.dataset.state ?? "")) this.say("typing", "Enregistrement…");
  }

  saved(at, hasRivals) {
    this.say("saved", `Enregistré à ${at}${hasRivals ? `. ${TWO_TEXTS}` : ""}`);
  }

  absent(isKept) {
    this.say("absent", isKept ? `${OFFLINE}. ${KEPT}` : `${OFFLINE}. Ne fermez pas cette page.`);
  }

  expired(other, address) {
    const text = other
      ? "Non enregistré : une autre personne s’est connectée dans ce navigateur. Reconnectez-vous sous votre nom dans un autre onglet, rien n’est perdu"
      : "Session expirée : reconnectez-vous dans un autre onglet, rien n’est perdu";
    this.say("expired", text);
    if (this.line.querySelector("a")) return;
    const link = document.createElement("a");
    Object.assign(link, { href: address, target: "_blank", rel: "noopener" });
    link.textContent = "Se reconnecter (nouvel onglet)";
    this.line.append(" ", link);
  }

  refused(reason) {
    this.say("refused", `Non enregistré : ${reason} ${KEPT}`);
  }
}
