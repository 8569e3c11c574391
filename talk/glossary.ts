import type { GlossaryEntry } from 'slidev-addon-deck'

/** The deck's terms, in the order in which the appendix lists them. */
export const glossary = {
  'industrial-internet': {
    words: { zh: '产业互联网', en: 'industrial internet' },
    definition: { zh: '走进产业内部、和产业一起运转的互联网。', en: 'The internet working inside an industry, as part of it.' },
  },
  'consumer-internet': {
    words: { zh: '消费互联网', en: 'consumer internet' },
    definition: { zh: '以抓取个人用户流量为主的互联网。', en: 'The internet built on capturing the traffic of individual users.' },
  },
  traffic: {
    words: { zh: '流量', en: 'traffic' },
    definition: { zh: '过去指抓来的用户数量，如今要重新定义。', en: 'Once, the users captured from outside; now a word to redefine.' },
  },
  'traffic-dividend': {
    words: { zh: '流量红利', en: 'traffic dividend' },
    definition: { zh: '流量还在增长时带来的那份好处。', en: 'The gain to be had while traffic still grows.' },
  },
  'consumer-business-side': {
    words: { zh: 'C端 / B端', en: 'consumer side / business side' },
    definition: { zh: '个人用户一侧，企业用户一侧。', en: 'Where the users are individuals; where they are companies.' },
  },
  'real-economy': {
    words: { zh: '实体经济', en: 'real economy' },
    definition: { zh: '生产和流通实际货物与服务的经济。', en: 'The part of the economy that makes and moves things.' },
  },
  strengthen: {
    words: { zh: '赋能', en: 'strengthen' },
    definition: { zh: '让产业自己变强，不是把它变成流量。', en: 'To make an industry stronger, not to turn it into traffic.' },
  },
  'internet-finance': {
    words: { zh: '互联网金融', en: 'internet finance' },
    definition: { zh: '互联网公司用来把流量变现的金融。', en: 'Finance that internet firms used to turn traffic into money.' },
  },
  fintech: {
    words: { zh: '金融科技', en: 'fintech' },
    definition: { zh: '和新技术长到一起、借此接上实体的金融。', en: 'Finance fused with new technology and, through it, with the real economy.' },
  },
  'supply-chain-finance': {
    words: { zh: '供应链金融', en: 'supply-chain finance' },
    definition: { zh: '沿着供应链每个环节提供的金融。', en: 'Finance provided at every stage of a supply chain.' },
  },
  'new-infrastructure': {
    words: { zh: '新型基础设施', en: 'new infrastructure' },
    definition: { zh: '像底座一样托着产业，新旧两份职能都担起来的金融。', en: 'Finance that carries an industry as infrastructure does, with its old duties and new ones.' },
  },
  'whole-process': {
    words: { zh: '全流程、全链路', en: 'whole process, whole chain' },
    definition: { zh: '从头到尾都参与，不只占一个环节。', en: 'Taking part from end to end, not at one stage.' },
  },
  brokering: {
    words: { zh: '撮合、中介', en: 'matching, brokering' },
    definition: { zh: '站在产业外面，替供需两头牵线。', en: 'Bringing supply and demand together from outside the industry.' },
  },
  'outside-in': {
    words: { zh: '由外而内 / 由内而外', en: 'outside-in / inside-out' },
    definition: { zh: '靠外力推着走，或者靠自身底层往外长。', en: 'Pushed from outside, or growing outward from its own base.' },
  },
  'self-driven': {
    words: { zh: '自我驱动、自我迭代', en: 'self-driven, self-iterating' },
    definition: { zh: '不等外力，自己推动自己，一圈圈改进。', en: 'Moving and improving by itself, round after round.' },
  },
  'deep-water': {
    words: { zh: '深水区', en: 'deep water' },
    definition: { zh: '作者的说法：产业互联网已经进入的新阶段。', en: 'The author’s name for the new stage the industrial internet has entered.' },
  },
  'new-retail': {
    words: { zh: '新零售', en: 'new retail' },
    definition: { zh: '转向B端时一度受资本追捧的模式。', en: 'A model capital favored in the turn to the business side.' },
  },
  ebb: {
    words: { zh: '退潮', en: 'ebb' },
    definition: { zh: '流量红利见顶以后，旧模式失去动力。', en: 'The old model losing force once the traffic dividend peaks.' },
  },
} as const satisfies Record<string, GlossaryEntry>

export type TermId = keyof typeof glossary
