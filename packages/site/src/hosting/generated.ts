/** Stands in every recipe that can hold a comment. */
export const GENERATED = 'Written by npm run hosting from a finished build: do not edit; headers are in lib/security-headers.ts.'
