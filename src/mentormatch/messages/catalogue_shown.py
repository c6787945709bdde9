"""Words of the terminal and of pages in English, Finnish and Swedish; words only, no logic."""

from __future__ import annotations

from collections.abc import Mapping

SHOWN_MESSAGES: Mapping[str, Mapping[str, str]] = {
    # Words of the terminal and the report.
    "view.everybody_placed": {
        "en": "Every student has a group.",
        "fi": "Jokaisella opiskelijalla on ryhmä.",
        "sv": "Varje student har en grupp.",
    },
    "view.no_repair": {
        "en": "no repair was found",
        "fi": "korjausta ei löytynyt",
        "sv": "ingen åtgärd hittades",
    },
    "view.seats": {
        "en": "Students: {students}, mentors: {mentors}. At most {groups} groups, {seats} places.",
        "fi": "Opiskelijoita {students}, mentoreita {mentors}. Ryhmiä enintään {groups}, "
        "paikkoja {seats}.",
        "sv": "Studenter: {students}, mentorer: {mentors}. Högst {groups} grupper, "
        "{seats} platser.",
    },
    "view.unavoidable": {
        "en": "{count} must stay without a group, proven",
        "fi": "{count} jää väistämättä ilman ryhmää, todistetusti",
        "sv": "{count} måste bli utan grupp, bevisat",
    },
    "view.nothing": {
        "en": "Nothing stands out.",
        "fi": "Mitään erityistä ei löytynyt.",
        "sv": "Inget sticker ut.",
    },
    "view.defaults": {
        "en": "Rules in force by default: {rules}.",
        "fi": "Oletuksena voimassa: {rules}.",
        "sv": "Regler som gäller utan att ha angetts: {rules}.",
    },
    "view.idle_defaults": {
        "en": "Default rules with nobody to be about: {rules}.",
        "fi": "Oletussäännöt, jotka eivät koske ketään: {rules}.",
        "sv": "Förvalda regler som inte berör någon: {rules}.",
    },
    "view.in_group": {
        "en": "group {group}, {time}",
        "fi": "ryhmä {group}, {time}",
        "sv": "grupp {group}, {time}",
    },
    "view.other_group": {
        "en": "other group",
        "fi": "muu ryhmä",
        "sv": "annan grupp",
    },
    "view.slot": {
        "en": "time",
        "fi": "aika",
        "sv": "tid",
    },
    "view.move": {
        "en": "to move there",
        "fi": "siirtyä sinne",
        "sv": "att flytta dit",
    },
    "view.exchange": {
        "en": "to change places",
        "fi": "vaihtaa paikkaa",
        "sv": "att byta plats",
    },
    "view.forbidden": {
        "en": "forbidden",
        "fi": "kielletty",
        "sv": "förbjudet",
    },
    "view.change": {
        "en": "change",
        "fi": "muutos",
        "sv": "ändring",
    },
    "view.price": {
        "en": "price",
        "fi": "hinta",
        "sv": "pris",
    },
    "view.price_note": {
        "en": "price: what the relaxation let expect beforehand, in tier {tier}; the other "
        "columns were solved",
        "fi": "hinta: mitä relaksaatio antoi odottaa etukäteen tasolla {tier}; muut sarakkeet on "
        "ratkaistu",
        "sv": "pris: vad relaxationen lät vänta på förhand på nivå {tier}; de andra kolumnerna "
        "är lösta",
    },
    "view.placed": {
        "en": "placed",
        "fi": "sijoitettu",
        "sv": "placerade",
    },
    "view.groups": {
        "en": "groups",
        "fi": "ryhmät",
        "sv": "grupper",
    },
    "view.tier": {
        "en": "tier {tier}",
        "fi": "taso {tier}",
        "sv": "nivå {tier}",
    },
    "view.no_gain": {
        "en": "None of the changes that were solved gives anything: {count}.",
        "fi": "Mikään ratkaistuista muutoksista ei auta: {count}.",
        "sv": "Ingen av de ändringar som löstes ger något: {count}.",
    },
    # Pages for the coordinator.
    "page.LeftOutReport": {
        "en": "Why somebody is left out",
        "fi": "Miksi joku jäi ilman ryhmää",
        "sv": "Varför någon blev utan grupp",
    },
    "page.LeftOutReport_lead": {
        "en": "Each student without a group, why, and the smallest changes that would help.",
        "fi": "Jokainen ilman ryhmää jäänyt, syy ja pienimmät muutokset, jotka auttaisivat.",
        "sv": "Varje student utan grupp, varför, och de minsta ändringar som skulle hjälpa.",
    },
    "page.Bottlenecks": {
        "en": "What holds the round back",
        "fi": "Mikä rajoittaa kierrosta",
        "sv": "Vad som håller tillbaka omgången",
    },
    "page.Bottlenecks_lead": {
        "en": "The changes that would give the whole round most, each solved anew.",
        "fi": "Muutokset, jotka hyödyttäisivät koko kierrosta eniten, kukin ratkaistuna.",
        "sv": "De ändringar som skulle ge hela omgången mest, var och en löst på nytt.",
    },
    "page.price": {
        "en": "Expected beforehand by the relaxation's prices, in tier {tier}: {price}",
        "fi": "Etukäteen odotettu relaksaation hinnoista, tasolla {tier}: {price}",
        "sv": "På förhand väntat av relaxationens priser, på nivå {tier}: {price}",
    },
    "page.Infeasible": {
        "en": "No matching keeps all the hard rules",
        "fi": "Mikään jako ei noudata kaikkia ehdottomia sääntöjä",
        "sv": "Ingen indelning följer alla tvingande regler",
    },
    "page.Infeasible_lead": {
        "en": "A smallest set of rules that contradict each other, and the ways out.",
        "fi": "Pienin joukko ristiriitaisia sääntöjä ja ulospääsyt.",
        "sv": "En minsta uppsättning regler som strider mot varandra, och utvägarna.",
    },
    "page.PrecheckReport": {"en": "Before matching", "fi": "Ennen jakoa", "sv": "Före indelningen"},
    "page.PrecheckReport_lead": {
        "en": "What cannot be, and what looks odd.",
        "fi": "Mikä ei ole mahdollista ja mikä näyttää oudolta.",
        "sv": "Vad som inte kan vara, och vad som ser konstigt ut.",
    },
    "page.Placement": {
        "en": "Why somebody is in their group",
        "fi": "Miksi joku on ryhmässään",
        "sv": "Varför någon är i sin grupp",
    },
    "page.Placement_lead": {
        "en": "What each other group would have cost, by moving there or by changing places.",
        "fi": "Mitä muut ryhmät olisivat maksaneet siirtymällä tai vaihtamalla paikkaa.",
        "sv": "Vad varje annan grupp skulle ha kostat genom flytt eller byte av plats.",
    },
    "page.to_person": {
        "en": "To be told to the person",
        "fi": "Henkilölle kerrottavaksi",
        "sv": "Att berätta för personen",
    },
    "page.Priorities": {
        "en": "The price of priority",
        "fi": "Tärkeysjärjestyksen hinta",
        "sv": "Prioriteringens pris",
    },
    "page.Priorities_lead": {
        "en": "What changes if a tier comes last instead of where it stands, each solved anew.",
        "fi": "Mikä muuttuu, jos taso on paikkansa sijasta viimeisenä, kukin ratkaistuna.",
        "sv": "Vad som ändras om en nivå kommer sist i stället för där den står, löst på nytt.",
    },
    "page.all": {
        "en": "Explanations for the coordinator",
        "fi": "Selitykset koordinaattorille",
        "sv": "Förklaringar för koordinatorn",
    },
    "page.all_lead": {
        "en": "Not for handing out.",
        "fi": "Ei jaettavaksi.",
        "sv": "Inte för utdelning.",
    },
    "page.proof": {"en": "Proven", "fi": "Todistettu", "sv": "Bevisat"},
    "page.warning": {"en": "Look at it", "fi": "Tarkista", "sv": "Se över"},
    "page.hint": {"en": "Perhaps a slip", "fi": "Ehkä lipsahdus", "sv": "Kanske ett misstag"},
    "page.note": {
        "en": "This page names people with the reasons that concern them. It is for the "
        "coordinator alone.",
        "fi": "Tällä sivulla on ihmisiä ja heitä koskevia syitä. Se on vain koordinaattorille.",
        "sv": "Den här sidan namnger personer med skäl som rör dem. Den är bara för koordinatorn.",
    },
}
