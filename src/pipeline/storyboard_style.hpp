// SPDX-License-Identifier: Apache-2.0
// How the page of a storyboard looks: paper by day, a dark room by night, as many columns as there is room for.
#pragma once

namespace vidgen {

inline constexpr const char* kStoryboardStyle = R"css(
:root { --paper: #f6f4ef; --card: #fffefb; --ink: #1d1c1a; --soft: #6d6962; --line: #dcd7cc; --accent: #a3522a; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #141518; --card: #1d1f23; --ink: #f1eee8; --soft: #9d9a94; --line: #34363b; --accent: #f0a878; }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 1500px; padding: clamp(20px, 4vw, 64px);
  background: var(--paper); color: var(--ink);
  font: 15px/1.5 Inter, "Helvetica Neue", "Segoe UI", Roboto, Arial, sans-serif;
  font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%;
}
.kind, .over { color: var(--accent); font-weight: 600; letter-spacing: .15em; text-transform: uppercase; }
.kind { margin: 0; font-size: 12px; }
h1, blockquote { font-family: "EB Garamond", Garamond, "Iowan Old Style", Palatino, Georgia, serif; }
h1 {
  margin: 6px 0 10px; font-size: clamp(38px, 6vw, 76px); font-weight: 500; line-height: 1.02;
  letter-spacing: -.015em; text-wrap: balance; overflow-wrap: anywhere;
}
.prompt { margin: 0 0 14px; max-width: 62ch; font-size: clamp(15px, 1.4vw, 18px); overflow-wrap: anywhere; }
.facts { margin: 0; color: var(--soft); }
.ruler { display: flex; gap: 3px; margin: 22px 0 clamp(24px, 3vw, 44px); }
.ruler i {
  flex: 1 1 0; min-width: 0; padding-top: 7px; border-top: 4px solid var(--ink); color: var(--soft);
  font-style: normal; font-size: 12px; overflow: hidden;
}
.ruler i:nth-child(even) { border-color: var(--accent); }
main { display: grid; gap: clamp(18px, 2vw, 30px); grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); }
main.upright { grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr)); }
article {
  display: grid; grid-template-columns: 1fr; grid-template-rows: auto auto auto auto 1fr auto; min-width: 0;
  padding-bottom: 16px; background: var(--card); border: 1px solid var(--line); border-radius: 6px; overflow: hidden;
  break-inside: avoid;
}
article > * { margin: 0 18px; }
figure { margin: 0; background: #0c0d0f; }
img { display: block; width: 100%; height: auto; }
.none { aspect-ratio: 16 / 9; }
article header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; margin-top: 14px; }
.upright time { flex-basis: 100%; margin: 0; }
.number { color: var(--accent); font-weight: 700; }
h2 { margin: 0; font-size: 15px; font-weight: 600; }
time { margin-left: auto; color: var(--soft); font-size: 13px; white-space: nowrap; }
ul { display: flex; flex-wrap: wrap; margin-top: 2px; padding: 0; color: var(--soft); font-size: 13px; list-style: none; }
li + li::before { content: "\00b7"; margin: 0 7px; }
.over { margin-top: 12px; font-size: 11px; }
blockquote { grid-row: 5; margin-top: 10px; font-size: 23px; line-height: 1.14; overflow-wrap: anywhere; }
.over + blockquote { margin-top: 3px; }
.silent { color: var(--soft); font-size: 17px; font-style: italic; }
.price {
  grid-row: 6; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 12px;
  margin-top: 14px; padding-top: 10px; border-top: 1px solid var(--line); font-size: 13px;
}
.other { color: var(--soft); }
footer { margin-top: clamp(28px, 4vw, 56px); padding-top: 20px; border-top: 1px solid var(--line); }
table { border-collapse: collapse; font-size: 14px; }
th { padding: 4px 40px 4px 0; font-weight: 400; text-align: left; }
td { padding: 4px 0 4px 28px; text-align: right; }
.head > * { color: var(--soft); font-size: 12px; }
tr:nth-child(4) > * { border-top: 1px solid var(--line); font-weight: 600; }
.job { margin: 20px 0 0; color: var(--soft); font-size: 12px; }
@media print { body { padding: 0; background: none; } main { grid-template-columns: repeat(3, 1fr); } }
)css";

}  // namespace vidgen
