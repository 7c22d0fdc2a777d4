// SPDX-License-Identifier: MIT
// From scene to scene without a jump: every number moves towards where it should be, and comes to rest. Pure but for
// its own memory.

import type { Scene, SceneLink, SceneNode } from './scene';

/** Milliseconds in which two thirds of the way are done. */
const PACE = 160;
/** Nearer than this is there: pixels, or hundredths of a share. */
const NEAR = 0.25;

const NODE_PARTS = ['x', 'y', 'height'] as const;
const LINK_PARTS = ['x0', 'y0', 'x1', 'y1', 'width'] as const;

type NodeNow = { -readonly [Part in (typeof NODE_PARTS)[number]]: number } & { presence: number; heat: number };
type LinkNow = { -readonly [Part in (typeof LINK_PARTS)[number]]: number } & { presence: number; heat: number };

export interface GlidingNode {
  readonly scene: SceneNode;
  readonly now: NodeNow;
}
export interface GlidingLink {
  readonly scene: SceneLink;
  readonly now: LinkNow;
}

function nodeNow(node: SceneNode, presence: number): NodeNow {
  return { x: node.x, y: node.y, height: node.height, presence, heat: node.heat };
}
function linkNow(link: SceneLink, presence: number): LinkNow {
  return { x0: link.x0, y0: link.y0, x1: link.x1, y1: link.y1, width: link.width, presence, heat: link.heat };
}

export class Glide {
  nodes: GlidingNode[] = [];
  links: GlidingLink[] = [];
  #width = 0;

  /** at once: no gliding, as when the viewer asked for less motion, or at another size. */
  aim(scene: Scene, atOnce: boolean): void {
    const still = atOnce || this.#width !== scene.width || this.nodes.length === 0;
    this.#width = scene.width;
    const nodes = new Map(this.nodes.map((node) => [node.scene.key, node.now]));
    const links = new Map(this.links.map((link) => [link.scene.key, link.now]));
    this.nodes = scene.nodes.map((node) => ({
      scene: node,
      now: (still ? undefined : nodes.get(node.key)) ?? nodeNow(node, still ? node.presence : 0),
    }));
    this.links = scene.links.map((link) => ({
      scene: link,
      now: (still ? undefined : links.get(link.key)) ?? linkNow(link, still ? link.presence : 0),
    }));
  }

  /** Moves on by so many milliseconds. False when all is where it should be. */
  step(ms: number): boolean {
    const share = 1 - Math.exp(-ms / PACE);
    let moving = false;
    const towards = (value: number, aim: number, near: number): number => {
      const left = aim - value;
      if (Math.abs(left) < near) return aim;
      moving = true;
      return value + left * share;
    };
    for (const { scene, now } of this.nodes) {
      for (const part of NODE_PARTS) now[part] = towards(now[part], scene[part], NEAR);
      now.presence = towards(now.presence, scene.presence, NEAR / 10);
      now.heat = towards(now.heat, scene.heat, NEAR / 10);
    }
    for (const { scene, now } of this.links) {
      for (const part of LINK_PARTS) now[part] = towards(now[part], scene[part], NEAR);
      now.presence = towards(now.presence, scene.presence, NEAR / 10);
      now.heat = towards(now.heat, scene.heat, NEAR / 10);
    }
    return moving;
  }
}
