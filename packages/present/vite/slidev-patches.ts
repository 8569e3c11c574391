import type { SteadyIssue } from './steady-patches.ts'

/** A change to a source file of Slidev's client. */
export interface Patch {
  /** Heading in docs/upstream.md that says what it mends. */
  issue: Issue | SteadyIssue
  /** Path in @slidev/client. */
  file: string
  find: string
  /** What takes its place; `#present` stands for this package's folder. */
  put: string
  /** How often the text stands in the file; 1 unless told. */
  times?: number
}

export type Issue = 'Buttons within buttons' | 'No main landmark' | 'Slides without a name' | 'One title for all slides' | 'Keys dead after a button' | 'Hidden go-to dialog'
  | 'Overview for the mouse only' | 'Presenter view for the mouse only' | 'Controls without role or state' | 'Smooth scrolling regardless of preference' | 'No list of keys' | 'Words in English only'

/** Every change for accessibility, in the order of docs/upstream.md. */
export const patches: readonly Patch[] = [
  {
    issue: 'Buttons within buttons',
    file: 'internals/MenuButton.vue',
    find: `    <button :class="{ disabled }" @click="value = !value">
      <slot name="button" :value :class="{ disabled }" />
    </button>`,
    put: `    <div class="flex" :class="{ disabled }" @click="value = !value">
      <slot name="button" :value :class="{ disabled }" />
    </div>`,
  },
  {
    issue: 'Buttons within buttons',
    file: 'internals/MenuButton.vue',
    find: '<div ref="el" class="flex relative">',
    put: '<div ref="el" class="flex relative" @keydown.esc.stop="value = false; el?.querySelector(\'button\')?.focus()">',
  },
  {
    issue: 'Buttons within buttons',
    file: 'internals/NavControls.vue',
    find: '<IconButton title="More Options" :active="value">',
    put: '<IconButton title="More Options" :active="value" :aria-expanded="value">',
  },
  {
    issue: 'Buttons within buttons',
    file: 'internals/SyncControls.vue',
    find: `<template #button>
      <IconButton title="Change sync settings">`,
    put: `<template #button="{ value }">
      <IconButton title="Change sync settings" :aria-expanded="value">`,
  },
  {
    issue: 'No main landmark',
    file: 'pages/play.vue',
    find: `<div
    id="page-root" ref="root"`,
    put: `<main
    id="page-root" ref="root" tabindex="-1"`,
  },
  {
    issue: 'No main landmark',
    file: 'pages/play.vue',
    find: `  </div>
  <Controls`,
    put: `  </main>
  <Controls`,
  },
  {
    issue: 'No main landmark',
    file: 'pages/presenter.vue',
    find: '<div class="bg-main h-full slidev-presenter grid grid-rows-[max-content_1fr] of-hidden">',
    put: '<main tabindex="-1" class="bg-main h-full slidev-presenter grid grid-rows-[max-content_1fr] of-hidden">',
  },
  {
    issue: 'No main landmark',
    file: 'pages/presenter.vue',
    find: `  </div>
  <Goto />`,
    put: `  </main>
  <Goto />`,
  },
  {
    issue: 'No main landmark',
    file: 'internals/NavControls.vue',
    find: '<nav ref="root" class="flex flex-col">',
    put: '<nav ref="root" class="flex flex-col" aria-label="Presentation controls">',
  },
  {
    issue: 'No main landmark',
    file: 'pages/notes.vue',
    find: `  <div class="h-full flex flex-col">
    <CurrentProgressBar`,
    put: `  <main class="h-full flex flex-col">
    <h1 class="sr-only">
      Notes
    </h1>
    <CurrentProgressBar`,
  },
  {
    issue: 'No main landmark',
    file: 'pages/notes.vue',
    find: `    </div>
  </div>
</template>`,
    put: `    </div>
  </main>
</template>`,
  },
  {
    issue: 'No main landmark',
    file: 'pages/notes.vue',
    find: 'ref="scroller"\n',
    put: 'ref="scroller"\n      tabindex="0"\n      role="region"\n      aria-label="Notes"\n',
  },
  {
    issue: 'No main landmark',
    file: 'pages/overview.vue',
    find: 'class="absolute z-2 top-0 right-0',
    put: 'role="complementary" aria-label="Size of the deck" class="absolute z-2 top-0 right-0',
  },
  {
    issue: 'Slides without a name',
    file: 'internals/SlideWrapper.vue',
    find: `import { getSlideClass } from '../utils'
`,
    put: `import { getSlideClass } from '../utils'
import { talk } from 'virtual:talk'
import { slideRegion } from '#present/client/spoken.ts'
`,
  },
  {
    issue: 'Slides without a name',
    file: 'internals/SlideWrapper.vue',
    find: ':data-slidev-no="props.route.no"',
    put: ':data-slidev-no="props.route.no" v-bind="slideRegion(talk, props.renderContext, props.route.no)"',
  },
  {
    issue: 'One title for all slides',
    file: 'setup/root.ts',
    find: "import { computed,",
    put: "import { talk } from 'virtual:talk'\nimport { pageTitle } from '#present/client/spoken.ts'\nimport { computed,",
  },
  {
    issue: 'One title for all slides',
    file: 'setup/root.ts',
    find: 'title: slidesTitle,',
    put: 'title: computed(() => hasPrimarySlide.value && !isPrintMode.value ? pageTitle(talk, slidesTitle, currentSlideNo.value, isPresenter.value) : slidesTitle),',
  },
  {
    issue: 'One title for all slides',
    file: 'pages/presenter.vue',
    find: 'useHead({ title: `Presenter - ${slidesTitle}` })\n',
    put: '',
  },
  {
    issue: 'Keys dead after a button',
    file: 'logic/shortcuts.ts',
    find: 'const enabled = and(not(isInputting), not(isOnFocus),',
    put: `const pressesControl = and(isOnFocus, or(magicKeys.space, magicKeys.enter))
  const enabled = and(not(isInputting), not(pressesControl),`,
  },
  {
    issue: 'Keys dead after a button',
    file: 'logic/shortcuts.ts',
    find: "import { and, not } from '@vueuse/math'",
    put: "import { and, not, or } from '@vueuse/math'",
  },
  {
    issue: 'Hidden go-to dialog',
    file: 'internals/Goto.vue',
    find: 'ref="container"\n    class="fixed',
    put: 'ref="container"\n    role="dialog"\n    aria-label="Go to a slide"\n    :inert="!showGotoDialog"\n    class="fixed',
  },
  {
    issue: 'Hidden go-to dialog',
    file: 'internals/Goto.vue',
    find: 'placeholder="Goto..."',
    put: 'placeholder="Goto..." aria-label="Number or words of a headline" role="combobox" aria-autocomplete="list" aria-controls="slidev-goto-list" :aria-expanded="valid" :aria-activedescendant="valid ? `slidev-goto-${selectedIndex}` : undefined"',
  },
  {
    issue: 'Hidden go-to dialog',
    file: 'internals/Goto.vue',
    find: 'ref="list"\n',
    put: 'id="slidev-goto-list"\n      ref="list"\n      role="listbox"\n      aria-label="Slides found"\n',
  },
  {
    issue: 'Hidden go-to dialog',
    file: 'internals/Goto.vue',
    find: '<ul table w-full border-collapse>',
    put: '<ul role="presentation" table w-full border-collapse>',
  },
  {
    issue: 'Hidden go-to dialog',
    file: 'internals/Goto.vue',
    find: 'role="button"\n          tabindex="0"',
    put: ':id="`slidev-goto-${index}`"\n          role="option"\n          :aria-selected="selectedIndex === index"\n          tabindex="-1"',
  },
  {
    issue: 'Smooth scrolling regardless of preference',
    file: 'internals/Goto.vue',
    find: "behavior: 'smooth'",
    put: "behavior: 'auto'",
    times: 2,
  },
  {
    issue: 'Overview for the mouse only',
    file: 'internals/QuickOverview.vue',
    find: "import { computed, ref, watchEffect } from 'vue'",
    put: "import { computed, ref, watch, watchEffect } from 'vue'\nimport { talk } from 'virtual:talk'\nimport { slideName } from '#present/client/spoken.ts'",
  },
  {
    issue: 'Overview for the mouse only',
    file: 'internals/QuickOverview.vue',
    find: 'const keyboardBuffer = ref<string>',
    put: `// The focus follows the arrow keys, and starts at the slide being shown.
watch([showOverview, currentOverviewPage], ([isOpen, page]) => {
  if (isOpen)
    document.getElementById(\`slidev-overview-\${page}\`)?.focus()
}, { flush: 'post' })

const keyboardBuffer = ref<string>`,
  },
  {
    issue: 'Overview for the mouse only',
    file: 'internals/QuickOverview.vue',
    find: `      v-if="showOverview"
      class="fixed`,
    put: `      v-if="showOverview"
      role="dialog"
      aria-labelledby="slidev-overview-title"
      class="fixed`,
  },
  {
    issue: 'Overview for the mouse only',
    file: 'internals/QuickOverview.vue',
    find: `      <div
        class="grid gap-y-4`,
    put: `      <h1 id="slidev-overview-title" class="sr-only">
        Overview of the slides
      </h1>
      <div
        class="grid gap-y-4`,
  },
  {
    issue: 'Overview for the mouse only',
    file: 'internals/QuickOverview.vue',
    find: 'class="inline-block border rounded overflow-hidden bg-main',
    put: 'class="relative inline-block border rounded overflow-hidden bg-main',
  },
  {
    issue: 'Overview for the mouse only',
    file: 'internals/QuickOverview.vue',
    find: ':use-snapshot="true"',
    put: ':use-snapshot="true"\n              inert\n              aria-hidden="true"',
  },
  {
    issue: 'Overview for the mouse only',
    file: 'internals/QuickOverview.vue',
    find: `            </SlideContainer>
`,
    put: `            </SlideContainer>
            <button
              :id="\`slidev-overview-\${idx + 1}\`"
              type="button"
              class="slidev-overview-choice absolute inset-0 w-full h-full"
              :aria-label="slideName(talk, route.no)"
              :aria-current="currentSlideNo === route.no ? 'page' : undefined"
              :tabindex="currentOverviewPage === idx + 1 ? 0 : -1"
              @focus="currentOverviewPage = idx + 1"
            />
`,
  },
  {
    issue: 'Overview for the mouse only',
    file: 'internals/QuickOverview.vue',
    find: `class="absolute top-0"
`,
    put: `class="slidev-overview-number absolute top-0" aria-hidden="true"
`,
  },
  {
    issue: 'Overview for the mouse only',
    file: 'internals/QuickOverview.vue',
    find: `  <div
    v-show="showOverview"`,
    put: `  <nav
    aria-label="Overview"
    v-show="showOverview"`,
  },
  {
    issue: 'Overview for the mouse only',
    file: 'internals/QuickOverview.vue',
    find: `    </IconButton>
  </div>
</template>`,
    put: `    </IconButton>
  </nav>
</template>`,
  },
  {
    issue: 'Presenter view for the mouse only',
    file: 'internals/TimerInlined.vue',
    find: '<div class="relative op-80 hover:op-100" @click="toggle">',
    put: '<button type="button" class="relative op-80 hover:op-100" :aria-label="status === \'running\' ? \'Pause the timer\' : \'Start the timer\'" @click="toggle">',
  },
  {
    issue: 'Presenter view for the mouse only',
    file: 'internals/TimerInlined.vue',
    find: `          <div v-else class="i-carbon:play" />
        </div>
        <div class="op-80 hover:op-100" @click="reset">
          <div class="i-carbon:renew" />
        </div>`,
    put: `          <div v-else class="i-carbon:play" />
        </button>
        <button type="button" class="op-80 hover:op-100" aria-label="Reset the timer" @click="reset">
          <div class="i-carbon:renew" />
        </button>`,
  },
  {
    issue: 'Presenter view for the mouse only',
    file: 'internals/TimerInlined.vue',
    // Out of sight, but in the order of focus; shown with the pointer or the focus on them.
    find: 'class="group-not-hover:hidden flex flex-col items-center"',
    put: 'class="timer-controls flex flex-col items-center"',
  },
  {
    issue: 'Presenter view for the mouse only',
    file: 'internals/TimerInlined.vue',
    find: '"w-22px cursor-pointer"',
    put: '"w-22px"',
  },
  {
    issue: 'Presenter view for the mouse only',
    file: 'internals/TimerInlined.vue',
    find: 'class="group-hover:hidden text-2xl"',
    put: 'class="timer-icon text-2xl"',
  },
  ...['edit', 'static'].map((kind): Patch => ({
    issue: 'Presenter view for the mouse only',
    file: 'pages/presenter.vue',
    find: `:key="\`${kind}-\${currentSlideNo}\`"`,
    put: `:key="\`${kind}-\${currentSlideNo}\`" tabindex="0" role="region" aria-label="Notes"`,
  })),
  {
    issue: 'Presenter view for the mouse only',
    file: 'internals/ClicksSlider.vue',
    find: 'class="flex gap-1 select-none"\n',
    put: 'class="flex gap-1 select-none"\n    role="img"\n    :aria-label="`${Math.max(0, current)} / ${total}`"\n',
  },
  {
    issue: 'Controls without role or state',
    file: 'internals/IconButton.vue',
    find: ':title="title" :to="to">',
    put: ':title="title" :to="to" :type="type === \'button\' ? \'button\' : undefined" :aria-disabled="disabled || undefined">',
  },
  {
    issue: 'Controls without role or state',
    file: 'internals/SelectList.vue',
    find: '<div class="items">',
    put: '<div class="items" role="radiogroup" :aria-label="title">',
  },
  {
    issue: 'Controls without role or state',
    file: 'internals/SelectList.vue',
    find: `      <div
        v-for="item of items"
        :key="item.value"
        class="item"`,
    put: `      <button
        v-for="item of items"
        :key="item.value"
        type="button"
        role="radio"
        :aria-checked="value === item.value"
        class="item w-full"`,
  },
  {
    issue: 'Controls without role or state',
    file: 'internals/SelectList.vue',
    find: `          {{ item.display || item.value }}
        </div>
      </div>`,
    put: `          {{ item.display || item.value }}
        </div>
      </button>`,
  },
  {
    issue: 'No list of keys',
    file: 'internals/Controls.vue',
    find: `  <InfoDialog v-if="configs.info" v-model="showInfoDialog" />
`,
    put: '',
  },
  {
    issue: 'No list of keys',
    file: 'internals/Controls.vue',
    find: "import InfoDialog from './InfoDialog.vue'\n",
    put: '',
  },
  {
    issue: 'No list of keys',
    file: 'internals/NavControls.vue',
    find: `v-if="!isPresenter && configs.info && !isEmbedded"
        title="Show info"`,
    put: `v-if="!isEmbedded"
        title="Show info"`,
  },
]
