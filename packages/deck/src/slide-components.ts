/** A property of a component as a slide may write it. */
export interface Property {
  required?: true
  /** Its text is shown on the slide. */
  text?: true
  /** Written with a colon, as a JavaScript value. */
  bound?: true
  /** Written without a value. */
  flag?: true
}

/** The components that a slide may use, with their properties. */
export const slideComponents: Readonly<Record<string, Readonly<Record<string, Property>>>> = {
  Thesis: { no: { required: true, bound: true } },
  Shift: { aspect: { required: true, text: true }, before: { required: true, text: true }, after: { required: true, text: true } },
  Callout: { kind: { required: true }, click: { flag: true } },
  Term: { id: { required: true } },
  Glossary: {},
  SourceIndex: {},
  DeckLink: {},
  'v-click': {},
  'v-clicks': {},
}
