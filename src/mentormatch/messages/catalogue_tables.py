"""Words of tables that set things side by side, in English, Finnish and Swedish; words only."""

from __future__ import annotations

from collections.abc import Mapping

TABLE_MESSAGES: Mapping[str, Mapping[str, str]] = {
    "table.variant": {"en": "variant", "fi": "vaihtoehto", "sv": "variant av omgången"},
    "table.as_it_is": {"en": "as it is", "fi": "nykyisellään", "sv": "som den är"},
    "table.mentors": {"en": "mentors", "fi": "mentorit", "sv": "mentorer"},
    "table.pairs": {"en": "pairs", "fi": "parit", "sv": "par"},
    "table.pairs_note": {
        "en": "pairs: two students of one department in a group",
        "fi": "parit: kaksi saman laitoksen opiskelijaa ryhmässä",
        "sv": "par: två studenter från samma institution i en grupp",
    },
    "table.infeasible": {"en": "infeasible", "fi": "mahdoton", "sv": "omöjlig"},
    "table.unknown": {"en": "unknown", "fi": "ei tiedossa", "sv": "okänd"},
    "table.alternative": {"en": "alternative", "fi": "toinen jako", "sv": "annan indelning"},
    "table.pairs_kept": {"en": "pairs kept", "fi": "säilyneet parit", "sv": "behållna par"},
    "table.no_alternative": {
        "en": "No other matching that is as good was found.",
        "fi": "Muuta yhtä hyvää jakoa ei löytynyt.",
        "sv": "Ingen annan lika bra indelning hittades.",
    },
    "table.order": {"en": "order", "fi": "järjestys", "sv": "ordning"},
    "table.as_stated": {"en": "as stated", "fi": "kuten annettu", "sv": "som angivet"},
    "table.last": {
        "en": "tier {tier} last",
        "fi": "taso {tier} viimeisenä",
        "sv": "nivå {tier} sist",
    },
    "table.more": {"en": "and {count} more", "fi": "ja {count} muuta", "sv": "och {count} till"},
    "table.proof": {"en": "proof", "fi": "todiste", "sv": "bevis"},
    "table.warning": {"en": "warning", "fi": "varoitus", "sv": "varning"},
    "table.hint": {"en": "hint", "fi": "vihje", "sv": "tips"},
    # The page of a comparison.
    "compare.title": {"en": "What if", "fi": "Entä jos", "sv": "Tänk om"},
    "compare.lead": {
        "en": "The round as it is, and what could be reached if it were otherwise.",
        "fi": "Kierros nykyisellään ja mitä voitaisiin saavuttaa, jos se olisi toisin.",
        "sv": "Omgången som den är, och vad som kunde nås om den vore annorlunda.",
    },
    "compare.students_placed": {
        "en": "Students placed",
        "fi": "Ryhmän saaneet opiskelijat",
        "sv": "Studenter med grupp",
    },
    "compare.caption": {
        "en": "Students with a group in each variant",
        "fi": "Ryhmän saaneet opiskelijat kussakin vaihtoehdossa",
        "sv": "Studenter med en grupp i varje variant",
    },
    "compare.variant": {"en": "Variant", "fi": "Vaihtoehto", "sv": "Variant av omgången"},
    "compare.placed": {"en": "Placed", "fi": "Sijoitettu", "sv": "Placerade"},
    "compare.groups": {"en": "Groups", "fi": "Ryhmät", "sv": "Grupper"},
    "compare.mentors": {"en": "Mentors", "fi": "Mentorit", "sv": "Mentorer"},
    "compare.pairs": {
        "en": "Pairs of one department",
        "fi": "Saman laitoksen parit",
        "sv": "Par från samma institution",
    },
    "compare.of": {"en": "{placed} of {all}", "fi": "{placed} / {all}", "sv": "{placed} av {all}"},
    "compare.goals": {"en": "Goals", "fi": "Tavoitteet", "sv": "Mål"},
    "compare.goals_lead": {
        "en": "Each goal counts something unwanted, so less is better; the most important stands "
        "first.",
        "fi": "Kukin tavoite laskee jotakin ei-toivottua, joten vähemmän on parempi; tärkein on "
        "ensimmäisenä.",
        "sv": "Varje mål räknar något oönskat, så mindre är bättre; det viktigaste står först.",
    },
    "compare.goals_caption": {
        "en": "What each goal came to in each variant",
        "fi": "Kunkin tavoitteen arvo kussakin vaihtoehdossa",
        "sv": "Vad varje mål blir i varje variant",
    },
    "compare.at_least": {
        "en": "at least {bound}",
        "fi": "vähintään {bound}",
        "sv": "minst {bound}",
    },
    "compare.note": {
        "en": "A number alone is proven: no groups of that variant could do better. Where there "
        "is a second one, it is the least that any groups could come to. Bars are as long as the "
        "numbers beside the largest of their column; the part beyond the bound stands out, for "
        "it may be avoidable.",
        "fi": "Yksinään oleva luku on todistettu: mitkään ryhmät eivät siinä vaihtoehdossa voisi "
        "olla parempia. Jos lukuja on kaksi, toinen on pienin, johon mitkään ryhmät voisivat "
        "päästä. Palkit ovat yhtä pitkiä kuin luvut sarakkeensa suurimman rinnalla; rajan "
        "ylittävä osa erottuu, sillä se voi olla vältettävissä.",
        "sv": "Ett ensamt tal är bevisat: inga grupper i den varianten kunde vara bättre. Där det "
        "finns ett andra tal är det det minsta som några grupper kunde nå. Staplarna är så långa "
        "som talen bredvid det största i sin kolumn; den del som är bortom gränsen framträder, "
        "för den kan kanske undvikas.",
    },
    "compare.infeasible": {
        "en": "No matching keeps all the hard rules.",
        "fi": "Mikään jako ei noudata kaikkia ehdottomia sääntöjä.",
        "sv": "Ingen indelning följer alla tvingande regler.",
    },
    "compare.unknown": {
        "en": "Nothing was found in time.",
        "fi": "Mitään ei löytynyt ajoissa.",
        "sv": "Inget hittades i tid.",
    },
}
