/** The styles of the elements: the design's tokens and parts, in each shadow tree; the letters once a page. */
import charts from '@/charts/charts.css?inline';
import shared from '@/meta/view360.css?inline';
import parts from '@/ui/parts.css?inline';
import plain from '@/ui/plain.css?inline';
import tokens from '@/ui/tokens.css?inline';
import inter from '@fontsource-variable/inter/wght.css?inline';
import vazirmatn from '@fontsource-variable/vazirmatn/wght.css?inline';
import own from './embed.css?inline';

function sheetOf(...texts: string[]): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(texts.join('\n'));
  return sheet;
}

let looks: CSSStyleSheet | undefined;

/** Puts a shadow tree into our clothes. Sheets that are made by a script need no `style-src` of the page's policy. */
export function dress(root: ShadowRoot): void {
  looks ??= sheetOf(tokens, plain, parts, charts, shared, own);
  root.adoptedStyleSheets = [looks];
  bringLetters();
}

let letters: CSSStyleSheet | undefined;

/** Faces of letters belong to the page; a browser fetches those of the scripts that are shown. */
function bringLetters(): void {
  if (letters) return;
  letters = sheetOf(inter, vazirmatn);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, letters];
}
