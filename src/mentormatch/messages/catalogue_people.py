"""Messages about people and changes in English, Finnish and Swedish; words only, no logic.

A message's code never changes its meaning; its words may. Names in braces are facts, besides
``{time}``, which is made of the facts of a slot.
"""

from __future__ import annotations

from collections.abc import Mapping

PEOPLE_MESSAGES: Mapping[str, Mapping[str, str]] = {
    # Why somebody has no group, said to the coordinator.
    "left_out.no_slot_offered": {
        "en": "Offered no time at which enough meetings of a group can be attended.",
        "fi": "Ei tarjonnut aikaa, jona voisi tulla tarpeeksi moneen tapaamiseen.",
        "sv": "Erbjöd ingen tid då tillräckligt många träffar passar.",
    },
    "left_out.no_common_language": {
        "en": "Reaches the level asked in none of the languages in which groups meet at the "
        "times offered.",
        "fi": "Ei yllä vaadittuun tasoon missään kielessä, jolla ryhmät kokoontuvat tarjottuina "
        "aikoina.",
        "sv": "Når inte den begärda nivån i något språk som grupperna använder på de erbjudna "
        "tiderna.",
    },
    "left_out.rule_forbids": {
        "en": "A rule keeps them from every group at the times offered: {rule}.",
        "fi": "Sääntö estää jokaisen ryhmän tarjottuina aikoina: {rule}.",
        "sv": "En regel hindrar varje grupp på de erbjudna tiderna: {rule}.",
    },
    "left_out.too_few_mentors": {
        "en": "Too few mentors are free at the times offered ({slots}): a group needs {needed}, "
        "at most {most} are free.",
        "fi": "Tarjottuina aikoina ({slots}) on liian vähän vapaita mentoreita: ryhmään tarvitaan "
        "{needed}, vapaina on enintään {most}.",
        "sv": "För få mentorer är lediga på de erbjudna tiderna ({slots}): en grupp behöver "
        "{needed}, högst {most} är lediga.",
    },
    "left_out.no_room": {
        "en": "All rooms are taken at the times offered ({slots}).",
        "fi": "Kaikki tilat ovat varattuja tarjottuina aikoina ({slots}).",
        "sv": "Alla rum är upptagna på de erbjudna tiderna ({slots}).",
    },
    "left_out.below_minimum": {
        "en": "A group at a time offered would have {count} students at most; {least} are needed.",
        "fi": "Ryhmässä olisi tarjottuina aikoina enintään {count} opiskelijaa; tarvitaan {least}.",
        "sv": "En grupp på en erbjuden tid skulle ha högst {count} studenter; {least} behövs.",
    },
    "left_out.groups_full": {
        "en": "The groups at the times offered are full: {groups}.",
        "fi": "Tarjottujen aikojen ryhmät ovat täynnä: {groups}.",
        "sv": "Grupperna på de erbjudna tiderna är fulla: {groups}.",
    },
    "left_out.conflicts": {
        "en": "In every group at the times offered that has room, a rule keeps people apart: "
        "{rule}.",
        "fi": "Jokaisessa tarjotun ajan ryhmässä, jossa on tilaa, sääntö pitää ihmisiä erillään: "
        "{rule}.",
        "sv": "I varje grupp med plats på de erbjudna tiderna håller en regel människor isär: "
        "{rule}.",
    },
    "left_out.lost_on_priority": {
        "en": "The groups at the times offered are full, and a place there would cost more "
        "elsewhere, by the rule: {rule}.",
        "fi": "Tarjottujen aikojen ryhmät ovat täynnä, ja paikka niissä maksaisi muualla enemmän "
        "säännön mukaan: {rule}.",
        "sv": "Grupperna på de erbjudna tiderna är fulla, och en plats där skulle kosta mer på "
        "annat håll enligt regeln: {rule}.",
    },
    "left_out.lost_on_order": {
        "en": "The groups at the times offered are full, and others fit better by a later rule: "
        "{rule}.",
        "fi": "Tarjottujen aikojen ryhmät ovat täynnä, ja muut sopivat paremmin myöhemmän säännön "
        "mukaan: {rule}.",
        "sv": "Grupperna på de erbjudna tiderna är fulla, och andra passar bättre enligt en "
        "senare regel: {rule}.",
    },
    "left_out.lost_on_lottery": {
        "en": "The groups at the times offered are full, and others with an equal claim drew the "
        "places by lot.",
        "fi": "Tarjottujen aikojen ryhmät ovat täynnä, ja yhtä oikeutetut muut saivat paikat "
        "arvalla.",
        "sv": "Grupperna på de erbjudna tiderna är fulla, och andra med lika rätt fick platserna "
        "genom lottning.",
    },
    "left_out.places_not_asked": {
        "en": "No rule of this problem asks that students have a group.",
        "fi": "Mikään sääntö ei pyydä, että opiskelijoilla olisi ryhmä.",
        "sv": "Ingen regel begär att studenter ska ha en grupp.",
    },
    "left_out.no_group_found": {
        "en": "No group at the times offered was found that keeps all the rules together.",
        "fi": "Tarjottuina aikoina ei löytynyt ryhmää, joka noudattaisi kaikkia sääntöjä yhdessä.",
        "sv": "På de erbjudna tiderna hittades ingen grupp som följer alla regler tillsammans.",
    },
    "left_out.room_left": {
        "en": "There is room as it is: this matching can be bettered without any change.",
        "fi": "Tilaa on jo nyt: tätä jakoa voi parantaa ilman muutoksia.",
        "sv": "Det finns plats redan nu: indelningen kan förbättras utan någon ändring.",
    },
    # The same, said to the participant in two sentences; only their own answers and public facts.
    "to_left_out.no_slot_offered": {
        "en": "You do not have a group this time. Your sign-up has no time at which you could "
        "come to enough meetings of the term.",
        "fi": "Sinulle ei tällä kertaa löytynyt ryhmää. Ilmoittautumisessasi ei ole aikaa, jona "
        "voisit tulla tarpeeksi moneen tapaamiseen.",
        "sv": "Du har ingen grupp den här gången. Din anmälan har ingen tid då du kunde komma "
        "till tillräckligt många träffar.",
    },
    "to_left_out.no_common_language": {
        "en": "You do not have a group this time. At the times you offered, groups meet in no "
        "language that you said you use well enough.",
        "fi": "Sinulle ei tällä kertaa löytynyt ryhmää. Tarjoaminasi aikoina ryhmät eivät "
        "kokoonnu kielellä, jota kerroit käyttäväsi riittävän hyvin.",
        "sv": "Du har ingen grupp den här gången. På tiderna du erbjöd träffas grupperna inte på "
        "något språk som du sade dig använda tillräckligt väl.",
    },
    "to_left_out.otherwise": {
        "en": "You do not have a group this time. You offered {slots} of the {all} times, and no "
        "group that meets then had a place for you.",
        "fi": "Sinulle ei tällä kertaa löytynyt ryhmää. Tarjosit aikoja {slots} kaikista {all}:sta "
        "eikä niinä kokoontuvissa ryhmissä ollut sinulle paikkaa.",
        "sv": "Du har ingen grupp den här gången. Du erbjöd {slots} av {all} tider, och ingen "
        "grupp som träffas då hade plats för dig.",
    },
    # Changes, as somebody would ask for them.
    "change.offer_slot": {
        "en": "{person} also comes at {time}",
        "fi": "{person} pääsee myös aikaan {time}",
        "sv": "{person} kommer också {time}",
    },
    "change.add_mentors": {
        "en": "mentors at {time}: {count} more",
        "fi": "mentoreita aikaan {time}: {count} lisää",
        "sv": "mentorer {time}: {count} till",
    },
    "change.drop_mentors": {
        "en": "fewer mentors: {count}",
        "fi": "vähemmän mentoreita: {count}",
        "sv": "färre mentorer: {count}",
    },
    "change.add_room": {
        "en": "room for one more group at {time}",
        "fi": "tilaa yhdelle ryhmälle lisää aikaan {time}",
        "sv": "rum för en grupp till {time}",
    },
    "change.max_students": {
        "en": "a group may have {to} students",
        "fi": "ryhmässä saa olla {to} opiskelijaa",
        "sv": "en grupp får ha {to} studenter",
    },
    "change.min_students": {
        "en": "{to} students are enough for a group",
        "fi": "ryhmään riittää {to} opiskelijaa",
        "sv": "{to} studenter räcker för en grupp",
    },
    "change.mentors_per_group": {
        "en": "mentors in each group: {to}",
        "fi": "mentoreita ryhmässä: {to}",
        "sv": "mentorer i varje grupp: {to}",
    },
    "change.relax_rule": {
        "en": "a rule may give way: {rule}",
        "fi": "sääntö saa joustaa: {rule}",
        "sv": "en regel får ge vika: {rule}",
    },
    "change.add_language": {
        "en": "groups may also meet in {language}",
        "fi": "ryhmä voi kokoontua myös kielellä {language}",
        "sv": "grupper får också träffas på {language}",
    },
    "change.add_slot": {
        "en": "one more time: {time}",
        "fi": "yksi aika lisää: {time}",
        "sv": "en tid till: {time}",
    },
    "change.drop_slot": {
        "en": "one time fewer: {time}",
        "fi": "yksi aika vähemmän: {time}",
        "sv": "en tid färre: {time}",
    },
    # Where somebody sits, and what other groups would have cost.
    "placement.only_group": {
        "en": "The only group that the hard rules allow them, as the others stand.",
        "fi": "Ainoa ryhmä, jonka ehdottomat säännöt sallivat, kun muut pysyvät paikoillaan.",
        "sv": "Den enda gruppen som de tvingande reglerna tillåter när de andra sitter kvar.",
    },
    "placement.best_group": {
        "en": "Each of the other {others} groups they could go to costs more.",
        "fi": "Jokainen muu mahdollinen ryhmä ({others}) maksaisi enemmän.",
        "sv": "Var och en av de andra {others} möjliga grupperna kostar mer.",
    },
    "placement.equal_groups": {
        "en": "Other groups are equally good; chance decided among {equal} of them and this one.",
        "fi": "Muita yhtä hyviä ryhmiä on {equal}; arpa ratkaisi.",
        "sv": "Andra grupper är lika bra ({equal}); lotten avgjorde.",
    },
    "placement.better_group": {
        "en": "Another group would cost less: this matching can be bettered.",
        "fi": "Toinen ryhmä maksaisi vähemmän: jakoa voi parantaa.",
        "sv": "En annan grupp skulle kosta mindre: indelningen kan förbättras.",
    },
    "placement.forbidden": {
        "en": "A hard rule stands against it: {rule}.",
        "fi": "Ehdoton sääntö on sitä vastaan: {rule}.",
        "sv": "En tvingande regel är emot det: {rule}.",
    },
    "placement.not_placed": {
        "en": "They have no group.",
        "fi": "Heillä ei ole ryhmää.",
        "sv": "De har ingen grupp.",
    },
    "to_placed.yes": {
        "en": "You are in group {group}, which meets at {time}, a time to which you said yes. "
        "Groups that meet at times you offered: {open} of {all}; your place in this one is part "
        "of what the programme chose for all together.",
        "fi": "Olet ryhmässä {group}, joka kokoontuu aikaan {time}, johon vastasit kyllä. "
        "Tarjoaminasi aikoina kokoontuvia ryhmiä on {open} kaikista {all}; paikkasi tässä on osa "
        "ohjelman valitsemaa kokonaisuutta.",
        "sv": "Du är i grupp {group}, som träffas {time}, en tid som du svarade ja till. Grupper "
        "som träffas på tider du erbjöd: {open} av {all}; din plats i den här är en del av "
        "helheten som programmet valde.",
    },
    "to_placed.if_need_be": {
        "en": "You are in group {group}, which meets at {time}, a time that you said suits you if "
        "need be. Groups that meet at times you offered: {open} of {all}; your place in this one "
        "is part of what the programme chose for all together.",
        "fi": "Olet ryhmässä {group}, joka kokoontuu aikaan {time}, jonka kerroit sopivan "
        "tarvittaessa. Tarjoaminasi aikoina kokoontuvia ryhmiä on {open} kaikista {all}; paikkasi "
        "tässä on osa ohjelman valitsemaa kokonaisuutta.",
        "sv": "Du är i grupp {group}, som träffas {time}, en tid som du sade passar vid behov. "
        "Grupper som träffas på tider du erbjöd: {open} av {all}; din plats i den här är en del "
        "av helheten som programmet valde.",
    },
    "to_placed.no": {
        "en": "You are in group {group}, which meets at {time}, a time that you did not offer. "
        "Groups that meet at times you offered: {open} of {all}; tell the coordinator if you "
        "cannot come.",
        "fi": "Olet ryhmässä {group}, joka kokoontuu aikaan {time}, jota et tarjonnut. "
        "Tarjoaminasi aikoina kokoontuvia ryhmiä on {open} kaikista {all}; kerro "
        "koordinaattorille, jos et pääse.",
        "sv": "Du är i grupp {group}, som träffas {time}, en tid som du inte erbjöd. Grupper som "
        "träffas på tider du erbjöd: {open} av {all}; säg till koordinatorn om du inte kan komma.",
    },
}
