import { createTheme, type MantineColorsTuple } from '@mantine/core';

const iris: MantineColorsTuple = [
  '#f0f0fe', '#dfdefb', '#bcbaf4', '#9895ee', '#7975e6', '#625de0', '#524ddb', '#4540c4', '#3b37af', '#302d94',
];
const dark: MantineColorsTuple = [
  '#f1f1f5', '#b9b9c6', '#8e8e9e', '#5c5c6b', '#383846', '#2a2a35', '#1c1c24', '#15151b', '#101015', '#0d0d11',
];

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 7, dark: 5 },
  colors: { iris, dark },
  fontFamily: 'var(--x-font)',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  // in pixels: a rem is that of a root of 14 px, with which 13.5 px would be 11.8
  fontSizes: { xs: '13.5px', sm: '13.5px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontFamily: 'var(--x-font)', fontWeight: '620' },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  cursorType: 'pointer',
  components: {
    Checkbox: { defaultProps: { radius: 'xs' } },
    // a menu begins in its first entry; a place that only holds the focus is no entry to screen readers.
    // It opens within the head of the page: what belongs to no landmark is passed over by those who go from one to the next
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, portalProps: { target: '#menus' } } },
    Modal: {
      styles: { title: { fontWeight: 620, fontSize: 15 } },
      // the head of a dialogue would be a second head of the page to screen readers
      defaultProps: { attributes: { header: { role: 'presentation' } } },
    },
  },
});
