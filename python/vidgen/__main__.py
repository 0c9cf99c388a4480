# SPDX-License-Identifier: Apache-2.0
"""python -m vidgen: the command."""
from vidgen._cli import main

if __name__ == "__main__":
    main()
