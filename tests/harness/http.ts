// SPDX-License-Identifier: MIT
// HTTP requests with headers as they are given, and bytes that are none.

import { request } from 'node:http';
import { request as requestByTls } from 'node:https';
import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Request {
  readonly method?: string;
  readonly address?: string;
  readonly localAddress?: string;
  /** A Unix socket, in place of address and port. */
  readonly through?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The PEM of who is trusted: by TLS. */
  readonly ca?: string;
  /** For the answer. Milliseconds. */
  readonly patience?: number;
}

const TIMEOUT_MS = 10_000;

/** What comes by an upgrade is not read: the status is 101 then. */
export function fetchText(port: number, path: string, options: Request = {}): Promise<Answer> {
  const {
    address = '127.0.0.1',
    method = 'GET',
    headers = {},
    localAddress,
    through,
    ca,
    patience: timeout = TIMEOUT_MS,
  } = options;
  return new Promise((done, fail) => {
    const sent = (ca === undefined ? request : requestByTls)(
      { host: address, port, socketPath: through, path, method, headers, agent: false, timeout, localAddress, ca },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', fail);
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces).toString() }),
        );
      },
    );
    sent.on('upgrade', ({ statusCode: status = 0, headers: said }, socket) => {
      socket.destroy();
      done({ status, headers: said, body: '' });
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer to ${path} within ${timeout} ms`)));
    sent.on('error', fail);
    sent.end(options.body);
  });
}

const ANSWER_MS = 5000;
const SILENCE_MS = 500;

/** Sends bytes and collects what comes back until the other side closes, falls silent in its answer, or has not begun one
 * for long; for ms milliseconds at most when they are given. */
export function sendBytes(port: number, bytes: Uint8Array | string, ms = ANSWER_MS): Promise<string> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      done(answer);
    };
    let timer = setTimeout(finish, ms);
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (piece) => {
      answer += piece.toString('latin1');
      if (ms < ANSWER_MS) return;
      clearTimeout(timer);
      timer = setTimeout(finish, SILENCE_MS);
    });
    socket.on('error', finish);
    socket.on('close', finish);
  });
}
