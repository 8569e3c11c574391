import type { Labels } from './labels.ts'

/** Labels of the Chinese edition. */
export const zh: Labels = {
  thesis: no => `论点${['一', '二', '三', '四'][no - 1]}`,
  aspects: ['流量', '角色', '技术', '逻辑'],
  compass: '四处转变',
  before: '从前',
  after: '如今',
  callout: { takeaway: '要点', question: '自问', caution: '留意', evidence: '依据' },
  paragraph: '段落',
  slides: '所在页',
  deckAddress: '网上看',
  deckPdf: '下载 PDF',
  qr: '演示网址的二维码',
}
