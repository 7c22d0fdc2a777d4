// SPDX-License-Identifier: MIT
// Whether the viewer has something to choose in a room: what asks them is fetched then, and stands around the page.

import { useLoaded } from '../../views/use-view';
import type { ViewProps } from '../../views/view-props';
import type { AskingProps } from './asking';

const load = () => import('./asking');

/** Nobody is asked who leads, is at home, or looks at a wall. */
export function Around({
  props,
  children,
  ...rest
}: Omit<AskingProps, 'props'> & { readonly props: ViewProps | null }) {
  const asks = props?.acts?.leads === false && props.acts.own?.chosen != null;
  const Asking = useLoaded(asks ? load : null);
  if (!asks) return <>{children(null)}</>;
  // nothing of the room before that
  if (!Asking) return <main id="main" />;
  return (
    <Asking {...rest} props={props}>
      {children}
    </Asking>
  );
}
