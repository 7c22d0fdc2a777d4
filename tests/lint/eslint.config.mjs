// SPDX-License-Identifier: MIT
// What `npm run lint` asks of the TypeScript of the page and of the tests.

import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const SHARED = ['i18n'];
/** Each layer of the page may import from itself and from those before it; words are for all. */
const LAYERS = ['feed', 'record', 'worker', 'store', 'parts', 'views', 'app'];

/** Matches imports that go out of a folder and into one of these. */
const into = (folders) => `^(\\.\\./)+(${folders.join('|')})(/|$)`;

const layers = LAYERS.map((layer, i) => {
  const above = LAYERS.slice(i + 1);
  const patterns = [
    {
      regex: into([...above, 'main']),
      message: `${layer}/ stands below: layers are ${LAYERS.join(', ')}, arrows go down.`,
    },
  ];
  return {
    files: [`frontend/src/${layer}/**/*.{ts,tsx}`],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  };
});

export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/dist/**', 'build*/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['frontend/**/*.{ts,tsx}', 'tests/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60 }],
      'no-console': ['error', { allow: ['error'] }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['frontend/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  ...layers,
  {
    // a view knows no other view, only the registry
    files: ['frontend/src/views/*/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: into(['app', 'main']), message: 'app/ stands above the views.' },
            { regex: '^\\.\\./[a-z]+/', message: 'What two views share belongs in parts/.' },
          ],
        },
      ],
    },
  },
  {
    files: [`frontend/src/{${SHARED.join(',')}}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: into(LAYERS), message: 'Words know nothing of the page.' }] },
      ],
    },
  },
  {
    // a suite is one function, and a table of cases may be long
    files: ['**/*.test.ts', 'tests/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', 'max-lines': ['error', { max: 600 }] },
  },
  // tests say what they measured
  { files: ['tests/**/*.ts'], rules: { 'no-console': 'off' } },
);
