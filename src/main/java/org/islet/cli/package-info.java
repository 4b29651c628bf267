/** The command line. */
package org.islet.cli;
