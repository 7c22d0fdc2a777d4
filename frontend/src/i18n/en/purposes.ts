// SPDX-License-Identifier: MIT
// English: what services of each kind usually do with what they get; fetched with the panel of details. True for all of a kind,
// for who has never heard of networks, and without blame.

export const purposes = {
  'purpose.advertising':
    'Such services usually note which apps and pages a device uses, to choose ads for it and to count who saw them.',
  'purpose.analytics':
    'Such services count for whoever makes an app or a page how it is used, and often also what does not work in it.',
  'purpose.social':
    'Such services show others what people post, and often remember what each of them likes, to choose the next posts and ads.',
  'purpose.video': 'Such services send films and clips, and usually remember what was watched, to suggest more.',
  'purpose.music':
    'Such services send music, radio or audiobooks, and usually remember what was listened to, to suggest more.',
  'purpose.games':
    'Such services bring games to a device, usually remember how far a player has come, and often let people play together.',
  'purpose.messaging':
    'Such services carry messages between people: they usually know who writes to whom and when, and some of them cannot read the message itself.',
  'purpose.calls':
    'Such services carry voices and pictures between people who talk, and usually note who took part and for how long.',
  'purpose.search':
    'Such services get the words that somebody looks for, and often remember them, to choose answers and ads.',
  'purpose.shopping':
    'Such services usually note what people look at and buy, to deliver the orders and to suggest more.',
  'purpose.news':
    'Such services send articles and programmes, and often count what is read and watched, to suggest others and to show ads.',
  'purpose.education':
    'Such services help people to learn or to look something up, and often remember how far each of them has come.',
  'purpose.work':
    'Such services are tools for work: they usually keep what people write, plan and make with them, so that others find it too.',
  'purpose.mail':
    'Such services take in, keep and deliver mail, and their programs usually look through it to keep junk mail away.',
  'purpose.storage':
    'Such services usually keep copies of photos and files, so that their owner finds them on every device.',
  'purpose.cdn':
    'Such services hand out pages, pictures and films of other companies, from computers near to people, and usually note how much was fetched.',
  'purpose.cloud':
    'Such services rent out computers to other companies: what is sent there is usually for one of these, and often nobody here can see for which.',
  'purpose.system':
    'Makers of devices use such services to keep them working: a device usually tells them what it is, and gets settings and notices.',
  'purpose.updates':
    'Devices ask such services for new versions of their software, and usually say what they are and what they have already.',
  'purpose.security':
    'Such services help to keep devices and accounts safe, and for that often check where a device connects and which files it gets.',
  'purpose.finance':
    'Such services handle money and insurance, and usually keep who paid what and when, often because the law asks them to.',
  'purpose.travel':
    'Such services find routes, tickets and places to stay, and for that often use where somebody is and where they want to go.',
  'purpose.smart-home':
    'Devices of a home usually tell such services how they are set and what they notice, so that people can check and control them from afar.',
  'purpose.ai':
    'Such services get what somebody writes, says or shows to them, answer it, and often keep it to become better.',
  'purpose.dns':
    'Such a service turns a name into its number, as the contacts in a phone do; so it usually sees which names a device wants to reach.',
  'purpose.encrypted-dns':
    'Such a service turns a name into its number, as the contacts in a phone do; usually it alone can read which names a device asks for.',
  'purpose.relay':
    'Such services pass on what a device sends, so that this network cannot see where it goes; they themselves often can.',
  'purpose.malware':
    'A list says that harmful programs were spread from there at some time; that a device was in touch with it does not mean that anything harmful got in.',
  'purpose.adult': 'Such services are meant for adults only, and often remember what was watched, to suggest more.',
  'purpose.other':
    'Public offices, phone companies and many others have no kind of their own here; what they do with what they get differs.',
} as const;
