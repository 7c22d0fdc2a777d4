// SPDX-License-Identifier: MIT
// One page in a browser of any kind: as much of it as a test needs that is written once for all.

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Engine {
  /** What the console said that is an error. */
  readonly complaints: readonly string[];
  /** Opens it and waits until it has loaded. */
  show(url: string, size: Size): Promise<void>;
  /** Of what the page sees. A window may refuse to become that small. */
  resize(size: Size): Promise<void>;
  /** What an expression of JavaScript in the page comes to, or resolves to: something that JSON can say. */
  evaluate<T>(expression: string): Promise<T>;
  /** As a person does: with the keyboard, with the mouse at a point of what the page shows. */
  press(key: Key): Promise<void>;
  click(x: number, y: number): Promise<void>;
}

/** Keys, and what WebDriver calls them (https://www.w3.org/TR/webdriver2/#keyboard-actions). */
const KEYS = {
  ArrowLeft: '\ue012',
  ArrowUp: '\ue013',
  ArrowRight: '\ue014',
  ArrowDown: '\ue015',
  Enter: '\ue007',
  Escape: '\ue00c',
  Home: '\ue011',
} as const;

export type Key = keyof typeof KEYS;

/** For both WebDrivers. */
export function keyActions(key: Key): unknown[] {
  const value = KEYS[key];
  return [
    {
      type: 'key',
      id: 'keyboard',
      actions: [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ],
    },
  ];
}

export function clickActions(x: number, y: number): unknown[] {
  return [
    {
      type: 'pointer',
      id: 'mouse',
      parameters: { pointerType: 'mouse' },
      actions: [
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ],
    },
  ];
}
