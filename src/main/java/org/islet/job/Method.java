package org.islet.job;

import org.islet.format.Sha256;
import org.islet.stage.StageDescription.Jar;

/** What makes a result beside the CT: the route and its models, as one digest. */
final class Method {

  private Method() {}

  /** The SHA-256 over the digests of a route, its models and the jars of its stages. */
  static String digest(SegmentationRoute route) {
    Sha256 digest = new Sha256().add(route.digest());
    route.models().stream().map(route::describe).forEach(model -> add(model, digest));
    for (Jar jar : route.jars()) {
      digest.add(jar.sha256());
    }
    return digest.toHex();
  }

  /** Without precisions where they are as they always were, so that earlier results still count. */
  private static void add(CaseReport.Model model, Sha256 digest) {
    digest.add(model.id()).add(model.sha256());
    if (!model.isAsAlways()) {
      model.precisions().forEach(digest::add);
    }
  }
}
