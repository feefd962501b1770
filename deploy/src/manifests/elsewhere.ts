/** What manifests name and do not have, and who makes it. */
export interface MadeElsewhere {
  readonly name: string;
  readonly keys: readonly string[];
  readonly by: string;
}

const team = 'the team, from its own store of secrets (docs/deploy.md)';

/** Secrets that staging and production only name. */
export const secretsMadeElsewhere: readonly MadeElsewhere[] = [
  ...['orders', 'inventory', 'gateway', 'topology', 'monitoring'].map((user) => ({
    name: `nats-${user}`,
    keys: ['username', 'password'],
    by: team,
  })),
  ...['orders', 'orders-owner', 'inventory', 'inventory-owner'].map((role) => ({
    name: `${role}-database`,
    keys: ['username', 'password'],
    by: team,
  })),
  { name: 'viewer-keys', keys: ['keys'], by: team },
  { name: 'postgres-backups', keys: ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'], by: team },
  { name: 'postgres-ca', keys: ['ca.crt'], by: 'the operator of CloudNativePG, for the cluster postgres' },
];

/** Pods that no workload here makes, by their labels, and who makes them. */
export const podsMadeElsewhere: readonly {
  readonly by: string;
  readonly labels: Readonly<Record<string, string>>;
}[] = [
  {
    by: 'the operator of CloudNativePG, for the cluster postgres',
    labels: {
      'cnpg.io/cluster': 'postgres',
      'cnpg.io/podRole': 'instance',
      'app.kubernetes.io/part-of': 'holdfast',
    },
  },
  {
    by: 'cert-manager, for as long as an ACME challenge lasts',
    labels: { 'acme.cert-manager.io/http01-solver': 'true' },
  },
];

/** Services that no manifest here has, with the labels of the pods behind them. */
export const servicesMadeElsewhere: readonly {
  readonly name: string;
  readonly port: number;
  readonly by: string;
  readonly labels: Readonly<Record<string, string>>;
}[] = [
  {
    name: 'postgres-rw',
    port: 5432,
    by: 'the operator of CloudNativePG',
    labels: podsMadeElsewhere[0]!.labels,
  },
];
