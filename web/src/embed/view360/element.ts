/** `<xrm-360>`. */
import { Asking, reflect, type Hands, type Wanted } from '@/embed/element';
import { listed, type Reader } from '@/embed/reader';
import type { XrmPart } from '@/embed/public';
import { partsOf, queryOf, type Answer } from './asking';
import { wholeOf } from './drawing';

const TEXTS = { parts: 'parts' };

export class View360 extends Asking<Answer> {
  static readonly observedAttributes = [...Asking.texts, ...Object.values(TEXTS)];
  protected readonly heights = [150, 240];

  protected override get ownProperties(): readonly string[] {
    return Object.keys(TEXTS);
  }

  protected wanted({ settings }: Reader): Wanted {
    return { query: queryOf(this.#parts), variables: { id: this.text('record'), asOf: this.moment, language: settings.language } };
  }

  protected drawn(answer: Answer, hands: Hands): HTMLElement | null {
    return wholeOf(answer, this.#parts, this.text('as-of'), hands);
  }

  get #parts(): XrmPart[] {
    return partsOf(listed(this.text('parts')));
  }
}

reflect(View360, TEXTS);
