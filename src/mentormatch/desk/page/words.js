// The words of the page. Words of rules and tiers come from the desk itself.

export const WORDS = {
  en: {
    skip: "Skip to the groups", title: "Groups", undo: "Undo", redo: "Redo", solveRest: "Solve the rest",
    happened: "Something happened", changes: "Changes", handOut: "Hand out", language: "Language",
    search: "Search", department: "Department", spoken: "Language of the group", time: "Time", all: "all",
    onlyLocked: "Locked only", found: (n) => n === 1 ? "1 group shown" : `${n} groups shown`,
    waiting: (n) => `Without a group: ${n}`, freeMentors: (n) => `Mentors with room for a group: ${n}`,
    everybody: "Every student has a group.", chip: (name, value) => `${name}: ${value}`,
    was: (start) => `was ${start}`, best: (bound) => `best possible ${bound}`,
    broken: (n) => n === 1 ? "1 hard rule is broken:" : `${n} hard rules are broken:`, sound: "No hard rule is broken.",
    mentors: "Mentors", students: "Students", put: "Put here", putAnyway: "Put here all the same", take: "Take out of the group",
    joinOnly: "Lead this group too", fits: "Fits.", fitsBetter: "Fits, and betters:", costs: "Fits, but costs:", no: "Does not fit:",
    picked: (name) => `${name} is picked up. Cards say where they fit. Escape puts them back.`,
    putDown: "Put back", moved: (name, where) => `${name} is now in ${where}.`, out: (name) => `${name} is without a group now.`,
    undone: "Undone.", redone: "Done again.", swapped: (a, b) => `${a} and ${b} have changed places.`,
    swaps: "Best exchanges", swapWith: (name, group) => `Change places with ${name} (${group || "no group"})`, noSwap: "No exchange keeps all hard rules.",
    where: "Where they could go", leaving: "Leaves the group", lockPerson: "Keep in this group", unlockPerson: "Let them be moved",
    lockTime: "Keep this time", unlockTime: "Time may change", locked: "locked", signUp: "Sign-up", yes: "Can come", if_need_be: "If need be", cannot: "Cannot come",
    mail: "Write to the group", edit: "Name, room, note", name: "Name", place: "Room", link: "Link", note: "Note (only you see it)", save: "Save", close: "Close",
    languages: "Languages", groupsOf: "Group", none: "none", together: "Keep together with", apart: "Keep apart from", choose: "choose somebody", add: "Add", locks: "Locks", unlock: "Open",
    solveTitle: "Solve the rest", least: "Change as little as possible", best_mode: "Match anew with the locks", seconds: "At most so many seconds", start: "Start", stop: "Stop and keep the best so far",
    running: "Searching", reached: (v, b) => `now ${v}, at least ${b}`, nothingChanges: "Nothing has to change: the groups are as good as can be found.", noGroups: "No groups keep all hard rules and locks.",
    proposal: "Proposal", moves: "Who is moved", takeAll: "Take all", takeChosen: "Take what is ticked", takeNone: "Take none", part: (n) => `Part ${n}`, from: "from", to: "to", beforeAfter: "Before and after", nobody: "nobody is moved", measure: "What changes", atLeast: "at least", value: "value",
    lifeTitle: "Something happened", late: "Somebody joins late", student: "student", mentor: "mentor", left: "Somebody has left", lost: "A time is lost", role: "As", when: "When they can come", id: "Id or e-mail", remove: "Has left", tell: "Record it",
    changesTitle: "Changed since the beginning", noChanges: "Nothing has changed.", handedOut: "Handed out:", outdated: "The round was changed in another window. This is how it stands now.",
    offline: "The desk does not answer. What you did so far is saved; start it again and reload.", loading: "One moment", repair: "Would help:", recorded: "Recorded.", lockedNow: "Locked.", unlockedNow: "Open again.", saved: "Saved.",
  },
  fi: {
    skip: "Siirry ryhmiin", title: "Ryhmät", undo: "Kumoa", redo: "Tee uudelleen", solveRest: "Ratkaise loput",
    happened: "Jotain tapahtui", changes: "Muutokset", handOut: "Jaa tulokset", language: "Kieli",
    search: "Haku", department: "Laitos", spoken: "Ryhmän kieli", time: "Aika", all: "kaikki",
    onlyLocked: "Vain lukitut", found: (n) => n === 1 ? "1 ryhmä näkyvissä" : `${n} ryhmää näkyvissä`,
    waiting: (n) => `Ilman ryhmää: ${n}`, freeMentors: (n) => `Mentorit, joille mahtuu ryhmä: ${n}`,
    everybody: "Jokaisella opiskelijalla on ryhmä.", chip: (name, value) => `${name}: ${value}`,
    was: (start) => `alussa ${start}`, best: (bound) => `paras mahdollinen ${bound}`,
    broken: (n) => n === 1 ? "1 ehdoton sääntö rikkoutuu:" : `${n} ehdotonta sääntöä rikkoutuu:`, sound: "Mikään ehdoton sääntö ei rikkoudu.",
    mentors: "Mentorit", students: "Opiskelijat", put: "Siirrä tähän", putAnyway: "Siirrä tähän silti", take: "Ota pois ryhmästä",
    joinOnly: "Ohjaamaan myös tätä ryhmää", fits: "Sopii.", fitsBetter: "Sopii ja parantaa:", costs: "Sopii, mutta huonontaa:", no: "Ei sovi:",
    picked: (name) => `${name} on valittu. Kortit kertovat, minne hän sopii. Esc peruu valinnan.`,
    putDown: "Peru valinta", moved: (name, where) => `${name} on nyt ryhmässä ${where}.`, out: (name) => `${name} on nyt ilman ryhmää.`,
    undone: "Kumottu.", redone: "Tehty uudelleen.", swapped: (a, b) => `${a} ja ${b} vaihtoivat paikkaa.`,
    swaps: "Parhaat vaihdot", swapWith: (name, group) => `Vaihda paikkaa: ${name} (${group || "ei ryhmää"})`, noSwap: "Mikään vaihto ei noudata kaikkia ehdottomia sääntöjä.",
    where: "Minne hän sopisi", leaving: "Lähtee ryhmästä", lockPerson: "Pidä tässä ryhmässä", unlockPerson: "Saa siirtää",
    lockTime: "Pidä tämä aika", unlockTime: "Aika saa muuttua", locked: "lukittu", signUp: "Ilmoittautuminen", yes: "Pääsee", if_need_be: "Tarvittaessa", cannot: "Ei pääse",
    mail: "Kirjoita ryhmälle", edit: "Nimi, huone, muistiinpano", name: "Nimi", place: "Huone", link: "Linkki", note: "Muistiinpano (vain sinulle)", save: "Tallenna", close: "Sulje",
    languages: "Kielet", groupsOf: "Ryhmä", none: "ei mitään", together: "Pidä yhdessä:", apart: "Pidä erillään:", choose: "valitse henkilö", add: "Lisää", locks: "Lukot", unlock: "Avaa",
    solveTitle: "Ratkaise loput", least: "Muuta mahdollisimman vähän", best_mode: "Muodosta ryhmät uudelleen lukot säilyttäen", seconds: "Enintään näin monta sekuntia", start: "Aloita", stop: "Lopeta ja pidä paras tähän asti",
    running: "Haku on käynnissä", reached: (v, b) => `nyt ${v}, vähintään ${b}`, nothingChanges: "Mitään ei tarvitse muuttaa: parempia ryhmiä ei löytynyt.", noGroups: "Mitkään ryhmät eivät noudata kaikkia ehdottomia sääntöjä ja lukkoja.",
    proposal: "Ehdotus", moves: "Kuka siirtyy", takeAll: "Hyväksy kaikki", takeChosen: "Hyväksy valitut", takeNone: "Hylkää", part: (n) => `Osa ${n}`, from: "mistä", to: "minne", beforeAfter: "Ennen ja jälkeen", nobody: "kukaan ei siirry", measure: "Mikä muuttuu", atLeast: "vähintään", value: "arvo",
    lifeTitle: "Jotain tapahtui", late: "Joku ilmoittautuu myöhässä", student: "opiskelija", mentor: "mentori", left: "Joku on lopettanut", lost: "Aika ei enää käy", role: "Rooli", when: "Milloin hän pääsee", id: "Tunnus tai sähköposti", remove: "On lopettanut", tell: "Kirjaa",
    changesTitle: "Muuttunut alusta", noChanges: "Mikään ei ole muuttunut.", handedOut: "Jaettu:", outdated: "Kierrosta muutettiin toisessa ikkunassa. Tässä on nykyinen tilanne.",
    offline: "Työpöytä ei vastaa. Tähänastiset muutokset ovat tallessa; käynnistä se uudelleen ja lataa sivu.", loading: "Hetki", repair: "Auttaisi:", recorded: "Kirjattu.", lockedNow: "Lukittu.", unlockedNow: "Lukko avattu.", saved: "Tallennettu.",
  },
  sv: {
    skip: "Hoppa till grupperna", title: "Grupper", undo: "Ångra", redo: "Gör om", solveRest: "Lös resten",
    happened: "Något har hänt", changes: "Ändringar", handOut: "Dela ut", language: "Språk",
    search: "Sök", department: "Institution", spoken: "Gruppens språk", time: "Tid", all: "alla",
    onlyLocked: "Endast låsta", found: (n) => n === 1 ? "1 grupp visas" : `${n} grupper visas`,
    waiting: (n) => `Utan grupp: ${n}`, freeMentors: (n) => `Mentorer med plats för en grupp: ${n}`,
    everybody: "Alla studenter har en grupp.", chip: (name, value) => `${name}: ${value}`,
    was: (start) => `var ${start}`, best: (bound) => `bästa möjliga ${bound}`,
    broken: (n) => n === 1 ? "1 hård regel bryts:" : `${n} hårda regler bryts:`, sound: "Ingen hård regel bryts.",
    mentors: "Mentorer", students: "Studenter", put: "Placera här", putAnyway: "Placera här ändå", take: "Ta ut ur gruppen",
    joinOnly: "Leder också den här gruppen", fits: "Passar.", fitsBetter: "Passar, och förbättrar:", costs: "Passar, men försämrar:", no: "Passar inte:",
    picked: (name) => `${name} är vald. Korten säger var hen passar. Esc avbryter.`,
    putDown: "Avbryt valet", moved: (name, where) => `${name} är nu i ${where}.`, out: (name) => `${name} är nu utan grupp.`,
    undone: "Ångrat.", redone: "Gjort om.", swapped: (a, b) => `${a} och ${b} har bytt plats.`,
    swaps: "Bästa byten", swapWith: (name, group) => `Byt plats med ${name} (${group || "ingen grupp"})`, noSwap: "Inget byte följer alla hårda regler.",
    where: "Vart hen kunde flyttas", leaving: "Lämnar gruppen", lockPerson: "Behåll i den här gruppen", unlockPerson: "Får flyttas",
    lockTime: "Behåll den här tiden", unlockTime: "Tiden får ändras", locked: "låst", signUp: "Anmälan", yes: "Kan komma", if_need_be: "Vid behov", cannot: "Kan inte komma",
    mail: "Skriv till gruppen", edit: "Namn, rum, anteckning", name: "Namn", place: "Rum", link: "Länk", note: "Anteckning (bara du ser den)", save: "Spara", close: "Stäng",
    languages: "Språk", groupsOf: "Grupp", none: "ingen", together: "Håll ihop med", apart: "Håll isär från", choose: "välj någon", add: "Lägg till", locks: "Lås", unlock: "Öppna",
    solveTitle: "Lös resten", least: "Ändra så litet som möjligt", best_mode: "Bilda grupperna på nytt med låsen", seconds: "Högst så många sekunder", start: "Starta", stop: "Avsluta och behåll det bästa hittills",
    running: "Söker", reached: (v, b) => `nu ${v}, minst ${b}`, nothingChanges: "Inget behöver ändras: bättre grupper hittades inte.", noGroups: "Inga grupper följer alla hårda regler och lås.",
    proposal: "Förslag", moves: "Vem som flyttas", takeAll: "Ta allt", takeChosen: "Ta det markerade", takeNone: "Ta inget", part: (n) => `Del ${n}`, from: "från", to: "till", beforeAfter: "Före och efter", nobody: "ingen flyttas", measure: "Vad som ändras", atLeast: "minst", value: "värde",
    lifeTitle: "Något har hänt", late: "Någon anmäler sig sent", student: "student", mentor: "mentor", left: "Någon har slutat", lost: "En tid går inte längre", role: "Som", when: "När hen kan komma", id: "Id eller e-post", remove: "Har slutat", tell: "Anteckna",
    changesTitle: "Ändrat sedan början", noChanges: "Inget har ändrats.", handedOut: "Utdelat:", outdated: "Omgången ändrades i ett annat fönster. Så här är den nu.",
    offline: "Skrivbordet svarar inte. Det du har gjort är sparat; starta det igen och ladda om sidan.", loading: "Ett ögonblick", repair: "Skulle hjälpa:", recorded: "Antecknat.", lockedNow: "Låst.", unlockedNow: "Öppet igen.", saved: "Sparat.",
  },
};

let current = WORDS.en;

export function speak(tag) {
  current = WORDS[tag] || WORDS.en;
}

export function word(name, ...facts) {
  const found = current[name] ?? WORDS.en[name];
  return typeof found === "function" ? found(...facts) : found;
}

// Cost is what is bad, so that more of it is worse whatever it counts.
export function changeText(changes) {
  return changes.map(({ name, more }) => `${name} ${more > 0 ? "+" : "\u2212"}${Math.abs(more)}`).join("; ");
}
