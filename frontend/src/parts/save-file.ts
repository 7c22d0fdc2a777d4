// SPDX-License-Identifier: MIT
// Hands a file to who uses the page; it goes nowhere else.

/** The object stays for so long after the click: some browsers begin to read it late. Milliseconds. */
const STAYS = 60_000;

export function saveFile(data: Blob, name: string): void {
  const url = URL.createObjectURL(data);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), STAYS);
}

/** As `connvis-flows-2025-06-01-14-05-09.png`, by the viewer's clock. */
export function fileName(what: string, at: Date, ending: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `connvis-${what}-${day}-${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('-')}.${ending}`;
}
