package org.islet.queue;

import org.apache.camel.component.jms.JmsComponent;

/**
 * The {@code jms:} component as Islet has it. A message is acknowledged when its route has come to
 * its end, and delivered again if the route failed; no reply is sent by itself; the broker may come
 * and go.
 */
public final class QueueComponent {

  /** The component's scheme. */
  public static final String SCHEME = "jms";

  private static final long RECOVERY_MS = 1000;

  /** How long a consumer waits before it looks whether it is to end. */
  private static final long LOOK_MS = 200;

  private QueueComponent() {}

  /**
   * The component, which is not started yet.
   *
   * @param consumers how many messages an endpoint takes at one time
   */
  public static JmsComponent of(BrokerConnections connections, int consumers) {
    JmsComponent jms = new JmsComponent();
    jms.getConfiguration().setListenerConnectionFactory(connections.consuming());
    jms.getConfiguration().setTemplateConnectionFactory(connections.sending());
    jms.setConnectionFactory(connections.consuming());
    // With the default, a message would be gone before its route begins.
    jms.setAcknowledgementModeName("CLIENT_ACKNOWLEDGE");
    jms.setCacheLevelName("CACHE_CONSUMER");
    jms.setConcurrentConsumers(consumers);
    jms.setReceiveTimeout(LOOK_MS);
    jms.setRecoveryInterval(RECOVERY_MS);
    jms.setAsyncStartListener(true);
    jms.setTestConnectionOnStartup(false);
    jms.setDisableReplyTo(true);
    jms.setErrorHandlerLogStackTrace(false);
    jms.setHeaderFilterStrategy(new OutsideHeaders());
    jms.setMessageConverter(new TextConverter());
    return jms;
  }
}
