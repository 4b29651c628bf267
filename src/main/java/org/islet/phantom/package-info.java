/** Seeded made-up abdomens with a pancreas whose mask is known. */
package org.islet.phantom;
