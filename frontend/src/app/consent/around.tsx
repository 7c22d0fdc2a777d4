// SPDX-License-Identifier: MIT
// Whether the viewer has something to choose in a room: what asks them is fetched then, and stands around the page.

import { offerOf } from '../../feed/hello';
import { useLoaded } from '../../views/use-view';
import type { ViewProps } from '../../views/view-props';
import type { AskingProps } from './asking';

const load = () => import('./asking');

interface Props extends Omit<AskingProps, 'props'> {
  readonly props: ViewProps | null;
  /** Who they are is asked for, and nothing has come of it so far. */
  readonly waits: boolean;
}

/** Nobody is asked who leads, is at home, or looks at a wall. */
export function Around({ props, waits, children, ...rest }: Props) {
  const asks = props?.acts?.leads === false && props.acts.own?.chosen != null;
  const Asking = useLoaded(asks ? load : null);
  const inRoom = rest.hello?.role === 'participant' && offerOf(rest.hello, 'identities') === 'refused';
  if (waits && inRoom && props) return <main id="main" />;
  if (!asks) return <>{children(null)}</>;
  // nothing of the room before that
  if (!Asking) return <main id="main" />;
  return (
    <Asking {...rest} props={props}>
      {children}
    </Asking>
  );
}
