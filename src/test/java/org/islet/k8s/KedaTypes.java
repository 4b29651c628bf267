package org.islet.k8s;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/** What of KEDA's objects (keda.sh/v1alpha1) is used here. */
final class KedaTypes {

  private KedaTypes() {}

  /** Scales a deployment. */
  record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, ScaledObjectSpec spec) {}

  /** How it does. */
  record ScaledObjectSpec(
      ScaleTarget scaleTargetRef,
      Integer pollingInterval,
      Integer cooldownPeriod,
      Integer minReplicaCount,
      Integer maxReplicaCount,
      List<Trigger> triggers) {}

  /** The deployment, by its name. */
  record ScaleTarget(String name) {}

  /** What it is scaled by. */
  record Trigger(String type, Postgresql metadata, AuthenticationRef authenticationRef) {}

  /** A query's number, without that by which it is connected. */
  record Postgresql(String query, String targetQueryValue, String activationTargetQueryValue) {}

  /** A {@link TriggerAuthentication}, by its name. */
  record AuthenticationRef(String name) {}

  /** Where parameters of a trigger are taken from. */
  record TriggerAuthentication(
      String apiVersion, String kind, ObjectMeta metadata, AuthenticationSpec spec) {}

  /** Secrets that they are in. */
  record AuthenticationSpec(List<SecretTarget> secretTargetRef) {}

  /** A parameter, and the secret's key that holds it. */
  record SecretTarget(String parameter, String name, String key) {}
}
