// SPDX-License-Identifier: MIT
// Draws what moves over the still map: lines, pulses, spots, words, and the badge of the home.

import { freshnessColour } from '../../style/freshness';
import type { Theme } from '../types';
import { alongArc, arcTo } from './arc';
import type { Pulse } from './pulses';
import { SPOT_RADIUS, type Label, type Scene, type SceneSpot } from './scene';

export interface Look {
  readonly theme: Theme;
  readonly font: string;
  readonly text: string;
  readonly muted: string;
  readonly sea: string;
  readonly surface: string;
  readonly accent: string;
  readonly accentText: string;
  readonly line: string;
  readonly hovered: number | null;
  readonly focused: number | null;
}

export interface Motion {
  readonly pulses: readonly Pulse[];
  /** Heat as it is drawn, gliding after the spot's own. */
  readonly heat: (spot: SceneSpot) => number;
}

export function labelFont(strong: boolean, scale: number, font: string): string {
  return strong ? `650 ${13.5 * scale}px ${font}` : `400 ${12 * scale}px ${font}`;
}

/** The diameter of a mark: 10 + 30 x heat. */
export function haloRadius(heat: number, scale: number): number {
  return ((10 + 30 * heat) / 2) * scale;
}

function circle(canvas: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  canvas.beginPath();
  canvas.arc(x, y, radius, 0, 2 * Math.PI);
}

function strong(spot: SceneSpot, look: Look): boolean {
  return spot.picked || spot.key === look.hovered || spot.key === look.focused;
}

function drawArcs(canvas: CanvasRenderingContext2D, scene: Scene, look: Look, motion: Motion): void {
  const { home, scale } = scene;
  canvas.lineCap = 'round';
  const some = scene.spots.some((spot) => strong(spot, look));
  for (const spot of scene.spots) {
    if (spot.gone) continue;
    const heat = motion.heat(spot);
    const out = strong(spot, look);
    const { from, bend, to } = arcTo(home, spot);
    canvas.beginPath();
    canvas.moveTo(from.x, from.y);
    canvas.quadraticCurveTo(bend.x, bend.y, to.x, to.y);
    canvas.strokeStyle = freshnessColour(heat, look.theme, out ? 0.95 : (0.16 + 0.5 * heat) * (some ? 0.4 : 1));
    canvas.lineWidth = (out ? 2.4 : 0.9 + 1.1 * heat) * scale;
    canvas.stroke();
  }
}

function drawPulses(canvas: CanvasRenderingContext2D, scene: Scene, look: Look, pulses: readonly Pulse[]): void {
  const spots = new Map(scene.spots.map((spot) => [spot.key, spot]));
  for (const pulse of pulses) {
    const spot = spots.get(pulse.key);
    if (!spot) continue;
    if (pulse.way < 1) {
      const eased = pulse.way * pulse.way * (3 - 2 * pulse.way);
      const { x, y } = alongArc(arcTo(scene.home, spot), eased);
      circle(canvas, x, y, 2.6 * scene.scale);
      canvas.fillStyle = freshnessColour(1, look.theme, 0.95);
      canvas.fill();
    } else {
      circle(canvas, spot.x, spot.y, (SPOT_RADIUS + 20 * pulse.ring) * scene.scale);
      canvas.strokeStyle = freshnessColour(1, look.theme, 0.8 * (1 - pulse.ring));
      canvas.lineWidth = 2 * scene.scale;
      canvas.stroke();
    }
  }
}

function drawSpot(canvas: CanvasRenderingContext2D, spot: SceneSpot, scene: Scene, look: Look, heat: number): void {
  const { scale } = scene;
  const radius = SPOT_RADIUS * scale;
  canvas.globalAlpha = spot.gone ? 0.4 : 1;
  if (heat > 0.3) {
    circle(canvas, spot.x, spot.y, haloRadius(heat, scale));
    canvas.fillStyle = freshnessColour(heat, look.theme, 0.28);
    canvas.fill();
  }
  circle(canvas, spot.x, spot.y, radius);
  canvas.fillStyle = spot.vague ? look.surface : freshnessColour(heat, look.theme);
  canvas.fill();
  canvas.lineWidth = (spot.vague ? 2 : 1.5) * scale;
  canvas.setLineDash(spot.vague ? [3 * scale, 2.4 * scale] : []);
  canvas.strokeStyle = spot.vague ? freshnessColour(Math.max(0.5, heat), look.theme) : look.surface;
  canvas.stroke();
  canvas.setLineDash([]);
  if (strong(spot, look)) {
    circle(canvas, spot.x, spot.y, radius + 4 * scale);
    canvas.strokeStyle = spot.key === look.focused ? look.accent : look.text;
    canvas.lineWidth = 2.5 * scale;
    canvas.stroke();
  }
  const count = spot.devices.size;
  canvas.font = `700 ${(count < 100 ? 11 : 9) * scale}px ${look.font}`;
  canvas.textAlign = 'center';
  canvas.textBaseline = 'middle';
  // the scale runs from dark to light on a dark ground, and to middle tones on a light one
  canvas.fillStyle = spot.vague ? look.text : look.theme === 'dark' ? (heat > 0.4 ? '#06211d' : '#ffffff') : heat > 0.4 ? '#ffffff' : look.text;
  canvas.fillText(String(count), spot.x, spot.y + 0.5 * scale);
  canvas.globalAlpha = 1;
}

function drawLabel(canvas: CanvasRenderingContext2D, label: Label, scene: Scene, look: Look): void {
  const { scale } = scene;
  const align = label.side === 'left' ? 'right' : label.side === 'right' ? 'left' : 'center';
  const x = align === 'left' ? label.x : align === 'right' ? label.x + label.width : label.x + label.width / 2;
  canvas.textAlign = align;
  canvas.textBaseline = 'middle';
  canvas.lineJoin = 'round';
  canvas.strokeStyle = look.sea;
  canvas.lineWidth = 3.5 * scale;
  const write = (isStrong: boolean, text: string, y: number): void => {
    if (text === '') return;
    canvas.font = labelFont(isStrong, scale, look.font);
    canvas.strokeText(text, x, y);
    canvas.fillStyle = isStrong ? look.text : look.muted;
    canvas.fillText(text, x, y);
  };
  const middle = label.y + label.height / 2;
  write(true, label.title, label.sub === '' ? middle : middle - 7.5 * scale);
  write(false, label.sub, middle + 8 * scale);
}

function drawHome(canvas: CanvasRenderingContext2D, scene: Scene, look: Look): void {
  const { home, scale } = scene;
  canvas.font = `650 ${13.5 * scale}px ${look.font}`;
  const width = canvas.measureText(home.text).width + 28 * scale;
  const height = 28 * scale;
  canvas.beginPath();
  if (typeof canvas.roundRect === 'function') canvas.roundRect(home.x - width / 2, home.y - height / 2, width, height, height / 2);
  else canvas.rect(home.x - width / 2, home.y - height / 2, width, height);
  canvas.fillStyle = look.accent;
  canvas.fill();
  canvas.textAlign = 'center';
  canvas.textBaseline = 'middle';
  canvas.fillStyle = look.accentText;
  canvas.fillText(home.text, home.x, home.y + 0.5 * scale);
}

export function draw(canvas: CanvasRenderingContext2D, scene: Scene, look: Look, motion: Motion): void {
  drawArcs(canvas, scene, look, motion);
  drawPulses(canvas, scene, look, motion.pulses);
  drawHome(canvas, scene, look);
  for (const spot of scene.spots) drawSpot(canvas, spot, scene, look, motion.heat(spot));
  for (const label of scene.labels) drawLabel(canvas, label, scene, look);
}

/** The spot under the point, or null. reach: how near is near enough, in CSS pixels. */
export function spotAt(scene: Scene, x: number, y: number, reach: number): SceneSpot | null {
  let best: SceneSpot | null = null;
  let distance = SPOT_RADIUS * scene.scale + reach;
  for (const spot of scene.spots) {
    const away = Math.hypot(spot.x - x, spot.y - y);
    if (away < distance) {
      best = spot;
      distance = away;
    }
  }
  if (best) return best;
  const label = scene.labels.find((box) => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height);
  return scene.spots.find((spot) => spot.key === label?.key) ?? null;
}
