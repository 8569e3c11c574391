/**
 * What a Markdown file says, on whatever machine it was written: without a byte order mark, with the line ends of Unix, letters and their
 * accents as one character where there is one (Unicode's form NFC).
 */
export const normalised = (text: string) => text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n').normalize('NFC')
