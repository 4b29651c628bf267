/** The stage: component, and routes loaded and checked. */
package org.islet.camel;
