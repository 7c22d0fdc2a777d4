// SPDX-License-Identifier: MIT
// From node to node with the arrow keys: up and down within a side, left and right across. Pure.

import type { Scene, SceneNode } from './scene';

export function step(scene: Scene, focused: string | null, key: string): SceneNode | null {
  const current = scene.nodes.find((node) => node.key === focused);
  if (!current) return scene.nodes[0] ?? null;
  const side = scene.nodes.filter((node) => node.side === current.side);
  const at = side.indexOf(current);
  if (key === 'ArrowDown') return side[Math.min(side.length - 1, at + 1)] ?? null;
  if (key === 'ArrowUp') return side[Math.max(0, at - 1)] ?? null;
  if (key === 'Home') return side[0] ?? null;
  if (key === 'End') return side[side.length - 1] ?? null;
  const across = key === 'ArrowRight' ? 'destination' : 'device';
  if (current.side === across) return current;
  const middle = current.y + current.height / 2;
  const joined = new Set(
    scene.links.flatMap((link) => (link.from === current.key ? [link.to] : link.to === current.key ? [link.from] : [])),
  );
  return (
    scene.nodes
      .filter((node) => joined.has(node.key))
      .sort((a, b) => Math.abs(a.y + a.height / 2 - middle) - Math.abs(b.y + b.height / 2 - middle))[0] ?? current
  );
}
