/**
 * A namespace's diagram as a picture. Graphviz, compiled to WebAssembly, lays it out: no browser, no typeface and no
 * host is asked, so that the same tables give the same bytes on every machine.
 */
import { drawDot } from './entity-dot.ts';
import type { EntityModel } from './entity-model.ts';
import { PALETTE } from './entity-palette.ts';

/** @returns a function that draws; starting Graphviz takes a while, and is done once */
export async function svgPainter(): Promise<(model: EntityModel, title: string) => string> {
  // A tool of development, which an installation without one does not have and never asks for.
  const { instance } = await import('@viz-js/viz');
  const graphviz = await instance();
  return (model, title) => finish(graphviz.renderString(drawDot(model), { format: 'svg' }), title);
}

/** Leaves out the prologue, which names a host and a version, and adds what Graphviz has no word for. */
function finish(drawn: string, title: string): string {
  const svg = drawn
    .slice(drawn.indexOf('<svg'))
    .replaceAll(/<!--[^>]*-->\n/g, '')
    .replaceAll(' font-family="Courier,monospace"', '');
  const opening = svg.indexOf('>') + 1;
  const head = `${GENERATED}\n<title>${title}</title>\n${STYLE}`;
  return `${svg.slice(0, opening).replace('<svg', '<svg role="img"')}\n${head}${svg.slice(opening)}`;
}

const GENERATED = '<!-- Generated from the code by `pnpm dmz docs generate`. Edits are overwritten. -->';

const dark = Object.values(PALETTE).flatMap(({ light, dark }) => [
  `[fill="${light}"]{fill:${dark}}`,
  `[stroke="${light}"]{stroke:${dark}}`,
]);
const STYLE = `<style>
text{font-family:ui-monospace,Menlo,"DejaVu Sans Mono","Liberation Mono",monospace}
@media (prefers-color-scheme:dark){${dark.join('')}}
</style>`;
