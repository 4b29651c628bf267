package org.islet.queue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A look at the queue's broker from outside: nothing is sent, received or made. */
public final class BrokerCheck {

  /** How AMQP 1.0 is asked for with a login; whoever speaks it answers by its own version. */
  private static final byte[] GREETING = {'A', 'M', 'Q', 'P', 3, 1, 0, 0};

  private BrokerCheck() {}

  /** What is found where the broker inside the process is to listen. */
  public enum Port {
    /** Nobody listens there, and the broker can. */
    FREE,
    /** A broker that speaks AMQP 1.0. */
    AMQP,
    /** Somebody else, or nobody may listen there. */
    TAKEN
  }

  /**
   * Looks at where the broker inside the process is to listen.
   *
   * @param patience for which an answer is waited
   */
  public static Port port(QueueSettings settings, Duration patience) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(settings.host(), settings.port()));
      return Port.FREE;
    } catch (IOException e) {
      return speaksAmqp(settings, Math.toIntExact(patience.toMillis())) ? Port.AMQP : Port.TAKEN;
    }
  }

  private static boolean speaksAmqp(QueueSettings settings, int patience) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(settings.reachableHost(), settings.port()), patience);
      socket.setSoTimeout(patience);
      socket.getOutputStream().write(GREETING);
      byte[] answer = socket.getInputStream().readNBytes(4);
      return new String(answer, StandardCharsets.US_ASCII).equals("AMQP");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Connects to a broker elsewhere as the service does.
   *
   * @throws BrokerException if it cannot be reached, or lets nobody in; the message says why
   */
  public static void reach(QueueSettings settings) {
    try (BrokerConnections connections =
            new BrokerConnections(settings.url(), settings.user(), settings.password());
        Connection connection = connections.consuming().createConnection()) {
      connection.start();
    } catch (JMSException e) {
      throw new BrokerException(BrokerTrouble.of(e), e);
    }
  }
}
