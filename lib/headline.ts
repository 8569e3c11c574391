/** A Chinese headline in its clauses, each with the punctuation that ends it, so that lines can break between them. */
export function clausesOf(headline: string): string[] {
  return headline.match(/[^，：；]+[，：；]*/g) ?? []
}
