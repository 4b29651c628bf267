package org.islet.intake;

import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ScheduledPollEndpoint;

/**
 * The {@code inbox:} component: {@code inbox:intake} watches {@code intake/in} below Islet's home,
 * and sends the path of each CT that is complete down its route. Options are those of Camel's
 * polling consumers ({@code delay}, {@code initialDelay}, …) and {@code stablePolls}.
 */
public final class InboxComponent extends DefaultComponent {

  /** The component's scheme. */
  public static final String SCHEME = "inbox";

  private final Path home;

  /**
   * @param home what folder names are relative to
   */
  public InboxComponent(Path home) {
    this.home = home;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    int stablePolls = getAndRemoveParameter(parameters, "stablePolls", Integer.class, 3);
    if (stablePolls < 1) {
      throw new IllegalArgumentException(
          "stablePolls must be at least 1, not " + stablePolls + ".");
    }
    return new InboxEndpoint(uri, home.resolve(remaining), stablePolls);
  }

  private final class InboxEndpoint extends ScheduledPollEndpoint {

    private final Path folder;
    private final int stablePolls;

    InboxEndpoint(String uri, Path folder, int stablePolls) {
      super(uri, InboxComponent.this);
      this.folder = folder;
      this.stablePolls = stablePolls;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
      InboxConsumer consumer =
          new InboxConsumer(this, processor, new InboxFolders(folder), stablePolls);
      configureConsumer(consumer);
      return consumer;
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("Nothing can be sent to inbox:, only come from it.");
    }
  }
}
