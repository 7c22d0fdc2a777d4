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
  /** As a person does, with the keyboard. */
  press(key: Key): Promise<void>;
}

/** Keys, and what WebDriver calls them (https://www.w3.org/TR/webdriver2/#keyboard-actions). */
const KEYS = {
  ArrowRight: '\ue014',
  ArrowDown: '\ue015',
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
