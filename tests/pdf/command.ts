import { root } from '../helpers/deck.ts'
import { DECK, startNode, type Finished, type Running } from '../helpers/project.ts'

/** Starts `deck export` of the talk with options. */
export const startExport = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Running => startNode(root, [DECK, 'export', ...args], env)

export const runExport = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Finished> => startExport(args, env).finished
