// SPDX-License-Identifier: MIT
// What one hears of a page who does not see it: roles, names and states of Chromium's own accessibility tree, as lines of text.

import type { CDPSession, Page } from 'playwright-core';

interface AxValue {
  readonly value?: unknown;
}

interface AxNode {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: AxValue;
  readonly name?: AxValue;
  readonly description?: AxValue;
  readonly properties?: readonly { readonly name: string; readonly value: AxValue }[];
  readonly childIds?: readonly string[];
  readonly backendDOMNodeId?: number;
}

interface DomNode {
  readonly backendNodeId: number;
  /** Name and value in turns. */
  readonly attributes?: readonly string[];
  readonly children?: readonly DomNode[];
}

interface Tree {
  readonly nodes: ReadonlyMap<string, AxNode>;
  /** Of elements, by id: states that the tree has and DevTools leave out. */
  readonly states: ReadonlyMap<number, string>;
}

/** What is written of a node, with what is written of those in it. */
interface Spoken {
  readonly role: string;
  readonly name: string;
  /** All but the role. */
  readonly words: string;
  readonly children: readonly Spoken[];
}

const STATES = ['level', 'checked', 'pressed', 'expanded', 'disabled', 'valuetext', 'live'];
const ATTRIBUTES = ['aria-current', 'aria-sort'];
/** They hold others together and say nothing by themselves. */
const SILENT = ['none', 'generic', 'InlineTextBox', 'ListMarker', 'LineBreak'];
/** Their name says all that is in them. */
const WHOLE = ['link', 'button', 'option', 'img', 'StaticText', 'DisclosureTriangle'];
/** Of those in a row that are alike, so many are written. */
const REPEATED = ['row', 'listitem', 'option'];
const FIRST = 2;

function textOf(value: AxValue | undefined): string {
  return String(value?.value ?? '')
    .replaceAll(/[\s\u2066-\u2069]+/g, ' ')
    .trim();
}

function statesOf({ properties = [], backendDOMNodeId }: AxNode, { states }: Tree): string[] {
  const said = properties
    .filter(({ name, value }) => STATES.includes(name) && ![false, 'false', 'off', ''].includes(value.value as string))
    .map(({ name, value }) => `${name}=${String(value.value)}`);
  return [...said, states.get(backendDOMNodeId ?? -1) ?? ''];
}

function read(node: AxNode, tree: Tree): Spoken[] {
  const role = textOf(node.role);
  const name = textOf(node.name);
  const within = (): Spoken[] =>
    (node.childIds ?? []).flatMap((id) => {
      const child = tree.nodes.get(id);
      return child ? read(child, tree) : [];
    });
  if (node.ignored || SILENT.includes(role)) return within();
  if (role === 'StaticText' && name === '') return [];
  const children = WHOLE.includes(role) ? [] : within();
  // a name that is made of the texts within is not written twice
  const told = name !== '' && children.every((child) => child.role === 'text');
  const description = textOf(node.description);
  const words = [name && `"${name}"`, ...statesOf(node, tree), description && `(${description})`];
  return [
    {
      role: role === 'StaticText' ? 'text' : role,
      name,
      words: words.filter((word) => word !== '').join(' '),
      children: told ? [] : children,
    },
  ];
}

function write(list: readonly Spoken[], depth: number, leave: string): string[] {
  const indent = '  '.repeat(depth);
  const lines: string[] = [];
  let alike = 0;
  list.forEach(({ role, words, children }, i) => {
    alike = role === list[i - 1]?.role ? alike + 1 : 1;
    if (role === leave) return;
    if (REPEATED.includes(role) && alike > FIRST) {
      if (alike === FIRST + 1) lines.push(`${indent}…`);
      return;
    }
    lines.push(`${indent}${role} ${words}`.trimEnd(), ...write(children, depth + 1, leave));
  });
  return lines;
}

function readStates(node: DomNode, states: Map<number, string>): void {
  const { attributes = [], children = [], backendNodeId } = node;
  for (let i = 0; i < attributes.length; i += 2)
    if (ATTRIBUTES.includes(attributes[i] ?? '')) states.set(backendNodeId, `${attributes[i]}=${attributes[i + 1]}`);
  for (const child of children) readStates(child, states);
}

async function readTree(session: CDPSession): Promise<Spoken[]> {
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] };
  const { root } = (await session.send('DOM.getDocument', { depth: -1 })) as { root: DomNode };
  const states = new Map<number, string>();
  readStates(root, states);
  const [first] = nodes;
  return first ? read(first, { nodes: new Map(nodes.map((node) => [node.nodeId, node])), states }) : [];
}

function find(list: readonly Spoken[], role: string): Spoken | undefined {
  for (const one of list) {
    const found = one.role === role ? one : find(one.children, role);
    if (found) return found;
  }
  return undefined;
}

/** Of the whole page all but what is `main`, and that. */
export async function hear(page: Page): Promise<{ readonly frame: string; readonly main: string }> {
  const session = await page.context().newCDPSession(page);
  const tree = await readTree(session);
  await session.detach();
  const main = find(tree, 'main');
  const text = (list: readonly Spoken[], leave = ''): string => `${write(list, 0, leave).join('\n')}\n`;
  return { frame: text(tree, 'main'), main: text(main ? main.children : []) };
}
