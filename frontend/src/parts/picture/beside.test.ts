// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DrawingWorker } from './beside';

class FakeWorker implements DrawingWorker<string> {
  onerror: ((event: ErrorEvent) => void) | null = null;
  onmessageerror: ((event: MessageEvent) => void) | null = null;
  readonly told: string[] = [];
  ended = false;

  postMessage(message: string): void {
    this.told.push(message);
  }

  terminate(): void {
    this.ended = true;
  }
}

const canvas = { transferControlToOffscreen: () => undefined } as unknown as HTMLCanvasElement;

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('OffscreenCanvasRenderingContext2D', class {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('drawing beside the page', () => {
  it('is for browsers that can', async () => {
    const { canDrawBeside, drawBeside } = await import('./beside');
    expect(canDrawBeside(canvas)).toBe(true);
    expect(canDrawBeside({} as HTMLCanvasElement)).toBe(false);
    const worker = new FakeWorker();
    const beside = drawBeside(() => worker);
    beside?.tell('draw');
    expect(worker.told).toEqual(['draw']);
    beside?.close();
    expect(worker.ended).toBe(true);
    vi.unstubAllGlobals();
    expect(canDrawBeside(canvas)).toBe(false);
  });

  it('ends for all pictures when a worker throws, and says so once', async () => {
    const { canDrawBeside, drawBeside } = await import('./beside');
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const [one, other] = [new FakeWorker(), new FakeWorker()];
    drawBeside(() => one);
    drawBeside(() => other);
    const preventDefault = vi.fn();
    one.onerror?.({ message: 'InvalidStateError', preventDefault } as unknown as ErrorEvent);
    expect(one.ended).toBe(true);
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(canDrawBeside(canvas)).toBe(false);
    other.onmessageerror?.({} as MessageEvent);
    expect(other.ended).toBe(true);
    expect(said).toHaveBeenCalledOnce();
  });

  it('ends when no worker can be started, or its script is not there, and says so', async () => {
    const { canDrawBeside, drawBeside } = await import('./beside');
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const refuse = (): DrawingWorker<string> => {
      throw new Error('refused by a policy');
    };
    expect(drawBeside(refuse)).toBeNull();
    expect(canDrawBeside(canvas)).toBe(false);
    expect(said.mock.lastCall?.[1]).toContain('refused by a policy');
    vi.resetModules();
    const { drawBeside: again } = await import('./beside');
    const worker = new FakeWorker();
    again(() => worker);
    worker.onerror?.({ preventDefault: () => undefined } as unknown as ErrorEvent);
    expect(said.mock.lastCall?.[1]).toBe('its script could not be loaded');
  });
});
