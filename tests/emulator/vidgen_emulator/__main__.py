# SPDX-License-Identifier: Apache-2.0
"""`python3 -m vidgen_emulator` starts the emulator."""
import sys

from .cli import main

sys.exit(main())
