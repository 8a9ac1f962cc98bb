"""`./traam` and `python -m traam`: hands the words to the command line."""

import sys

from traam.config.cli.main import run


def main() -> None:
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
