/** What the elements say of the application's catalogues: nothing else of them is brought. */
import { coming, no, yes } from '@/i18n/en/app.json';
import embed from '@/i18n/en/embed.json';
import { again, internal, timed_out, unavailable, unexpected } from '@/i18n/en/errors.json';
import graph from '@/i18n/en/graph.json';
import { changed, details, figures, gone, health, next, op, tab, timeline, waiting } from '@/i18n/en/record.json';

export const words = {
  app: { coming, no, yes },
  embed,
  errors: { again, internal, timed_out, unavailable, unexpected },
  graph,
  record: { changed, details, figures, gone, health, next, op, tab, timeline, waiting },
};
