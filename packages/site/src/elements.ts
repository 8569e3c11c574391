import { defaultTreeAdapter as tree, type DefaultTreeAdapterTypes } from 'parse5'

export type Element = DefaultTreeAdapterTypes.Element

/** The elements in a parsed page, in its order, with those in `<template>` and `<noscript>`. */
export function elementsOf(node: DefaultTreeAdapterTypes.Node): Element[] {
  return [
    ...tree.isElementNode(node) ? [node] : [],
    ...'content' in node ? elementsOf(node.content) : [],
    ...'childNodes' in node ? node.childNodes.flatMap(elementsOf) : [],
  ]
}
