"""Sentences in the style of wire copy with their headlines, and the rules headlines have to keep.

The rules are written anew here, from words and marks alone, so that they do not share the
mistakes of the code they judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# A sentence, then for each length its headline.
_TABLE = """
The harbour town of Velmora will reopen its ferry terminal on Monday after a six-month closure
that cost local traders millions.
100| Harbour town of Velmora will reopen its ferry terminal after closure

Orland Steel, which employs 4,000 people in the north, has agreed to sell its rolling mill to a
Danish rival.
100| Orland Steel has agreed to sell its rolling mill to Danish rival
64| Orland Steel has agreed to sell its rolling mill to Danish rival

The worst kept secret in Norvian football was revealed on Thursday when Tomas Rell was named as
the new national coach.
64| Worst kept secret in football revealed when Tomas Rell was named

The US economy grew faster than most analysts had expected in the last quarter, the treasury said
on Friday.
75| US economy grew faster than most analysts had expected, treasury said

Tram fares in Lund will rise in May for the third year in a row, the council said on Monday.
75| Tram fares in Lund will rise for the third year in a row, council said

Novelist Clara May has left the city of Lund after a row over noise with her neighbours.
75| Novelist Clara May left city of Lund after row over noise with neighbours

The host's show is to be replaced in March by a quiz from Lund, the broadcaster's Brenn office
announced.
75| Host's show to be replaced in March by quiz, Brenn office announced

Norvia Steel has lent its harbour cranes to the shipyard Brenn Works <BRNN.O> for the whole of the
coming winter.
75| Norvia Steel has lent its cranes to Brenn Works for whole of coming winter

Barley closed in Orland at 48 cents a bushel, its lowest price since the spring, grain merchants
said.
75| Barley closed in Orland at 48 cents a bushel, grain merchants said

Drivers are being told to avoid a garage that claims to mend cars on behalf of the council in Lund.
75| Drivers are being told to avoid garage that claims to mend cars in Lund

A play that follows two nurses as they prepare to leave the city of Lund has won the top prize of
the Brenn festival.
75| Play that follows two nurses as they prepare to leave city won top prize

Night markets that open at dusk have spread along the coast of Norvia, say shop owners in the
harbour town of Lund.
75| Night markets that open at dusk have spread along coast, say shop owners

Castria's parliament has backed a bid by its government to enshrine the right to education in the
constitution.
80| Castria's parliament backed bid by government to enshrine right to education

Helena Marsh, 43, has been named head of the central bank of Castria.
100| Helena Marsh, 43, has been named head of central bank of Castria

A fire tore through a warehouse in Port Linden late on Tuesday, destroying tonnes of grain,
officials said.
100| Fire tore through warehouse in Port Linden late, destroying tonnes of grain, officials said

On Friday, the national weather service warned of heavy snow across the eastern valleys.
100| National weather service warned of heavy snow across eastern valleys
75| National weather service warned of heavy snow across eastern valleys

The museum (founded in 1887) has bought a lost portrait by Elin Tarrow for £2.4m.
100| Museum bought lost portrait by Elin Tarrow for £2.4m

Prime Minister Daro Velt has resigned, saying he had lost the support of his party.
75| Prime Minister Daro Velt resigned, saying he had lost support of his party

The airline did not cancel any flights on Sunday, despite a strike by ground staff at three
airports.
75| Airline did not cancel any flights, despite strike at three airports

Police in Harwick have arrested two men who were carrying fireworks near the stadium.
75| Police in Harwick arrested two men who were carrying fireworks near stadium
33| Police arrested two men

Shares in Tolland Motors rose 8% on Wednesday as investors welcomed plans for a new electric van.
100| Shares in Tolland Motors rose 8% as investors welcomed plans for new electric van
75| Shares in Tolland Motors rose 8% as investors welcomed plans for new van

The mayor of Easton, a former teacher, has vowed to cut bus fares by half before the next
election.
100| Mayor of Easton has vowed to cut bus fares
75| Mayor of Easton has vowed to cut bus fares

Two climbers were killed when an avalanche struck their camp near the summit of Mount Keld.
75| Two climbers killed when avalanche struck camp near summit of Mount Keld

Scientists have found traces of water under the ice of the moon Calyx, according to a study
published on Thursday.
90| Scientists found traces of water under ice of moon Calyx, according to study

Despite weeks of talks, the two sides failed to agree on a timetable for elections.
75| Two sides failed to agree on timetable for elections

Striker Tomas Rell scored twice as Northgate United beat Dalby Rovers 3-1 on Saturday.
100| Striker Tomas Rell scored as Northgate United beat Dalby Rovers 3-1
64| Tomas Rell scored as Northgate United beat Dalby Rovers 3-1

A train carrying 200 passengers was stranded for nine hours between Lund and Aster after power
lines came down.
75| Train stranded for nine hours between Lund and Aster after lines came down

The company said profits had fallen by a third, while sales were flat.
64| Company said profits had fallen

Residents of the island were told to boil their drinking water until further notice - the third
such warning this year.
100| Residents of island were told to boil drinking water until further notice - third warning

"We will rebuild the bridge," said the governor, who visited the site on Monday.
100| "We will rebuild the bridge," said governor, who visited site
64| "We will rebuild the bridge," said governor, who visited site

The minister told reporters that the tunnel would open in May, two years later than planned.
75| Minister told reporters that tunnel would open in May

Former tennis champion Ilse Brandt is to coach the national team, the federation announced on
Thursday.
100| Former tennis champion Ilse Brandt to coach national team, federation announced
75| Former champion Ilse Brandt to coach national team, federation announced

The new law, passed by a narrow majority, bans the sale of single-use plastics from January.
75| New law, passed by majority, bans sale of single-use plastics

The film, directed by Mira Olsen, won five prizes at the festival, including best picture.
75| Film, directed by Mira Olsen, won five prizes at festival
33| Film won five prizes at festival

Nine people were rescued from a sinking trawler off the coast of Brenn in the early hours of
Thursday.
100| Nine people rescued from sinking trawler off coast of Brenn in early hours of Thursday
64| Nine people rescued from sinking trawler off coast of Brenn

The charity has launched an appeal for blankets, tents and medicine after floods left thousands
homeless.
90| Charity launched appeal for blankets, tents and medicine

City officials have approved a plan to turn the old gasworks into 300 homes, but residents say it
ignores their needs.
100| City officials approved plan to turn old gasworks into 300 homes
64| City officials approved plan to turn old gasworks into 300 homes

The retailer will shut 40 shops, cutting 1,200 jobs, by the end of March.
64| Retailer will shut 40 shops, cutting 1,200 jobs, by end of March
33| Retailer will shut 40 shops

Meanwhile, the opposition has called for an inquiry into the sale of the port.

The striker, the midfielder and the goalkeeper will all miss the final on Sunday.
100| Striker, midfielder and goalkeeper will all miss final

Norvia's parliament has voted to lower the voting age to 16, making it the first country in the
region to do so.
100| Norvia's parliament voted to lower voting age to 16

The singer has cancelled her tour of Asia following advice from doctors.
64| Singer cancelled her tour of Asia following advice from doctors

A man accused of stealing a 12th-century bell from a chapel has pleaded not guilty.
75| Man accused of stealing 12th-century bell from a chapel pleaded not guilty

Astronomers say the comet will be visible to the naked eye next week.

The bridge, closed since June, reopened to traffic on Wednesday morning.
33| Bridge reopened to traffic

The prime minister, who took office in March, said on Monday that taxes would not rise this year.
100| Prime minister, who took office in March, said that taxes would not rise

Wheat prices have fallen to their lowest level since 2019.
33| Wheat prices have fallen

Three former bank managers have been charged with fraud after a two-year inquiry into missing
loans.
75| Three former bank managers charged with fraud after inquiry into loans

Veteran goalkeeper Olaf Brun will retire at the end of the season, his club said on Friday.
100| Veteran goalkeeper Olaf Brun will retire at end of season, his club said
75| Veteran goalkeeper Olaf Brun will retire at end of season, his club said

President Ilya Sorin has accused the opposition of plotting to delay the vote.
75| Ilya Sorin accused opposition of plotting to delay vote

Norvia has banned imports of timber from Castria, which supplies a third of its market, as a row
over fishing rights deepens.
100| Norvia banned imports of timber from Castria
75| Norvia banned imports of timber from Castria

The search for the missing yacht was called off late on Sunday because of high winds.
100| Search for missing yacht called off because of high winds
64| Search for missing yacht called off because of high winds

Airlines cancelled 300 flights on Monday and warned of further delays as fog covered the coast.
100| Airlines cancelled 300 flights and warned of further delays as fog covered coast

The finance minister, asked about the leak, said he knew nothing of the report.
75| Finance minister, asked about leak, said he knew nothing of report

Thousands of fans queued overnight for tickets, and the box office sold out within an hour.
75| Thousands of fans queued for tickets, and office sold out within an hour

A farmer has found 2,000 Roman coins while digging a ditch near the village of Ashby.
75| Farmer found 2,000 Roman coins while digging ditch near village of Ashby

The vaccine, developed by a team in Lund, protected nine out of 10 volunteers in a trial of 4,000
people.
90| Vaccine, developed in Lund, protected nine out of 10 volunteers in trial of 4,000 people
64| Vaccine protected nine out of 10 volunteers in trial

The charity's founder, Ada Quill, died on Thursday at the age of 91.
100| Charity's founder, Ada Quill, died at age of 91

Dozens of schools in the capital were closed on Wednesday after a water main burst.
100| Dozens of schools in capital closed after water main burst
33| Dozens of schools closed

The trial of four men accused of the museum robbery opened in Harwick on Monday amid tight
security.
100| Trial of four men accused of museum robbery opened in Harwick amid tight security

Oil company Brandt Energy is to cut 900 jobs, blaming weak demand for gas in Europe.
75| Oil company Brandt Energy to cut 900 jobs, blaming weak demand for gas
33| Brandt Energy to cut 900 jobs

A ceasefire between the two sides took effect at midnight, but shelling was reported near the
border.
75| Ceasefire took effect at midnight, but shelling was reported near border

The parliament of Norvia has approved a budget that raises spending on schools and hospitals.
75| Parliament of Norvia approved budget that raises spending on schools

Ferry services between Aster and Lund were suspended on Tuesday as a storm moved in from the west.
100| Ferry services between Aster and Lund suspended as a storm moved in from west
75| Ferry services suspended as a storm moved in from west

The volcano, one of the most active in the region, erupted early on Saturday, sending ash 5 km
into the sky.
100| Volcano, one of most active in region, erupted, sending ash 5 km into sky

Retail giant Federated Lund Stores is to buy its rival Brun Stores for 90m marks.
60| Federated Lund Stores to buy Brun Stores for 90m marks

Orla has reported its best second-quarter earnings, helped by strong demand for its shoes and for
the trainers that it sells abroad.
75| Orla reported its best second-quarter earnings, helped by demand for shoes

A large crowd at Lund airport greeted a climber who had competed without a headscarf.
75| Large crowd at airport greeted climber who had competed without headscarf

Towns in Norvia that provide social care will be able to raise council tax by 5% from next year.
75| Towns in Norvia that provide social care will be able to raise council tax

Two clerks from Lund, on Monday, managed to replace a piece of diamond jewellery with a fake one
at a fair in the old harbour.
75| Two clerks managed to replace piece of jewellery with fake one in harbour

The Half-Blood Clerk has topped the Orland book chart less than 24 hours after its release date -
16 July - was announced.
75| Half-Blood Clerk topped Orland book chart

Torn, scratched and painted money will be put on show as part of a new fair in Lund.
60| Torn, scratched and painted money will be put on show

People in Lund have been urged only to attend the main hospital of the region if absolutely
necessary.
75| People in Lund have been urged only to attend main hospital if necessary

It's a great relief for all of us in the village that the road has finally been opened.
60| It's great relief in village that road has been opened

The Brenn Stock Exchange (BSE) has recorded its largest gain in a day, rising 3.5% on Friday to a
new high of 1,204 points.
75| Brenn Stock Exchange (BSE) recorded its largest gain in a day, rising 3.5%

The Orland government has officially launched an inquiry into whether the airline Norair is
receiving aid from the port of Lund.
75| Orland government launched inquiry into whether Norair is receiving aid

Consumers in Norvia increased their spending by 1.5% in January, the bureau revealed on Monday
after a review of the latest sales.
75| Consumers in Norvia increased spending by 1.5% in January, bureau revealed

Former Premiership footballer and record company boss Ole Brun has gained an injunction against a
singer in the high court of Lund.
75| Ole Brun gained injunction against singer in high court of Lund

Film star Ann Lee and actor Ole Brun have both left the house of the show in Lund after a row that
split the other guests.
75| Film star Ann Lee and actor Ole Brun have both left house of show in Lund

The singer's career is on a roll after three hits.
75| Singer's career is on a roll after three hits

Three girls suspected of travelling to Lund to join the rebels appeared on a video of the border
police in May.
75| Three girls suspected of travelling to join rebels appeared on video in May

General Norcar Corporation has said it will close two plants and cut 4,000 jobs by the end of the
year after a slump in sales.
75| General Norcar Corporation said it will close two plants and cut 4,000 jobs

A film starring Norvian actor Ole Brun as a thief won the top prize at the festival of Lund on
Friday.
75| Film starring actor Ole Brun as a thief won top prize at festival of Lund
"""


def clause_cases() -> Iterator[tuple[str, int, str]]:
    """Give each sentence, a length, and the headline that it makes at most so long."""
    for block in _TABLE.strip().split("\n\n"):
        lines = block.split("\n")
        sentence = " ".join(line for line in lines if "| " not in line)
        for line in lines:
            if "| " in line:
                max_chars, headline = line.split("| ")
                yield sentence, int(max_chars), headline


_DANGLING = frozenset(
    """a an the this these those my your his its our their every each
    of in on at by for from with to into onto about over under between among during against
    after before since until than as near via towards toward upon despite amid without within
    and or but nor if because although though while whereas whether that which who whom whose
    when where why how is are was were be been being am has have had having do does did will would
    shall should can could may might must not very more most less""".split()
)
_DENIALS = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|denie[sd]|deny|denying)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r",[”\"’']? (?:according to\b|(?:(?:the|a|an|its|his|her|their|one|two) )?(?:[\w.'’-]+ ){1,9}?"
    r"(?:said|says|say|claimed|claims|warned|reported|announced|told)\b"
    r"(?=[,.]?$|[,.]? (?:on|in|at|as|after|late|early|this|last|yesterday|today|[A-Z]\w+day)\b))"
)
_SPEECH = re.compile(r"\b(?:sa(?:id|ys?)|claim|warn|report|announc|told|according)")
_UNITS = frozenset(
    """percent per million billion trillion bn m km miles metres kg tonnes years months weeks days
    hours minutes people dollars euros pounds""".split()
)
_TITLES = frozenset(
    "president minister captain striker chancellor mayor governor senator judge".split()
)
_PAIRS = ("()", "[]", "“”", "«»")


def violations(sentence: str, headline: str, pieces: Sequence[str]) -> Iterator[str]:
    """Give the rules that a headline of an English sentence breaks.

    Args:
        sentence: the sentence as it stands in the article.
        headline: the headline.
        pieces: the texts of its spans.
    """
    words = re.findall(r"[\w'’%£$€.-]+", headline)
    if not words or (words[-1] != "May" and words[-1].lower().strip(".'’") in _DANGLING):
        yield "ends in a function word"
    if re.search(r"[,;:–—-]\s*$|^\s*[,;:.–—)\]”]|,\s*,", " ".join(pieces)) or re.search(
        r"\s[,;.]", headline
    ):
        yield "has a mark that belongs to nothing"
    if any(headline.count(pair[0]) != headline.count(pair[1]) for pair in _PAIRS):
        yield "opens what it does not close"
    if headline.count('"') % 2:
        yield "opens what it does not close"
    if len(_DENIALS.findall(headline)) != len(_DENIALS.findall(sentence)):
        yield "loses a negation"
    if _ATTRIBUTION.search(sentence) and not _SPEECH.search(headline):
        yield "makes a fact of a claim"
    yield from _torn(sentence, pieces)


def _torn(sentence: str, pieces: Sequence[str]) -> Iterator[str]:
    """Look at the words on both sides of every place at which something was left out."""
    end = 0
    for piece in pieces:
        start = sentence.index(piece, end)
        end = start + len(piece)
        last = piece.split()[-1]
        following = sentence[end:].split()[:1]
        if following and last[-1].isdigit() and following[0].strip(",.").lower() in _UNITS:
            yield "parts a number from its unit"
        if following and sentence[end : end + 1].isspace() and _is_name(last, following[0]):
            yield "parts a name"


def _is_name(last: str, following: str) -> bool:
    """Tell whether two neighbouring words look like parts of one name."""
    is_time = following.strip(",.")[:3] in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return (
        last[0].isupper()
        and following[0].isupper()
        and not is_time
        and last.isalpha()
        and last.lower() not in _TITLES | _DANGLING
    )
