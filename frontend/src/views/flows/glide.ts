// SPDX-License-Identifier: MIT
// From scene to scene without a jump: every number glides from where it is to where it should be, and then all rests.
// Pure but for its own memory.

import { GLIDE } from '../../feed/pacing';
import type { Scene, SceneLink, SceneNode } from './flow-scene';

/** What is drawn of a scene. */
export type Drawing = Pick<Scene, 'nodes' | 'links' | 'width' | 'height' | 'margins' | 'letters'>;

/** Less than this is not worth a glide: pixels, and shares. */
const NEAR = 0.75;
const NEAR_SHARE = 0.06;

const NODE_PARTS = ['x', 'y', 'height', 'presence', 'heat'] as const;
const LINK_PARTS = ['x0', 'y0', 'x1', 'y1', 'width', 'presence', 'heat'] as const;

type NodeNow = Record<(typeof NODE_PARTS)[number], number>;
type LinkNow = Record<(typeof LINK_PARTS)[number], number>;

interface Gliding<S, N> {
  readonly scene: S;
  /** Where it is now; `from` is where the glide began. */
  readonly now: N;
  readonly from: N;
}
export type GlidingNode = Gliding<SceneNode, NodeNow>;
export type GlidingLink = Gliding<SceneLink, LinkNow>;

function nodeNow({ x, y, height, presence, heat }: NodeNow): NodeNow {
  return { x, y, height, presence, heat };
}
function linkNow({ x0, y0, x1, y1, width, presence, heat }: LinkNow): LinkNow {
  return { x0, y0, x1, y1, width, presence, heat };
}

const isShare = (part: string): boolean => part === 'presence' || part === 'heat';

/** Fast first, and gently to a stop. */
const ease = (share: number): number => 1 - (1 - share) ** 3;

export class Glide {
  nodes: readonly GlidingNode[] = [];
  links: readonly GlidingLink[] = [];
  #width = 0;
  #passed = GLIDE;

  /** at once: no gliding, as when the viewer asked for less motion, or at another size. */
  aim(scene: Drawing, atOnce: boolean): void {
    const still = atOnce || this.#width !== scene.width || this.nodes.length === 0;
    this.#width = scene.width;
    const nodes = new Map(still ? [] : this.nodes.map((node) => [node.scene.key, node.now]));
    const links = new Map(still ? [] : this.links.map((link) => [link.scene.key, link.now]));
    const hidden = still ? {} : { presence: 0 };
    this.nodes = scene.nodes.map((node) => {
      const now = nodes.get(node.key) ?? { ...nodeNow(node), ...hidden };
      return { scene: node, now, from: { ...now } };
    });
    this.links = scene.links.map((link) => {
      const now = links.get(link.key) ?? { ...linkNow(link), ...hidden };
      return { scene: link, now, from: { ...now } };
    });
    this.#passed = this.#worthIt() ? 0 : GLIDE;
  }

  /** Moves on by so many milliseconds. False when all is where it should be. */
  step(ms: number): boolean {
    this.#passed = Math.min(GLIDE, this.#passed + ms);
    const share = ease(this.#passed / GLIDE);
    for (const { scene, now, from } of this.nodes)
      for (const part of NODE_PARTS) now[part] = from[part] + (scene[part] - from[part]) * share;
    for (const { scene, now, from } of this.links)
      for (const part of LINK_PARTS) now[part] = from[part] + (scene[part] - from[part]) * share;
    return this.#passed < GLIDE;
  }

  #worthIt(): boolean {
    const far = (left: number, part: string): boolean => Math.abs(left) > (isShare(part) ? NEAR_SHARE : NEAR);
    return (
      this.nodes.some(({ scene, from }) => NODE_PARTS.some((part) => far(scene[part] - from[part], part))) ||
      this.links.some(({ scene, from }) => LINK_PARTS.some((part) => far(scene[part] - from[part], part)))
    );
  }
}
