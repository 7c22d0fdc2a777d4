// SPDX-License-Identifier: MIT
// A component that shows the selection, and is drawn anew only when there is something new for it.

import { Component, type ComponentChild, type ComponentType } from 'preact';
import type { Selection } from '../store/selection';
import { usePacedSelection, type ViewPace } from './use-paced';
import { useUnpressed } from './use-unpressed';

interface Showing<P> {
  readonly of: ComponentType<P>;
  readonly props: P;
}

function same(a: object, b: object): boolean {
  const [one, other] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  return one.length === Object.keys(b).length && one.every(([key, value]) => Object.is(value, other[key]));
}

/** Drawn anew only for other props. */
class Steady<P extends object> extends Component<Showing<P>> {
  override shouldComponentUpdate(next: Showing<P>): boolean {
    return next.of !== this.props.of || !same(next.props, this.props.props);
  }

  override render({ of: Of, props }: Showing<P>): ComponentChild {
    return <Of {...props} />;
  }
}

export function Paced<P extends { readonly selection: Selection }>({
  of,
  pace,
  props,
}: Showing<P> & { readonly pace?: ViewPace | undefined }) {
  const selection = useUnpressed(usePacedSelection(props.selection, pace));
  return <Steady of={of} props={{ ...props, selection }} />;
}
