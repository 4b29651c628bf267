/** The plans of routes: their steps bound to stages, their slots followed, their costs. */
package org.islet.plan;
