/** The report page's style: light and dark, paper, no files from elsewhere. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --quiet: #595959; --line: #c8c8c8; --bar: #2f6f9f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #16181b; --quiet: #a8a8a8; --line: #4a4a4a; --bar: #6fb1e0; } }
body { margin: 0 auto; padding: 1.5rem; max-width: 60rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; margin: .75rem 0; } caption { text-align: left; color: var(--quiet); padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; max-width: 30rem; } figcaption { font-weight: 600; }
svg { width: 100%; height: auto; } svg text { font-size: 12px; text-anchor: middle; fill: var(--ink); }
svg .up { text-anchor: end; } svg .bar { fill: var(--bar); } svg .axis { stroke: var(--quiet); }
@media print { body { max-width: none; } section { break-inside: avoid; } }
`;
