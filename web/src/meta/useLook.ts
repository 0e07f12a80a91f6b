import { useCallback } from 'react';
import type { Icon } from '@tabler/icons-react';
import { typeNamed, useModel } from '@/meta/model';
import { hueOf } from '@/ui/hues';
import { signOf } from '@/ui/signs';

export interface Look {
  color: string;
  Sign: Icon;
}

/** The colour and icon of a type by its name, for drawings. */
export function useLook(): (type: string) => Look {
  const { data: model } = useModel();
  return useCallback(
    (name) => {
      const type = typeNamed(model, name);
      return { color: type?.color || hueOf(name), Sign: signOf(type?.icon ?? '') };
    },
    [model],
  );
}
