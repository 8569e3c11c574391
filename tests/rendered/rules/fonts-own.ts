import type { Rule } from '../rule.ts'

/** Every glyph comes from a web font that the deck serves, none from the machine. */
export const fontsOwn: Rule = {
  id: 'fonts-own',
  inspect: ({ fonts }) => ({
    looked: fonts.length,
    findings: fonts.filter(font => !font.isOwn).map(font => `${font.glyphs} glyphs are painted in “${font.family}”, a font of this machine`),
  }),
}
