// SPDX-License-Identifier: MIT
// English: the domains. `one | {n} many`: see Translate.

export const domains = {
  'domains.bars': 'Bars',
  'domains.names': 'Names',
  'domains.names.short': 'Short',
  'domains.names.full': 'Full',
  'domains.names.company': 'By company',
  'domains.result': 'Lookups',
  'domains.result.all': 'All lookups',
  'domains.result.blocked': 'Blocked',
  'domains.result.failed': 'Failed',
  'domains.caption': 'Which names were asked for',
  'domains.column.short': 'Domain',
  'domains.column.full': 'Full name',
  'domains.column.company': 'Company or domain',
  'domains.column.devices': 'Devices that asked',
  'domains.column.last': 'Last asked',
  'domains.column.times': 'Times asked',
  'domains.tally.all': 'one in all | all {n} are shown',
  'domains.tally.some': 'the first {shown} of {n}',
  'domains.other.short':
    'One other domain: {devices}, asked {times} times | {n} other domains: {devices}, asked {times} times',
  'domains.other.full':
    'One other name: {devices}, asked {times} times | {n} other names: {devices}, asked {times} times',
  'domains.other.company':
    'One other company or domain: {devices}, asked {times} times | {n} other companies and domains: {devices}, asked {times} times',
  'domains.more': 'Show {shown}',
  'domains.fewer': 'Show only the first {shown}',
  'domains.blockedSome': 'some of it blocked',
  'domains.failedSome': 'some of it failed',
  'domains.times': 'once | {n} times',
  'domains.reach': 'One of {all} devices here asked for it. | {n} of {all} devices here asked for it.',
  'domains.traffic': 'Its traffic now',
  'domains.how': 'The router’s DNS server heard these questions. Asking for a name does not yet mean talking with it.',
  'domains.silent':
    'One busy device was not heard asking for any name: its domains are missing here. | {n} busy devices were not heard asking for any name: their domains are missing here.',
  'domains.lost': 'One line of the DNS server was lost. | {n} lines of the DNS server were lost.',
  'domains.forgotten':
    'One older lookup did not fit and was forgotten. | {n} older lookups did not fit and were forgotten.',
  'domains.blind': 'Nobody reads the lookups here',
  'domains.blindText':
    'Domains appear when connvis can read what the router’s DNS server is asked. The README says how to let it.',
  'domains.kept': 'Not everybody here sees which names are asked for',
  'domains.keptText': 'They can tell much about a person. The other views show which companies the devices talk with.',
  'domains.kept.own': 'What my own device asked for',
  'domains.none': 'No lookups yet',
  'domains.noneText': 'As soon as a device asks for a name, it appears here: open a page.',
  'domains.filtered': 'No lookups like that',
  'domains.filteredText': 'None of the lookups here match what you are looking for.',
  'domains.none.blocked': 'Nothing was blocked',
  'domains.none.failed': 'Nothing failed',
  'domains.none.resultText': 'None of the lookups that are shown ended so.',
} as const;
