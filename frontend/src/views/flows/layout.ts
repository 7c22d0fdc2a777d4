// SPDX-License-Identifier: MIT
// Where nodes and flows go: d3-sankey with a fixed order and no rounds of rearranging, so that nothing jumps. Pure.

import { sankey } from 'd3-sankey';

export interface NodeInput {
  readonly key: string;
  readonly side: 'device' | 'destination';
}

export interface LinkInput {
  readonly key: string;
  /** Positions in the list of nodes. */
  readonly from: number;
  readonly to: number;
  /** Above 0. */
  readonly weight: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Ribbon {
  readonly x0: number;
  /** The middle of the flow at its left and right end. */
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly width: number;
}

export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly nodeWidth: number;
  /** Least distance between the nodes of a side. */
  readonly gap: number;
  /** The widest that a flow may be drawn: few flows do not fill the height at any price. */
  readonly widest: number;
  /** At least this share of the height is for the flows. */
  readonly least: number;
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly ribbons: readonly Ribbon[];
}

interface NodeExtra {
  readonly place: number;
}
interface LinkExtra {
  readonly place: number;
}

/**
 * The width of a flow grows with the square root of what it stands for, and none is without width: one film would
 * else leave nothing to be seen of all the rest.
 */
export function weights(values: readonly number[]): number[] {
  const roots = values.map((value) => Math.sqrt(Math.max(0, value)));
  const largest = Math.max(0, ...roots);
  const least = largest > 0 ? largest * 0.05 : 1;
  return roots.map((root) => root + least);
}

interface Spread {
  readonly top: number;
  readonly bottom: number;
  readonly gap: number;
}

/** How the height is shared between the flows and the gaps between the nodes of the longer side. */
function spread(most: number, links: readonly LinkInput[], area: Area): Spread {
  const height = area.bottom - area.top;
  const sum = links.reduce((total, link) => total + link.weight, 0);
  const largest = links.reduce((value, link) => Math.max(value, link.weight), 0);
  // and no more than they need at their widest
  const flows = Math.min(Math.max(height * area.least, height - (most - 1) * area.gap), (area.widest * sum) / largest);
  const rest = height - flows;
  if (most > 1) return { top: area.top, bottom: area.bottom, gap: rest / (most - 1) };
  return { top: area.top + rest / 2, bottom: area.bottom - rest / 2, gap: 0 };
}

/** Nodes are placed top down in the order given, each side by itself. Every node needs a link. */
export function layOut(nodes: readonly NodeInput[], links: readonly LinkInput[], area: Area): Layout {
  if (nodes.length === 0) return { boxes: [], ribbons: [] };
  const devices = nodes.filter((node) => node.side === 'device').length;
  const { top, bottom, gap } = spread(Math.max(devices, nodes.length - devices), links, area);
  const graph = sankey<NodeExtra, LinkExtra>()
    .extent([
      [area.left, top],
      [area.right, bottom],
    ])
    .nodeWidth(area.nodeWidth)
    .nodePadding(gap)
    .nodeSort((a, b) => a.place - b.place)
    .linkSort((a, b) => a.place - b.place)
    .iterations(0)({
    nodes: nodes.map((_, place) => ({ place })),
    links: links.map((link, place) => ({ source: link.from, target: link.to, value: link.weight, place })),
  });
  return {
    boxes: graph.nodes.map((node) => ({
      x: node.x0 ?? 0,
      y: node.y0 ?? 0,
      width: (node.x1 ?? 0) - (node.x0 ?? 0),
      height: Math.max(1, (node.y1 ?? 0) - (node.y0 ?? 0)),
    })),
    ribbons: graph.links.map((link) => ({
      x0: typeof link.source === 'object' ? (link.source.x1 ?? 0) : 0,
      x1: typeof link.target === 'object' ? (link.target.x0 ?? 0) : 0,
      y0: link.y0 ?? 0,
      y1: link.y1 ?? 0,
      width: Math.max(1, link.width ?? 1),
    })),
  };
}
