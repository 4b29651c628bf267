package org.islet.store;

/**
 * A request as a door hands it in.
 *
 * @param door the door's name
 * @param key what the door knows the request by, unique among its requests
 * @param order what is asked for
 * @param input where the CT is, in the door's own form
 * @param details what the door needs to answer, in its own form
 */
public record Incoming(String door, String key, Order order, String input, String details) {}
