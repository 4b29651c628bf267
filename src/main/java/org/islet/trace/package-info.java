/** Cases as traces of OpenTelemetry. */
package org.islet.trace;
