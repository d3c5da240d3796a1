"""How the digest's page looks, on screen and on paper, by day and by night; knows only CSS.

The greys keep a contrast of at least 4.5 to 1 against their ground (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root {
  --ground: #fff; --text: #1b1b1b; --quiet: #595959; --link: #0b4f9e; --rule: #d0d0d0;
  --mark: #fff2b3; --mark-rule: #8a6d00;
  --grey-0: #6f6f6f; --grey-1: #626262; --grey-2: #545454; --grey-3: #444; --grey-4: #303030;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #16181b; --text: #e8e6e3; --quiet: #a8a8a8; --link: #8ab8f5; --rule: #3a3d42;
    --mark: #4a3f10; --mark-rule: #d9b93a;
    --grey-0: #8e8e8e; --grey-1: #9c9c9c; --grey-2: #acacac; --grey-3: #bebebe; --grey-4: #d2d2d2;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem; max-width: 42rem; background: var(--ground); color: var(--text);
  font: 1.0625rem/1.6 Georgia, "Times New Roman", serif; overflow-wrap: break-word;
}
h1, h2, h3, .origin, summary, header p, li { font-family: system-ui, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; }
h2 {
  font-size: 1rem; color: var(--quiet); margin: 2.5rem 0 1rem; padding-bottom: .25rem;
  border-bottom: 1px solid var(--rule);
}
h3 { font-size: 1.25rem; line-height: 1.3; margin: 0; }
header p, .origin, summary { color: var(--quiet); font-size: .875rem; }
article { margin: 0 0 2rem; }
article p { margin: .4rem 0; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
summary { cursor: pointer; }
details li { color: var(--quiet); font-size: .875rem; }
.source {
  margin-top: .5rem; padding-inline-start: 1rem; border-inline-start: 3px solid var(--rule);
}
mark {
  background: var(--mark); color: var(--text); border-bottom: 2px solid var(--mark-rule);
}
u { text-decoration-thickness: 2px; text-underline-offset: 2px; }
.grey-0 { color: var(--grey-0); }
.grey-1 { color: var(--grey-1); }
.grey-2 { color: var(--grey-2); }
.grey-3 { color: var(--grey-3); }
.grey-4 { color: var(--grey-4); }
@media print {
  body { max-width: none; padding: 0; font-size: 11pt; }
  details { display: none; }
  article { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .origin a::after { content: " (" attr(href) ")"; }
}
"""
