// SPDX-License-Identifier: MIT
// Draws what changes a few times a second over the still map: lines, spots, words, and the badge of the home.

import { drawDiamond, type Canvas2D } from '../../parts/picture/canvas';
import { purposeColour, purposeEdge } from '../../parts/purpose-colour';
import type { Theme } from '../../parts/screen';
import { alongArc, partsOf, slopeOfArc, type Arc } from './arc';
import type { Point } from './camera';
import type { Line } from './labels';
import type { Label, Scene, SceneSpot } from './map-scene';
import { glowRadius, HOME_RADIUS, spotRadius } from './marks';

/** What is drawn of a spot. */
export type DrawnSpot = Pick<
  SceneSpot,
  | 'key'
  | 'x'
  | 'y'
  | 'purpose'
  | 'hot'
  | 'heat'
  | 'presence'
  | 'sent'
  | 'received'
  | 'vague'
  | 'tracks'
  | 'picked'
  | 'arc'
> & {
  /** CSS pixels, times the scale. */
  readonly radius: number;
};

/** What is drawn of a scene: plain values, which can go to a worker. */
export interface Drawing extends Pick<Scene, 'scale' | 'words' | 'labels' | 'home'> {
  readonly spots: readonly DrawnSpot[];
}

export function drawingOf({ scale, words, labels, home, spots }: Scene): Drawing {
  return {
    scale,
    words,
    labels,
    home,
    spots: spots.map(
      ({ key, x, y, purpose, hot, heat, presence, sent, received, vague, tracks, picked, arc, devices }) => ({
        key,
        x,
        y,
        purpose,
        hot,
        heat,
        presence,
        sent,
        received,
        vague,
        tracks,
        picked,
        arc,
        radius: spotRadius(devices.size),
      }),
    ),
  };
}

export interface Look {
  readonly theme: Theme;
  readonly font: string;
  readonly text: string;
  readonly muted: string;
  readonly sea: string;
  readonly surface: string;
  readonly accent: string;
  readonly accentText: string;
  readonly tracker: string;
  readonly hovered: number | null;
  readonly focused: number | null;
}

/** With more lines than these each is drawn fainter. */
const LINES = 24;
/** Arrows on a line: where, of its whole, and how long. What is sent is nearer to where it goes. */
const SENT_AT = 0.74;
const RECEIVED_AT = 0.5;
const ARROW_LEAST = 5;
const ARROW_MORE = 9;

export function labelFont(strong: boolean, scale: number, font: string): string {
  return strong ? `650 ${13.5 * scale}px ${font}` : `400 ${12 * scale}px ${font}`;
}

function circle(canvas: Canvas2D, { x, y }: DrawnSpot, radius: number): void {
  canvas.beginPath();
  canvas.arc(x, y, radius, 0, 2 * Math.PI);
}

function isStrong(spot: DrawnSpot, look: Look): boolean {
  return spot.picked || spot.key === look.hovered || spot.key === look.focused;
}

function drawArcs(canvas: Canvas2D, scene: Drawing, look: Look): void {
  const { scale, spots } = scene;
  const dim = spots.some((spot) => isStrong(spot, look)) ? 0.35 : 1;
  const crowd = Math.min(1, Math.sqrt(LINES / spots.length));
  canvas.lineCap = 'round';
  canvas.lineJoin = 'round';
  for (const spot of spots) {
    const { arc } = spot;
    if (!arc) continue;
    const strong = isStrong(spot, look);
    const [from, to] = [alongArc(arc, 0), spot];
    const alpha = strong ? 0.95 : (0.2 + 0.45 * spot.heat + 0.25 * spot.hot) * dim * crowd * spot.presence;
    const light = canvas.createLinearGradient(from.x, from.y, to.x, to.y);
    light.addColorStop(0, purposeColour(spot.purpose, spot.heat, look.theme, alpha * (strong ? 0.7 : 0.22)));
    light.addColorStop(0.55, purposeColour(spot.purpose, spot.heat, look.theme, alpha * 0.6));
    light.addColorStop(1, purposeColour(spot.purpose, spot.heat, look.theme, alpha));
    canvas.beginPath();
    for (const part of partsOf(arc))
      part.forEach(({ x, y }, i) => (i === 0 ? canvas.moveTo(x, y) : canvas.lineTo(x, y)));
    canvas.strokeStyle = light;
    canvas.lineWidth = (strong ? 2.4 : 1 + 0.8 * spot.hot) * scale;
    canvas.stroke();
    const arrow = { colour: purposeEdge(spot.purpose, spot.heat, look.theme, Math.max(alpha, 0.8 * dim)), scale };
    drawArrow(canvas, arc, { ...arrow, at: SENT_AT, much: spot.sent, back: false });
    drawArrow(canvas, arc, { ...arrow, at: RECEIVED_AT, much: spot.received, back: true });
  }
}

interface Arrow {
  /** From 0 to 1 of the way; how large, from 0 for none to 1. */
  readonly at: number;
  readonly much: number;
  /** Towards home. */
  readonly back: boolean;
  readonly colour: string;
  readonly scale: number;
}

/** On a line: which way the bytes go. */
function drawArrow(canvas: Canvas2D, arc: Arc, { at, much, back, colour, scale }: Arrow): void {
  if (much <= 0) return;
  const { x, y } = alongArc(arc, at);
  const length = (ARROW_LEAST + ARROW_MORE * much) * scale * (back ? -1 : 1);
  const slope = slopeOfArc(arc, at);
  const [ahead, aside] = [Math.cos(slope) * length, Math.sin(slope) * length];
  canvas.beginPath();
  canvas.moveTo(x + ahead / 2, y + aside / 2);
  canvas.lineTo(x - ahead / 2 - aside / 2, y - aside / 2 + ahead / 2);
  canvas.lineTo(x - ahead / 2 + aside / 2, y - aside / 2 - ahead / 2);
  canvas.closePath();
  canvas.fillStyle = colour;
  canvas.fill();
}

function drawGlow(canvas: Canvas2D, spot: DrawnSpot, scene: Drawing, look: Look): void {
  const radius = glowRadius(spot.hot, scene.scale);
  if (radius <= spot.radius * scene.scale) return;
  const light = canvas.createRadialGradient(spot.x, spot.y, 0, spot.x, spot.y, radius);
  light.addColorStop(0.3, purposeColour(spot.purpose, spot.heat, look.theme, 0.55));
  light.addColorStop(0.62, purposeColour(spot.purpose, spot.heat, look.theme, 0.24));
  light.addColorStop(1, purposeColour(spot.purpose, spot.heat, look.theme, 0));
  circle(canvas, spot, radius);
  canvas.fillStyle = light;
  canvas.fill();
}

function drawSpot(canvas: Canvas2D, spot: DrawnSpot, scene: Drawing, look: Look): void {
  const { scale } = scene;
  const { theme } = look;
  canvas.globalAlpha = 0.4 + 0.6 * spot.presence;
  drawGlow(canvas, spot, scene, look);
  circle(canvas, spot, spot.radius * scale);
  canvas.fillStyle = spot.vague ? look.surface : purposeColour(spot.purpose, spot.heat, theme);
  canvas.fill();
  canvas.setLineDash(spot.vague ? [3 * scale, 2.6 * scale] : []);
  canvas.lineWidth = (spot.vague ? 2.2 : 1.5) * scale;
  canvas.strokeStyle = purposeEdge(spot.purpose, spot.vague ? Math.max(0.5, spot.heat) : spot.heat, theme);
  // the edge is seen until the end, however faint the rest is by then
  const { globalAlpha } = canvas;
  canvas.globalAlpha = 1;
  canvas.stroke();
  canvas.globalAlpha = globalAlpha;
  canvas.setLineDash([]);
  if (isStrong(spot, look)) {
    circle(canvas, spot, (spot.radius + 4) * scale);
    canvas.strokeStyle = spot.key === look.focused ? look.accent : look.text;
    canvas.lineWidth = 2.5 * scale;
    canvas.stroke();
  }
  if (spot.tracks) drawSign(canvas, spot, scale, look);
  canvas.globalAlpha = 1;
}

/** At the upper right of the disc. */
function drawSign(canvas: Canvas2D, spot: DrawnSpot, scale: number, { tracker, surface }: Look): void {
  const away = spot.radius * 0.95 * scale;
  const look = { reach: 5 * scale, fill: tracker, stroke: surface, lineWidth: 1.5 * scale };
  drawDiamond(canvas, spot.x + away, spot.y - away, look);
}

/** From a spot to words that found no room beside it. */
function drawLine(canvas: Canvas2D, { from, to }: Line, scale: number, look: Look): void {
  canvas.beginPath();
  canvas.moveTo(from.x, from.y);
  canvas.lineTo(to.x, to.y);
  canvas.strokeStyle = look.sea;
  canvas.lineWidth = 4 * scale;
  canvas.stroke();
  canvas.strokeStyle = look.text;
  canvas.lineWidth = 1.2 * scale;
  canvas.stroke();
}

function drawLabel(canvas: Canvas2D, label: Label, scene: Drawing, look: Look): void {
  const { words } = scene;
  if (label.line) drawLine(canvas, label.line, scene.scale, look);
  const align = label.side === 'left' ? 'right' : label.side === 'right' ? 'left' : 'center';
  const x = align === 'left' ? label.x : align === 'right' ? label.x + label.width : label.x + label.width / 2;
  canvas.textAlign = align;
  canvas.textBaseline = 'middle';
  canvas.lineJoin = 'round';
  canvas.strokeStyle = look.sea;
  const write = (strong: boolean, text: string, y: number): void => {
    if (text === '') return;
    canvas.font = labelFont(strong, words, look.font);
    canvas.globalAlpha = 0.45;
    canvas.lineWidth = 6 * words;
    canvas.strokeText(text, x, y);
    canvas.globalAlpha = 1;
    canvas.lineWidth = 3 * words;
    canvas.strokeText(text, x, y);
    canvas.fillStyle = strong ? look.text : look.muted;
    canvas.fillText(text, x, y);
  };
  const middle = label.y + label.height / 2;
  write(true, label.title, label.sub === '' ? middle : middle - 7.5 * words);
  write(false, label.sub, middle + 8 * words);
}

function drawHouse(canvas: Canvas2D, { x, y }: Point, reach: number, fill: string, edge: string | null): void {
  canvas.beginPath();
  canvas.moveTo(x, y - reach);
  canvas.lineTo(x + reach, y);
  canvas.lineTo(x + 0.7 * reach, y);
  canvas.lineTo(x + 0.7 * reach, y + 0.8 * reach);
  canvas.lineTo(x - 0.7 * reach, y + 0.8 * reach);
  canvas.lineTo(x - 0.7 * reach, y);
  canvas.lineTo(x - reach, y);
  canvas.closePath();
  if (edge !== null) {
    canvas.lineWidth = 0.5 * reach;
    canvas.strokeStyle = edge;
    canvas.stroke();
  }
  canvas.fillStyle = fill;
  canvas.fill();
}

function drawHome(canvas: Canvas2D, { home, scale }: Drawing, look: Look): void {
  canvas.beginPath();
  // a tab of the frame: it is no place on the map
  canvas.roundRect(home.x - home.width / 2, home.y, home.width, home.height, [home.height / 2, home.height / 2, 0, 0]);
  canvas.fillStyle = look.accent;
  canvas.fill();
  canvas.font = labelFont(true, scale, look.font);
  canvas.textAlign = 'center';
  canvas.textBaseline = 'middle';
  canvas.fillStyle = look.accentText;
  const middle = home.y + home.height / 2;
  canvas.fillText(home.text, home.x + (home.at ? HOME_RADIUS + 3 : 0) * scale, middle + 0.5 * scale);
  if (!home.at) return;
  // the same sign stands where the lines begin
  const sign = { x: home.x - home.width / 2 + (HOME_RADIUS + 14) * scale, y: middle };
  drawHouse(canvas, sign, HOME_RADIUS * scale, look.accentText, null);
}

export function draw(canvas: Canvas2D, scene: Drawing, look: Look): void {
  const { home, scale } = scene;
  drawArcs(canvas, scene, look);
  drawHome(canvas, scene, look);
  // the hottest on top, and what is looked at above all
  const order = [...scene.spots].sort(
    (a, b) => Number(isStrong(a, look)) - Number(isStrong(b, look)) || a.hot - b.hot || a.key - b.key,
  );
  for (const spot of order) drawSpot(canvas, spot, scene, look);
  // also where a place lies on it
  if (home.at) drawHouse(canvas, home.at, 0.85 * HOME_RADIUS * scale, look.text, look.sea);
  for (const label of scene.labels) drawLabel(canvas, label, scene, look);
}
