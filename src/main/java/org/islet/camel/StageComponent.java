package org.islet.camel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.islet.stage.Networks;
import org.islet.stage.StageCatalogue;

/**
 * The {@code stage:} component: {@code stage:clip?min=-100&max=240} runs the stage {@code clip} on
 * the case in the message's body. Stage and options are checked when the endpoint is made, which is
 * when the route is loaded.
 */
public final class StageComponent extends DefaultComponent {

  /** The component's scheme. */
  public static final String SCHEME = "stage";

  private final StageCatalogue catalogue;
  private final Networks networks;

  public StageComponent(StageCatalogue catalogue, Networks networks) {
    this.catalogue = catalogue;
    this.networks = networks;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    Map<String, String> options = new LinkedHashMap<>();
    parameters.forEach((key, value) -> options.put(key, String.valueOf(value)));
    parameters.clear();
    return new StageEndpoint(uri, this, catalogue.bind(remaining, options, networks));
  }
}
