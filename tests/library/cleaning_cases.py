"""What stands around stories on the wire and on the web, and sentences that look like it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from summarizer.models import RemovedKind

STORY = (
    "The port authority will close two of its four terminals in January to dredge the harbour.",
    "Ships bound for the eastern quays will be sent up the coast, the authority said on Tuesday.",
    "“Nobody will lose a day’s pay over this,” the harbour master told a packed meeting.",
)


class Place(Enum):
    """Where in the story a case stands."""

    HEAD = "a line above it"
    OPENING = "before its first word"
    BETWEEN = "a line between its paragraphs"
    ENDING = "behind the last word of a paragraph"
    FOOT = "a line below it"
    CLOSING = "behind its last word"


class Case(NamedTuple):
    """What is set into the story, and what of it cleaning must take out: all but white space."""

    place: Place
    inserted: str
    kind: RemovedKind
    removed: str
    language: str = "en"


def _cases(place: Place, kind: RemovedKind, *inserted: str, language: str = "en") -> list[Case]:
    return [Case(place, text, kind, text.strip(), language) for text in inserted]


DATELINES = _cases(
    Place.OPENING,
    RemovedKind.DATELINE,
    "PARIS (AP) — ",
    "BEIJING (Reuters) - ",
    "(CNN)",
    "(CNN) -- ",
    "(CNN) — ",
    "Baghdad, Iraq (CNN)",
    "Moscow  (CNN)",
    "New York (CNN Business)",
    "LONDON, England (CNN) --",
    "WASHINGTON, Nov 3 — ",
    "NEW YORK, Nov. 3 (Reuters) - ",
    "NEW YORK/LONDON (Reuters) - ",
    "ST. PETERSBURG, Russia (AP) -- ",
    "SÃO PAULO, March 14, 2024 (Xinhua) -- ",
    "New Delhi, Aug 1 (PTI) ",
    "Ha Noi, Nov. 11 (VNA) - ",
    "JOHANNESBURG (Mineweb.com) -- ",
    "By ANNA KOWALSKA WARSAW (AP) -- ",
    "AP - ",
    "Reuters - ",
    "harbournews.com - ",
    "TOKYO - ",
    "KABUL, Afghanistan -- ",
    "(HLN)",
    "(CBS/AP) ",
    "Berlin (dpa) - ",
    "Wien (APA) – ",
    "PARIS, 3 nov 2024 (AFP) - ",
    "Madrid, 3 nov (EFE).- ",
    "(ANSA) - ROMA, 03 NOV - ",
    "МОСКВА, 3 ноября (ТАСС) — ",
    "Port Ellery — ",
    "Norwick, Ohio -- ",
    "Vienna — ",
    "NORWICK — ",
    "NORWICK, Ohio - ",
    "EAST ELLERY - ",
    "OSLO -- ",
    "ELL, Norway - ",
    "March 3, 2024 -- ",
    "NEW DELHI: ",
    "DUBAI/RIYADH: ",
    "MUMBAI, May 3: ",
    "WASHINGTON — (AP) ",
)

BYLINES = [
    *_cases(
        Place.HEAD,
        RemovedKind.BYLINE,
        "By Jane Doe",
        "By JANE DOE, Associated Press Writer",
        "By Anna Kowalska and John Roe |",
        "By Jane Doe, John Roe and Mary van der Berg",
        "BY JANE DOE",
        "By Jane Doe in Nairobi",
        "By Jane Doe | Science correspondent",
        "By our transport correspondent",
        "Jane Doe in Paris",
        "Jane Doe, Political editor",
        "Transport correspondent, BBC News",
        "Associated Press",
    ),
    *_cases(
        Place.OPENING,
        RemovedKind.BYLINE,
        "By . Jane Doe . ",
        "By . Harbour News Reporter . and John Roe . PUBLISHED: . 05:58 EST, 6 May 2012 . ",
        "By . Jo Doe . PUBLISHED: . 05:58 EST, 6 May 2012 . | . UPDATED: . 06:30 EST, 7 May 12 . ",
        "Last updated at 8:12 AM on 5th January 2012 . ",
    ),
    Case(
        Place.HEAD, "Von Jana Müller, Berlin", RemovedKind.BYLINE, "Von Jana Müller, Berlin", "de"
    ),
    Case(Place.HEAD, "Par Jeanne Dupont", RemovedKind.BYLINE, "Par Jeanne Dupont", "fr"),
    Case(Place.HEAD, "Por Juana Pérez", RemovedKind.BYLINE, "Por Juana Pérez", "es"),
    Case(
        Place.FOOT, "Video journalist: Jane Doe", RemovedKind.BYLINE, "Video journalist: Jane Doe"
    ),
]

SIGN_OFFS = [
    *_cases(
        Place.FOOT,
        RemovedKind.SIGN_OFF,
        "AFP",
        "Reuters",
        "-- AP",
        "— Reuters",
        "(AP)",
        "dpa",
        "AFP, Reuters",
        "With AFP",
        "afp/jk",
        "bur-jd/mvb/kl",
        "AFP contributed to this report.",
        "Three interns, with help from the embassy, contributed to this report.",
        "Jane Doe in Oslo and John Roe in Bergen contributed to this report.",
        "Our Standards: The Thomson Reuters Trust Principles.",
        "--With assistance from Jane Doe and John Roe.",
        "PTI SKL AB",
        "© 2024 Harbour News Ltd",
        "Copyright 2004 The Associated Press. All rights reserved.",
        "Copyright Harbour News Ltd. All rights reserved.",
        "(c) 2024 Harbour News",
        "All rights reserved.",
        "This article was originally published on Harbour News.",
        "The opinions expressed are those of the author.",
        "ENDS",
    ),
    *_cases(
        Place.CLOSING,
        RemovedKind.SIGN_OFF,
        " (AFP)",
        " -- AP",
        " CNN's Jane Doe and John Roe contributed to this report.",
        " Jane Doe reported from Oslo, and John Roe wrote from London.",
        " ©2015 Harbour News.",
    ),
]

TRASH_LINES = [
    *_cases(
        Place.HEAD,
        RemovedKind.TRASH_LINE,
        "(Adds reaction in paragraph 3)",
        "(Updates with quotes (paragraphs 4-6), background)",
        "(Recasts, adds byline, dateline)",
        "*Corrects the spelling of the harbour master's name",
        "(This story corrects the number of terminals in paragraph 1)",
        "Published 3 November 2024",
        "Updated at 10.04am GMT",
        "Tue, Nov 5, 2024",
    ),
    *_cases(
        Place.FOOT,
        RemovedKind.TRASH_LINE,
        "(Reporting by Jane Doe; Editing by John Roe)",
        "(Additional reporting by Jane Doe in Oslo (Norway); Writing by Mary Major)",
        "(Writing by Jane Doe)",
        "Reporting by Jane Doe in Oslo and John Roe; Editing by Mary Major",
        "Keywords: GOLF PGA",
        "Correction: An earlier version of this story misspelt the name of the port.",
    ),
    *_cases(Place.ENDING, RemovedKind.TRASH_LINE, " (Reporting by Jane Doe; editing by John Roe)"),
]

SUB_HEADS = _cases(
    Place.BETWEEN,
    RemovedKind.SUB_HEAD,
    "– US concern –",
    "– ‘Lonely quays’ –",
    "- Unions wary -",
    "— A second berth —",
    "*** Background ***",
    "## What comes next",
    "Unions wary",
    "A second berth",
    "'Enough is enough'",
    "NO END IN SIGHT",
    "Dredging and its costs",
)

CREDITS = [
    *_cases(
        Place.BETWEEN,
        RemovedKind.CREDIT,
        "Photo: AFP",
        "Foto: dpa",
        "(Photo by Jane Doe/Getty Images)",
        "Image copyright Reuters",
        "Image caption The eastern quays at dawn",
        "Image caption The eastern quays were empty at dawn.",
        "Image source, Getty Images",
        "FILE PHOTO: A ship leaves the port in March. REUTERS/Jane Doe",
        "FILE - In this March 3, 2024, file photo, a ship leaves the port. (AP Photo/Jane Doe)",
        "REUTERS/Jane Doe",
        "AP Photo/Jane Doe",
        "Getty Images",
        "Source: Port Statistics Office",
        "[1/4] A ship leaves the port of Norwick in March. REUTERS/Jane Doe",
    ),
    *_cases(Place.ENDING, RemovedKind.CREDIT, " (Photo by Jane Doe/AFP)"),
]

READ_MORE = [
    *_cases(
        Place.BETWEEN,
        RemovedKind.READ_MORE,
        "Read more: Five ports that are too shallow",
        "READ MORE",
        "Read more about the harbour here",
        "Also read: Dockers vote on Friday",
        "Related: How dredging works",
        "See also: Ports of the north",
        "Click here to see the plans for the harbour.",
        "Watch: The last ship leaves",
        "Sign up for our weekly shipping newsletter",
        "Subscribe to our podcast",
        "Sign up here",
        "Story continues below",
        "MORE: Five ports that are too shallow",
        "Advertisement",
        "Lire aussi : Les ports du nord",
        "Lesen Sie auch: Häfen im Norden",
    ),
    *_cases(Place.CLOSING, RemovedKind.READ_MORE, " READ MORE: Dockers vote on Friday ."),
]

CONTACTS = [
    *_cases(
        Place.FOOT,
        RemovedKind.CONTACT,
        "Follow Jane Doe on Twitter @janedoe",
        "Follow Harbour News on Facebook, Twitter and Instagram.",
        "Share this article",
        "Email: jane.doe@example.com",
        "jane.doe@example.com",
        "((jane.doe@example.com; +44 20 7946 0000; Reuters Messaging: jane.doe@example.com))",
        "Have you been affected by the closure? Email newsdesk@example.com.",
        "https://www.example.com/harbour",
        "To contact the reporter on this story: Jane Doe in Oslo at jdoe@example.com",
        "To contact the editors responsible for this story: John Roe at jroe@example.com",
        "Facebook",
    ),
    *_cases(Place.CLOSING, RemovedKind.CONTACT, " You can follow her on Twitter."),
]

MARKUP = [
    *_cases(
        Place.BETWEEN, RemovedKind.MARKUP, "* * *", "---", "###", "<hr/>", "![A ship](ship.jpg)"
    ),
    *_cases(
        Place.BETWEEN,
        RemovedKind.MARKUP,
        "<!-- a note with a sentence for the desk -->",
        "<script>if (a < b) { document.write('A ship came in today.'); }</script>",
        "<style>p { color: red }</style>",
        "&nbsp;",
        "<!DOCTYPE html>",
        "<a name='quays'></a>",
    ),
    *_cases(Place.OPENING, RemovedKind.MARKUP, "<p>", "* ", "- ", "&nbsp;", "> "),
    *_cases(Place.ENDING, RemovedKind.MARKUP, "</p>", "<br />", "&nbsp;"),
]

REMOVED = [
    *DATELINES,
    *BYLINES,
    *SIGN_OFFS,
    *TRASH_LINES,
    *SUB_HEADS,
    *CREDITS,
    *READ_MORE,
    *CONTACTS,
    *MARKUP,
]

# Each is a paragraph of its own and must stay whole, wherever it stands.
KEPT = (
    # like a dateline
    "Paris is quiet this morning, two days after the strike began.",
    "PARIS was the first city to ban the scooters, and others followed.",
    "NATO — The alliance of 32 states — will meet in the town in June.",
    "Members of the Association of Port Workers (APW) have voted to strike.",
    "The European Commission (EC) said on Monday that it would look into the merger.",
    "Agence France-Presse (AFP) reporters saw smoke rise over the quays.",
    "Cable News Network (CNN) will cut a tenth of its staff, it told employees.",
    "General Motors (GM) saw its profits fall in the last quarter of the year.",
    "Reuters reported on Tuesday that the sale would go ahead.",
    "AP reporters at the scene counted eleven lorries.",
    "AFP journalists saw the ship leave the port at dawn.",
    "BEIJING and Moscow have signed a treaty on shipping in the north.",
    "Rep. Jane Doe (PA) Thursday called the vote a disgrace.",
    "Jane Doe - a docker for twenty years - says she has never seen the harbour so empty.",
    "Washington - the state, not the capital - has no such tax.",
    "March 3 - a date no one in the village forgets - is a holiday there.",
    "On Nov 3 — a Sunday — the quays were open all night.",
    "(The ship had been due a week earlier.)",
    "(Marshall Steel Ltd) said it was talking to three banks.",
    "U.S. officials in Berlin (where the talks were held) declined to comment.",
    "The Harbour Master — A play in three acts — opens in Oslo on Friday.",
    "Jane Doe, the minister who — In her own words — never sleeps, has resigned.",
    "OPEC: The last of its kind, as the book is called, came out in March.",
    "Its motto is simple: NO SURRENDER: No retreat.",
    "COVID-19 — which closed the port for a year — is no longer a risk, it said.",
    "Ann Halley — 52 and a docker's daughter — will lead the port from May.",
    "Halley — The first woman in the post — took over on Monday.",
    "Norsteel — Europe's largest maker of anchors — is to be sold.",
    "Barley — Prices fell for a third week as rain came to the plains.",
    "H5N1 — The strain that closed the farms — has gone.",
    "CYD - 2 million lorries were called back over the weekend for new brakes.",
    "RNA - The molecule that carries the message - was found in the ice.",
    "NSF, Doe - The two makers will build engines together from May.",
    "NORSTEEL - The maker of anchors - is to be sold to its staff.",
    "RS/TU - The band that broke up in 1999 - will play in the harbour.",
    "3 May - Parliament votes on the plan to dredge the harbour.",
    "EASTERN STARS - HARBOUR UNITED 2-1 was the result nobody had bet on.",
    "Norwick — Ellery 2-0 was the result nobody had bet on.",
    "EAC: Ministers meet in Oslo on Monday to talk about the quotas.",
    "APRIL: Exports fell for the third month, the office said.",
    "HALLEY: I have never met the man, and nobody can say that I have.",
    "ANN HALLEY: The harbour was empty when we came, and nobody spoke.",
    # like a byline
    "By Monday the bank had run out of cash.",
    "Last updated in 1998, the list names ten ships.",
    "By Jane Doe's own account, the bridge was never safe.",
    "By and large the reform has worked, the auditors found.",
    "By Friday evening John Roe had resigned.",
    "From Jane Doe came no word of regret.",
    "Jane Doe in Paris said the company would appeal.",
    "Written by three former ministers, the report spares nobody.",
    "Jane Doe, a reporter for Harbour News, was the first to ask.",
    "The editor resigned.",
    "Analysis by the bank shows that wages have fallen for a decade.",
    "Von der Leyen said the commission would not wait.",
    "Par for the course, said the captain.",
    # like a sign-off
    "She first told her story to Reuters.",
    "The photographs were sold to AFP.",
    "He has worked for the AP since 1999.",
    "Copyright law protects the photographs for another decade.",
    "Copyright reform in 2019 failed, and so did the next attempt.",
    "Copyright was the last thing on their minds when they wrote the song.",
    "All rights, he said, come with duties.",
    "The dockers contributed to this year's fund with a day's pay.",
    "This article of the treaty has never been used.",
    "This story is not over, the mayor said.",
    "The opinions of the judges differed on the second count.",
    "Doe wrote from prison that she was well and had enough to read.",
    "They reported from time to time to the police.",
    "Our standards have slipped, the minister admitted.",
    "The war ends.",
    "It ends here.",
    # like a trash line
    "(Adding insult to injury, the bill came to twice the estimate.) The club paid at once.",
    "Adds one diplomat: “Nobody believes it.”",
    "Updates will be posted on the door of the town hall.",
    "Reporting by the newspaper showed that the inspectors had been warned.",
    "Reporting by Harbour News found that the inspectors had been warned.",
    "Editing by hand takes a day, editing by machine an hour.",
    "Correction of the records will take years.",
    "Writing by candlelight, she finished the book in a month.",
    "Published in March, the report has sold out.",
    "Updated rules come into force on 3 November.",
    "Keywords in the indictment are greed and haste.",
    "Topics for the summit include fishing and steel.",
    "In 2024, 3 of the 11 ships were sold.",
    "It was 10.04am.",
    # like a sub-head
    "Nobody was hurt.",
    "Why now?",
    "“We will not pay.”",
    "No comment.",
    "– and then nothing happened for a week, the harbour master recalled.",
    "The number was 12 - not 13.",
    "They waited (and waited).",
    "She paid £3.",
    "What happens next depends on the court.",
    "Foreign Minister Jane Doe:",
    "Net profit 3.1 2.9",
    "port@example",
    "and the quays of the old town",
    # like a photo credit
    "Photographs of the wreck were shown in court.",
    "Photos taken by a passer-by show the crane falling.",
    "Pictures of the crane went round the world.",
    "Image is everything in this trade, the agent said.",
    "Images from a satellite show the ships at anchor.",
    "Sources close to the board said the chairman would go.",
    "A source said: the board had met twice.",
    "File the papers by Friday, the court told both sides.",
    "Files seized in the raid fill eleven boxes.",
    "Getty, the agency, is suing three museums.",
    "Credit is drying up for small firms, the bank warned.",
    # like a link
    "Read more books, the minister told pupils.",
    "Read the small print before you sign, lawyers advised.",
    "Related companies must be named in the accounts.",
    "See also how the tide has turned, he said, pointing at the quays.",
    "Watch the harbour closely and you will see the seals.",
    "Watches worth £3m were stolen in the raid.",
    "Video of the crash was shown to the jury.",
    "Live animals may no longer be exported, the court ruled.",
    "Listen to the dockers, the bishop told the owners.",
    "Click on a name and the page shows who voted how.",
    "Sign up sheets show that the emails were ignored.",
    "Follow the debate on Twitter and you will see why the party is split.",
    "Click and collect has saved the chain, its chairman said.",
    "Sign up or lose your place, the students were told.",
    "Subscribers to the fund will be paid first.",
    "Advertisement of the drug is banned in eleven states.",
    "More on the list than last year are women.",
    "Recommended doses have been halved, the agency said.",
    # like a contact line
    "Follow-up talks are due in Geneva next week.",
    "Follow the money, the inspector told her team.",
    "Follow-on orders worth $3bn are expected on the day.",
    "Share prices fell on Facebook's results.",
    "Share this burden with us, the premier asked his partners.",
    "Email is dead, the company's founder declared.",
    "Contact with the ship was lost at 10pm.",
    "Phones were silent all day in the minister's office.",
    "Twitter, now called X, has lost half its advertisers.",
    "Have you ever seen such a harbour, asked the captain.",
    "Are you sure, asked the judge.",
    "To contact the dead was her trade, the court heard.",
    "Facebook has removed the page.",
    "More: that is what the dockers want, their leader said.",
    # like markup
    "The firm <ABC.L> said it would pay a dividend.",
    "<Harbour Holdings Ltd> said it would pay a dividend.",
    "Profit was < 3 per cent and costs were > 5 per cent of sales.",
    "A&amp;B Shipping will merge with its rival, <b>Doe</b> said on Tuesday.",
    "The **only** ship that is left is for sale.",
    "#savetheport is what the dockers have called their campaign.",
    "-3C was measured at the port, the coldest night of the year.",
    "The file is called [harbour](plan) in the court's records.",
)
