# SPDX-License-Identifier: Apache-2.0
"""Hosted model providers, emulated on the wire. Standard library only; it shares no code with what it tests."""

__version__ = "1.0.0"
