"""Articles in Markdown: the text that a reader sees, and no mark of it in a summary."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from summarizer import summarize
from workers.batches import Item, Page
from workers.intake import read_paths
from workers.intake.limits import Limits
from workers.intake.markdown import read_markdown

STORY = """# Bridge closes

**HALDEN** (NNA) - The mayor of [Halden](https://halden.example/a_b) said on *Monday* that the
old bridge would `close`.

## Reaction

- Traders are \\*angry\\*.
- Drivers are not.

| lanes | 2 |
|---|---|
| 1 | 2 |

```text
print("no prose")
```

> The ferry sails ![a ferry](ferry.jpg)<br>twice a day.
"""


def read(path: Path, text: str) -> Item:
    path.write_text(text, encoding="utf-8")
    (item,) = read_paths([str(path)], limits=Limits(), now=datetime.now(UTC))
    assert isinstance(item, Item)
    return item


def test_paragraphs_lists_and_quotations_are_text_and_nothing_else_is() -> None:
    article = read_markdown(STORY)
    assert article.title == "Bridge closes"
    assert article.text.split("\n\n") == [
        "HALDEN (NNA) - The mayor of Halden said on Monday that the\nold bridge would close.",
        "Traders are *angry*.",
        "Drivers are not.",
        "The ferry sails twice a day.",
    ]


@pytest.mark.parametrize(
    ("source", "title", "text"),
    [
        ("Rain fell.\n\n# Later\n\nSun.", None, "Rain fell.\n\nSun."),
        ('---\ntitle: "Rain: a story"\ntags: [a]\n---\nRain fell.', "Rain: a story", "Rain fell."),
        ("---\n---\n# Rain\n\nIt fell.", "Rain", "It fell."),
        ("Rain fell.\n\n---\n\nSun.", None, "Rain fell.\n\nSun."),
        ("", None, ""),
        ("| a |\n|---|\n| 1 |\n", None, ""),
    ],
)
def test_the_title_is_that_of_the_front_matter_or_the_heading_that_opens(
    source: str, title: str | None, text: str
) -> None:
    article = read_markdown(source)
    assert (article.title, article.text) == (title, text)


def test_no_mark_of_a_markdown_file_gets_into_its_summary(tmp_path: Path) -> None:
    item = read(tmp_path / "bridge.md", STORY)
    assert item.page == Page()
    summary = summarize(item.article)
    assert summary.headline.text == "Mayor of Halden said that old bridge would close"
    assert not set("*`[]()#|>_") & set(summary.paragraph.text.replace("*angry*", ""))


def test_a_markdown_file_without_marks_has_offsets_in_the_file(tmp_path: Path) -> None:
    text = "The old bridge closed on Monday,\nthe mayor said.\n\nIt reopens in May.\n"
    item = read(tmp_path / "plain.md", text)
    assert item.page is None
    assert item.article.text == text.strip()


@pytest.mark.parametrize("mark", ["[", "*", "`", ">", "- ", "![", "[a](", "<", "\\", "&", "*a "])
def test_marks_without_end_are_read(mark: str) -> None:
    assert read_markdown(mark * 5_000).text is not None
