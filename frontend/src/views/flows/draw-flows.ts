// SPDX-License-Identifier: MIT
// Draws the gliding scene on a canvas, and finds what lies under a point.

import { drawDiamond, type Canvas2D, type DiamondLook } from '../../parts/picture/canvas';
import { purposeColour, purposeEdge, strongColour, type Purpose } from '../../parts/purpose-colour';
import type { DrawnStyle } from '../../parts/read-style';
import type { Theme } from '../../parts/screen';
import type { GlidingLink, GlidingNode, Glide } from './glide';
import type { SceneLink } from './flow-scene';
import type { Margins } from './gauge';
import { fitParts, fitText } from '../../parts/fit-text';

/** Of what was sent: so much is seen of any, and so strong it is. Pixels, share. */
const LEAST_SENT = 1;
const SENT_ALPHA = 0.95;
/** What was received steps back so far beside it. */
const PALE = 0.75;

export interface Look extends DrawnStyle {
  readonly theme: Theme;
  readonly scale: number;
  readonly margins: Margins;
  /** Of a name. CSS pixels. */
  readonly letters: number;
  readonly width: number;
  /** Key of the node or flow under the pointer or with the keyboard's focus. */
  readonly hovered: string | null;
  readonly focused: string | null;
}

/** A name that is too long is so much smaller at most. */
const SMALLEST = 0.7;
const BASE_ALPHA = 0.36;
const HOT_ALPHA = 0.34;
/** With more flows than these each is drawn fainter, but not fainter than this share. */
const MANY = 160;
const FAINTEST = 0.5;
/** Wide flows are seen anyway: they step back a little. Pixels, share. */
const WIDE = 48;
const WIDE_LESS = 0.3;

/** A narrower flow is all edge. Pixels. */
const EDGED = 3;
/** Of what has ended the edge stays full until it goes, so that it is seen; its dashes say that it has. */
const DASHES = [3, 3] as const;

/** off: so far beside its middle, as the edge of a stroke of twice that width. */
export function linkPath(link: GlidingLink, off = 0): Path2D {
  const { x0, y0, x1, y1 } = link.now;
  const path = new Path2D();
  // where the flow is steepest, its edge is that far away across it, and not below it
  const [across, down] = [0.75 * (x1 - x0), 1.5 * (y1 - y0)];
  const length = Math.hypot(across, down);
  const shift = Math.abs(down) < 0.01 * length ? 0 : (-off * (length - across)) / (0.75 * down);
  const middle = (x0 + x1) / 2 + shift;
  path.moveTo(x0, y0 + off);
  path.bezierCurveTo(middle, y0 + off, middle, y1 + off, x1, y1 + off);
  return path;
}

/** As the diamond of some ads is hollow, so are their flows. */
function edgeOf({ purpose, tracks }: SceneLink): Purpose {
  return purpose === 'rest' && tracks === 'some' ? 'ads' : purpose;
}

/** path: of its middle. */
function drawEdges(canvas: Canvas2D, link: GlidingLink, path: Path2D, width: number, dim: number, look: Look): void {
  const { now, scene } = link;
  const line = Math.min(width, 1.2 * look.scale);
  canvas.strokeStyle = purposeEdge(edgeOf(scene), now.heat, look.theme, dim);
  canvas.lineWidth = line;
  if (now.presence < 1) canvas.setLineDash(DASHES.map((part) => part * look.scale));
  if (width < EDGED * look.scale) canvas.stroke(path);
  else for (const side of [-1, 1]) canvas.stroke(linkPath(link, (side * (width - line)) / 2));
  if (now.presence < 1) canvas.setLineDash([]);
}

/** The nodes and flows that stand out: those that touch what is picked or pointed at. Null: all alike. */
function emphasised(glide: Glide, look: Look): ReadonlySet<string> | null {
  const roots = new Set<string>();
  if (look.hovered !== null) roots.add(look.hovered);
  else {
    for (const { scene } of glide.nodes) if (scene.picked) roots.add(scene.key);
    for (const { scene } of glide.links) if (scene.picked) roots.add(scene.key);
  }
  if (roots.size === 0) return null;
  const all = new Set(roots);
  for (const { scene } of glide.links) {
    if (roots.has(scene.key) || roots.has(scene.from) || roots.has(scene.to)) {
      all.add(scene.key).add(scene.from).add(scene.to);
    }
  }
  return all;
}

function drawLinks(canvas: Canvas2D, glide: Glide, look: Look, out: ReadonlySet<string> | null): void {
  canvas.lineCap = 'butt';
  const crowd = Math.max(FAINTEST, Math.min(1, Math.sqrt(MANY / Math.max(1, glide.links.length))));
  for (const link of glide.links) {
    const { now, scene } = link;
    const strong = out?.has(scene.key) ?? false;
    const dim = out && !strong ? 0.22 : 1;
    const width = Math.max(1.2 * look.scale, now.width);
    const wide = 1 - WIDE_LESS * Math.min(1, width / (WIDE * look.scale));
    const alpha =
      (scene.sent === null ? 1 : PALE) *
      Math.min(0.92, (BASE_ALPHA + HOT_ALPHA * now.heat) * wide * (strong ? 1.4 : crowd)) *
      dim *
      now.presence;
    canvas.strokeStyle = purposeColour(scene.purpose, now.heat, look.theme, alpha);
    canvas.lineWidth = width;
    const path = linkPath(link);
    canvas.stroke(path);
    if (scene.sent !== null && scene.sent > 0 && width >= EDGED * look.scale)
      drawSent(canvas, link, width, scene.sent, look, dim * now.presence);
    if (now.presence > 0.05) drawEdges(canvas, link, path, width, dim, look);
  }
}

/** What was sent, as the upper part of the flow. */
function drawSent(canvas: Canvas2D, link: GlidingLink, width: number, sent: number, look: Look, alpha: number): void {
  const part = Math.max(Math.min(width, LEAST_SENT * look.scale), width * sent);
  canvas.strokeStyle = strongColour(link.scene.purpose, link.now.heat, look.theme, alpha * SENT_ALPHA);
  canvas.lineWidth = part;
  canvas.stroke(linkPath(link, (part - width) / 2));
}

/** Where words lie on the flows, these step back. */
function drawVeil(canvas: Canvas2D, height: number, look: Look): void {
  if (look.margins.left > 0) return;
  // The ground's own colour without its strength, as the style sheet writes it: #rrggbb.
  const clear = `${look.colours.ground}00`;
  const veil = canvas.createLinearGradient(0, 0, look.width, 0);
  veil.addColorStop(0, look.colours.ground);
  veil.addColorStop(0.42, clear);
  veil.addColorStop(0.5, clear);
  veil.addColorStop(0.72, look.colours.ground);
  veil.addColorStop(1, look.colours.ground);
  canvas.globalAlpha = 0.68;
  canvas.fillStyle = veil;
  canvas.fillRect(0, 0, look.width, height);
  canvas.globalAlpha = 1;
}

function drawNode(canvas: Canvas2D, node: GlidingNode, look: Look, dim: number): void {
  const { now, scene } = node;
  const { scale } = look;
  const height = Math.max(3 * scale, now.height);
  const top = now.y + now.height / 2 - height / 2;
  canvas.globalAlpha = now.presence * dim;
  canvas.fillStyle = purposeColour(scene.purpose, now.heat, look.theme);
  canvas.beginPath();
  const radius = Math.min(3 * scale, height / 2);
  if (typeof canvas.roundRect === 'function') canvas.roundRect(now.x, top, scene.width, height, radius);
  else canvas.rect(now.x, top, scene.width, height);
  canvas.fill();
  canvas.strokeStyle = purposeEdge(scene.purpose, now.heat, look.theme);
  canvas.lineWidth = scale;
  canvas.stroke();
  if (scene.picked || look.focused === scene.key) {
    canvas.strokeStyle = look.focused === scene.key ? look.colours.accent : look.colours.text;
    canvas.lineWidth = 2 * scale;
    // within the picture, also at its edge
    const from = Math.max(scale, now.x - 3 * scale);
    const to = Math.min(look.width - scale, now.x + scene.width + 3 * scale);
    canvas.strokeRect(from, top - 3 * scale, to - from, height + 6 * scale);
  }
}

/** Full when all of it is for advertising or measures people, hollow when some is. */
function diamondOf(tracks: 'all' | 'some', { letters, colours }: Look): DiamondLook {
  const { tracker, ground } = colours;
  const fill = tracks === 'all' ? tracker : ground;
  return { reach: 0.317 * letters, fill, stroke: tracker, lineWidth: 0.11 * letters };
}

function drawWords(canvas: Canvas2D, node: GlidingNode, look: Look, dim: number): void {
  const { now, scene } = node;
  const { scale } = look;
  const beside = 10 * scale;
  const left = scene.side === 'device';
  const margin = left ? look.margins.left : look.margins.right;
  const outside = margin > 0;
  const alignRight = outside ? left : !left;
  const size = look.letters;
  const small = 0.83 * size;
  const mark = scene.tracks === 'none' ? 0 : 0.97 * size;
  const edge = left === outside ? now.x - beside : now.x + scene.width + beside;
  const x = alignRight ? edge - mark : edge + mark;
  const room = (outside ? margin - beside - 4 * scale : look.width * 0.46 - beside) - mark;
  const y = now.y + now.height / 2;
  canvas.globalAlpha = now.presence * (dim < 1 ? 0.5 : 1);
  canvas.textAlign = alignRight ? 'right' : 'left';
  canvas.textBaseline = 'middle';

  if (scene.tracks !== 'none')
    drawDiamond(
      canvas,
      alignRight ? edge - 0.35 * size : edge + 0.35 * size,
      outside ? y : y - small * 0.55,
      diamondOf(scene.tracks, look),
    );
  const weight = scene.side === 'device' || scene.sharedBy > 1 ? 650 : 500;
  const plain = `400 ${small}px ${look.font}`;
  const twoLines = !outside;
  const nameRoom = twoLines ? room : room * 0.94;
  const whole = fitText(canvas, `${weight} ${size}px ${look.font}`, scene.label, Infinity).width;
  // rather a little smaller than cut
  const strong = `${weight} ${size * Math.max(SMALLEST, Math.min(1, nameRoom / whole))}px ${look.font}`;
  const name = fitText(canvas, strong, scene.label, nameRoom);
  const rest = twoLines ? room : room - name.width - 8 * scale;
  const sub = rest > 30 * scale ? fitParts(canvas, plain, scene.sub, rest) : { text: '', width: 0 };
  const write = (font: string, colour: string, text: string, atX: number, atY: number): void => {
    canvas.font = font;
    if (!outside) {
      canvas.lineWidth = 3.5;
      canvas.strokeStyle = look.colours.ground;
      canvas.strokeText(text, atX, atY);
    }
    canvas.fillStyle = colour;
    canvas.fillText(text, atX, atY);
  };
  if (twoLines) {
    write(strong, look.colours.text, name.text, x, y - small * 0.55);
    write(plain, look.colours.muted, sub.text, x, y + size * 0.6);
  } else {
    write(strong, look.colours.text, name.text, x, y);
    const step = name.width + 8 * scale;
    if (sub.text !== '') write(plain, look.colours.muted, sub.text, alignRight ? x - step : x + step, y + 0.5 * scale);
  }
}

export function draw(canvas: Canvas2D, glide: Glide, height: number, look: Look): void {
  const out = emphasised(glide, look);
  canvas.lineJoin = 'round';
  drawLinks(canvas, glide, look, out);
  drawVeil(canvas, height, look);
  for (const node of glide.nodes) {
    const dim = out && !out.has(node.scene.key) ? 0.3 : 1;
    drawNode(canvas, node, look, dim);
    drawWords(canvas, node, look, dim);
  }
  canvas.globalAlpha = 1;
}

export type Hit = GlidingNode | GlidingLink;

/** What lies under the point: a node with its words first, then a flow. reach: how near is near enough, in pixels. */
export function hit(canvas: Canvas2D, glide: Glide, look: Look, x: number, y: number, reach: number): Hit | null {
  let best: GlidingNode | null = null;
  let distance = Infinity;
  for (const node of glide.nodes) {
    const { now, scene } = node;
    const left = scene.side === 'device';
    const margin = left ? look.margins.left : look.margins.right;
    const words = margin > 0 ? margin : look.width * 0.4;
    const outward = left === margin > 0;
    const from = outward ? now.x - words : now.x - reach;
    const to = outward ? now.x + scene.width + reach : now.x + scene.width + words;
    if (x < from || x > to) continue;
    const beyond = Math.max(now.y - y, y - now.y - now.height, 0);
    if (beyond <= reach && beyond < distance) {
      best = node;
      distance = beyond;
    }
  }
  if (best) return best;
  canvas.save();
  // The point is taken as it is, while a path goes through the transformation: let there be none.
  canvas.setTransform(1, 0, 0, 1, 0, 0);
  const found = [...glide.links].reverse().find((link) => {
    canvas.lineWidth = Math.max(link.now.width, reach);
    return canvas.isPointInStroke(linkPath(link), x, y);
  });
  canvas.restore();
  return found ?? null;
}
