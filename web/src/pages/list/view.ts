import type { ListChange, ListSearch } from '@/app/listSearch';
import type { Asked } from './useAsked';

/** What every way of laying out a list is given. */
export interface ViewProps {
  asked: Asked;
  search: ListSearch;
  change: (part: ListChange) => void;
}
