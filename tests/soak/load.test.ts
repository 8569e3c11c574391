import { it } from 'vitest'
import { withstand } from '../hosting/load.ts'

it('nginx withstands 200 connections for ten seconds without an error', () => withstand(10))
