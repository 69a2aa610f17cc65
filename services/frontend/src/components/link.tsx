// A way to another page of ours. Nothing is asked for before somebody goes there: every page is drawn anew when it is
// opened, so what Next would fetch for each link in view (two requests a link, some forty a page) is thrown away.
import type { ComponentProps, ReactElement } from 'react';
import NextLink from 'next/link';

export function Link(props: ComponentProps<typeof NextLink>): ReactElement {
  return <NextLink prefetch={false} {...props} />;
}
