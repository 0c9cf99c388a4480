// SPDX-License-Identifier: Apache-2.0
// That this program exists is the test; it does nothing.
int main() {}
