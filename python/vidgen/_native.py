# SPDX-License-Identifier: Apache-2.0
"""The native module, with its errors made ours: all take it from here, so that none is raised raw."""
from vidgen import _vidgen as native
from vidgen import errors

__all__ = ["errors", "native"]
