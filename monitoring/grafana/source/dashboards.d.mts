/** A dashboard as far as tests look into it. */
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly {
    readonly type: string;
    readonly title: string;
    readonly datasource: { readonly type: string; readonly uid: string };
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

export const dashboards: Readonly<Record<string, Dashboard>>;
