/** How a report looks: light and dark, narrow and wide, on screen and on paper. Nothing is loaded from anywhere. */
export const style = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--shade:#f4f6f8;--link:#0550ae;--person:#e7f0fb;--mark:#8250df;--bar:#2f6fb2;--good:#1a6c31;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e4e8ec;--soft:#a3adb8;--line:#3a424c;--shade:#1d2228;--link:#7db7ff;--person:#1b2a3d;--mark:#c5a3ff;--bar:#6aa5e0;--good:#7bd494;--bad:#ff9c94}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
header,nav,main,footer{max-width:60rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.3rem;line-height:1.3;margin:2.5rem 0 .75rem;padding-top:1rem;border-top:2px solid var(--line)}
h2,h3{scroll-margin-top:4rem}
h3{font-size:1.1rem;margin:2rem 0 .5rem}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,button:focus-visible,input:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.5rem}
dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.15rem 1rem;margin:.75rem 0}
dt{color:var(--soft)}
dd{margin:0}
.contents{columns:2 22rem;column-gap:2.5rem;padding-left:1.5rem}.contents li{break-inside:avoid}
.tools{position:sticky;top:0;z-index:1;background:var(--paper);border-bottom:1px solid var(--line);display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;padding:.5rem 1rem;max-width:60rem;margin:0 auto}
.tools[hidden]{display:none}
.tools input{flex:1 1 12rem;min-width:0}
.tools input,.tools button{font:inherit;color:inherit;background:var(--shade);border:1px solid var(--line);border-radius:.4rem;padding:.35rem .6rem}
.asked{background:var(--person);border-left:4px solid var(--link);border-radius:.3rem;padding:.6rem .9rem;margin:.5rem 0 1rem}
.said{border-left:4px solid var(--line);padding:.1rem .9rem;margin:.25rem 0 1rem}
.facts,.place{color:var(--soft);font-size:.875rem}
.added{border-left:4px solid var(--mark);padding-left:.75rem;margin:.5rem 0}
.name{font-weight:600}
details{border:1px solid var(--line);border-radius:.4rem;margin:.5rem 0;padding:.1rem .75rem}
summary{cursor:pointer;padding:.35rem 0}
details[open]>summary{border-bottom:1px solid var(--line);margin-bottom:.5rem}
code,pre{font:.875rem/1.5 ui-monospace,monospace}
pre{background:var(--shade);border-radius:.4rem;padding:.6rem .8rem;overflow:auto;max-height:36rem;white-space:pre-wrap;tab-size:4}
pre .add{color:var(--good)}
pre .del{color:var(--bad)}
.steps{list-style:none;padding-left:.25rem}
.list{margin:.3rem 0}
.numbered{list-style:none}
.table{overflow-x:auto}
table{border-collapse:collapse;margin:.75rem 0;font-size:.9rem;overflow-wrap:break-word}td:first-child,th:first-child{min-width:7rem}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{border-bottom:1px solid var(--line);padding:.3rem .7rem .3rem 0;text-align:left;vertical-align:top}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
figure{margin:1rem 0}
figcaption{font-weight:600}
svg{display:block;width:100%;height:auto;max-width:44rem}
svg text{fill:var(--ink);font:12px system-ui,sans-serif}
svg .bar{fill:var(--bar)}
svg .axis{stroke:var(--line)}
.none{display:none}
@media(max-width:34rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}header,nav,main,footer{padding:.75rem}details{padding:.1rem .5rem}}
@media print{.tools,.skip{display:none}body{font-size:10pt}pre{max-height:none}section+section{break-before:page}h2,h3,summary{break-after:avoid}details{border:0;padding:0}details::details-content{content-visibility:visible;block-size:auto}a{color:inherit;text-decoration:none}}
`;
