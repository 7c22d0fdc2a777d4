// SPDX-License-Identifier: MIT
// What the style sheets say, for everything that is drawn by hand.

export interface DrawnStyle {
  readonly font: string;
  readonly colours: {
    readonly text: string;
    readonly muted: string;
    readonly ground: string;
    readonly accent: string;
    readonly tracker: string;
  };
}

/** As it is for this element now. */
export function readStyle(element: HTMLElement): DrawnStyle {
  const style = getComputedStyle(element);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    font: style.fontFamily,
    colours: {
      text: value('--text'),
      muted: value('--muted'),
      ground: value('--surface'),
      accent: value('--accent'),
      tracker: value('--tracker'),
    },
  };
}
