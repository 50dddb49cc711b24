"""`python3 -m scalarnn`."""

import sys

from scalarnn.cli import main

if __name__ == "__main__":
    sys.exit(main())
