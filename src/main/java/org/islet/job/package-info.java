/** A case's life: read, run, published. */
package org.islet.job;
