declare module 'subset-font' {
  interface Options {
    targetFormat?: 'sfnt' | 'truetype' | 'woff' | 'woff2'
    /** Layout features to keep; all where absent. */
    keepFeatures?: readonly string[]
    dropTables?: readonly string[]
    noHinting?: boolean
  }
  /** Cuts a font down to the characters of a text and what they need. */
  export default function subsetFont(font: Buffer, text: string, options?: Options): Promise<Buffer>
}
