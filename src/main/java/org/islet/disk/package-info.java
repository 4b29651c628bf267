/** Files and folders as such: synced, locked, deleted. */
package org.islet.disk;
