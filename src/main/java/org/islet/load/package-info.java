/** Load for a service: many requests on a clock, and how long their answers took. */
package org.islet.load;
