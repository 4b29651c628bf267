package org.islet.route;

/**
 * An option of a stage as a route gives it: a slot's name or a parameter's value.
 *
 * @param value as written
 * @param location where it is written
 */
public record Option(String name, String value, Location location) {}
