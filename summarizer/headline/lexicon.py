"""Closed word classes and verb forms of news English.

Words only, as `lowered` writes them: it must not know where they stand.
"""

from __future__ import annotations

from summarizer.text import calendar


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CAPITALS = _words("US IT WHO May Will")
"""Their capitals make other words of these: a country, a trade, an agency, a month, a name."""


def lowered(word: str) -> str:
    """Return a word as it stands in the lists: in lower case, but for those of `CAPITALS`."""
    return word if word in CAPITALS else word.lower().replace("’", "'")


DETERMINERS = _words(
    "a an the this that these those my your his its our their some any each every no another "
    "either neither both all many several few most"
)
PREPOSITIONS = _words(
    "about above across after against along alongside amid among around as at before behind below "
    "beneath beside besides between beyond by despite during except for from in inside into like "
    "near of off on onto outside over past per since than through throughout to toward towards "
    "under underneath unlike until up upon via with within without"
)
COORDINATORS = _words("and or but nor yet so")
SUBORDINATORS = _words(
    "after although as because before despite during amid following since though when whereas while"
)
# What they say holds only if what follows does.
CONDITIONS = _words("if unless whether provided except without until")
NEGATIONS = _words(
    "not no never none nobody nothing nowhere neither nor without cannot hardly barely scarcely "
    "deny denies denied denying unlikely"
)
# A phrase with one of these says how sure the rest is.
HEDGES = _words(
    "account allegations belief claims estimates opinion reports rumours rumors sources theory view"
)
WEEKDAYS = calendar.WEEKDAYS
MONTHS = calendar.MONTHS | {"May"}
DAY_WORDS = _words("yesterday today tonight tomorrow")
DAY_PARTS = _words("morning afternoon evening night")
PERIODS = _words("week weekend month year season summer winter spring autumn century") | DAY_PARTS
TIME_UNITS = PERIODS | {"day", "decade", "hour"}
BEFORE_DURATION = _words("within in for")
"""Between these and a unit of time the article is the number: "within an hour"."""
NEAR = _words("this last next earlier later")
AUXILIARIES = _words(
    "am is are was were be been being has have had having do does did will would shall should can "
    "could may might must ought isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't "
    "didn't won't wouldn't shouldn't can't couldn't mightn't mustn't cannot"
)
BE = _words("am is are was were be been being isn't aren't wasn't weren't get gets got")
FINITE_AUXILIARIES = AUXILIARIES - _words("be been being having")
SUBJECT_PRONOUNS = _words("i he she we they it you there who which that")
PERSONAL_SUBJECTS = _words("he she it they we")
# Sentences that begin so speak of something named before them.
POINTING = _words(
    "he she it they him her his hers its their theirs them this that these those such here there "
    "i we my our us you your one another both but and or so yet then nor however also instead "
    "meanwhile moreover furthermore nevertheless nonetheless otherwise therefore thus hence still "
    "besides which who whom whose because that's it's he's she's they're there's what why how"
)

SPEECH_VERBS = _words(
    "said says say told tells reported reports report announced announces confirmed confirms "
    "claimed claims claim insisted insists warned warns warn added adds argued argues alleged "
    "alleges believed believes believe thought thinks suggested suggests suggest stated states "
    "explained explains noted notes revealed reveals predicted predicts estimated estimates "
    "showed shows show hoped hopes hope feared fears fear wrote writes admitted admits urged "
    "urges acknowledged stressed stresses concluded concludes declared declares found finds "
    "maintained maintains ruled rules tweeted shown known written indicates indicated reckons "
    "understands reveal suggest indicate"
)
# Verbs whose phrase is complete without an object.
INTRANSITIVE = _words(
    "died dies resigned resigns rose rises fell falls arrived arrives collapsed collapses landed "
    "lands ended ends started starts began begins opened opens closed closes returned returns "
    "retired retires quit quits failed fails happened happens erupted crashed exploded increased "
    "increases declined declines dropped drops jumped jumps surged surges soared soars slumped "
    "slumps won wins lost loses grew grows shrank shrinks slowed slows stalled tumbled tumbles "
    "plunged plunges rallied recovered escaped fled survived disappeared vanished married "
    "divorced protested marched voted votes eased strengthened weakened halved doubled tripled "
    "emerged competed qualified retreated withdrew drowned starved waited stopped improved "
    "worsened broke moved travelled traveled sank burned spread"
)
# Past forms that are not participles too: where they stand, there is a finite verb.
PAST_ONLY = _words(
    "died said says told became took went came saw gave began knew wrote spoke fell rose grew "
    "threw chose broke drew flew drove withdrew shrank rang sank sang shook swam sprang stole "
    "swore tore woke wore ate forgot forgave froze bore blew overcame undertook oversaw underwent "
    "overtook withstood foresaw arose strode slew overthrew mistook outgrew forbade wrought"
)
VERBS_PAST = _words(
    "got made did found thought left felt put brought kept held stood heard let meant set met ran "
    "paid sat lay led read lost sent built understood cut bought won caught dealt fought hit hurt "
    "laid lent lit quit sold shot shut slept slid spread struck stuck swept taught wound beat bet "
    "bent bid bit bred burst cast clung crept dug fed fled sought spun split upheld shed thrust "
    "upset rebuilt reset spent rode hid"
)
_PRESENT = _words(
    "gets makes takes comes goes sees gives finds thinks tells becomes leaves feels puts brings "
    "begins keeps holds writes stands hears lets means sets meets runs pays sits speaks leads "
    "reads grows loses falls sends builds draws breaks spends cuts rises drives buys wears "
    "chooses wins throws catches deals fights flies hits hurts quits sells shoots wants needs "
    "seems looks helps shows plays moves likes lives believes happens includes continues changes "
    "watches follows stops creates allows adds opens walks offers remembers loves considers "
    "appears waits serves dies expects stays reaches kills remains suggests raises passes "
    "requires reports decides pulls returns explains hopes develops carries receives agrees "
    "supports claims faces plans warns urges calls asks vows seeks joins backs signs launches "
    "unveils announces denies admits accuses blames insists rejects refuses approves bans closes "
    "ends starts beats defeats edges stuns eyes targets aims tops hails praises slams attacks "
    "criticises defends demands threatens orders rules confirms reveals names picks drops jails "
    "sues bids boosts doubles pledges promises predicts sparks prompts fears tries works turns "
    "uses provides produces represents involves contains concerns affects causes costs depends "
    "describes discusses enjoys ensures exists fails features fills focuses forms gains gathers "
    "heads hosts hands identifies improves increases indicates introduces knows lacks lasts lies "
    "links maintains manages marks matters opposes owns performs proves publishes pushes recalls "
    "reduces refers reflects regards relates releases relies removes replaces resigns saves "
    "scores shares sounds stars states steps suffers suits supplies survives tends tests trails "
    "trains travels understands visits votes welcomes worries deserves intends belongs enables "
    "protects surrounds assumes acknowledges responds prepares contributes depicts recognises "
    "adopts preserves anticipates governs justifies examines neglects enters learns possesses "
    "extends employs connects exceeds attracts delivers suspects consists recommends determines "
    "occupies expires undermines evolves implies apologises apologizes arrests snubs ousts urges "
    "evokes"
)
VERBS = VERBS_PAST | _PRESENT | INTRANSITIVE
# Finite only after a plural subject.
BASE_VERBS = _words(
    "begin say show plan face want need call seek hope expect believe make take get go come "
    "think know see use find give tell ask work feel try leave continue remain claim fear warn "
    "urge agree include appear look seem rise fall deny back support oppose fail win lose "
    "suffer prepare vow refuse indicate accept accuse achieve admit allow announce argue arrive "
    "attend avoid await become belong blame celebrate choose complain consider consist contain "
    "create defend deliver depend describe deserve disagree earn eat emerge enable encourage "
    "enjoy ensure escape exist explain flee follow forget gather grow happen ignore improve "
    "insist introduce invest involve join keep kill learn lie listen maintain mean meet mourn "
    "occur owe own pay perform persuade prefer prevent produce promote protect prove provide "
    "pursue qualify raise receive recommend rely remember replace represent require resign "
    "reveal save send settle solve spend struggle succeed suggest survive teach tend thank "
    "threaten vary write"
)
# Words that open a clause with a verb of its own.
# What follows one is a clause of its own, with its subject.
SUBCLAUSE_OPENERS = _words("after although amid because before though when whereas while")
RELATIVE_PRONOUNS = _words("who which whose whom")
RELATIVES = RELATIVE_PRONOUNS | {"that", "where", "when"}
CLAUSE_OPENERS = _words("when because if whether although though what how why where while unless")
OBJECT_PRONOUNS = _words("him them us me her it himself herself themselves itself")
# They stand inside names.
ARTICLES = _words("a an the")
NAME_PARTICLES = _words("de da del della di du la van von der den bin al el")
GERUND_NOUNS = _words(
    "building meeting funding training spending hearing wedding painting shooting bombing "
    "stabbing killing housing banking gaming trading opening ruling briefing warning feeling "
    "evening morning spring king ring string thing nothing something anything everything wing "
    "recording lending sentencing earning offering listing filing crossing landing mining farming "
    "marketing planning coaching mentoring rating saving savings booking clothing gambling "
    "drinking smoking driving testing screening policing engineering accounting dealing skiing "
    "running fishing hunting shopping parking heating lighting nursing teaching learning reading "
    "writing singing dancing acting standing understanding living drilling doping bullying "
    "grooming trafficking smuggling looting rioting flooding rigging hacking streaming networking "
    "computing lobbying bargaining voting polling wellbeing advertising broadcasting publishing "
    "airing manufacturing cycling racing boxing swimming staffing sing during"
)
# A name after one of these can stand without it.
TITLES = _words(
    "mp mep president minister chairman chairwoman chairperson chief boss manager coach captain "
    "striker defender midfielder goalkeeper forward winger batsman bowler golfer actor actress "
    "singer star director producer author writer novelist leader secretary chancellor mayor "
    "governor senator congressman congresswoman judge giant firm company group maker retailer "
    "carrier airline watchdog champion driver rider cyclist player officer executive founder "
    "owner professor scientist researcher tycoon billionaire millionaire rapper comedian "
    "presenter broadcaster entrepreneur lawyer banker spokesman spokeswoman commissioner "
    "ambassador general inspector superintendent prince princess king queen bishop archbishop "
    "pope skipper number international footballer musician politician activist lawmaker "
    "backbencher peer wicketkeeper winner pilot surgeon doctor teacher designer artist journalist "
    "economist analyst superstar legend veteran youngster teenager stylist chef wing lock prop "
    "hooker flanker fly-half scrum-half centre full-back runner-up"
)
# "To" and a verb complete these, and may be left out with them.
BEFORE_INFINITIVE = _words(
    "decision decisions plan plans bid attempt attempts effort efforts order orders move moves "
    "proposal proposals deal call calls agreement campaign law laws legislation rules measures "
    "package scheme warrant powers injunction permission"
)
MODALS = _words("will would shall should can could may might must cannot won't wouldn't can't not")
INTRANSITIVE_BASES = _words(
    "resign retire quit close return continue leave die fall rise grow end stop appear arrive "
    "collapse recover escape survive compete qualify vote strike protest speak talk meet work "
    "comment apologise apologize improve increase decline drop happen begin start open marry "
    "divorce emerge play win lose"
)
HAVE = _words("have has had having haven't hasn't hadn't")
FORMS_OF_CALL = _words("call calls called calling")
PARTICIPLES = _words(
    "shown known given taken seen done written driven chosen spoken broken stolen beaten eaten "
    "forgotten come gone become begun hidden thrown drawn flown worn sworn torn sung held made "
    "found got led"
)
# They stand between an auxiliary and what it belongs to.
MIDDLE_ADVERBS = _words(
    "later now still already also then once ever just since soon again earlier first often"
)
PARTICLES = _words("up out off down back away")
SUPERLATIVES = _words("first last latest only most least next same best worst")
NOT_SUPERLATIVE = _words(
    "arrest interest protest test request west guest forest contest invest suggest harvest rest "
    "chest nest quest unrest northwest southwest midwest"
)
# After "to" these are places and states, not verbs.
PLACES = _words(
    "traffic court hospital work school power prison jail parliament life war peace home"
)
# "To" completes these; without it they say something else.
BEFORE_TO = _words(
    "able ability chance due entitled first freedom free hard how keen last likely need needed "
    "needs nothing opportunity permission power ready reason right set time unable unlikely used "
    "way what willing reluctant easy difficult enough expected subject close similar compared "
    "related prior addition response access susceptible ways"
)
DOUBTS = _words(
    "allegedly reportedly apparently possibly perhaps maybe probably potentially supposedly "
    "purportedly"
)
CERTAINTY = DOUBTS | _words(
    "suspected alleged accused charged likely expected might may could would should "
    "attempted threatened"
)
"""Words that say how sure it is what the next words say."""
APPROXIMATE = _words("nearly almost about around approximately roughly up")
"""Words that say how exact the number after them is."""
POSSIBLE = _words("could may might")
"""Words with which something is no more than possible."""
SAYING_WITH_THAT = _words("found finds shown known written")
"""Forms of verbs of saying that say something only with "that": not "found him guilty"."""
SOMETIMES = _words("sometimes often occasionally rarely seldom partly")
"""Without them what happens now and then happens always."""
QUALIFIERS = _words(
    "almost nearly practically virtually narrowly falsely wrongly wrongfully "
    "mistakenly unsuccessfully presumably provisionally conditionally temporarily theoretically "
    "partially"
)
"""Without them something else happened than what the next word says."""
HOLDING = (CONDITIONS - {"until"}) | {"according"}
"""Words that open a phrase on which the rest hangs."""
CLAIMS = SPEECH_VERBS | _words(
    "insist allege argue maintain assert deny heard hears learned learnt accept accepts"
)
"""Words that may say that somebody claims something."""
