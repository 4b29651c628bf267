/** Routes as people look at them: a picture of a route's plan, and the graph of its slots. */
package org.islet.diagram;
