/** Measures how fast Islet is and what memory it takes; {@code docs/benchmarks.md} says how. */
package org.islet.bench;
