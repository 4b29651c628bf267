/**
 * The queue: requests that come in as JMS messages, the replies and events that go out, and the
 * broker inside the process that carries them where no other is set.
 */
package org.islet.queue;
