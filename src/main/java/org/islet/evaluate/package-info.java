/** How well masks agree: DSC, recall, IoU, HD95, ASD, their statistics, and tables of them. */
package org.islet.evaluate;
