/** The watched folder. */
package org.islet.intake;
