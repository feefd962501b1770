import type { z } from 'zod';
import { barmanSchemas } from './schemas/barman-cloud.ts';
import { cloudNativePgSchemas } from './schemas/cloud-native-pg.ts';
import { nackSchemas } from './schemas/nack.ts';

/** A class of kubernetes-models: its `validate` is generated from the published schema, and throws what is wrong with `this`. */
export type ModelClass = { readonly prototype: { validate(): void } };

/** Every kind that manifests may use and that a package has, by `apiVersion/kind`. */
export const models: Readonly<Record<string, () => Promise<ModelClass>>> = {
  'v1/Namespace': async () => (await import('kubernetes-models/v1/Namespace')).Namespace,
  'v1/Service': async () => (await import('kubernetes-models/v1/Service')).Service,
  'v1/ServiceAccount': async () => (await import('kubernetes-models/v1/ServiceAccount')).ServiceAccount,
  'v1/ConfigMap': async () => (await import('kubernetes-models/v1/ConfigMap')).ConfigMap,
  'v1/Secret': async () => (await import('kubernetes-models/v1/Secret')).Secret,
  'v1/LimitRange': async () => (await import('kubernetes-models/v1/LimitRange')).LimitRange,
  'v1/ResourceQuota': async () => (await import('kubernetes-models/v1/ResourceQuota')).ResourceQuota,
  'apps/v1/Deployment': async () => (await import('kubernetes-models/apps/v1/Deployment')).Deployment,
  'apps/v1/StatefulSet': async () => (await import('kubernetes-models/apps/v1/StatefulSet')).StatefulSet,
  'batch/v1/Job': async () => (await import('kubernetes-models/batch/v1/Job')).Job,
  'policy/v1/PodDisruptionBudget': async () =>
    (await import('kubernetes-models/policy/v1/PodDisruptionBudget')).PodDisruptionBudget,
  'autoscaling/v2/HorizontalPodAutoscaler': async () =>
    (await import('kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler')).HorizontalPodAutoscaler,
  'networking.k8s.io/v1/NetworkPolicy': async () =>
    (await import('kubernetes-models/networking.k8s.io/v1/NetworkPolicy')).NetworkPolicy,
  'networking.k8s.io/v1/Ingress': async () =>
    (await import('kubernetes-models/networking.k8s.io/v1/Ingress')).Ingress,
  'scheduling.k8s.io/v1/PriorityClass': async () =>
    (await import('kubernetes-models/scheduling.k8s.io/v1/PriorityClass')).PriorityClass,
  'gateway.networking.k8s.io/v1/Gateway': async () =>
    (await import('@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway')).Gateway,
  'gateway.networking.k8s.io/v1/HTTPRoute': async () =>
    (await import('@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute')).HTTPRoute,
  'cert-manager.io/v1/Certificate': async () =>
    (await import('@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate')).Certificate,
  'cert-manager.io/v1/Issuer': async () =>
    (await import('@kubernetes-models/cert-manager/cert-manager.io/v1/Issuer')).Issuer,
  'keda.sh/v1alpha1/ScaledObject': async () =>
    (await import('@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject')).ScaledObject,
  'monitoring.coreos.com/v1/ServiceMonitor': async () =>
    (await import('@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor'))
      .ServiceMonitor,
  'monitoring.coreos.com/v1/PodMonitor': async () =>
    (await import('@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor')).PodMonitor,
  'monitoring.coreos.com/v1/PrometheusRule': async () =>
    (await import('@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule'))
      .PrometheusRule,
};

/** Fields that their kinds have and that kubernetes-models 5 leaves out: it takes a field of this name for a remark. */
export const fieldsLeftOut: ReadonlySet<string> = new Set(['scheduling.k8s.io/v1/PriorityClass description']);

/** The kinds that no package has, written by hand from their documentation. */
export const ownSchemas: Readonly<Record<string, z.ZodType>> = {
  ...cloudNativePgSchemas,
  ...barmanSchemas,
  ...nackSchemas,
};
