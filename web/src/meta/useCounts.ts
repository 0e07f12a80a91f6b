import { useQuery } from '@tanstack/react-query';
import { countsOf } from './counts';
import { useModel } from './model';

/** How many records each type has, by its name. */
export function useCounts() {
  const model = useModel();
  return useQuery({ ...countsOf(model.data), enabled: Boolean(model.data) });
}
