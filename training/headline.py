"""Train the headline networks: one on what people marked, one on what the first teaches, too.

    python -m training.headline --data ../shared/data

Writes the parameters into the package. Needs PyTorch, which the package does not.
Knows the order of the training: it must not be imported by the library.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from training.headline_data import (
    Lesson,
    count_vocabulary,
    make_vectors,
    read_compressions,
    read_corpus,
    read_leads,
    read_news_sentences,
    read_treebank,
)
from training.headline_export import export, export_recurrent
from training.headline_lessons import Coach, lesson_loss
from training.headline_nets import STUDENT_WIDTH, Sizes, Student, Teacher
from training.headline_scores import parsing_scores, score
from training.shipped import SHIPPED

_SEED = 7
_TEACHER_PASSES = 5
_FIRST_PASSES = 8
# Of the shuffled news sentences those from, to; and so many passes over them.
_ROUNDS = ((0, 18_000, 4), (18_000, 30_000, 3), (30_000, 41_000, 3))
_TAUGHT_TOKENS = range(12, 46)


def train_network(
    coach: Coach,
    network: nn.Module,
    *,
    compressions: Sequence[Lesson],
    treebank: Sequence[Lesson],
    leads: Sequence[Lesson] = (),
    dev: Sequence[Lesson],
    passes: int,
) -> None:
    """Teach a network what people marked: compressions, and by halves the rest beside them."""
    optimizer = torch.optim.Adam(network.parameters(), lr=2e-3)
    for number in range(passes):
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * (1 - number / passes)
        shares = [lessons[number % 2 :: 2] for lessons in (treebank, leads)]
        begun = time.perf_counter()
        network.train()
        for batch, lessons in _mixed(coach, compressions, *shares):
            optimizer.zero_grad()
            lesson_loss(network(batch), lessons).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
        print(number, round(time.perf_counter() - begun), score([network], coach, dev), flush=True)


def _mixed(coach: Coach, *kinds: Sequence[Lesson]) -> Iterator[tuple[Tensor, list[Lesson]]]:
    batches = [batch for lessons in kinds for batch in coach.batches(lessons)]
    random.Random(len(batches)).shuffle(batches)
    yield from batches


def teach(
    teachers: Sequence[nn.Module], coach: Coach, sentences: Sequence[list[str]]
) -> list[Lesson]:
    """Return what the teachers say of sentences that nobody marked, as lessons."""
    lessons = []
    for teacher in teachers:
        teacher.eval()
    order = sorted(sentences, key=len)
    with torch.no_grad():
        for start in range(0, len(order), 32):
            group = order[start : start + 32]
            batch = coach.pad(group)
            answers = [teacher(batch) for teacher in teachers]
            keep, _, tags, arcs, relations = (
                sum(parts[1:], parts[0]) / len(teachers) for parts in zip(*answers, strict=True)
            )
            for row, tokens in enumerate(group):
                size = len(tokens)
                lessons.append(
                    Lesson(
                        tokens,
                        keep=keep[row, :size].sigmoid().tolist(),
                        tags=tags[row, :size].argmax(-1).tolist(),
                        heads=arcs[row, :size].argmax(-1).tolist(),
                        relations=relations[row, :size].argmax(-1).tolist(),
                    )
                )
    return lessons


def main() -> None:
    """Train from the data folder and write the parameters; print the scores as it goes."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    torch.set_num_threads(1)
    torch.manual_seed(_SEED)
    labels: dict[str, list[str]] = {"tags": [], "relations": []}
    treebank = read_treebank(data / "pos/en_ewt-ud-train.conllu", labels=labels)
    corpus = list(read_corpus(data))
    vocabulary = count_vocabulary(corpus, treebank)
    vectors = 0.5 * torch.from_numpy(make_vectors(corpus, vocabulary, size=STUDENT_WIDTH))
    sizes = Sizes(
        len(vectors), len(vocabulary.suffixes) + 2, len(labels["tags"]), len(labels["relations"])
    )
    compressions = read_compressions(data / "compression/google_train.jsonl")
    dev = read_compressions(data / "compression/google_dev.jsonl")
    coach = Coach(vocabulary, seed=_SEED)
    marked = {"compressions": compressions, "treebank": treebank, "dev": dev}
    teacher = Teacher(sizes, vectors)
    train_network(coach, teacher, **marked, leads=read_leads(data), passes=_TEACHER_PASSES)
    export_recurrent(teacher, SHIPPED)
    student = Student(sizes, vectors, dropout=0.3)
    train_network(coach, student, **marked, passes=_FIRST_PASSES)
    student.drop.p = 0.15
    teachers: list[nn.Module] = [teacher, student]
    for first, end, passes in _ROUNDS:
        again, news = _taught(teachers, coach, data, compressions, places=slice(first, end))
        train_network(
            coach,
            student,
            compressions=[*compressions, *again],
            treebank=[*treebank, *news],
            dev=dev,
            passes=passes,
        )
        # What the student has learned by now it has from the teacher.
        teachers = [teacher]
    export(student, vocabulary, labels, folder=SHIPPED)
    print(score([teacher, student], coach, dev))
    test = read_treebank(data / "pos/en_ewt-ud-test.conllu", labels=labels)
    print(parsing_scores(student, coach, test))


def _taught(
    teachers: Sequence[nn.Module],
    coach: Coach,
    data: Path,
    compressions: Sequence[Lesson],
    *,
    places: slice,
) -> tuple[list[Lesson], list[Lesson]]:
    """Return what the teachers say of the marked sentences, and of others from the news."""
    sentences = read_news_sentences(data)
    random.Random(_SEED).shuffle(sentences)
    sentences = [tokens for tokens in sentences if len(tokens) in _TAUGHT_TOKENS]
    again = teach(teachers, coach, [lesson.tokens for lesson in compressions])
    news = teach(teachers, coach, sentences[places])
    random.Random(_SEED).shuffle(news)
    return [Lesson(lesson.tokens, keep=lesson.keep) for lesson in again], news


if __name__ == "__main__":
    main()
