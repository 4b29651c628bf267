/** Objects: bytes under keys, in object storage or in a folder. */
package org.islet.object;
