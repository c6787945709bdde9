"""Names of weekdays, languages and rules in English, Finnish and Swedish."""

from __future__ import annotations

from collections.abc import Mapping

WEEKDAY_NAMES: Mapping[str, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
}

LANGUAGE_NAMES: Mapping[str, Mapping[str, str]] = {
    "en": {"en": "English", "fi": "englanti", "sv": "engelska"},
    "fi": {"en": "Finnish", "fi": "suomi", "sv": "finska"},
    "sv": {"en": "Swedish", "fi": "ruotsi", "sv": "svenska"},
}

RULE_NAMES: Mapping[str, Mapping[str, str]] = {
    "at_least": {"en": "at least so many of a kind", "fi": "vähimmäismäärä", "sv": "minsta antal"},
    "at_most": {"en": "at most so many of a kind", "fi": "enimmäismäärä", "sv": "största antal"},
    "ban": {"en": "kept from a place", "fi": "estetty paikka", "sv": "spärrad plats"},
    "common_language": {"en": "common language", "fi": "yhteinen kieli", "sv": "gemensamt språk"},
    "common_mode": {
        "en": "campus or online",
        "fi": "paikan päällä tai verkossa",
        "sv": "på plats eller på nätet",
    },
    "common_slot": {
        "en": "everybody can come",
        "fi": "kaikki pääsevät paikalle",
        "sv": "alla kan komma",
    },
    "fair_share": {"en": "fair shares", "fi": "reilut osuudet", "sv": "rättvisa andelar"},
    "group_size": {"en": "group size", "fi": "ryhmän koko", "sv": "gruppstorlek"},
    "keep_apart": {"en": "keep apart", "fi": "pidä erillään", "sv": "håll isär"},
    "keep_apart_affiliation": {
        "en": "keep apart people with a tie, such as one supervisor",
        "fi": "pidä erillään ne, joilla on side, kuten sama ohjaaja",
        "sv": "håll isär dem som har ett band, såsom samma handledare",
    },
    "keep_together": {"en": "keep together", "fi": "pidä yhdessä", "sv": "håll ihop"},
    "mentors_per_group": {
        "en": "mentors in each group",
        "fi": "mentoreita ryhmässä",
        "sv": "mentorer i varje grupp",
    },
    "place_people": {
        "en": "a place for people named",
        "fi": "paikka nimetyille ihmisille",
        "sv": "plats för namngivna personer",
    },
    "keep_time": {
        "en": "the same time as before",
        "fi": "sama aika kuin ennen",
        "sv": "samma tid som förut",
    },
    "keep_mentors": {
        "en": "the same mentors as before",
        "fi": "samat mentorit kuin ennen",
        "sv": "samma mentorer som förut",
    },
    "keep_companions": {
        "en": "the same companions as before",
        "fi": "samat ryhmäläiset kuin ennen",
        "sv": "samma gruppkamrater som förut",
    },
    "stay": {
        "en": "staying in the group",
        "fi": "ryhmässä pysyminen",
        "sv": "att stanna i gruppen",
    },
    "met_before": {
        "en": "new company, not that of earlier rounds",
        "fi": "uutta seuraa, ei aiemmilta kierroksilta tuttua",
        "sv": "nytt sällskap, inte det från tidigare omgångar",
    },
    "mix": {"en": "mixed groups", "fi": "sekoitetut ryhmät", "sv": "blandade grupper"},
    "nobody_alone": {
        "en": "nobody the only one of a kind",
        "fi": "kukaan ei ole ainoa laatuaan",
        "sv": "ingen ensam i sitt slag",
    },
    "pin": {"en": "pinned to a place", "fi": "kiinnitetty paikka", "sv": "bunden plats"},
    "place_class": {
        "en": "order of classes",
        "fi": "luokkien järjestys",
        "sv": "klassernas ordning",
    },
    "place_everyone": {
        "en": "a place for everyone, by priority",
        "fi": "paikka kaikille, etusijan mukaan",
        "sv": "plats åt alla, efter företräde",
    },
    "place_order": {
        "en": "order of sign-up",
        "fi": "ilmoittautumisjärjestys",
        "sv": "anmälningsordning",
    },
    "prefer_yes": {
        "en": '"yes" before "if need be"',
        "fi": "”kyllä” ennen ”tarvittaessa”",
        "sv": "”ja” före ”vid behov”",
    },
    "balance": {"en": "even means", "fi": "tasaiset keskiarvot", "sv": "jämna medelvärden"},
    "cluster": {
        "en": "alike people together",
        "fi": "samanlaiset yhdessä",
        "sv": "lika personer tillsammans",
    },
    "keep_range": {
        "en": "values close together",
        "fi": "arvot lähellä toisiaan",
        "sv": "värden nära varandra",
    },
    "mentor_alone": {
        "en": "mentors who wish to lead alone",
        "fi": "yksin ohjaavat mentorit",
        "sv": "mentorer som vill leda ensamma",
    },
    "mentor_groups": {
        "en": "groups of each mentor",
        "fi": "ryhmiä kullakin mentorilla",
        "sv": "grupper för varje mentor",
    },
    "mentor_language": {
        "en": "mentors with the language",
        "fi": "kieltä osaavat mentorit",
        "sv": "mentorer som kan språket",
    },
    "mentor_load": {
        "en": "even load of mentors",
        "fi": "mentoreiden tasainen kuorma",
        "sv": "jämn börda för mentorer",
    },
    "mentors_first_come": {
        "en": "mentors first come, first served",
        "fi": "mentorit ilmoittautumisjärjestyksessä",
        "sv": "mentorer i anmälningsordning",
    },
    "mentors_from_elsewhere": {
        "en": "mentors from elsewhere",
        "fi": "mentorit muualta",
        "sv": "mentorer från annat håll",
    },
    "native_speakers": {
        "en": "native speakers in a group",
        "fi": "äidinkieliset puhujat ryhmässä",
        "sv": "modersmålstalare i en grupp",
    },
    "preferred_language": {
        "en": "language wished for",
        "fi": "toivottu kieli",
        "sv": "önskat språk",
    },
    "second_language": {"en": "second language", "fi": "toinen kieli", "sv": "andra språk"},
    "slot_wishes": {"en": "wishes for times", "fi": "aikatoiveet", "sv": "önskemål om tider"},
    "sum_cap": {"en": "limits of a sum", "fi": "summan rajat", "sv": "gränser för en summa"},
    "target_size": {"en": "size aimed at", "fi": "tavoitekoko", "sv": "eftersträvad storlek"},
    "topic_wishes": {"en": "wishes for topics", "fi": "aihetoiveet", "sv": "önskemål om ämnen"},
    "wish_apart": {
        "en": "wishes to be apart",
        "fi": "toiveet olla erillään",
        "sv": "önskemål om att vara åtskilda",
    },
    "wish_together": {
        "en": "wishes to be together",
        "fi": "toiveet olla yhdessä",
        "sv": "önskemål om att vara tillsammans",
    },
}
"""Names of rules by kind; another rule is named by its kind."""
