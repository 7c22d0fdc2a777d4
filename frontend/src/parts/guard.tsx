// SPDX-License-Identifier: MIT
// A view that fails takes nothing with it: it is begun anew a few seconds later.

import { Component, type ComponentChildren } from 'preact';

/** Milliseconds. */
const RETRY = 4000;

export interface GuardProps {
  /** Another one begins anew at once. */
  readonly of: string;
  /** What stands there meanwhile. */
  readonly instead: ComponentChildren;
  /** failures: so many in a row without a change of `of`. */
  readonly onFailure?: (failures: number) => void;
  readonly children: ComponentChildren;
}

interface GuardState {
  readonly failed: boolean;
}

export class Guard extends Component<GuardProps, GuardState> {
  override state: GuardState = { failed: false };
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.#failures += 1;
    this.props.onFailure?.(this.#failures);
    this.setState({ failed: true });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.setState({ failed: false }), RETRY);
  }

  override componentDidUpdate(before: GuardProps): void {
    if (before.of === this.props.of) return;
    this.#failures = 0;
    clearTimeout(this.#timer);
    if (this.state.failed) this.setState({ failed: false });
  }

  override componentWillUnmount(): void {
    clearTimeout(this.#timer);
  }

  override render({ instead, children }: GuardProps, { failed }: GuardState): ComponentChildren {
    return failed ? instead : children;
  }
}
