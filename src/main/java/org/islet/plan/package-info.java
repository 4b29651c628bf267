/**
 * The plans of routes: their steps bound to stages, their slots followed, their costs, and what is
 * wrong with them.
 */
package org.islet.plan;
