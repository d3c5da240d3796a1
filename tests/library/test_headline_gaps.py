"""Gaps: which are found, which are never made, and which together fit a length."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest

from summarizer.headline.clauses import END, START, Rules
from summarizer.headline.english import Level
from summarizer.headline.fence_rules import FENCE_RULES
from summarizer.headline.fences import Fences
from summarizer.headline.fitting import Deletion, fit_deletions
from summarizer.headline.gap_features import Rows
from summarizer.headline.gaps import Gap, Scores, find_gaps, load_tables
from summarizer.headline.reading import Reading, read_sentence
from summarizer.headline.word_classes import Known, read_words
from tests.library.parsing import parse_lines

# What stands between `~` must not be left out.
FENCED = (
    "The envoy has ~not~ resigned.",
    "The envoy will stay ~if the talks go on~.",
    "The envoy ~reportedly~ resigned in May.",
    "The ~former~ champion won the race.",
    "The ~Former Leeds~ manager won the race.",
    "The bank denied ~that it had lent the money~.",
    "A clerk was caught selling maps, ~a court in Lund has heard~.",
    "The envoy told the court ~that the maps were stolen~.",
    "The envoy said ~prices would rise~.",
    "~The envoy~ resigned in May.",
    "The boy ~and his sister~ have been found.",
    "The union called ~on the ministers~ to resign.",
    "Rents rose ~for the third year~ in a row.",
    "Rents rose by ~a~ third.",
    "The clerk resigned on ~Friday~ evening.",
    "The clerk fell ~ill~ in Lund.",
    "The new bridge is ~longer~ than the old one.",
    "The gunmen ~who ran off in May~, killing two guards, were caught.",
    "The clerks are paid for ~waiting and it's~ time they were.",
    "The clerk will stay ~even~ if the mine is shut.",
    "The envoys held a ~closed~ door meeting.",
    "It appears the envoy ~is leading the race~.",
    "It's the bank ~that needs help~.",
    "The workers drink ~unsafe~ water.",
    "The clerk missed Friday's court ~session~.",
    "The clerk resigned on a ~Friday~ evening.",
    "The flood left thousands of people ~homeless~.",
    "Previously ~secret~ letters were found.",
    "The clerk was held before~, shooting at a guard in May,~ police said.",
    'Calling the plan "bad for Lund," ~the council~ filed a complaint.',
    "The paper paints a kinder~, gentler portrait~.",
    "The clerk is back in the middle ~of a row~.",
    "The mine serves not only as a reminder~, but is a museum~.",
    "The twins met ~each other~ in Lund.",
    "The clerk looked ~a~ little scared.",
    "With hours to go before the ferry will sail~, anything can happen~.",
    "Prices rose for ~the 11th consecutive~ month.",
    "Five newly ~qualified~ nurses were hired.",
    "The plan could go ~some~ way to help.",
    "Norvia's plan to buy the firm ~could lessen competition in ships~, the watchdog said.",
    "The row over the mine heated up ~this~ week.",
    "The clerk~, 31, who likes rowing~, resigned.",
    "Ann Lee~, 31,~ who is from Lund, resigned.",
    "The mine might be safe once ~again~ in May.",
    "Rents are high in cities ~such~ as Lund.",
    "The bank quoted the clerk ~as saying no~.",
    "The bank raised its reward for ~news of missing~ clerks.",
    "The clerk was hit on ~the day~ when he resigned.",
    "In a tape allegedly ~from the clerk~, the bank is blamed.",
    "The council weighs a ban ~on extremely~ thin models.",
    "The clerk is safe after a shelter in Lund ~rescued him~.",
    "Sales stood ~still~ in Lund.",
    "Shares rose to a record ~high~ in Lund.",
    "The year ended on a ~high~ note.",
    "The clerk has had a ruling ~overturned~.",
    "It is worse if ~the noise~ causes them to shoot.",
    "It is the one ~the workers~ have seen.",
    "The chances are ~that when you~ fire up the engine it stalls.",
    "The bank dismissed media ~chief Ann Lee~.",
    "Peers~: today,~ they will vote.",
    "The clerk saw the ~recently~ founded club.",
    "The editor made an extraordinary~, bitter attack on the paper~.",
    "~My~ name is Clara Holm.",
    "The envoy is a man ~who lies~.",
    "Proud ~of its past~, the town closed the mine.",
    "On the ~other~ hand, rents fell.",
    "The envoys met each ~other~ in Lund.",
    "The bank showed a film ~showing workers~ who fled.",
    "The workers sought help ~before they were~ admitted.",
    "The clerk died ~of hepatitis~ A in Lund.",
    "Novelist Clara ~May~ resigned.",
    "The firm sells Vista ~98~ in Lund.",
    "The workers took ~to the streets~ in Lund.",
    "The clerks do as they wish ~to do~ in Lund.",
    "Shares jumped ~amid talk~ that two banks will merge.",
    "The law should give ~more protection~ to workers.",
    "The play led ~this~ year's awards.",
    "The firm saw strong fourth ~quarter~ profits.",
    "The band is at number ~one~ with a song.",
    "Fares would be 3% ~lower~ without the toll.",
    "A quarter ~of a million people~ complained.",
    "The coach branded the complaint ~to the board as sad~.",
    "The bank trashed ~all talk~ about the sale.",
    "The bank apologised to a girl ~who died after guards~ failed to look.",
    "Norvia may have ~broken~ barriers in sport.",
    "The clerk called for women to ~seek~ higher pay.",
    "The clerk will come out ~with proof of~ fraud.",
    "The council spent ~more than 200,000 euros~ on a court case.",
    "The clerk has time ~and again claimed that~ fraud went down.",
    "The bank bought the May ~Department Stores~.",
    "The firm put the goods ~into a store~.",
    "The minister wants to ~close the mine~.",
    "The minister welcomed ~the plan~ in Oslo.",
    "The prime ~minister~ resigned in May.",
    "Lead ~singer~ Ann Lee has left the band.",
    "The mine is able ~to stay open~.",
    "The town that lost its port ~has found~ another.",
    "The man ~who~ was hurt has died.",
    "The mayor, ~a lawyer~, resigned.",
    "The envoy, ~who won in May,~ resigned.",
    "Some 12 ~tonnes~ of grain were lost.",
    "Olaf ~Brun~ resigned in May.",
    "Two men ~were~ held, the police said.",
    "A firm ~whose main product~ is sold abroad is growing.",
    "The port declined to ~follow~ work rules.",
    "The coach was angry ~after a goal stood~ but was never shown.",
    "Shares have risen ~after a weekend press~ report.",
    "More homes ~than once~ thought were lost.",
    "More homes ~than~ once thought were lost.",
    "The envoy has ~officially been~ made a peer.",
    "The firm posted a rise in profits thanks ~to new clients~.",
    "A combination ~of bad weather~ and high costs hit sales.",
    "The talks between the union ~and the ministers~ failed.",
    "The firm grew as the fight ~between satellite~ and cable heats up.",
    "Sales rose at food ~and drink giant Orla~.",
    "The envoy was speaking at a gender ~and work seminar~.",
    "In a talk ~in Oslo Mr Rell~ said prices were a problem.",
    "The regulator is investigating Tessel ~& Orla~.",
    "The odds are ~that when they~ open a shop, it closes.",
    "The firms fell out over the use of ~social~ media by staff.",
    "~Minimum~ wage will rise in May.",
    "The bank will face ~tougher~ penalties in May.",
    "The firm will grow ~even faster~ in a slump.",
    "The clerk loves rice ~so much~ she eats it daily.",
    "The bank is likely to come ~under pressure~ in May.",
    "The singer is a man who emanates ~serious charm~ in public.",
    "The mine is closed for the whole ~of May~ and June.",
    "The premier launched a drive ~worth~ $3.5bn in May.",
    "Tickets for the play sold out in ~record~ time.",
    "The firm was fined ~a~ million dollars.",
    "The bidding ~war~ ended in May.",
    "Steel ~equipment~ maker Orla has closed a mine.",
    "The luxury ~consumer~ goods group sold the brand.",
    "Jobs fell for the ~11th~ month in May.",
    "Men suspected ~of involvement~ in fraud fled.",
    "Two clerks were held ~after a protest~ against the mine.",
    "The bank refused to comment ~on the sale~.",
    "The runner has withdrawn ~from the race~ in Lund.",
    "The cities will find out on Friday ~who will host the cup~.",
    "The workers will go ~as the police~ in Lund are getting ready.",
    "The bank saw ~profits soar~ thanks to new clients.",
    "Eight men ~who stormed the mint~ in Lund were charged.",
    "Shops say clients are cutting back on the amount ~they spend~.",
    "The council cut the plan for the ~current~ year.",
    "The song has gone straight ~in at number one~.",
    "Output grew ~at its slowest pace~ in years.",
    "Prices are rising ~at their fastest rate~ for 41 years.",
    "The bank sued four firms for their role ~in the sale~.",
    "The robots spoke English ~but later~ created a new language.",
    "The runner issued a warning to his rivals ~that they must train~.",
    "The council will make the case ~for a new port~ in May.",
    "The singer was evicted ~from the castle~ in May.",
    "Two clerks quit after the union launched an inquiry ~into pay~ in Lund.",
    "One in three clerks lie ~about their age~ in Lund.",
    "The coach will miss the start ~of the season~ in Lund.",
    "The dancer is a pop ~artist~ hosting a show.",
    "~Fashion~ firm Orla has closed a mine.",
    "The whale could be ~an endangered~ species.",
    "The law will make courses ~more attractive~ in May.",
    "The plan helped ~draw~ shoppers to Lund.",
    "The firm backed a ~7bn Norvian~ dollar bid.",
    "The clerk fled one of ~Norvia's top~ banks.",
    "Lund won the cup ~for the second time~ in history.",
    "The ~shadow~ chancellor quit.",
    "The union is planning to take legal action ~against the bank~.",
    "The council will invite bids ~for two new ports~ in May.",
    "The rower will cross the bay in honour ~of her crew~.",
    "The club sealed a trip ~to Oslo~ in May.",
    "The coach said his side have got to grips ~with the game~.",
    "The council backed the first new bridge ~for 30 years~.",
    "The crown hit its highest level ~against the euro~ in May.",
    "The firm said it aims ~to close the mine~, but the council will not let it.",
    "The singer said she was thrilled ~to be asked~.",
    "Clerks will strike at two oil ~and coal fields~.",
    "~Many~ clerks are unhappy.",
    "The champion suffered a ~first-round~ defeat in Lund.",
    "The storm will strengthen faster ~than expected~ and bring winds.",
    "Shares in Orla closed up ~at a two-year~ high on talk of a bid.",
    "A ~59-year~ old nurse was found in Lund.",
    "The drug is used to treat strep ~A~ in Lund.",
    "The clerk has chosen not to help Lund try ~and defend its cup crown~.",
    "Four times more maps of towns and villages in Norvia will be sold in May ~than last year~.",
    "The firm will make more of ~the~ maps.",
    "The trade has a ~talent~ shortage in Lund.",
    "The envoy has ~quietly hinted at cuts~ in a meeting.",
    "The gymnast was named Player ~of the Year~ in Lund.",
    "The clerks found a statue that is believed ~to be old~.",
    "The Orla Party ~outspent~ both its rivals.",
    "The firm posted ~larger-than-expected~ profits.",
    "The attorney ~general~ denied the charge.",
    "Trains are ~often~ late in May.",
    'The firm sent "rude" ~and "threatening"~ letters.',
    "She plans to vote ~whenever~ an election is held.",
    "The region's biggest ~toy~ firm is in talks.",
    "Norvia is the ~last big~ European country to vote.",
    "The firm is in talks at the ~largest toy~ show in Oslo.",
    "The union called ~on the port~ to open.",
    "The firm should steer away ~from cheap loans~.",
    "The mines were ~unsafe~ in May.",
    "The robot has got ~faster~ and smarter.",
    "The tickets will be made ~freely available~ to all.",
    "The union trusts the firm ~after giving it many~ reasons to.",
    "The film was the last ~success~ of the year.",
    "~Despite~ the rise in costs, the firm will not raise its prices.",
    "The talks stopped the port ~from closing~ in May.",
    # What a verb calls for.
    "A man has turned ~himself~ in to the police.",
    "The boat went ~down~ in rough seas.",
    "The victory brought the curtain ~down~ on the season.",
    "The economy picked ~up speed~ in May.",
    "It will ~prompt~ lawmakers to act.",
    "The envoy has agreed ~with the plan~ to close the port.",
    "The twins are intent ~on winning gold~ in Oslo.",
    "The union urged the mayor ~to resign~ in May.",
    'The union urged the mayor ~to "act now"~ in May.',
    "Norvia asked a jurist and economist ~to draft its budget~.",
    "The port says it sent a ship in an attempt ~to win trade~.",
    "The mayor told a group of pupils ~that it is safe~.",
    "The envoy told the paper ~about the talks~ while the war went on.",
    "The union described the new mayor Ann Lee ~as a friend~ of the port.",
    "The actor, best known ~as a doctor~, died in May.",
    # What a measure is counted from.
    "He was elected 10 years ~after the war~ ended.",
    "The growth was the slowest in ~recent~ years.",
    "The boy cut off 9 inches ~of rope~ in May.",
    "The writer has died ~aged~ 82.",
    "It was the first town ~to fall~ in May.",
    "Orla is the biggest bank ~in Norvia~ by sales.",
    "Pupils have shown ~little~ interest in the vote.",
    # What would be read as one with something else.
    "Norvia's ~president~ shares the blame.",
    "The mayor called up the port and ~told~ officials of the fire.",
    "The singer is to write ~and star~ in a film.",
    "The firm will back the Arctic ~and Baltic Cups~ in May.",
    "Dozens of jobs ~at Norvia's old paper~ mill were saved.",
    "Ann Lee threw her weight ~behind~ Olaf Brun.",
    "The sculptor found a large, ~old~ statue.",
    "Prices will rise, ~analysts~ at the bank said.",
    "Police found a leaflet ~opposing~ plans for a port.",
    "Waste would shrink ~by changing~ how shops pack.",
    "Waste would shrink by changing how ~shops~ pack.",
    "The mayor is ~the man~ people love.",
    "Friends ~of many of the sailors~ who drowned met in Oslo.",
    "The roads are no joke, as Olaf Brun ~found at the fair~.",
    "Shares fell despite the club ~agreeing a plan~ in May.",
    "The tax was cut ~when~ people bought homes.",
    "Anne Holt died in May, but the clip~, made by her son, drew crowds~.",
    "He has not just a face ~but also a mind~.",
    "~At a smart~ Oslo hotel, the band played.",
    "The strikes will drive users away ~and threaten port~ jobs.",
    "The film is a war and ~spy~ story.",
    "The clerk had mud on his boots ~the day his house~ was searched.",
    "~Why~ not follow the team on Sunday?",
    "Two sailors were hurt, ~the owner, Orla Lines,~ said.",
    "Two sailors were hurt~, the owner,~ Orla Lines, said.",
    "Two sailors were hurt~, the owner, Orla Lines~, said.",
    "Shares fell ~sharply amid~ fears of a war.",
    "The Department of ~Health's top official~ Olaf Brun said so.",
    "Homes will owe a levy ~under rules~ due to take effect in May.",
    "The crews have sent ~another urgent note~ to drivers.",
    "The rider was picked ~for both the sprint~ and hurdles in May.",
    "The ministers will unveil plans aimed ~at growth~ in Oslo.",
    "The firm bought an ecologically ~important~ site.",
    "Fears that the limit will harm trade have been ~overblown~, the envoy said.",
    "A missing ~health check and phone~ use are behind it.",
    "The club fell back in the ~fourth~ round.",
    "The envoy turned his life ~around~ in May.",
    "Shares rose to a high ~on talk of a sale~ it is to receive.",
    "The club rose to third place ~as it beat reigning~ champions Lund.",
    "The coach took the team ~off the bottom and signed up~ Olaf Brun.",
    "The mayor told pupils ~the port will be safe in May~.",
    "The Republic ~of Norvia~ has arranged a match.",
    "~The University of~ Lund has opened a school.",
    "The band asked guests ~to refrain from filming~ the show.",
    "Norvia and Castria have emerged ~as the winners~ of the vote.",
    "The firm has unveiled research ~that could mean prices~ are rising.",
    "The court charged two firms ~with helping banks~ hide losses.",
    "The bank reported a rise ~after a booming economy~ boosted sales.",
    "The singer was taken ~to hospital~ on Friday.",
    "British computer ~games maker Olaf Brun~ has been honoured.",
    "He took part in the fraud, ~his closest associate~ has told a court.",
    "Anger at the tax ~spilled~ over into protests.",
    "The mayor doubled the level ~at which homes are taxed~.",
    "The laptop was chosen ~as the best gadget~ by readers.",
    "The blurring of lines between print and ~the internet~ worries the press.",
    "A fund was set up to ~help pupils to~ read.",
    "One in ~10 large~ clubs owes tax.",
    "The plans have been branded ~a failure~ by the union.",
    "The coach called on the league ~to punish the keeper~.",
    "The network grows, with Norvia planning ~to sell its share~.",
    "Some ~of the best stories~ are told in May.",
    "The wind and ~heavy snow~ in the north cost lives.",
    "Holders Norvia ~and league~ leaders Velm face a test.",
    "The port will hire guards, cooks ~and clerks~ in May.",
    "~The striker,~ the keeper and the coach resigned.",
    "Sales helped boost profits ~at owner~ Castria.",
    "The bank wants to pay ~rather~ than sue.",
    "Roads are closed until ~July~ 31.",
    "The singer cancelled her tour ~following~ advice.",
    "Fire tore through a mill, ~destroying~ tonnes of grain.",
    "The clerk did not seriously damage ~his knee~ during the race.",
    "Film on the site shows the ~ferry~ drifting through the reeds.",
    "The firm wants to stop people ~copying films~.",
    "The site banned accounts posting without clearly ~specifying~ they are jokes.",
    "Business mood fell in ~May~ hurting hopes of a rise.",
    "Business mood fell ~in May hurting~ hopes of a rise.",
    "The lender was sued for ~overcharging~ customers.",
    "The council is keen on ~letting~ people vote.",
    "The mine wants to be more ~environmentally~ aware.",
    "A drug was found that guards ~against a new~ and deadly fever.",
    "These are issues voters ~from both towns have raised~.",
    'The clerks described ~feeling~ "hopeful" in May.',
    'The plan was built "entirely" ~on loans~.',
    "The mayor received the crew ~that won~ medals in Lund.",
    "The town mourns a man ~who became a~ hit in May.",
    "Shops that open ~at dusk~ have spread.",
    "The cover of a map sold as a Lund ~present is~ 'ugly'.",
    "The mayor is weighing a poll ~asking~ if he should go.",
    "Brewers lost money after sales ~in the north fell~.",
    "Drivers ~who speed~ are fined.",
    "The warden is ~asking for lists of notes~ telling guests to leave.",
    "The mayor said he wants a rise ~for all but in May~ said nothing.",
    "The port earned millions ~from oil~ and gas.",
    "The council promised to take strong ~and swift action~.",
    "There are flaws ~on phones~, tablets and laptops.",
    'The singer attacked the "false" and ~"cruel"~ papers.',
    "The singer said she has thrown a drummer ~out of the band~.",
    "The ferry was held to give the crew ~a rest~.",
    "The lender plans ~to open a branch~ in Lund.",
    "The fund was set up ~to help pupils~ to read.",
    "Drivers will strike on 1 ~October~.",
    "The offer looks ~too good~ to be true.",
    "At ~whatever~ level they play, clubs need coaches.",
    "The maker has gone ~head-to-head~ with a rival.",
    "The year was one of its ~great~ years.",
    "The clerks wondered how to keep ~them~ off.",
    "The mine is enjoying a ~boom~ time.",
    "The singer blamed an ~upset~ stomach.",
    "Tea is the drink ~of choice~ in Lund.",
    "The lender was fined ~more than £50m~ for lies.",
    "An ~artist~ critical of the plan resigned.",
    "Rents must stay below the rate ~of inflation~.",
    "The clerk was directly involved ~in the fraud~.",
    "The team will stick ~with the old kit~.",
    "The clerk resigned after two of the men allegedly ~broke her arm~.",
    "The council should change the law ~to give protection~ to the clerks.",
    "The party should set a date ~for a debate~ in May.",
    "The ~Orla~ outspent the others in May.",
    "The party outspent ~both of its rivals~ in May.",
    "The storm moved ~in from the west~ in May.",
    "The nephew of a woman ~who became famous~ by swimming lakes sings.",
    "Properties ~across the region~ linked to the minister were raided.",
    "It has been a ~difficult~ season for the ferry.",
    "Fans of Nights ~of Lund~ are spoilt for choice.",
    "One of the best-known ~traders~ was arrested.",
    "The player came ~through a battle~ in May.",
    "The figures gave further evidence ~of a slowdown~ in May.",
    "The station sends on selected 2G ~and fast networks~.",
    "They could soon be having their calls ~relayed~.",
    "The bank decided to keep rates ~on hold~ in May.",
    "The brewer has seen its profits ~soar~ in May.",
    "They are ~a growing menace~ in rowing.",
    "The mayor confirmed he is considering ~raising~ fares.",
    "The union rejected claims ~that she and sister~ Ann are ill.",
    "More viewers watched ~Orland~ play than ever.",
    "The envoys say the fair, which opens ~in May, will praise~ Orla.",
    "The bank failed to save millions of savers~' money~.",
    "The lender will no longer ~just~ lend to firms.",
    "The song is the first in the top ~five~.",
    "The club will host a match in June ~or July~.",
    "The clerk runs meetings ~in Lund and is~ charged with keeping minutes.",
    "His comments come ~after the party backed~ demands for talks.",
    "The port seems ~certain to end~ months of delay.",
    "The mayor hopes to set out some bold ~and simple rules~.",
    "He was head ~of the team~ in May.",
    "The song is the ~most-played~ song of the year.",
    "The flood came at a ~worse~ time than the last one.",
    "The ferry firm has gone ~into administration~.",
    "~Publisher of titles including the Post,~ Times and Echo has closed.",
    "Since the flood, have those habits ~changed~?",
    "It was the ~most difficult~ Christmas on record.",
    "Families ~who are trying~ to find him sing.",
    "The court gave a ruling ~that detention of suspects~ without trial is unlawful.",
    "The families are ~winning~ thanks to a show.",
    "Two clerks who were ~in Lund~ told him so.",
    "~People in Norvia,~ Orland and Velm must vote.",
    "The thief was hurt ~in an encounter~ with a guard.",
    "There is the prospect ~that the film could win~.",
    "He is on the Norvian ~players~' shortlist.",
    'Orland would be paying "billions" ~of crowns less~ in May.',
    "The show was a combination of songs ~and jokes~.",
    "The illness hit Lund ~and Velm Healthcare Trust~ in May.",
    "The veteran ~juggler~ and host Ann Lee sang.",
    "The shops were hit ~by floods~ in May.",
    "The player should be given a run ~of games~.",
    "The mayor regrets her decision ~to close the pool~.",
    "The race could yet stand ~as a lesson~.",
    "The council voted to let robots ~use force~.",
    "The mines will matter in the years ~ahead~.",
    'The clerks hope for a "better" ~pay offer~ this week.',
    "The singer was found ~with stage~ four cancer.",
    "The owner wants to halt a $6bn (£3bn) ~takeover~.",
    'Delays on ferries reached ~"absurd" levels~, a panel warned.',
)
# This may.
FREE = (
    "The envoy resigned ~in May~.",
    "The envoy told ~US~ officials.",
    "~On Friday,~ the envoy resigned.",
    "The mayor~, a lawyer,~ resigned.",
    "The club signed Ann Lee ~and Olaf Brun~ in May.",
    "The envoy walked ~over the bridge~ in May.",
    "The president ~himself~ was there.",
    "The bank has reported a ~sharp~ fall in profits.",
    "Trains were late ~because of snow~.",
    "The envoy~, who won in May,~ resigned.",
    "The union backed the plan ~, which opens the port to ships~.",
    "The envoy landed in Oslo~, opening talks between the two countries~.",
    "~Orland~ manager Tomas Rell has resigned.",
    "The guards have freed one of the best known singers~, after she expressed regret~.",
    "The actor has found a new job ~and it involves maps~.",
    "The union has backed the report ~amid claims he was too soft~.",
    "The singer attacked two papers~, asking for damages after they reported she was ill~.",
    "The mayor has resigned ~in a row that has apparently split the town~.",
    "Thousands of clerks could strike ~if ministers cut their pay~.",
    "The row between the heirs ~of a lender, Castria Bank,~ has spread.",
    "The warden urged him to quit ~to keep the peace~.",
    "The merger has been delayed ~due to fears about jobs~, a paper said.",
    "Scientists fear that ~the new trade secretary~ Ann Lee could cut funds.",
    "Schools must teach more ~- or the town will suffer~, says the mayor.",
    "A judge found the builder guilty of fraud over a collapse ~that killed 16 people~.",
    "The patch cut cases by half ~in a trial~, its makers and two doctors said.",
    "The patch cut cases, doctors said~, raising hopes for a cheap cure~.",
    "Deaf people ~who prefer to communicate by signs~ could soon have calls read out.",
)


def read(text: str) -> Reading:
    reading = read_sentence(parse_lines(text), 0)
    assert reading is not None
    return reading


def fences_of(reading: Reading) -> Fences:
    return Fences(reading.tokens, reading.words, reading.is_verb, reading.segments)


def is_allowed(marked: str) -> bool:
    before, gone, after = marked.split("~")
    reading = read(before + gone + after)
    starts = reading.tokens.starts
    first = next(place for place, start in enumerate(starts) if start >= len(before))
    gone_end = len(before) + len(gone)
    end = next((place for place, start in enumerate(starts) if start >= gone_end), len(starts))
    return fences_of(reading).allow(first, end)


@pytest.mark.parametrize("marked", FENCED)
def test_what_changes_the_sense_or_leaves_words_hanging_stays(marked: str) -> None:
    assert not is_allowed(marked)


@pytest.mark.parametrize("marked", FREE)
def test_what_only_adds_may_go(marked: str) -> None:
    assert is_allowed(marked)


LEVELS = [level.value for level in Level]
ANYTHING = [(-1e9, -1e9, -1e9)]


def gaps_of(readings: Sequence[Reading], levels: Sequence[Scores]) -> list[list[list[Gap]]]:
    words = [reading.words for reading in readings]
    found = find_gaps(words, [fences_of(reading) for reading in readings], levels=levels)
    return [list(own) for own in zip(*map(found.of, range(len(levels))), strict=True)]


READINGS = [read(marked.replace("~", "")) for marked in (*FENCED, *FREE)]


def test_a_sentence_has_the_same_gaps_alone_and_among_others() -> None:
    together = gaps_of(READINGS, LEVELS)
    assert all(any(own[level] for own in together) for level in range(len(LEVELS)))
    assert together == [gaps_of([reading], LEVELS)[0] for reading in READINGS]


def test_a_gap_belongs_to_the_first_level_that_allows_it() -> None:
    least = LEVELS[0]
    surest, loosest = (gaps_of(READINGS, [level]) for level in (least, ANYTHING[0]))
    for own, sure, every in zip(
        gaps_of(READINGS, [least, *ANYTHING]), surest, loosest, strict=True
    ):
        assert own[0] == sure[0]
        assert sorted(own[0] + own[1]) == every[0]


@pytest.mark.parametrize("reading", READINGS[::4])
def test_rules_tried_at_once_forbid_what_they_forbid_one_by_one(reading: Reading) -> None:
    words = (*reading.words, END, START)
    fences = fences_of(reading)
    for first, end in combinations(range(len(reading.words) + 1), 2):
        edges = first - 1, first, end - 1, end
        is_forbidden = any(
            (first > 0 or rule.at_start)
            and all(
                question.holds(words[place])
                for question, place in zip(rule[:4], edges, strict=True)
            )
            and (rule.check is None or rule.check(fences.sentence, first, end))
            for rule in FENCE_RULES
        )
        assert fences.is_forbidden(first, end) == is_forbidden, (first, end)


def test_no_gap_that_fences_allow_is_passed_over() -> None:
    rows = Rows([reading.words for reading in READINGS], *load_tables()[2:])
    fences = [fences_of(reading) for reading in READINGS]
    firsts, ends, *_ = rows.possible_gaps(fences)
    found = set(zip(firsts.tolist(), ends.tolist(), strict=True))
    assert len(found) == len(firsts)
    for start, own, reading in zip(rows.starts.tolist(), fences, READINGS, strict=True):
        words = reading.words
        gaps = set(combinations(range(len(words) + 1), 2)) - {(0, len(words))}
        allowed = {gap for gap in gaps if own.allow(*gap) and not crosses_comma(words, *gap)}
        possible = {gap for gap in gaps if (start + gap[0], start + gap[1]) in found}
        assert allowed <= possible
        assert not any(crosses_comma(words, *gap) for gap in possible)


def crosses_comma(words: Sequence[Known], first: int, end: int) -> bool:
    is_at_edge = words[first].is_comma or words[end - 1].is_comma or end == len(words)
    return not is_at_edge and any(known.is_comma for known in words[first:end])


def test_a_trailing_time_is_an_easier_gap_than_half_a_name() -> None:
    reading = read("The council of Upper Harwick approved the new bridge on Tuesday.")
    gaps = gaps_of([reading], ANYTHING)[0][0]
    odds = {" ".join(reading.tokens.words[first:end]): sure for first, end, sure in gaps}
    assert odds["on Tuesday"] > odds.get("approved the new bridge on Tuesday", -1_000)


def kept(text: str, values: list[int], deletions: list[Deletion], max_chars: int) -> list[str]:
    tokens = read(text).tokens
    fits = fit_deletions(tokens, values, deletions, max_chars=max_chars)
    return [" ".join(" ".join(tokens.words[first:end]) for first, end in runs) for runs in fits]


def test_what_is_worth_least_goes_until_the_rest_fits() -> None:
    text = "Rain fell on Lund in May"
    values = [5, 5, 1, 4, 1, 1]
    deletions = [Deletion(2, 4, 0, False), Deletion(4, 6, 0, False)]
    assert kept(text, values, deletions, 30)[0] == "Rain fell on Lund in May"
    assert kept(text, values, deletions, 20)[0] == "Rain fell on Lund"
    assert kept(text, values, deletions, 10) == []


def test_two_gaps_meet_only_if_one_is_of_small_words() -> None:
    text = "Rain fell on Lund in May"
    values = [5, 5, -1, -1, -1, -1]
    gaps = [Deletion(2, 4, 0, False), Deletion(4, 6, 0, False)]
    assert "Rain fell" not in kept(text, values, gaps, 30)
    ballast = [Deletion(2, 4, 0, False), Deletion(4, 6, 0, True)]
    assert kept(text, values, ballast, 30)[0] == "Rain fell"


def test_a_gap_that_costs_more_than_it_gains_is_not_made() -> None:
    text = "Rain fell on Lund"
    assert kept(text, [5, 5, -2, 1], [Deletion(2, 4, 3, False)], 30)[0] == text
    assert kept(text, [5, 5, -2, -2], [Deletion(2, 4, 3, False)], 30)[0] == "Rain fell"


@pytest.mark.parametrize("slot", ["before", "opening", "last", "after", "somewhere"])
def test_the_marks_of_a_word_say_what_the_rules_would(slot: str) -> None:
    words = "The minister said on Monday , in London , that no more than 5 banks may fail up to May"
    rules = sorted(FENCE_RULES, key=lambda rule: rule.check is not None)
    for known in [*read_words(words.split()), END]:
        bits = getattr(Rules(FENCE_RULES).marks_of(known), slot)
        answers = [bool(bits >> place & 1) for place in range(len(rules))]
        assert answers == [getattr(rule, slot).holds(known) for rule in rules]
