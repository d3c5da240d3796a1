"""`python -m summarizer`: the command line under the library's name."""

from workers.cli import main

if __name__ == "__main__":
    main()
