"""Our methods against sumy's classes, given the same sentences, words, stems and stop words."""

from __future__ import annotations

import pytest

from summarizer.errors import InvalidOptionsError
from summarizer.ranking import rank
from summarizer.ranking.sumy_methods import SUMY_METHODS, rank_as_sumy
from summarizer.text.parsed import ParsedArticle
from tests.library.parsing import parse_lines

COUNCIL = """\
Tallow Bay council voted 7-4 on Monday to close the town's only swimming pool from January.
Councillors said the pool lost £310,000 last year and needs a new roof that would cost double.
"No one on this side wanted to close it," council leader Moira Fenn said after the vote.
"But a roof that leaks on the learners' pool isn't a luxury, it's a danger."

More than 600 people had signed a petition to keep the pool open, and about 80 stood outside.
Head teacher Piet Okafor said the nearest pool was 38 kilometres away, in Harrowgate.
"Our children will not learn to swim. It is as simple as that," he said.
Opposition councillors wanted to raise the parking charge by 20p to pay for repairs.
Their motion failed by the same margin.

The pool was built in 1971 and was last repaired in 1998, when the town had two schools more.
The council expects to save £1.2m over four years.
A swimmers' club said it would ask the county to take the pool over.
Ms Fenn said she would "gladly hand over the keys"."""

MERGER = """\
Nordhavn Steel agreed on Thursday to buy its rival Brae Metals for $2.4 billion in shares.
The deal would make Nordhavn the second largest maker of rail steel in the world.
Shares in Brae rose 19 percent to $41.20, while shares in Nordhavn fell 3.5 percent.
Nordhavn said it expected savings of $140 million a year by the third year after the merger.

About 900 of the 21,000 jobs at the two companies would go, most of them at Brae's head office.
"Rail is growing on four continents, and we can serve them," said chief executive Lena Dahl.
Unions at Brae said they had learned of the deal from the radio.
"We have asked for a meeting and we have asked for guarantees," said union secretary Tom Vass.
Regulators in Europe and in the United States must approve the merger.
Analysts said the companies might have to sell a mill in the U.S. to win approval.
"The overlap is in rail, and rail is why they want the merger," said one analyst at a bank in Oslo.
Brae has mills in Ohio and in Wales.
The companies expect to close the deal by next summer.
Nordhavn reported a profit of $610 million last year, Brae a loss of $35 million."""

QUAKE = """\
A strong earthquake shook Karam province before dawn on Saturday, killing at least 31 people.
The quake of magnitude 6.3 struck at 4:12 a.m. at a depth of 10 kilometres, officials said.
Rescuers dug in the village of Sefid, where the quake brought down the school and most houses.
"There was a noise like a train and then there was no street," said Farid Noor, a baker.
Officials said the death toll would rise, because no one had yet reached four villages.
Landslides cut the only road to the villages, and rain kept helicopters on the ground until noon.
At least 140 people were injured, the province's governor said.
The army sent 300 soldiers with tents, blankets and water.
Schools in the province will stay closed for a week.
Aftershocks shook the province all morning, the strongest of magnitude 4.9.
"People do not dare to go back into their houses," said a doctor at the hospital of Karam.
The hospital, too, has cracks in its walls, and doctors treated the injured in its garden.
The last strong earthquake in the province killed 112 people in 2009.
Neighbouring countries offered help.
The government declared two days of mourning."""

MATCH = """\
Ilse Brandt won the women's marathon in Lisse on Sunday with the fastest time of the year.
Brandt, 26, broke away from the leading group after 31 kilometres and finished in 2:19:44.
It was only her third marathon.
"I looked at the clock and thought it was broken," she said.
Mercy Chelimo of Kenya was second, 48 seconds behind, and Aya Tanaka of Japan third.
The men's race was won by Dawit Bekele of Ethiopia in 2:05:11.
It was only his second marathon.
Bekele fell at a water table after 12 kilometres but caught the leaders before the halfway mark.
Wind from the sea slowed the runners on the last five kilometres.
Some 14,000 runners started, more than in any year before.
Organisers said that 212 runners needed treatment because of the heat, none of them badly hurt.
Brandt will run the marathon at the world championships in August."""

STORIES = {
    "council": (COUNCIL, "Council votes to close the only pool in Tallow Bay"),
    "merger": (MERGER, "Nordhavn to buy rival Brae in $2.4bn rail steel merger"),
    "quake": (QUAKE, None),
    "match": (MATCH, "Brandt wins marathon in fastest time of year"),
    "all": ("\n\n".join([COUNCIL, MERGER, QUAKE, MATCH]), "A day of news"),
}
# Where our ratings are equal, sumy's of these differ in the last bits, by the order of its sums.
TIE_PRONE = {"lsa", "lex-rank"}


@pytest.fixture(scope="module", params=STORIES)
def story(request: pytest.FixtureRequest) -> ParsedArticle:
    text, title = STORIES[request.param]
    return parse_lines(text, title=title)


@pytest.mark.parametrize("k", [1, 3, 5, 8])
@pytest.mark.parametrize("method", sorted(SUMY_METHODS))
def test_the_same_sentences_are_chosen_as_by_sumy(
    story: ParsedArticle, method: str, k: int
) -> None:
    ranking = rank(story, method)
    ours, theirs = set(ranking.best(k)), set(rank_as_sumy(story, method=method)[:k])
    if method in TIE_PRONE:
        of_ours, of_theirs = (
            [ranking.scores[index] for index in chosen] for chosen in (ours, theirs)
        )
        assert sorted(of_ours) == sorted(of_theirs)
    else:
        assert ours == theirs


@pytest.mark.parametrize("method", sorted(SUMY_METHODS))
def test_all_sentences_stand_in_the_order_of_sumy(story: ParsedArticle, method: str) -> None:
    scores = rank(story, method).scores
    theirs = rank_as_sumy(story, method=method)
    assert [scores[index] for index in theirs] == sorted(scores, reverse=True)
    # If all were rated alike, any order would do.
    assert len(set(scores)) >= 4


@pytest.mark.parametrize(
    "text",
    [
        "the of and\nShips sail to Kelling\nbut not\nShips return",
        "Ships\nSails\nShips sail\nSail",
        "The ship of the line sailed\nthe line parted and the ship sank\nThe crew of the ship swam",
    ],
)
@pytest.mark.parametrize("method", sorted(SUMY_METHODS - {"lsa"}))
def test_sentences_of_few_words_are_rated_as_by_sumy(text: str, method: str) -> None:
    parsed = parse_lines(text)
    scores = rank(parsed, method).scores
    theirs = rank_as_sumy(parsed, method=method)
    assert [scores[index] for index in theirs] == sorted(scores, reverse=True)


def test_a_sentence_that_stands_twice_is_rated_twice() -> None:
    # sumy keys ratings by text: Reduction gives both twins what they have together.
    parsed = parse_lines(f"{MATCH}\nIt was only her third marathon.")
    ranking = rank(parsed, "reduction")
    assert ranking.scores[2] == ranking.scores[12]
    assert ranking.best(3) != list(rank_as_sumy(parsed, method="reduction")[:3])


def test_sumy_is_asked_for_its_own_methods_only() -> None:
    with pytest.raises(InvalidOptionsError, match="sumy has"):
        rank_as_sumy(parse_lines(MATCH), method="news")
