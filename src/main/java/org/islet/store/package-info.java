/** The record of every case and of whoever asked for it, in a database. */
package org.islet.store;
