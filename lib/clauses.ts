/** Chinese running text in its clauses, each with the punctuation that ends it, so that lines can break between them. */
export function clausesOf(text: string): string[] {
  return text.match(/[^，：；。！？]+[，：；。！？”]*/g) ?? []
}
