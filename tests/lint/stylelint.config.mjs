// SPDX-License-Identifier: MIT
// What `npm run lint` asks of the page's style sheets.

export default {
  extends: 'stylelint-config-standard',
  rules: {
    // Chromium 103, which the page still works in, does not know ranges
    'media-feature-range-notation': 'prefix',
    // what is drawn by hand adds an alpha of its own: #rrggbb and two digits
    'color-hex-length': 'long',
    'import-notation': 'string',
    'comment-empty-line-before': [
      'always',
      { ignore: ['after-comment', 'stylelint-commands'], except: ['first-nested'] },
    ],
    // sheets are ordered by what they style; where two rules meet, the classes say which one counts
    'no-descending-specificity': null,
    // Safari has no other
    'property-no-vendor-prefix': [true, { ignoreProperties: ['text-size-adjust'] }],
    // areas are a picture of the page: rows and columns beside them read better
    'declaration-block-no-redundant-longhand-properties': [true, { ignoreShorthands: ['grid-template'] }],
  },
};
