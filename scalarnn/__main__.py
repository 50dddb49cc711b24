"""`python3 -m scalarnn`."""

import sys

if __name__ == "__main__":
    try:
        from scalarnn.cli import main
    except KeyboardInterrupt:  # before there is anybody to hear it
        sys.exit(130)
    sys.exit(main())
