import { defineTransformersSetup } from '@slidev/types'
import { createDiagramTransformer } from '../src/transformer.ts'

export default defineTransformersSetup(() => ({
  pre: [],
  preCodeblock: [],
  postCodeblock: [],
  post: [],
  codeblocks: [createDiagramTransformer()],
}))
