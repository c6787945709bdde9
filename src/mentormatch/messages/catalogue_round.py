"""Messages about the whole round in English, Finnish and Swedish; words only, no logic."""

from __future__ import annotations

from collections.abc import Mapping

ROUND_MESSAGES: Mapping[str, Mapping[str, str]] = {
    # What is seen before matching.
    "precheck.no_slot": {
        "en": "{person} can come to no slot.",
        "fi": "{person} ei pääse mihinkään aikaan.",
        "sv": "{person} kan inte komma på någon tid.",
    },
    "precheck.one_slot": {
        "en": "{person} can come to one slot only: {time}.",
        "fi": "{person} pääsee vain yhteen aikaan: {time}.",
        "sv": "{person} kan bara komma på en tid: {time}.",
    },
    "precheck.no_template": {
        "en": "{person} can be in no group at the times offered, by the rule: {rule}.",
        "fi": "{person} ei voi olla missään ryhmässä tarjottuina aikoina säännön vuoksi: {rule}.",
        "sv": "{person} kan inte vara i någon grupp på de erbjudna tiderna enligt regeln: {rule}.",
    },
    "precheck.slot_without_mentors": {
        "en": "No group can meet at {time}: mentors who can come: {found}, needed: {needed}.",
        "fi": "Aikaan {time} ei voi kokoontua ryhmää: mentoreista pääsee {found}, tarvitaan "
        "{needed}.",
        "sv": "Ingen grupp kan träffas {time}: {found} mentorer kan komma, {needed} behövs.",
    },
    "precheck.slot_without_students": {
        "en": "No group can meet at {time}: students who can come: {found}, needed: {needed}.",
        "fi": "Aikaan {time} ei voi kokoontua ryhmää: opiskelijoista pääsee {found}, tarvitaan "
        "{needed}.",
        "sv": "Ingen grupp kan träffas {time}: {found} studenter kan komma, {needed} behövs.",
    },
    "precheck.slot_dropped": {
        "en": "No group can meet at {time}: the term has too few dates for it.",
        "fi": "Aikaan {time} ei voi kokoontua ryhmää: lukukaudessa on liian vähän päiviä.",
        "sv": "Ingen grupp kan träffas {time}: terminen har för få datum.",
    },
    "precheck.capacity_short": {
        "en": "Mentors allow {groups} groups at most, that is {seats} places for {students} "
        "students.",
        "fi": "Mentorit riittävät enintään {groups} ryhmään eli {seats} paikkaan; opiskelijoita on "
        "{students}.",
        "sv": "Mentorerna räcker till högst {groups} grupper, alltså {seats} platser för "
        "{students} studenter.",
    },
    "precheck.unavoidable": {
        "en": "At least {count} of these {students} students must stay without a group: they can "
        "come only to {slots} slots, where there can be {groups} groups at most, for {seats} of "
        "them.",
        "fi": "Vähintään {count} näistä {students} opiskelijasta jää ilman ryhmää: he pääsevät "
        "vain aikoihin, joita on {slots} ja joina voi olla enintään {groups} ryhmää, {seats} "
        "heistä.",
        "sv": "Minst {count} av dessa {students} studenter blir utan grupp: de kan komma bara på "
        "{slots} tider, där det kan finnas högst {groups} grupper, för {seats} av dem.",
    },
    "precheck.no_place": {
        "en": "Students whom no group can have, whatever the matching: {count}. At no time that "
        "they offered can a group meet that the rules allow them.",
        "fi": "Opiskelijoita, joille ei ole ryhmää missään jaossa: {count}. Minään heidän "
        "tarjoamanaan aikana ei voi kokoontua ryhmää, jonka säännöt sallivat heille.",
        "sv": "Studenter som ingen grupp kan ta emot i någon indelning: {count}. På ingen tid som "
        "de erbjöd kan en grupp träffas som reglerna tillåter dem.",
    },
    "precheck.rule_never_holds": {
        "en": "No group can ever keep the rule: {rule}.",
        "fi": "Mikään ryhmä ei voi noudattaa sääntöä: {rule}.",
        "sv": "Ingen grupp kan någonsin följa regeln: {rule}.",
    },
    "precheck.rule_never_holds_for": {
        "en": "No matching can keep the rule for {person}: {rule}.",
        "fi": "Mikään jako ei voi noudattaa sääntöä henkilön {person} kohdalla: {rule}.",
        "sv": "Ingen indelning kan följa regeln för {person}: {rule}.",
    },
    "precheck.rule_never_holds_in_all": {
        "en": "No matching can keep the rule: {rule}.",
        "fi": "Mikään jako ei voi noudattaa sääntöä: {rule}.",
        "sv": "Ingen indelning kan följa regeln: {rule}.",
    },
    "precheck.misspelt": {
        "en": "{field}: {value!r} ({count} times) looks like {nearest!r} ({other} times).",
        "fi": "{field}: {value!r} ({count} kertaa) muistuttaa arvoa {nearest!r} ({other} kertaa).",
        "sv": "{field}: {value!r} ({count} gånger) liknar {nearest!r} ({other} gånger).",
    },
    # Hard rules that contradict each other.
    "infeasible.clash": {
        "en": "These hard rules cannot all be kept:",
        "fi": "Näitä ehdottomia sääntöjä ei voi noudattaa yhdessä:",
        "sv": "Dessa tvingande regler kan inte alla följas:",
    },
    "infeasible.not_minimal": {
        "en": "(Some of them may have no part in it; the time ran out.)",
        "fi": "(Osa niistä ei ehkä vaikuta asiaan; aika loppui kesken.)",
        "sv": "(En del av dem har kanske ingen del i det; tiden tog slut.)",
    },
    "infeasible.people": {
        "en": "By these rules alone, not all of these students can have a group: {names}.",
        "fi": "Jo näiden sääntöjen vuoksi kaikki nämä opiskelijat eivät voi saada ryhmää: {names}.",
        "sv": "Redan enligt dessa regler kan inte alla dessa studenter få en grupp: {names}.",
    },
    "infeasible.ways_out": {
        "en": "Ways out, the cheapest first:",
        "fi": "Ulospääsyt, halvin ensin:",
        "sv": "Utvägar, den billigaste först:",
    },
    "infeasible.reached": {
        "en": "then {placed} of {all} students have a group, groups: {groups}",
        "fi": "silloin ryhmän saa {placed} opiskelijaa {all}:sta, ryhmiä: {groups}",
        "sv": "då får {placed} av {all} studenter en grupp, grupper: {groups}",
    },
    "infeasible.further": {
        "en": "and so on, not listed: {count}",
        "fi": "ja niin edelleen, luettelematta: {count}",
        "sv": "och så vidare, ej uppräknade: {count}",
    },
    "infeasible.least": {
        "en": "broken by {amount} in all; proven that less is not enough",
        "fi": "rikotaan yhteensä {amount}; todistetusti vähempi ei riitä",
        "sv": "bryts med sammanlagt {amount}; bevisat att mindre inte räcker",
    },
    "infeasible.amount": {
        "en": "broken by {amount} in all; perhaps less is enough",
        "fi": "rikotaan yhteensä {amount}; ehkä vähempikin riittää",
        "sv": "bryts med sammanlagt {amount}; kanske räcker mindre",
    },
    # What a repair does to the whole round.
    "effect.placed": {
        "en": "{count:+} students",
        "fi": "{count:+} opiskelijaa",
        "sv": "{count:+} studenter till",
    },
    "effect.placed_one": {
        "en": "{count:+} student",
        "fi": "{count:+} opiskelija",
        "sv": "{count:+} student till",
    },
    "effect.groups": {
        "en": "{count:+} groups",
        "fi": "{count:+} ryhmää",
        "sv": "{count:+} grupper",
    },
    "effect.groups_one": {
        "en": "{count:+} group",
        "fi": "{count:+} ryhmä",
        "sv": "{count:+} grupp",
    },
    "effect.more": {
        "en": "{goal}: {count} more ({before} -> {after})",
        "fi": "{goal}: {count} enemmän ({before} -> {after})",
        "sv": "{goal}: {count} mer ({before} -> {after})",
    },
    "effect.fewer": {
        "en": "{goal}: {count} fewer ({before} -> {after})",
        "fi": "{goal}: {count} vähemmän ({before} -> {after})",
        "sv": "{goal}: {count} mindre ({before} -> {after})",
    },
    "effect.broken": {
        "en": "{goal}: broken by {after}",
        "fi": "{goal}: rikotaan määrällä {after}",
        "sv": "{goal}: bryts med {after}",
    },
    "effect.nothing": {
        "en": "costs nothing",
        "fi": "ei maksa mitään",
        "sv": "kostar ingenting",
    },
}
