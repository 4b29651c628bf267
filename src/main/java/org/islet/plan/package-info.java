/** The graph of a route, and the checks on it. */
package org.islet.plan;
