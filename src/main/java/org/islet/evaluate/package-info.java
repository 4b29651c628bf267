/** How well masks agree: DSC, recall, IoU, HD95, and their statistics. */
package org.islet.evaluate;
