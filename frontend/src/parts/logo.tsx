// SPDX-License-Identifier: MIT

export function Logo() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path class="mark-a" d="M3 7.5C16 7.5 15 6 29 6" />
      <path class="mark-b" d="M3 15C16 15 16 25 29 25" />
      <path class="mark-c" d="M3 24.5C15 24.5 16 14 29 14" />
    </svg>
  );
}
