package org.islet.queue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/** Who may do what with the broker: the one user, or everybody, all but managing it. */
final class BrokerGuard implements ActiveMQSecurityManager {

  private final String user;
  private final String password;

  /**
   * @param user empty for everybody
   */
  BrokerGuard(String user, String password) {
    this.user = user;
    this.password = password;
  }

  @Override
  public boolean validateUser(String name, String secret) {
    return user.isEmpty() || (same(user, name) && same(password, secret));
  }

  @Override
  public boolean validateUserAndRole(
      String name, String secret, Set<Role> roles, CheckType checkType) {
    return checkType != CheckType.MANAGE && validateUser(name, secret);
  }

  /** Compares in a time that tells nothing of how much is the same. */
  private static boolean same(String expected, String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
