# SPDX-License-Identifier: Apache-2.0
"""TLS for the emulator: given files, or a small authority of its own made by the `openssl` program."""
from __future__ import annotations

import os
import ssl
import subprocess
from typing import Tuple


def context(certificate: str, key: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate, key)
    made.set_alpn_protocols(["http/1.1"])
    return made


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def make(folder: str) -> Tuple[str, str, str]:
    """CA, leaf and key for localhost in `folder`; what is there already is used again."""
    os.makedirs(folder, exist_ok=True)
    path = lambda name: os.path.join(folder, name)
    if not all(os.path.exists(path(name)) for name in ("ca.pem", "leaf.pem", "leaf.key")):
        _openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=vidgen emulator CA", "-keyout", path("ca.key"),
                 "-out", path("ca.pem"), "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        _openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", path("leaf.key"), "-out", path("leaf.csr"))
        with open(path("leaf.ext"), "w", encoding="ascii") as file:
            file.write("subjectAltName=DNS:localhost,DNS:provider.example,IP:127.0.0.1,IP:::1\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n")
        _openssl("x509", "-req", "-in", path("leaf.csr"), "-CA", path("ca.pem"), "-CAkey", path("ca.key"), "-CAcreateserial", "-days", "825",
                 "-extfile", path("leaf.ext"), "-out", path("leaf.pem"))
    return path("ca.pem"), path("leaf.pem"), path("leaf.key")
